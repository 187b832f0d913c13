/** The service of one issuer's batches as far as a store alone goes: for tests of access that need no chain. */
import { expect } from 'chai'
import { queueOf } from '../../../server/http/queue.ts'
import { batchServiceOf } from '../../../server/issuance/batches.ts'
import type { BatchService } from '../../../server/issuance/batches.ts'
import type { IssuingParts } from '../../../server/issuance/parts.ts'
import { vaultOf } from '../../../server/keys/vault.ts'
import type { Store } from '../../../server/storage/store.ts'

export function batchesAround(store: Store, issuer: string): BatchService {
  const vault = vaultOf(new Uint8Array(32).fill(7))
  const parts: Partial<IssuingParts> = {
    store,
    issuer: issuer as IssuingParts['issuer'],
    now: Date.now,
    vault,
    masterVersion: 1,
    vaultAt: () => vault,
  }
  return batchServiceOf({
    parts: () => Promise.resolve(parts as IssuingParts),
    refuse: () => undefined,
    spoolFolder: '/nowhere',
    uploads: queueOf({ running: 1, waiting: 0 }),
    queue: () => expect.fail('nothing is worked on'),
  })
}
