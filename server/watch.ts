/** What a server does beside answering: it compares with the chain what it anchored, and goes on with what waits. */

import { troubleOf } from './chain/trouble.ts'
import type { ReconcileReport } from './chain/reconcile.ts'
import type { ResumeReport } from './issuance/types.ts'
import { fieldsOfError } from './log.ts'
import type { Log } from './log.ts'

export type WatchParts = {
  /** Compares the last anchored batches with the chain. */
  readonly reconcile: (most: number) => Promise<ReconcileReport>
  /** Goes on with every unfinished batch but these. */
  readonly resume: (skip: ReadonlySet<string>) => Promise<ResumeReport>
  /** Roots on the chain that the store does not know: it was put back from an old copy, and `fsck` says more. */
  readonly foreign: () => Promise<readonly string[]>
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Rejects when the server closes, which ends the watch. */
  readonly sleep: (milliseconds: number) => Promise<void>
  readonly log: Log
}

const EVERY_MS = 15_000
const NEWEST = 100
/** What the registry or the signer refused is a matter for people: it is tried again so often, and at every start. */
const REFUSED_REST_MS = 10 * 60_000

/**
 * All batches are compared at the start, then the newest at every turn; what is foreign is told once. Resolves when
 * `sleep` rejects.
 */
export async function watch(parts: WatchParts): Promise<void> {
  const refusedAt = new Map<string, number>()
  let isForeignTold = false
  for (let most = Number.MAX_SAFE_INTEGER; ; most = NEWEST) {
    try {
      await turn(parts, most, refusedAt)
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

async function turn(
  { reconcile, resume, now, log }: WatchParts,
  most: number,
  refusedAt: Map<string, number>,
): Promise<void> {
  for (const batchId of (await reconcile(most)).lost) {
    log.error('the chain lost an anchor', { batch: batchId })
  }
  for (const [id, at] of refusedAt) if (now() - at > REFUSED_REST_MS) refusedAt.delete(id)
  const { failed } = await resume(new Set(refusedAt.keys()))
  for (const { batchId, error } of failed) {
    const trouble = troubleOf(error)
    if (trouble === 'refused' || trouble === 'signer') refusedAt.set(batchId, now())
    log.error('a batch waits', { ...fieldsOfError(error), batch: batchId, reason: trouble })
  }
}

async function tellForeign({ foreign, log }: WatchParts): Promise<void> {
  for (const id of await foreign()) log.error('an anchor that the store does not know', { id })
}
