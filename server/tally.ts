/**
 * Counts what happens, in memory, and hands it to the store every few seconds: whoever is answered waits for no count.
 * A process that is killed loses what it had not handed over.
 */

import { DAY_MS } from './keys/api-keys.ts'
import { fieldsOfError } from './log.ts'
import type { Log } from './log.ts'
import type { StatisticsStore, Tallied, Tally } from './storage/statistics.ts'

const EVERY_MS = 5000
/** Of different things between two hand-overs; what is beyond is not counted. */
const MAX_KINDS = 10_000

export type Counter = {
  /** Once more; `of` is a batch of this store, and one that is none is dropped later. Never throws. */
  readonly count: (what: Tallied, of: Tally['of']) => void
  /** Hands over what was counted; what fails is kept for the next time. */
  flush(): Promise<void>
  /** Hands over the last, and stops. */
  close(): Promise<void>
}

type Parts = {
  readonly store: Pick<StatisticsStore, 'addTallies'>
  readonly now: () => number
  readonly log: Log
}

export function startCounter({ store, now, log }: Parts): Counter {
  let counts = new Map<string, Tally>()
  let last = Promise.resolve()
  const add = (tally: Tally): void => {
    const { of, day, what } = tally
    const name = JSON.stringify([day, what, of])
    const known = counts.get(name)
    if (known === undefined && counts.size >= MAX_KINDS) return
    counts.set(name, { ...tally, count: tally.count + (known?.count ?? 0) })
  }
  const handOver = async (): Promise<void> => {
    if (counts.size === 0) return
    // In one order, so that processes which add to the same rows seldom stand in each other's way.
    const tallies = [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, tally]) => tally)
    counts = new Map()
    try {
      await store.addTallies(tallies)
    } catch (error) {
      tallies.forEach(add)
      log.error('counts are kept for later', fieldsOfError(error))
    }
  }
  const flush = (): Promise<void> => {
    last = last.then(handOver)
    return last
  }
  const timer = setInterval(() => void flush(), EVERY_MS).unref()
  return {
    count: (what, of) => {
      add({ of, day: Math.floor(now() / DAY_MS), what, count: 1 })
    },
    flush,
    close: () => {
      clearInterval(timer)
      return flush()
    },
  }
}
