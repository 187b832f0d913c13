/**
 * What `fsck` and `status` read of the store: rows as they lie there, whatever state they are in, a page at a time. It
 * promises nothing that a driver's constraints promise; it is there to see whether they held.
 */

import type { BatchState } from '../issuance/types.ts'

/** A batch as its row says; a member that its state does not have is undefined. */
export type BatchOutline = {
  readonly id: string
  readonly home: string
  readonly issuer: string
  readonly state: BatchState | 'open'
  readonly pointers: number
  readonly permanent: boolean
  readonly sealedSecret: Uint8Array | undefined
  /** Of the master key that its rows are sealed under. */
  readonly masterVersion: number
  readonly createdAt: number
  readonly size: number | undefined
  readonly root: string | undefined
  readonly manifest: string | undefined
  /** Seconds since 1970, from the chain. */
  readonly anchoredAt: number | undefined
  readonly operator: string | undefined
  /** 0 where nobody holds the batch. */
  readonly leaseUntil: number
  /** Drafted, of a size that needs a second person's approval, and without it. */
  readonly awaitsApproval: boolean
  /** What it met when it was worked on behind whoever asked for it, and until when it rests. */
  readonly trouble:
    { readonly code: string; readonly since: number; readonly restsUntil: number } | undefined
}

export type RowCounts = {
  readonly rows: number
  /** Rows with an index, and different indexes among them. */
  readonly indexed: number
  readonly indexes: number
  /** Rows that name a sealed document. */
  readonly sealed: number
}

/** A row of a batch; what erasure takes away is undefined once erased. */
export type CertificateOutline = {
  readonly row: number
  readonly index: number
  readonly commitment: Uint8Array
  readonly cid: string | undefined
  readonly sealing: number
  readonly sealedSeed: Uint8Array | undefined
  readonly sealedLearner: Uint8Array | undefined
  readonly serverKey: Uint8Array | undefined
  readonly keyAuthHash: Uint8Array | undefined
  readonly ownerHash: Uint8Array | undefined
  /** Whether there is a tombstone for its CID. */
  readonly isErased: boolean
}

export type NonceOutline = {
  readonly nonce: number
  readonly intent: string
  readonly state: 'pending' | 'settled' | 'lost'
  readonly createdAt: number
  /** How many signed transactions are kept for it. */
  readonly signed: number
}

/** The place behind which a page of batches begins. */
export type BatchPlace = { readonly createdAt: number; readonly id: string }

export type InspectionStore = {
  readonly kind: 'sqlite' | 'postgres'
  /** What the engine finds wrong with its own files and references; empty where all is well. */
  selfCheck(): Promise<string[]>
  /** In order of creation. */
  batchesAfter(place: BatchPlace | undefined, limit: number): Promise<BatchOutline[]>
  countRows(batchId: string): Promise<RowCounts>
  /** In order of index, from `from`. */
  rowsFrom(batchId: string, from: number, limit: number): Promise<CertificateOutline[]>
  /** In order of nonce, those above `after`. */
  noncesAfter(chain: string, signer: string, after: number, limit: number): Promise<NonceOutline[]>
  /** CIDs whose erasure was begun and not ended. */
  openErasures(limit: number): Promise<string[]>
}
