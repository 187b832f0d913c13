/** Files half read when their process ended: nothing was issued of them, and nothing of them stays. */

import { randomUUID } from 'node:crypto'
import { workOn } from './parts.ts'
import type { IssuingParts, Work } from './parts.ts'

type DraftParts = Pick<IssuingParts, 'store' | 'now' | 'leaseMs'>

/** Drops every open draft whose lease ran out, of all issuers; answers with their ids. */
export async function dropOpenDrafts(parts: DraftParts): Promise<string[]> {
  const dropped: string[] = []
  for (const { id, isOpenDraft } of await parts.store.listUnfinished(parts.now())) {
    if (!isOpenDraft) continue
    const work = workOn(parts, id, randomUUID(), () => undefined)
    if (!(await parts.store.claim(id, work.lease()))) continue
    if (await dropIfOpen(parts, work)) dropped.push(id)
    else await parts.store.release(id, work.lease())
  }
  return dropped
}

/**
 * Drops the draft that `work` has the lease of; false where it is a batch by now: whoever filled it was slow and not
 * gone, and ended between the look at it and the lease.
 */
export async function dropIfOpen(
  { store }: Pick<IssuingParts, 'store'>,
  { batchId }: Work,
): Promise<boolean> {
  if ((await store.findBatch({ id: batchId })) !== undefined) return false
  await store.dropDraft(batchId)
  return true
}
