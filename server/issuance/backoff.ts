/** When to try again. */

import { randomInt } from 'node:crypto'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** Letters: soon at first, since a refusal for now is often a greylist; for three days in all. */
export const MAIL_PAUSES: readonly number[] = [
  MINUTE,
  5 * MINUTE,
  15 * MINUTE,
  HOUR,
  3 * HOUR,
  6 * HOUR,
  12 * HOUR,
  24 * HOUR,
  24 * HOUR,
]

/** Webhooks: the schedule that Standard Webhooks recommends, three days in all. */
export const WEBHOOK_PAUSES: readonly number[] = [
  5000,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
]

const JITTER = 0.2

/**
 * The moment of the attempt after the `attempts`-th; undefined where there is none. Spread by a fifth, so that what
 * failed together does not come back together.
 */
export function nextAttempt(
  pauses: readonly number[],
  attempts: number,
  now: number,
): number | undefined {
  const pause = pauses[attempts - 1]
  if (pause === undefined) return undefined
  const spread = Math.round(pause * JITTER)
  return now + pause - spread + randomInt(2 * spread + 1)
}

/** What met trouble rests so long at first, then twice as long each time, milliseconds. */
export type Rest = { readonly first: number; readonly most: number }

/** How long to rest after so many earlier troubles. */
export function restAfter({ first, most }: Rest, times: number): number {
  return Math.min(first * 2 ** Math.min(times, 30), most)
}
