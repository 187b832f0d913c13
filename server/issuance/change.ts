/** What an issuer does to certificates that are out: change their status, erase them, forget permanent links. */

import { randomUUID } from 'node:crypto'
import { instantOfMilliseconds, invariant, manifestOf, printInstant } from '../../src/index.ts'
import type { ReasonCode } from '../../src/index.ts'
import { reasonNumber } from '../chain/status.ts'
import type { StatusPort } from '../chain/status.ts'
import type { AnchoredBatch, Lease, Tombstone } from '../storage/store.ts'
import { cidsOf, inCarOrder, parseRoot } from './deliver.ts'
import { IssuingError } from './errors.ts'
import { holding } from './holding.ts'
import type { IssuingParts } from './parts.ts'
import { finishAll } from './reseal.ts'
import { anchoredBatch, certificateOf } from './target.ts'
import type {
  BatchRequest,
  EraseReport,
  EraseRequest,
  StatusReport,
  StatusRequest,
  StatusTarget,
} from './types.ts'

export type ChangeParts = Pick<
  IssuingParts,
  'store' | 'documents' | 'issuer' | 'now' | 'leaseMs'
> & {
  readonly status: StatusPort
}

/** Answers when the chain says so. Throws `IssuingError` for a target that is not ours or not anchored. */
export async function changeStatus(
  parts: ChangeParts,
  action: 'revoke' | 'suspend' | 'reinstate',
  request: StatusRequest,
): Promise<StatusReport> {
  const { batch, indexes } = await targetOf(parts, request)
  const { root } = batch
  const reason: ReasonCode = request.reason ?? 'unspecified'
  const change = { action, issuer: parts.issuer, root: parseRoot(root), indexes, reason }
  const transactions = await parts.status.change({ ...change, id: randomUUID() })
  await record(parts, batch, { action, indexes, reason, transactions })
  return { action, root, indexes, transactions }
}

export async function revokeWholeBatch(
  parts: ChangeParts,
  request: BatchRequest,
): Promise<StatusReport> {
  const batch = await anchoredBatch(parts, request)
  const { root } = batch
  const reason: ReasonCode = request.reason ?? 'unspecified'
  const { status, issuer } = parts
  const transactions = await status.revokeBatch(issuer, parseRoot(root), reason, randomUUID())
  await record(parts, batch, { action: 'revoke-batch', indexes: [], reason, transactions })
  return { action: 'revoke-batch', root, indexes: [], transactions }
}

/**
 * Deletes seed, server key, learner and both copies of the document, and leaves a tombstone; what names the file that
 * the batch came from goes too, since it could be guessed at. Done again it finishes what a crash cut short, and
 * answers with the first date. Copies in others' hands are out of reach.
 */
export async function erase(parts: ChangeParts, request: EraseRequest): Promise<EraseReport> {
  const { batchId, index } = await certificateOf(parts, request)
  const batch = await anchoredBatch(parts, { batchId })
  if (batch.permanent) {
    throw new IssuingError('permanent', 'a permanent certificate cannot be erased')
  }
  const reason = reasonNumber(request.reason ?? 'unspecified')
  return holding(parts, batchId, (lease) => eraseHeld(parts, lease, { batchId, index }, reason))
}

/** Keys and learner go first; a new sealing that was begun is ended before the copies are made anew. */
async function eraseHeld(
  parts: ChangeParts,
  lease: () => Lease,
  place: { readonly batchId: string; readonly index: number },
  reason: number,
): Promise<EraseReport> {
  const { store, documents } = parts
  const { batchId, index } = place
  const { cid } = await certificateOf(parts, place)
  const tombstone: Tombstone = { cid, batchId, index, reason, erasedAt: parts.now() }
  await store.erase(tombstone)
  await finishAll(parts, lease, batchId)
  const batch = await anchoredBatch(parts, { batchId })
  const damaged = await documents.remove(cid, batch.manifest, await blocksOf(parts, batch))
  await store.audit({ at: parts.now(), action: 'erase', subject: cid })
  const first = (await store.findTombstone(cid)) ?? tombstone
  const erasedAt = printInstant(instantOfMilliseconds(first.erasedAt))
  return { cid, batchId, index, erasedAt, damaged }
}

/** Every block of the batch as its CAR has them; the manifest's are laid down again, whatever became of them. */
async function blocksOf(parts: ChangeParts, { id, manifest }: AnchoredBatch): Promise<string[]> {
  const cids = await cidsOf(parts, id)
  const { root, blocks } = manifestOf(cids)
  invariant(root === manifest, `the manifest of batch ${id} is its own`)
  await parts.documents.put(blocks)
  return inCarOrder(blocks, cids)
}

/** A permanent batch's links are in safe hands: nobody can derive them again. */
export async function forgetLinks(parts: ChangeParts, batchId: string): Promise<void> {
  await anchoredBatch(parts, { batchId })
  await parts.store.forgetSecret(batchId)
  await parts.store.audit({ at: parts.now(), action: 'delivered', subject: batchId })
}

async function targetOf(
  parts: ChangeParts,
  target: StatusTarget,
): Promise<{ batch: AnchoredBatch; indexes: number[] }> {
  if ('cid' in target) {
    const { batchId, index } = await certificateOf(parts, target)
    return { batch: await anchoredBatch(parts, { batchId }), indexes: [index] }
  }
  const batch = await anchoredBatch(parts, target)
  const indexes = [...new Set(target.indexes)].sort((a, b) => a - b)
  const isInside = indexes.every((i) => Number.isSafeInteger(i) && i >= 0 && i < batch.size)
  if (indexes.length === 0 || !isInside) {
    throw new IssuingError(
      'not-found',
      `a batch of ${batch.size} has indexes 0 to ${batch.size - 1}`,
    )
  }
  return { batch, indexes }
}

async function record(
  { store, now }: ChangeParts,
  batch: AnchoredBatch,
  change: {
    readonly action: StatusReport['action']
    readonly indexes: readonly number[]
    readonly reason: ReasonCode
    readonly transactions: readonly string[]
  },
): Promise<void> {
  const { action, indexes, transactions } = change
  const reason = reasonNumber(change.reason)
  for (const transaction of transactions) {
    await store.recordStatus({ batchId: batch.id, action, indexes, reason, transaction, at: now() })
  }
  await store.audit({ at: now(), action, subject: batch.id })
}
