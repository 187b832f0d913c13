/** Changes of a batch that is final go one after the other, in whichever process: each holds the batch meanwhile. */

import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { Lease } from '../storage/store.ts'
import { IssuingError } from './errors.ts'
import type { IssuingParts } from './parts.ts'

export type HoldingParts = Pick<IssuingParts, 'store' | 'now' | 'leaseMs'>

const POLL_MS = 25
/** A holder that died keeps a batch for one lease; one that lives ends before this. */
const PATIENCE_LEASES = 8

/**
 * Does `work` while nobody else changes the batch. The lease is renewed as it goes; work that lost it all the same is
 * stopped by the store. Throws `IssuingError` `in-progress` where another holds the batch for too long.
 */
export async function holding<T>(
  { store, now, leaseMs }: HoldingParts,
  batchId: string,
  work: (lease: () => Lease) => Promise<T>,
): Promise<T> {
  const owner = randomUUID()
  const lease = (): Lease => ({ owner, now: now(), until: now() + leaseMs })
  const since = performance.now()
  while (!(await store.claim(batchId, lease()))) {
    if (performance.now() - since > PATIENCE_LEASES * leaseMs) {
      throw new IssuingError('in-progress', `another process is changing batch ${batchId}`)
    }
    await wait(POLL_MS)
  }
  const renewal = setInterval(() => {
    // One that fails is followed by another; the store refuses whoever lost the batch.
    store.renew(batchId, lease()).catch(() => undefined)
  }, leaseMs / 3)
  try {
    return await work(lease)
  } finally {
    clearInterval(renewal)
    await store.release(batchId, lease())
  }
}
