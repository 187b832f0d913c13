/**
 * What the issuing service must remember. Every verb is one transaction: it happens whole or not at all, and when its
 * promise resolves the change survives the end of the process and of the machine. Every time is milliseconds since
 * 1970 and comes from the caller. Byte fields named `sealed…` are ciphertext under the master key.
 */

import type { ApiKeyStore } from './api-keys.ts'
import type { AuditStore } from './audit.ts'
import type { BacklogStore } from './backlog.ts'
import type { InspectionStore } from './inspection.ts'
import type { RequestStore } from './requests.ts'
import type { BatchOrigin, QueueStore } from './queue.ts'
import type { TemplateStore } from './templates.ts'
import type { SearchStore } from './search.ts'
import type { DraftCertificate, DraftPageStore, IndexedDraft } from './drafts.ts'
import type { Lease } from './lease.ts'
import type { OutboxStore } from './outbox.ts'
import type { ResealingStore, SealedCertificate } from './resealing.ts'
import type { WebhookStore } from './webhooks.ts'

export { IdempotencyError, LeaseLostError, StateError } from './store-errors.ts'
export type { DraftCertificate, IndexedDraft, SealedPage } from './drafts.ts'
export type { Lease } from './lease.ts'
export type { SealedCertificate } from './resealing.ts'
import type { StandingStore } from './standing.ts'
import type { OperationStore } from './operations.ts'
import type { SessionStore } from './sessions.ts'
import type { ProfileStore } from './profiles.ts'
import type { ShareStore } from './shares.ts'
import type { StatisticsStore } from './statistics.ts'

export type BatchRecord = {
  readonly id: string
  readonly home: string
  readonly issuer: string
  /** Hidable pointers of the template: every certificate of the batch has the same. */
  readonly pointers: readonly string[]
  readonly permanent: boolean
  /** The batch secret under the master key; undefined once a permanent batch's links are delivered. */
  readonly sealedSecret: Uint8Array | undefined
  /** Warnings of the import as JSON: row numbers and column names, never cells. */
  readonly warnings: string
  readonly createdAt: number
  /** Which of the issuer's master keys seals and tags it, counted from 1. */
  readonly masterVersion: number
}

/** States are types: what a state promises is a field here, not a nullable column. */
export type DraftedBatch = BatchRecord & { readonly state: 'drafted'; readonly size: number }
export type SealedBatch = BatchRecord & {
  readonly state: 'sealed'
  readonly size: number
  readonly root: string
}
export type StoredBatch = Omit<SealedBatch, 'state'> & {
  readonly state: 'stored'
  /** CID of the manifest's root. */
  readonly manifest: string
}
export type SubmittedBatch = Omit<StoredBatch, 'state'> & { readonly state: 'submitted' }
export type AnchoredBatch = Omit<StoredBatch, 'state'> & {
  readonly state: 'anchored'
  /** Seconds since 1970, from the chain. */
  readonly anchoredAt: number
  readonly operator: string
  /** Undefined where another's transaction anchored the root and the node does not tell which. */
  readonly transaction: string | undefined
}
export type Batch = DraftedBatch | SealedBatch | StoredBatch | SubmittedBatch | AnchoredBatch

export type NewBatch = Omit<BatchRecord, 'warnings'> &
  BatchOrigin & {
    /**
     * The same key and digest again find the first batch; another digest is refused. Both are keyed tags, and go with the
     * first certificate of the batch that is erased: the same request then makes another batch.
     */
    readonly idempotency?: { readonly key: string; readonly digest: string }
  }

export type StoredCertificate = SealedCertificate & {
  readonly batchId: string
  readonly row: number
  readonly commitment: Uint8Array
  /** Undefined once erased. */
  readonly sealedLearner: Uint8Array | undefined
}

/** What a certificate's link, and the learner whose it is, are made of. */
export type LinkedCertificate = Pick<
  StoredCertificate,
  'row' | 'index' | 'cid' | 'sealing' | 'sealedLearner'
>

export type Tombstone = {
  readonly cid: string
  readonly batchId: string
  readonly index: number
  readonly reason: number
  readonly erasedAt: number
}

/** One transaction to be: what it is for names it, so that it is planned once. */
export type TransactionPlan = {
  /** Network and genesis: nonces of another chain have nothing to do with it. */
  readonly chain: string
  readonly signer: string
  /** For example `anchor:<root>`; at most one pending transaction has it. */
  readonly intent: string
  /** The signer's transaction count as the chain tells it: no nonce below it is given. */
  readonly chainNonce: number
  /** Where the transaction anchors a batch, the batch becomes `submitted` with it. */
  readonly batch?: { readonly id: string; readonly lease: string }
  readonly now: number
}

export type SignedTransaction = {
  readonly hash: string
  readonly raw: string
  readonly maxFeePerGas: bigint
  readonly maxPriorityFeePerGas: bigint
}

export type PendingTransaction = {
  readonly chain: string
  readonly signer: string
  readonly nonce: number
  readonly intent: string
  readonly createdAt: number
  /** Oldest first; replacements share the nonce, and any of them may be the one that is mined. */
  readonly signed: readonly SignedTransaction[]
}

export type StatusChange = {
  readonly batchId: string
  readonly action: 'revoke' | 'suspend' | 'reinstate' | 'revoke-batch'
  readonly indexes: readonly number[]
  readonly reason: number
  readonly transaction: string
  readonly at: number
}

