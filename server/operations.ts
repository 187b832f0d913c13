/** The worker that carries out what was asked of a data folder's issuers. */

import { invariant } from '../src/index.ts'
import type { Engines } from './engines.ts'
import { startWorker, WORKING } from './issuance/worker.ts'
import type { Worker } from './issuance/worker.ts'
import type { OwnIssuer } from './issuer.ts'

export function workOnOperations(engines: Engines, issuers: readonly OwnIssuer[]): Worker {
  const { store, leaseMs, log } = engines
  return startWorker({
    store,
    issuers: issuers.map(({ issuer }) => issuer),
    carryOut: (operation) => {
      const own = issuers.find(({ issuer }) => issuer === operation.issuer)
      invariant(own !== undefined, 'only operations of these issuers are picked')
      return own.carryOut(operation)
    },
    now: Date.now,
    leaseMs,
    log,
    ...WORKING,
  })
}
