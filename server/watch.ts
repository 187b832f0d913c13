/** What a server does beside answering: it compares with the chain what it anchored, and tends what was left over. */

import type { ReconcileReport } from './chain/reconcile.ts'
import { fieldsOfError } from './log.ts'
import type { Log } from './log.ts'

export type WatchParts = {
  /** Compares the last anchored batches with the chain. */
  readonly reconcile: (most: number) => Promise<ReconcileReport>
  /** Sends again what was not mined, and ends what a process that is gone began. Batches are the queue's. */
  readonly tend: () => Promise<void>
  /** Roots on the chain that the store does not know: it was put back from an old copy, and `fsck` says more. */
  readonly foreign: () => Promise<readonly string[]>
  /** Rejects when the server closes, which ends the watch. */
  readonly sleep: (milliseconds: number) => Promise<void>
  readonly log: Log
}

const EVERY_MS = 15_000
const NEWEST = 100

/**
 * All batches are compared at the start, then the newest at every turn; what is foreign is told once. Resolves when
 * `sleep` rejects.
 */
export async function watch(parts: WatchParts): Promise<void> {
  let isForeignTold = false
  for (let most = Number.MAX_SAFE_INTEGER; ; most = NEWEST) {
    try {
      await turn(parts, most)
      if (!isForeignTold) await tellForeign(parts)
      isForeignTold = true
    } catch (error) {
      parts.log.error('resume failed', fieldsOfError(error))
    }
    try {
      await parts.sleep(EVERY_MS)
    } catch {
      return
    }
  }
}

async function turn({ reconcile, tend, log }: WatchParts, most: number): Promise<void> {
  for (const batchId of (await reconcile(most)).lost) {
    log.error('the chain lost an anchor', { batch: batchId })
  }
  await tend()
}

async function tellForeign({ foreign, log }: WatchParts): Promise<void> {
  for (const id of await foreign()) log.error('an anchor that the store does not know', { id })
}
