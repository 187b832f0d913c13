/** Changes on their way to the register, and what became of those that were seen on their way. */
import { useWords } from '../../words/language.tsx'
import { StatusBadge } from '../status-badge.tsx'
import type { Operation } from './answers.ts'
import { DETAILS } from './details.words.ts'

const TONES = { queued: 'moving', done: 'done', failed: 'stopped' } as const

export function OperationNotes({ operations }: { readonly operations: readonly Operation[] }) {
  const words = useWords(DETAILS)
  return (
    <div class="people-operations" aria-live="polite">
      {operations.map((operation) => {
        const { id, kind, state, trouble } = operation
        return (
          <section key={id} class={`card people-operation ${state}`}>
            <StatusBadge tone={TONES[state]}>{words.operations[kind]}</StatusBadge>
            <p>
              {words.operationStates[state]}
              {trouble !== null &&
                state !== 'done' &&
                `. ${words.troubles[trouble] ?? words.otherTrouble}`}
            </p>
            {state === 'queued' && <p class="quiet">{words.queuedHint}</p>}
          </section>
        )
      })}
    </div>
  )
}
