/** The work on batches behind whoever asked for them: several at once, shared by every server on one store. */

import { randomUUID } from 'node:crypto'
import { EventEmitter } from 'node:events'
import { FormatError, invariant, InvariantError, UnavailableError } from '../../src/index.ts'
import type { Address } from '../../src/index.ts'
import { TroubleError, troubleOf } from '../chain/trouble.ts'
import { BlockError } from '../ipfs/documents.ts'
import { fieldsOfError } from '../log.ts'
import type { Log } from '../log.ts'
import { LeaseLostError, StateError } from '../storage/store.ts'
import type { Store } from '../storage/store.ts'
import { restAfter } from './backoff.ts'
import type { Rest } from './backoff.ts'
import { startCrew } from './crew.ts'
import { IssuingError, StoppedError } from './errors.ts'
import { workOn } from './parts.ts'
import type { IssuingParts, Work } from './parts.ts'
import { advance } from './pipeline.ts'
import type { Progress } from './types.ts'

export type QueueOptions = {
  readonly store: Store
  /** The issuers whose batches are worked on, each with the keys for it. */
  readonly issuers: readonly Address[]
  readonly partsOf: (issuer: Address) => Promise<IssuingParts>
  readonly now: () => number
  readonly leaseMs: number
  /** How many batches are worked on at a time. */
  readonly atOnce: number
  /** How long to wait for work that another server took in, milliseconds. */
  readonly pollMs: number
  /** A batch that met trouble rests this long at first, then twice as long, up to `restMs.most`. */
  readonly restMs: Rest
  readonly log: Log
}

export type Queue = {
  /** There is work: a batch was taken in or approved. */
  wake(): void
  /** Whether this server works on anything at the moment. */
  readonly isBusy: boolean
  /** Listens to every progress of batches that this server works on; call the answer to stop. */
  onProgress(listener: (batchId: string) => void): () => void
  /** Lets go of every batch after the step under way, so that another server can take it at once. Twice is once. */
  stop(): Promise<void>
}

const PERSIST_EVERY_MS = 1000
/** What no waiting mends is looked at again this seldom: somebody may have mended it. */
const PERMANENT_REST_MS = 3_600_000

export function startQueue(options: QueueOptions): Queue {
  const { store, now, log } = options
  const events = new EventEmitter().setMaxListeners(0)
  let isStopping = false

  const workFor = (parts: IssuingParts, batchId: string, owner: string): Work => {
    const persist = persisting(options, batchId, () => events.emit('progress', batchId))
    const work = workOn(parts, batchId, owner, persist)
    const renew = async (): Promise<void> => {
      if (isStopping) throw new StoppedError(`batch ${batchId} is let go`)
      await work.renew()
    }
    return { ...work, renew }
  }
  const workOnOne = async (batchId: string, owner: string): Promise<void> => {
    try {
      const batch = await store.findBatch({ id: batchId })
      invariant(batch !== undefined, `batch ${batchId} is in the store`)
      const issuer = options.issuers.find((one) => one === batch.issuer)
      invariant(issuer !== undefined, `batch ${batchId} is of an issuer of ours`)
      const parts = await options.partsOf(issuer)
      await advance(parts, workFor(parts, batchId, owner), batch)
      await store.clearTrouble(batchId)
    } catch (error) {
      await rest(options, batchId, owner, error, isStopping)
    }
    events.emit('progress', batchId)
  }
  const crew = startCrew({
    atOnce: options.atOnce,
    pollMs: options.pollMs,
    pick: async () => {
      const owner = randomUUID()
      const lease = { owner, now: now(), until: now() + options.leaseMs }
      const batchId = await store.pickBatch(options.issuers, lease)
      if (batchId === undefined) return undefined
      return () =>
        workOnOne(batchId, owner).catch((error: unknown) => {
          // The store is away: the lease runs out, and the batch is picked again.
          log.warn('a batch was let go', { batch: batchId, ...fieldsOfError(error) })
        })
    },
    onAway: (error) => {
      log.warn('the store is away', fieldsOfError(error))
    },
  })
  return {
    wake: () => {
      crew.wake()
    },
    get isBusy() {
      return crew.isBusy
    },
    onProgress: (listener) => {
      events.on('progress', listener)
      return () => events.off('progress', listener)
    },
    stop: () => {
      isStopping = true
      return crew.stop()
    },
  }
}

/** Tells listeners of every step; the store only of a new step, of its end, and once a second between. */
function persisting(
  { store, now }: QueueOptions,
  batchId: string,
  tell: () => void,
): (progress: Progress) => void {
  let last: { readonly step: string; readonly at: number } | undefined
  return (progress) => {
    const at = now()
    const { step, done, total } = progress
    const isDue = last?.step !== step || done === total || at - last.at >= PERSIST_EVERY_MS
    if (!isDue) return
    last = { step, at }
    // How far a batch is, is told, not relied on: what fails here shows where the batch itself is kept.
    store.saveProgress(batchId, progress).then(tell, () => undefined)
  }
}

/** Writes down what stood in the way, and lets the batch rest. */
async function rest(
  { store, now, restMs, log }: QueueOptions,
  batchId: string,
  owner: string,
  error: unknown,
  isStopping: boolean,
): Promise<void> {
  if (error instanceof LeaseLostError) return
  const release = (): Promise<void> => store.release(batchId, { owner, now: now(), until: now() })
  // What a closing process breaks off is no trouble of the batch.
  if (isStopping || error instanceof StoppedError) return release()
  const code = codeOf(error)
  const times = await store.troublesOf(batchId)
  const waiting = restAfter(restMs, times)
  const retryAt =
    now() + (isPermanent(error) ? PERMANENT_REST_MS : isRefused(error) ? restMs.most : waiting)
  // Before anybody can pick it again.
  await store.saveTrouble(batchId, { code, since: now() }, retryAt)
  await release()
  log.warn('a batch met trouble', { ...fieldsOfError(error), batch: batchId, code })
}

/** A fault of the data or of our own, which no waiting mends. */
function isPermanent(error: unknown): boolean {
  return [FormatError, InvariantError, BlockError, StateError, IssuingError].some(
    (kind) => error instanceof kind,
  )
}

/** What the registry or the signer refused is a matter for people. */
function isRefused(error: unknown): boolean {
  const trouble = troubleOf(error)
  return trouble === 'refused' || trouble === 'signer'
}

/** A code that says what it was and quotes nothing. */
function codeOf(error: unknown): string {
  if (error instanceof TroubleError) return error.trouble
  if (error instanceof BlockError) return `block-${error.code}`
  if (error instanceof FormatError || error instanceof IssuingError) return error.code
  if (error instanceof UnavailableError) return error.code
  if (error instanceof InvariantError || error instanceof StateError) return 'internal'
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' && /^[A-Za-z0-9_-]{1,40}$/.test(code) ? code : 'unknown'
}
