/** What a server with its keys does behind its answers: it issues what was taken in, and tends what was left over. */

import type { Engines } from './engines.ts'
import { dropOpenDrafts } from './issuance/drafts.ts'
import { startQueue } from './issuance/queue.ts'
import type { Queue } from './issuance/queue.ts'
import type { OwnIssuer } from './issuer.ts'
import { outgoingSteps } from './outgoing.ts'
import { attempted, workUntilClosed } from './worker.ts'
import type { Step } from './worker.ts'

export type Behind = {
  readonly queue: Queue
  /** Resolves once nothing works any more: the queue is to be stopped, and the engines to be closing. */
  readonly ended: Promise<void>
}

/** Most of a batch's time is waiting for the chain, in which others are sealed. */
const QUEUE = { atOnce: 8, pollMs: 1000, restMs: { first: 5000, most: 600_000 } } as const

export function workBehind(engines: Engines, issuers: readonly OwnIssuer[]): Behind {
  const { store, leaseMs, log } = engines
  const queue = startQueue({
    store,
    issuers: issuers.map(({ issuer }) => issuer),
    partsOf: async (wanted) => {
      const found = issuers.find(({ issuer }) => issuer === wanted)
      if (found === undefined) throw new Error(`${wanted} is no issuer of this folder`)
      return found.parts()
    },
    now: Date.now,
    leaseMs,
    ...QUEUE,
    log,
  })
  // A chain that is away does not keep it from serving.
  const tended = attempted(log, async () => {
    for (const issuer of issuers) await issuer.tend()
  })
  const steps = [draftsStep(engines), ...outgoingSteps(engines)]
  const ended = Promise.all([tended, workUntilClosed(engines, steps)]).then(() => undefined)
  return { queue, ended }
}

/** Looks as seldom as a lease takes to run out: sooner there is nothing new to find. */
function draftsStep({ store, leaseMs }: Engines): Step {
  let due = 0
  return {
    name: 'drafts',
    run: async () => {
      if (Date.now() < due) return 0
      due = Date.now() + leaseMs
      return (await dropOpenDrafts({ store, leaseMs, now: Date.now })).length
    },
  }
}
