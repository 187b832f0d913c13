/**
 * What a service that works on batches behind its callers must remember beside them: who asked for one, who let it go
 * on, how far it is, and what stands in its way. Every verb is one transaction, as in `store.ts`.
 */

import type { BatchState, IssueStep } from '../issuance/types.ts'
import type { Lease } from './lease.ts'

/** Where a batch comes from, kept with it from its draft on. */
export type BatchOrigin = {
  /** The stored template that it is made with, if it is a stored one. */
  readonly templateId?: string
  /** Id of the API key that asked for it, or `cli`. */
  readonly createdBy?: string
  /** From this size on nobody works on it before it is approved. */
  readonly approvalFrom?: number
}

/** Drafted, of a size that needs a second person's approval, and without it. It is no state of its own in the store. */
export type OverviewState = BatchState | 'awaiting-approval'

export type StoredProgress = {
  readonly step: IssueStep
  readonly done: number
  readonly total: number
}

/** What keeps a batch from going on: a code, and the first time it was met. */
export type Trouble = { readonly code: string; readonly since: number }

/** When the batch reached what stands here, as this service's clock had it. */
export type BatchTimes = {
  readonly sealed: number | undefined
  readonly stored: number | undefined
  readonly sent: number | undefined
  readonly final: number | undefined
}

export type BatchOverview = {
  readonly id: string
  readonly home: string
  readonly issuer: string
  readonly state: OverviewState
  readonly size: number
  readonly createdAt: number
  /** Ids of API keys, or `cli`: never a person's name. */
  readonly createdBy: string | undefined
  readonly approvedBy: string | undefined
  readonly templateId: string | undefined
  readonly root: string | undefined
  /** Seconds since 1970, from the chain. */
  readonly anchoredAt: number | undefined
  readonly transaction: string | undefined
  readonly permanent: boolean
  /** The links of a permanent batch were confirmed to be in safe hands, and forgotten. */
  readonly isDelivered: boolean
  /** How often the links left as a file. */
  readonly exports: number
  readonly times: BatchTimes
  /** As in `BatchRecord`. */
  readonly warnings: string
  /** Coarse: the step, and where it was when it was last written down. */
  readonly progress: StoredProgress | undefined
  readonly trouble: Trouble | undefined
}

/** What is left of a batch that was not approved. */
export type Rejection = {
  readonly id: string
  readonly issuer: string
  readonly size: number
  readonly createdAt: number
  readonly createdBy: string | undefined
  readonly templateId: string | undefined
  readonly rejectedBy: string
  readonly rejectedAt: number
}

export type BatchPage = {
  readonly limit: number
  /** The last of the page before. */
  readonly after?: { readonly createdAt: number; readonly id: string }
  readonly state?: OverviewState
}

export type QueueStore = {
  /** Batches of one issuer, newest first; open drafts are none yet. */
  listBatches(issuer: string, page: BatchPage): Promise<BatchOverview[]>
  /** Undefined for another issuer's. */
  overviewOf(issuer: string, batchId: string): Promise<BatchOverview | undefined>
  /** Lets a batch that awaits it go on; false where it does not await it. */
  approveBatch(issuer: string, batchId: string, by: string, at: number): Promise<boolean>
  /** Deletes a batch that awaits approval with all its rows, and leaves the rejection; false where it does not await it. */
  rejectBatch(issuer: string, batchId: string, by: string, at: number): Promise<boolean>
  findRejection(issuer: string, batchId: string): Promise<Rejection | undefined>
  /**
   * Takes the lease of the batch that was created first among those of these issuers that are drafted or further, may go
   * on, are nobody's, and are not to rest; of two that ask at once each gets another one.
   */
  pickBatch(issuers: readonly string[], lease: Lease): Promise<string | undefined>
  saveProgress(batchId: string, progress: StoredProgress): Promise<void>
  /** The batch rests until `retryAt`. The same code again keeps the first time. */
  saveTrouble(batchId: string, trouble: Trouble, retryAt: number): Promise<void>
  /** How often the batch met trouble since it was last cleared. */
  troublesOf(batchId: string): Promise<number>
  clearTrouble(batchId: string): Promise<void>
}
