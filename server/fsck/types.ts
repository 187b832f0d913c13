/** What `fsck` finds: plain data, which `server/context.ts` hands on. */

/** Every way in which store, documents and chain can fail to be what they promise; each names its subject. */
export const UNSOUND_CODES = [
  // The store by itself.
  'store-damaged',
  'row-count',
  'row-order',
  'batch-foreign',
  'root-doubled',
  'root-differs',
  'secret-damaged',
  'record-damaged',
  'erasure-unfinished',
  'reseal-unfinished',
  // Certificates, opened as their holders do.
  'document-does-not-open',
  'certificate-differs',
  'token-differs',
  // Documents, in both copies.
  'block-missing',
  'block-damaged',
  'block-not-erased',
  'car-missing',
  'car-damaged',
  'car-differs',
  'pin-missing',
  'manifest-differs',
  // The chain.
  'anchor-missing',
  'anchor-differs',
  'anchor-not-final',
  'anchor-unknown',
  'nonce-gap',
  'nonce-unknown',
  'nonce-unsigned',
  'transaction-lost',
  // What stands still.
  'transaction-stuck',
  'batch-unfinished',
  'batch-stuck',
  // Files.
  'mode-open',
] as const
export type UnsoundCode = (typeof UNSOUND_CODES)[number]

/** Where the answer is not to be had: never a reason to call anything sound. */
export const UNDETERMINED_CODES = [
  'store-unavailable',
  'documents-unavailable',
  'chain-unavailable',
  'logs-unavailable',
  'locked',
] as const
export type UndeterminedCode = (typeof UNDETERMINED_CODES)[number]

export type FsckCode = UnsoundCode | UndeterminedCode

/** `subject` names a batch, a certificate (`<batch>/<index>`), a CID, a root, a signer and nonce, or a file. */
export type Finding = {
  readonly code: FsckCode
  readonly subject: string
  /** For people and logs, in English; no learner's data and no secret stand in it. */
  readonly detail: string
}

export type FsckOutcome = 'sound' | 'unsound' | 'undetermined'

export type FsckReport = {
  readonly outcome: FsckOutcome
  readonly findings: readonly Finding[]
  /** How many findings there were beyond those that are listed. */
  readonly more: number
  readonly checked: {
    readonly batches: number
    readonly certificates: number
    readonly blocks: number
    readonly nonces: number
    readonly anchors: number
  }
  /** Of the certificates: opened by their link secret and verified; erased; of permanent links that were delivered. */
  readonly opened: number
  readonly erased: number
  readonly delivered: number
  /** CIDs of blocks that were put back, pinned anew or, erased, taken away; roots of CARs that were written anew. */
  readonly healed: readonly string[]
}

export const FSCK_STEPS = ['store', 'rows', 'documents', 'chain'] as const
export type FsckStep = (typeof FSCK_STEPS)[number]

export type FsckProgress = {
  readonly step: FsckStep
  readonly done: number
  /** 0 where it is not known. */
  readonly total: number
}

export type FsckOptions = {
  /** Opens some certificates of every batch instead of all. */
  readonly quick?: boolean
  /** Puts back blocks and CARs from the other copy, sets pins, takes away what an erasure left. */
  readonly heal?: boolean
  /** What is unfinished for longer is stuck, milliseconds; default an hour. */
  readonly stuckAfterMs?: number
  readonly onProgress?: (progress: FsckProgress) => void
}
