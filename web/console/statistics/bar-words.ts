/** When a bar of a chart is: a day, the days of a week, or a month. */
import type { Language } from '../../../src/index.ts'
import { dayIn } from './day-words.ts'
import { dayAfter } from './days.ts'
import type { Bar } from './days.ts'

/** In full: `12 June 2026`, `6–12 June 2026`, `June 2026`; of a month that is not there as a whole, its days. */
export function barName(
  { from, to }: Bar,
  unit: 'day' | 'week' | 'month',
  language: Language,
): string {
  if (unit === 'month' && isWholeMonth(from, to)) {
    return dayIn(from, language, { month: 'long', year: 'numeric' })
  }
  const full = { day: 'numeric', month: 'long', year: 'numeric' } as const
  if (from === to) return dayIn(from, language, full)
  return dayIn(from, language, full, to)
}

/** Under the chart: `12 Jun`, `Jun 26`. */
export function barMark({ from }: Bar, unit: 'day' | 'week' | 'month', language: Language): string {
  const form =
    unit === 'month'
      ? ({ month: 'short', year: '2-digit' } as const)
      : ({ day: 'numeric', month: 'short' } as const)
  return dayIn(from, language, form)
}

/** A range begins and ends on any day, so that its first and last month are seldom whole. */
function isWholeMonth(from: string, to: string): boolean {
  return [from, dayAfter(to, 1)].every((day) => day.endsWith('-01'))
}
