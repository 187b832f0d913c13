/**
 * How much happened on which day: numbers, and nothing of who, when in the day, or which certificate. They outlive an
 * erasure. Days are whole ones in UTC, counted from 1970.
 */

/** What is counted as it happens; the rest is told by what is stored anyway. */
export const TALLIED = ['opened', 'shareOpened', 'verified'] as const
export type Tallied = (typeof TALLIED)[number]

export const COUNTED = ['issued', 'opened', 'shared', 'shareOpened', 'verified', 'revoked'] as const
export type Counted = (typeof COUNTED)[number]

export function isCounted(text: string): text is Counted {
  return COUNTED.some((one) => one === text)
}

export type Tally = {
  /** One that no batch fits is dropped. */
  readonly of: { readonly batchId: string } | { readonly root: string }
  readonly day: number
  readonly what: Tallied
  readonly count: number
}

export type DayCount = {
  /** Of the template, all its versions together; undefined for batches without a stored one. */
  readonly series: string | undefined
  readonly day: number
  readonly what: Counted
  readonly count: number
}

export type StatisticsStore = {
  /** Adds them to what was counted before. */
  addTallies(tallies: readonly Tally[]): Promise<void>
  /** One issuer's days from `from` to `to`, both included; what did not happen is left out. */
  statisticsOf(issuer: string, from: number, to: number): Promise<DayCount[]>
}
