/**
 * Small batches are computed by the process itself, large ones by threads beside it, so that every core works and a
 * server answers meanwhile.
 */

import { availableParallelism } from 'node:os'
import { ownHands, threadHands } from './hands.ts'
import type { Hands } from './hands.ts'
import { openThreads, startThread } from './threads.ts'
import type { StartThread, Threads } from './threads.ts'

export type Lending = {
  /** Batches of so many certificates and more are computed by threads. */
  readonly from: number
  /** How many threads; fewer than two are none. */
  readonly count: number
}

export type Lender = {
  /** Batches of so many certificates and more are large: their blocks lie together in files, too. */
  readonly largeFrom: number
  /** Lends hands for a batch of so many certificates, for as long as `use` takes. */
  lend<T>(size: number, use: (hands: Hands) => Promise<T>): Promise<T>
  /** The same for a batch whose size is not known yet: `use` asks for hands with how many certificates there are so far. */
  lendAsItGrows<T>(use: (handsFor: (size: number) => Hands) => Promise<T>): Promise<T>
}

const MOST_THREADS = 8
const LENDING: Lending = {
  // A thread takes half a second to start: below this a batch is done by then.
  from: 2048,
  count: Math.min(availableParallelism(), MOST_THREADS),
}
/** A batch's next step comes soon, and threads are slow to start. */
const LINGERING_MS = 10_000

type Pool = { readonly threads: Threads; users: number; ending?: NodeJS.Timeout }

/** Its threads serve every batch that is under way, and end when there was none for a while. */
export function lenderOf(lending: Lending = LENDING, start: StartThread = startThread): Lender {
  const { from, count } = lending
  let pool: Pool | undefined
  const borrow = (): Pool => {
    pool ??= { threads: openThreads(count, start), users: 0 }
    clearTimeout(pool.ending)
    pool.users += 1
    return pool
  }
  const giveBack = (lent: Pool): void => {
    lent.users -= 1
    if (lent.users > 0) return
    lent.ending = setTimeout(() => {
      pool = undefined
      // What cannot be ended ends with the process.
      lent.threads.close().catch(() => undefined)
    }, LINGERING_MS)
    lent.ending.unref()
  }
  const lendAsItGrows: Lender['lendAsItGrows'] = async (use) => {
    const own = ownHands()
    let lent: { readonly pool: Pool; readonly hands: Hands } | undefined
    try {
      return await use((size) => {
        if (size < from || count < 2) return own
        if (lent === undefined) {
          const borrowed = borrow()
          lent = { pool: borrowed, hands: threadHands(borrowed.threads, count) }
        }
        return lent.hands
      })
    } finally {
      if (lent !== undefined) giveBack(lent.pool)
    }
  }
  return {
    largeFrom: from,
    lend: (size, use) => lendAsItGrows((handsFor) => use(handsFor(size))),
    lendAsItGrows,
  }
}
