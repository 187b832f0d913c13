/** What a server with its keys does behind its answers: it issues what was taken in, and tends what was left over. */

import type { Engines } from './engines.ts'
import { unknownAnchors } from './inspection.ts'
import { dropOpenDrafts } from './issuance/drafts.ts'
import { startQueue } from './issuance/queue.ts'
import type { Queue } from './issuance/queue.ts'
import type { OwnIssuer } from './issuer.ts'
import { outgoingSteps } from './outgoing.ts'
import { watch } from './watch.ts'
import { workUntilClosed } from './worker.ts'
import type { Step } from './worker.ts'

/** Most of a batch's time is waiting for the chain, in which others are sealed. */
const QUEUE = { atOnce: 8, pollMs: 1000, restMs: { first: 5000, most: 600_000 } } as const

/** Until the engines close, which waits for all of it but the queue: that one is to be stopped before. */
export function workBehind(engines: Engines, issuers: readonly OwnIssuer[]): Queue {
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
  const tend = async (): Promise<void> => {
    for (const issuer of issuers) await issuer.tend()
  }
  const foreign = (): Promise<string[]> => unknownAnchors(engines)
  void engines.work.track(watch({ ...engines, tend, foreign }))
  void engines.work.track(
    workUntilClosed(engines, [draftsStep(engines), ...outgoingSteps(engines)]),
  )
  return queue
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
