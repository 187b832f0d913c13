/** The form of a dialog that does something: what it asks, what went wrong, and its two buttons. */
import type { ComponentChildren } from 'preact'
import { useWords } from '../../words/language.tsx'
import type { Act as Doing } from '../load.ts'
import { ProblemNote } from '../problem-note.tsx'
import { ACT_WORDS } from './acts.words.ts'

type ActFormProps = {
  readonly verb: string
  readonly isDanger?: boolean
  /** All that is asked for is there. */
  readonly isReady: boolean
  readonly doing: Doing<readonly []>
  readonly close: () => void
  readonly children?: ComponentChildren
}

export function ActForm({ verb, isDanger = false, isReady, doing, close, children }: ActFormProps) {
  const words = useWords(ACT_WORDS)
  return (
    <form
      class="desk-stack"
      onSubmit={(event) => {
        event.preventDefault()
        // A dialog stands within the form that opened it, where that has one.
        event.stopPropagation()
        if (isReady) void doing.act()
      }}
    >
      {children}
      {doing.problem && <ProblemNote problem={doing.problem} />}
      <div class="desk-actions">
        <button type="button" class="button" onClick={close}>
          {words.cancel}
        </button>
        <button
          type="submit"
          class={`button ${isDanger ? 'danger' : 'primary'}`}
          disabled={!isReady || doing.isBusy}
        >
          {doing.isBusy ? words.busy : verb}
        </button>
      </div>
    </form>
  )
}
