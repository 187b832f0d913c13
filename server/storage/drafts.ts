/** What the store keeps of rows that are on their way to a batch. */

import type { Lease } from './lease.ts'

/** A row of the file as a credential that is not sealed yet. */
export type DraftCertificate = {
  readonly row: number
  readonly commitment: Uint8Array
  /** Empty where it lies in a page of drafts. */
  readonly sealedSeed: Uint8Array
  /**
   * The credential's canonical bytes, packed or not, under the master key; dropped when the batch is submitted. Undefined
   * where they lie in a page of drafts.
   */
  readonly sealedCredential: Uint8Array | undefined
  /** Name, e-mail, external id as JSON under the master key. */
  readonly sealedLearner: Uint8Array
  /** What the certificate is found by (`server/storage/search.ts`). */
  readonly tags: readonly bigint[]
  /** The learner has an e-mail address. */
  readonly isAddressed: boolean
}

export type IndexedDraft = Pick<DraftCertificate, 'row' | 'sealedSeed'> & {
  readonly sealedCredential: Uint8Array
  readonly index: number
  readonly isSealed: boolean
}

/** Drafts of a bucket of a large batch (`issuance/draft-pages.ts`), under the master key, in the order of the file. */
export type SealedPage = {
  readonly bucket: number
  /** Distinct in its bucket, ascending as pages are filled. */
  readonly page: number
  readonly drafts: number
  readonly sealed: Uint8Array
}

/** Where a row lies in the tree. */
export type DraftPlace = {
  readonly index: number
  readonly row: number
  readonly isSealed: boolean
}

export type DraftPageStore = {
  /** Adds pages to an open draft. */
  addPages(batchId: string, lease: Lease, pages: readonly SealedPage[]): Promise<void>
  /** How many drafts each bucket has, in order of bucket; none of a batch whose drafts are in rows of their own. */
  bucketsOf(batchId: string): Promise<{ readonly bucket: number; readonly drafts: number }[]>
  /** The pages of one bucket, in their order. */
  pagesOf(batchId: string, bucket: number): Promise<SealedPage[]>
  /** Rows from index `from`, in index order. */
  placesOf(batchId: string, from: number, limit: number): Promise<DraftPlace[]>
}
