/** All that is counted over time: as charts, or as the table that they are drawn from. */
import { useState } from 'preact/hooks'
import { useLanguage, useWords } from '../../words/language.tsx'
import { sumOf } from './counts.ts'
import type { Statistics } from './answers.ts'
import type { Day } from './counts.ts'
import { barName } from './bar-words.ts'
import { Chart } from './chart.tsx'
import { barsOf, unitOf } from './days.ts'
import type { Bar } from './days.ts'
import { Segments } from './segments.tsx'
import { CountCells, CountHead } from './count-cells.tsx'
import { STATISTICS } from './statistics.words.ts'

const VIEWS = ['charts', 'table'] as const
const CHARTED = ['issued', 'opened', 'shared', 'verified'] as const

export function OverTime({ days }: Pick<Statistics, 'days'>) {
  const words = useWords(STATISTICS)
  const [view, setView] = useState<(typeof VIEWS)[number]>('charts')
  const bars = barsOf(days, sumOf)
  const unit = unitOf(days.length)
  return (
    <section class="desk-stack">
      <div class="statistics-head">
        <h2>{words.overTime}</h2>
        <Segments
          label={words.view}
          choices={VIEWS.map((value) => ({ value, label: words.views[value] }))}
          value={view}
          take={setView}
        />
      </div>
      {view === 'charts' ? (
        <div class="charts">
          {CHARTED.map((what) => (
            <Chart key={what} what={what} bars={bars} unit={unit} />
          ))}
        </div>
      ) : (
        <BarTable bars={bars} unit={unit} days={days} />
      )}
    </section>
  )
}

type BarTableProps = {
  readonly bars: readonly Bar[]
  readonly unit: 'day' | 'week' | 'month'
  readonly days: readonly Day[]
}

/** The newest first. */
function BarTable({ bars, unit, days }: BarTableProps) {
  const words = useWords(STATISTICS)
  const language = useLanguage()
  const total = sumOf(days)
  return (
    <div class="statistics-scroll" role="region" aria-label={words.overTime} tabIndex={0}>
      <table class="statistics-table">
        <caption class="visually-hidden">
          {words.overTime}, {words.units[unit]}
        </caption>
        <CountHead first={words.when} />
        <tbody>
          {bars.toReversed().map((bar) => (
            <tr key={bar.from}>
              <th scope="row">{barName(bar, unit, language)}</th>
              <CountCells counts={bar} />
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{words.total}</th>
            <CountCells counts={total} />
          </tr>
        </tfoot>
      </table>
    </div>
  )
}
