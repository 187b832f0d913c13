/** What an issuer does to certificates that are out: change their status, erase them, forget permanent links. */

import { randomUUID } from 'node:crypto'
import type { ReasonCode } from '../../src/index.ts'
import { reasonNumber } from '../chain/status.ts'
import type { StatusPort } from '../chain/status.ts'
import { eraseCertificate } from '../erasure/erase.ts'
import type { Journal } from '../erasure/journal.ts'
import type { AnchoredBatch } from '../storage/store.ts'
import { parseRoot } from './deliver.ts'
import { IssuingError } from './errors.ts'
import { holding } from './holding.ts'
import type { IssuingParts } from './parts.ts'
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
  readonly journal: Journal
  /** Id of the API key that asks for it, or `cli`: for the audit log. */
  readonly actor: string
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

/** Erases one certificate for good (`server/erasure/erase.ts`). */
export async function erase(parts: ChangeParts, request: EraseRequest): Promise<EraseReport> {
  const { batchId, index } = await certificateOf(parts, request)
  const reason: ReasonCode = request.reason ?? 'unspecified'
  return holding(parts, batchId, async (lease) => {
    const certificate = await certificateOf(parts, { batchId, index })
    const batch = await anchoredBatch(parts, { batchId })
    return eraseCertificate(parts, lease, certificate, batch, { reason, actor: parts.actor })
  })
}

/** A permanent batch's links are in safe hands: nobody can derive them again. */
export async function forgetLinks(parts: ChangeParts, batchId: string): Promise<void> {
  const { issuer } = await anchoredBatch(parts, { batchId })
  await parts.store.forgetSecret(batchId)
  const { now, actor } = parts
  await parts.store.audit({ at: now(), action: 'delivered', subject: batchId, actor, issuer })
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
  { store, now, actor }: ChangeParts,
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
  await store.audit({ at: now(), action, subject: batch.id, actor, issuer: batch.issuer })
}
