/** The totals of a range, each with how it changed. */
import { useLanguage, useWords } from '../../words/language.tsx'
import { printNumber } from '../../words/print.ts'
import { COUNTED } from './counts.ts'
import type { Statistics } from './answers.ts'
import type { Counted } from './counts.ts'
import { printChange } from './day-words.ts'
import { changeOf } from './scale.ts'
import { STATISTICS } from './statistics.words.ts'

export function Figures({ totals, before }: Pick<Statistics, 'totals' | 'before'>) {
  return (
    <ul role="list" class="figures">
      {COUNTED.map((what) => (
        <Figure key={what} what={what} now={totals[what]} before={before?.[what]} />
      ))}
    </ul>
  )
}

type FigureProps = {
  readonly what: Counted
  readonly now: number
  /** Undefined where there is no period before. */
  readonly before: number | undefined
}

function Figure({ what, now, before }: FigureProps) {
  const words = useWords(STATISTICS)
  const language = useLanguage()
  return (
    <li class="card figure">
      <h2>{words.counted[what]}</h2>
      <p class="figure-number">{printNumber(now, language)}</p>
      {before !== undefined && <Change now={now} before={before} />}
      <p class="quiet figure-about">{words.explained[what]}</p>
    </li>
  )
}

function Change({ now, before }: { readonly now: number; readonly before: number }) {
  const words = useWords(STATISTICS)
  const language = useLanguage()
  const change = changeOf(now, before)
  if (now === before) return <p class="figure-change">{words.same}</p>
  if (change === undefined) return <p class="figure-change">{words.fromNothing}</p>
  const told = words.change(printChange(change, language), printNumber(before, language))
  return (
    <p class="figure-change">
      <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
        <path d={now > before ? 'M8 13V3.5M4 7.5l4-4 4 4' : 'M8 3v9.5M4 8.5l4 4 4-4'} />
      </svg>
      {told}
    </p>
  )
}
