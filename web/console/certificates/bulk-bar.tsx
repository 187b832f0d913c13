/** What can be done to all that are chosen. */
import { useState } from 'preact/hooks'
import { useLanguage, useWords } from '../../words/language.tsx'
import { printNumber } from '../../words/print.ts'
import { ACT_WORDS } from './acts.words.ts'
import type { StatusAct } from './acts.ts'
import type { Line } from './answers.ts'
import { BulkDialog } from './bulk-dialog.tsx'
import { LIST } from './list.words.ts'
import type { Standing } from './standing.ts'

type BulkBarProps = {
  readonly chosen: ReadonlyMap<string, Line>
  readonly most: number
  readonly standing: Standing
  readonly clear: () => void
}

export function BulkBar({ chosen, most, standing, clear }: BulkBarProps) {
  const words = useWords(LIST)
  const { verbs } = useWords(ACT_WORDS)
  const language = useLanguage()
  const [act, setAct] = useState<StatusAct>()
  if (chosen.size === 0) return null
  const acts = ['suspend', 'reinstate', 'revoke'] as const
  return (
    <div class="people-bulk" role="region" aria-label={words.chosen(String(chosen.size))}>
      <p role="status">
        <strong>{words.chosen(printNumber(chosen.size, language))}</strong>
        {chosen.size >= most && (
          <span class="quiet"> {words.most(printNumber(most, language))}</span>
        )}
      </p>
      <button type="button" class="button plain" onClick={clear}>
        {words.unchoose}
      </button>
      <div class="desk-actions">
        {acts.map((one) => (
          <button
            key={one}
            type="button"
            class={`button${one === 'revoke' ? ' danger' : ''}`}
            onClick={() => {
              setAct(one)
            }}
          >
            {verbs[one]}
          </button>
        ))}
      </div>
      {act !== undefined && (
        <BulkDialog
          act={act}
          lines={[...chosen.values()]}
          standing={standing}
          close={() => {
            setAct(undefined)
          }}
          done={clear}
        />
      )}
    </div>
  )
}
