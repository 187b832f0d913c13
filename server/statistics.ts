/** What an issuer sees of how its certificates fare: days, templates and sums, put together from what was counted. */

import { DAY_MS } from './keys/api-keys.ts'
import type { Counted, DayCount } from './storage/statistics.ts'

export type Counts = Readonly<Record<Counted, number>>

/** `name` is that of the newest version; both are undefined for what was made without a stored template. */
export type TemplateCounts = Counts & {
  readonly series: string | undefined
  readonly name: string | undefined
}

export type Statistics = {
  /** Every day from the first to the last. */
  readonly days: readonly (Counts & { readonly day: number })[]
  /** Those of which anything happened, the most issued first. */
  readonly templates: readonly TemplateCounts[]
  readonly totals: Counts
}

/** Days from 1970, in UTC. `names` by the id of a template's first version. */
export function statisticsFrom(
  counts: readonly DayCount[],
  from: number,
  to: number,
  names: ReadonlyMap<string, string>,
): Statistics {
  const byDay = Map.groupBy(counts, ({ day }) => day)
  const days = Array.from({ length: to - from + 1 }, (_, at) => {
    const day = from + at
    return { day, ...summed(byDay.get(day) ?? []) }
  })
  const bySeries = Map.groupBy(counts, ({ series }) => series)
  const templates = [...bySeries].map(([series, some]) => ({
    series,
    name: series === undefined ? undefined : names.get(series),
    ...summed(some),
  }))
  templates.sort((a, b) => b.issued - a.issued || (a.series ?? '').localeCompare(b.series ?? ''))
  return { days, templates, totals: summed(counts) }
}

function summed(counts: readonly DayCount[]): Counts {
  const sums = { issued: 0, opened: 0, shared: 0, shareOpened: 0, verified: 0, revoked: 0 }
  for (const { what, count } of counts) sums[what] += count
  return sums
}

/** `YYYY-MM-DD`, from days since 1970. */
export function printDay(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10)
}

/** The other way round; undefined for what is no day of the calendar. */
export function parseDay(text: string): number | undefined {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN
  if (Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== text) return undefined
  return at / DAY_MS
}
