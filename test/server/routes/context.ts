/** What routes work with, around a store alone: for tests of the frame that need no chain. */
import { expect } from 'chai'
import { metricsOf } from '../../../server/http/metrics.ts'
import { apiKeysOf } from '../../../server/keys/api-keys.ts'
import { vaultOf } from '../../../server/keys/vault.ts'
import { logOf } from '../../../server/log.ts'
import type { RouteContext } from '../../../server/routes/context.ts'
import type { IssuerOperations } from '../../../server/issuer.ts'
import type { Store } from '../../../server/storage/store.ts'
import { batchesAround } from './batches-around.ts'

export const SILENT = logOf((): void => undefined)

export function routeContext(store: Store, more: Partial<RouteContext> = {}): RouteContext {
  const now = more.now ?? Date.now
  const vault = vaultOf(new Uint8Array(32).fill(7))
  const unused = (): never => expect.fail('this is not used')
  return {
    store,
    documents: {
      put: unused,
      get: unused,
      writeCar: unused,
      readCar: unused,
      remove: unused,
      dropCar: unused,
      inspect: unused,
      audit: unused,
      check: unused,
    },
    verifier: { verdictOn: unused, queue: { running: 0, waiting: 0 } },
    apiKeys: apiKeysOf({ store, now }),
    as: (issuer) => ({ batches: batchesAround(store, issuer) }) as IssuerOperations,
    tagOf: (_issuer, text, kind) => Promise.resolve(vault.tag(text, kind)),
    metrics: metricsOf(),
    readiness: () => Promise.resolve({ store: true, chain: true, documents: true }),
    now,
    ...more,
  }
}
