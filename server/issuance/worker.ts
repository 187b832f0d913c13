/** Who works on operations behind those who asked: several at once, shared by every server on one store. */

import { randomUUID } from 'node:crypto'
import { FormatError, invariant, UnavailableError } from '../../src/index.ts'
import { fieldsOfError } from '../log.ts'
import type { Log } from '../log.ts'
import type { Operation } from '../storage/operations.ts'
import type { Store } from '../storage/store.ts'
import { restAfter } from './backoff.ts'
import type { Rest } from './backoff.ts'
import { startCrew } from './crew.ts'
import { IssuingError } from './errors.ts'

export type WorkerOptions = {
  readonly store: Store
  readonly issuers: readonly string[]
  /** Hashes of the transactions that led to what was asked for. */
  readonly carryOut: (operation: Operation) => Promise<readonly string[]>
  readonly now: () => number
  readonly leaseMs: number
  /** How long to wait for work that another server took in, milliseconds. */
  readonly pollMs: number
  readonly atOnce: number
  /** What met trouble rests so long at first, then twice as long, up to `most`. */
  readonly restMs: Rest
  /** What the chain refuses, or nobody foresaw, is given up after so many attempts; an outage never is. */
  readonly attempts: number
  readonly log: Log
}

export type Worker = {
  /** There is work. */
  wake(): void
  /** Takes up nothing more, and resolves when what is under way has stopped. */
  stop(): Promise<void>
}

/** What a server starts with: most of a change's time is waiting for the chain. */
export const WORKING = {
  atOnce: 8,
  pollMs: 1000,
  restMs: { first: 2000, most: 600_000 },
  attempts: 10,
} as const

/** Bytes of expired shares go within so long. */
const SWEEP_MS = 60_000
const AGAIN_MS = 1000

export function startWorker(options: WorkerOptions): Worker {
  const { store, now, log, atOnce, pollMs } = options
  let isStopping = false
  let sweptAt = 0
  const crew = startCrew({
    atOnce,
    pollMs,
    pick: async () => {
      const owner = randomUUID()
      const lease = { owner, now: now(), until: now() + options.leaseMs }
      const operation = await store.pickOperation(options.issuers, lease)
      if (operation === undefined) return undefined
      return () =>
        work(options, operation, owner, () => isStopping).catch((error: unknown) => {
          log.error('an operation was let go', fieldsOfError(error))
        })
    },
    onTurn: async () => {
      if (now() - sweptAt < SWEEP_MS) return
      sweptAt = now()
      await store.expireShares(now())
    },
    onAway: (error) => {
      log.error('the store is away', fieldsOfError(error))
    },
  })
  return {
    wake: () => {
      crew.wake()
    },
    stop: () => {
      isStopping = true
      return crew.stop()
    },
  }
}

async function work(
  options: WorkerOptions,
  operation: Operation,
  owner: string,
  isStopping: () => boolean,
): Promise<void> {
  const { store, now, leaseMs } = options
  const { id } = operation
  // Another that took over finds the same transactions kept: what both do is done once.
  const timer = setInterval(() => {
    const lease = { owner, now: now(), until: now() + leaseMs }
    store.renewOperation(id, lease).catch(() => undefined)
  }, leaseMs / 3)
  try {
    const transactions = await options.carryOut(operation)
    await store.finishOperation(id, owner, { state: 'done', transactions, at: now() })
  } catch (error) {
    await settle(options, operation, owner, error, isStopping())
  } finally {
    clearInterval(timer)
  }
}

async function settle(
  options: WorkerOptions,
  { id, attempts }: Operation,
  owner: string,
  error: unknown,
  isStopping: boolean,
): Promise<void> {
  const { store, now, restMs, log } = options
  // What a closing process breaks off is no trouble of the operation; its lease runs out.
  if (isStopping) return
  const trouble = troubleOf(error)
  if (error instanceof IssuingError && error.code === 'in-progress') {
    await store.restOperation(id, owner, trouble, now() + AGAIN_MS, false)
    return
  }
  log.error('an operation met trouble', { id, ...fieldsOfError(error) })
  const isOutage = error instanceof UnavailableError && error.code !== 'refused'
  const isHopeless = error instanceof IssuingError || error instanceof FormatError
  if (isHopeless || (!isOutage && attempts + 1 >= options.attempts)) {
    const end = { state: 'failed', trouble, transactions: [], at: now() } as const
    await store.finishOperation(id, owner, end)
    return
  }
  await store.restOperation(id, owner, trouble, now() + restAfter(restMs, attempts))
}

/** A code that quotes nothing. */
function troubleOf(error: unknown): string {
  const isOurs = [IssuingError, FormatError, UnavailableError].some((kind) => error instanceof kind)
  const code = isOurs && error instanceof Error && 'code' in error ? error.code : 'internal'
  invariant(typeof code === 'string', 'a code is a text')
  return code
}
