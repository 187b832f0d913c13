/** The events that changes of the store tell of: each key says what happened once, so that it is told once. */

import { REASON_CODES } from '../../src/index.ts'
import type { StatusChange, Tombstone } from './store.ts'
import type { DomainEvent } from './webhooks.ts'

/** What of a batch stands in its events. */
export type EventBatch = { readonly id: string; readonly issuer: string; readonly root: string }

const TYPES = {
  revoke: 'certificate.revoked',
  'revoke-batch': 'certificate.revoked',
  suspend: 'certificate.suspended',
  reinstate: 'certificate.reinstated',
} as const

function reasonCode(reason: number): string {
  return REASON_CODES[reason] ?? 'unspecified'
}

/** @param anchoredAt seconds since 1970, from the chain; `at` milliseconds */
export function batchAnchored(
  { id, issuer, root }: EventBatch,
  size: number,
  anchoredAt: number,
  at: number,
): DomainEvent {
  const data = { batchId: id, root, size, anchoredAt }
  return { issuer, type: 'batch.anchored', key: `anchored/${id}`, at, data }
}

/** One event for each transaction: `wholeBatch` where no index is named. */
export function statusChanged(batch: EventBatch, change: StatusChange): DomainEvent {
  const { action, indexes, transaction, at } = change
  return {
    issuer: batch.issuer,
    type: TYPES[action],
    key: `${action}/${transaction}`,
    at,
    data: {
      batchId: batch.id,
      root: batch.root,
      indexes,
      wholeBatch: action === 'revoke-batch',
      reason: reasonCode(change.reason),
      transaction,
    },
  }
}

export function certificateErased(
  batch: EventBatch,
  { cid, index, reason, erasedAt }: Tombstone,
): DomainEvent {
  return {
    issuer: batch.issuer,
    type: 'certificate.erased',
    key: `erased/${cid}`,
    at: erasedAt,
    data: { batchId: batch.id, root: batch.root, index, cid, reason: reasonCode(reason) },
  }
}

/** One certificate of a batch, for the events that are about it. */
export type EventCertificate = { readonly batch: EventBatch; readonly index: number }

/** Which certificate is shared or no longer, and nothing of where: that is its holder's to tell. */
export function shareChanged(
  { batch, index }: EventCertificate,
  what: 'published' | 'withdrawn',
  id: string,
  at: number,
): DomainEvent {
  const data = { batchId: batch.id, root: batch.root, index }
  return { issuer: batch.issuer, type: `share.${what}`, key: `share-${what}/${id}`, at, data }
}

export function certificateCorrected(
  { batch, index }: EventCertificate,
  replacement: string,
  at: number,
): DomainEvent {
  return {
    issuer: batch.issuer,
    type: 'certificate.corrected',
    key: `corrected/${batch.id}/${index}`,
    at,
    data: { batchId: batch.id, root: batch.root, index, replacement },
  }
}
