/** What the issuing service is made of; `server/context.ts` puts it together, tests put faults in. */

import { setImmediate as otherWork } from 'node:timers/promises'
import type { Address, Home } from '../../src/index.ts'
import { breathing } from '../breathing.ts'
import type { Documents } from '../ipfs/documents.ts'
import type { Vaults } from '../keys/vaults.ts'
import type { AnchoredBatch, Lease, Store } from '../storage/store.ts'
import { LeaseLostError } from '../storage/store.ts'
import type { AnchorPort } from './anchor-port.ts'
import type { Lender } from './lender.ts'
import type { Learner, Progress } from './types.ts'

/** From which size on a batch needs a second person, and whether one issued at the terminal does too. */
export type ApprovalRule = { readonly from: number; readonly terminal: boolean }

export type IssuingParts = Vaults & {
  readonly store: Store
  readonly documents: Documents
  readonly anchor: AnchorPort
  /** Of who computes. */
  readonly lender: Lender
  readonly home: Home
  readonly issuer: Address
  /** Where holder links lead when a request names no other place. */
  readonly publicUrl: string
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Called with a batch that is anchored, before any of its links is given out. */
  readonly onAnchored?: (batch: AnchoredBatch) => Promise<void>
  /** How long a worker that stopped keeps a batch from others. */
  readonly leaseMs: number
  /** Undefined: no batch needs approval. */
  readonly approval?: ApprovalRule | undefined
  /** Aborted when the process is to end: work stops at its next step, and its lease is given back. */
  readonly closing?: AbortSignal
}

/** A worker's hold on one batch, and whom it tells how far it is. */
export type Work = {
  readonly batchId: string
  /** The lease from now on; every change of the batch carries it. */
  lease(): Lease
  /** Throws `LeaseLostError` where another worker took over. */
  renew(): Promise<void>
  progress(progress: Progress): void
}

export function workOn(
  parts: Pick<IssuingParts, 'store' | 'now' | 'leaseMs' | 'closing'>,
  batchId: string,
  owner: string,
  progress: (progress: Progress) => void,
): Work {
  const lease = (): Lease => {
    const now = parts.now()
    return { owner, now, until: now + parts.leaseMs }
  }
  return {
    batchId,
    lease,
    progress,
    renew: async () => {
      parts.closing?.throwIfAborted()
      if (await parts.store.renew(batchId, lease())) return
      throw new LeaseLostError(`batch ${batchId} is another's`)
    },
  }
}

/** Lets the process do what else it has to do, and keeps the batch: a million leaves take longer than a lease. */
export function breathingFor(
  { now, leaseMs }: Pick<IssuingParts, 'now' | 'leaseMs'>,
  work: Work,
): () => Promise<void> {
  let renewedAt: number | undefined
  return async () => {
    await otherWork()
    if (renewedAt !== undefined && now() - renewedAt < leaseMs / 5) return
    await work.renew()
    renewedAt = now()
  }
}

/** Keeps the batch while something is under way that tells nothing of itself; ends where it is another's. */
export function whileRenewing<T>(work: Work, under: Promise<T>): Promise<T> {
  return breathing(under, () => work.renew())
}

/**
 * The same of a change of the batch in the store: a million rows take longer than a lease. It looks for the lease by
 * itself, so what it says counts, and not a renewal that comes when it has just let go of the batch. Whatever else a
 * renewal met, a store that is away or a process that is to end, the change meets too, or the renewal of the next step.
 */
export function whileChanging<T>(work: Work, change: Promise<T>): Promise<T> {
  return breathing(change, () => work.renew().catch(() => undefined))
}

/** Where sealed bytes belong, bound into them so that they cannot be moved. */
export const places = {
  batchSecret: (batchId: string) => `batch/${batchId}/secret`,
  frame: (batchId: string) => `batch/${batchId}/frame`,
  draftPage: (batchId: string, bucket: number, page: number) =>
    `batch/${batchId}/drafts/${bucket}/${page}`,
  seed: (batchId: string, row: number) => `batch/${batchId}/${row}/seed`,
  credential: (batchId: string, row: number) => `batch/${batchId}/${row}/credential`,
  learner: (batchId: string, row: number) => `batch/${batchId}/${row}/learner`,
} as const

/** A learner as the store keeps it, opened: JSON that this service wrote. */
export function parseLearner(bytes: Uint8Array): Learner {
  return JSON.parse(Buffer.from(bytes).toString('utf8')) as Learner
}