export type BatchStore = {
  /** Opens a draft under a lease, or finds the batch of this idempotency key. Throws `IdempotencyError`. */
  openDraft(batch: NewBatch, lease: Lease): Promise<{ id: string; isNew: boolean }>
  /** The batch of an idempotency key, and the digest of its request. */
  findRequest(key: string): Promise<{ id: string; digest: string } | undefined>
  addDrafts(batchId: string, lease: Lease, drafts: readonly DraftCertificate[]): Promise<void>
  /** Keeps what drafts of an open batch are packed with, under the master key; in the place of what was kept before. */
  keepFrame(batchId: string, lease: Lease, sealed: Uint8Array): Promise<void>
  /** Until the credentials of the drafts are dropped; undefined where none were kept. */
  frameOf(batchId: string): Promise<Uint8Array | undefined>
  /** Closes the draft: the i-th row in file order gets index `order[i]`. */
  finishDraft(id: string, lease: Lease, order: Uint32Array, warnings: string): Promise<DraftedBatch>
  /** Deletes an open draft, or one that nothing irreversible was done for. */
  dropDraft(batchId: string): Promise<void>
  /** Takes the lease of a batch, or renews it; false where another holds it, or it awaits approval. */
  claim(batchId: string, lease: Lease): Promise<boolean>
  /** Prolongs a lease, though it has run out; false where another has taken it since, whatever became of it. */
  renew(batchId: string, lease: Lease): Promise<boolean>
  release(batchId: string, lease: Lease): Promise<void>
  /** n × 32 bytes in index order, of a batch that is drafted or further; in shared memory, if need be. */
  commitmentsOf(batchId: string): Promise<Uint8Array>
  /** Drafts from `from`, in index order, that are not sealed yet or are, of a batch that has none in pages. */
  draftsOf(batchId: string, from: number, limit: number): Promise<IndexedDraft[]>
  addSealed(batchId: string, lease: Lease, sealed: readonly SealedCertificate[]): Promise<void>
  markSealed(batchId: string, lease: Lease, root: string): Promise<SealedBatch>
  markStored(batchId: string, lease: Lease, manifest: string): Promise<StoredBatch>
  markAnchored(
    batchId: string,
    lease: Lease,
    anchor: { anchoredAt: number; operator: string; transaction: string | undefined },
  ): Promise<AnchoredBatch>
  /** Forgets a permanent batch's secret. */
  forgetSecret(batchId: string): Promise<void>
  findBatch(by: { id: string } | { root: string }): Promise<Batch | undefined>
  /** Batches short of `anchored` that may go on and open drafts, whose lease has run out at `now`, oldest first. */
  listUnfinished(now: number): Promise<{ id: string; issuer: string; isOpenDraft: boolean }[]>
}

export type CertificateStore = {
  /** Sealed certificates from index `from`, in index order. */
  certificatesOf(batchId: string, from: number, limit: number): Promise<StoredCertificate[]>
  /** What links are made of, behind row `after` and in the order of the file; of sealed certificates. */
  certificatesByRow(batchId: string, after: number, limit: number): Promise<LinkedCertificate[]>
  /** As `certificatesOf`, what sealing gave them alone: what goes over a whole batch reads no more of it. */
  sealedOf(batchId: string, from: number, limit: number): Promise<SealedCertificate[]>
  /** As `certificatesOf`, their CIDs alone. */
  cidsOf(batchId: string, from: number, limit: number): Promise<string[]>
  findCertificate(cid: string): Promise<StoredCertificate | undefined>
  findTombstone(cid: string): Promise<Tombstone | undefined>
  /** Tombstones by CID, from the one after `after`. */
  tombstones(after: string, limit: number): Promise<Tombstone[]>
  /** Leaves the tombstone, and no byte of seed, keys, learner, tags, token hashes and the batch's idempotency tags. */
  erase(tombstone: Tombstone): Promise<void>
}

export type TransactionStore = {
  /**
   * Gives the next free nonce, has it signed, and keeps the bytes: all or nothing, before anything is broadcast. The
   * pending transaction of the same intent is returned where there is one. `sign` must be pure.
   */
  planTransaction(
    plan: TransactionPlan,
    sign: (nonce: number) => SignedTransaction,
  ): Promise<PendingTransaction>
  /** Keeps a dearer transaction of the same nonce. */
  addReplacement(of: PendingTransaction, signed: SignedTransaction): Promise<PendingTransaction>
  pendingTransactions(chain: string, signer: string): Promise<PendingTransaction[]>
  /** Its effect is final (`settled`), or its nonce went to a transaction that is not ours (`lost`). */
  settleTransaction(of: PendingTransaction, outcome: 'settled' | 'lost'): Promise<void>
  recordStatus(change: StatusChange): Promise<void>
  statusChangesOf(batchId: string): Promise<StatusChange[]>
}

export type Store = BatchStore &
  DraftPageStore &
  CertificateStore &
  SearchStore<StoredCertificate> &
  AuditStore &
  ApiKeyStore &
  RequestStore &
  QueueStore &
  TemplateStore &
  OutboxStore &
  WebhookStore &
  ResealingStore &
  StandingStore &
  InspectionStore &
  OperationStore &
  ShareStore &
  SessionStore &
  StatisticsStore &
  ProfileStore &
  BacklogStore &
  TransactionStore & { close(): Promise<void> }
