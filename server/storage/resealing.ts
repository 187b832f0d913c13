/**
 * Replacing a leaked link. The row of the certificate changes in one transaction, in which the old server key goes;
 * what is left to do after it (the old ciphertext, manifest and CAR) is a row here until it is done.
 */

import type { Lease } from './lease.ts'

/** What one sealing gives the row of a certificate. */
export type SealedCertificate = {
  readonly index: number
  readonly cid: string
  readonly sealing: number
  /** Absent for permanent links. */
  readonly serverKey: Uint8Array | undefined
  /** SHA-256 of the token that asks for the server key. */
  readonly keyAuthHash: Uint8Array
  /** SHA-256 of the token that makes and withdraws shares. */
  readonly ownerHash: Uint8Array
}

export type Resealing = {
  readonly batchId: string
  readonly index: number
  /** The CID of the link that leaked; it is answered with `replaced` from here on. */
  readonly oldCid: string
  /** The batch's manifest when this began. */
  readonly oldManifest: string
  /** A code of the closed list of reasons. */
  readonly reason: number
  readonly at: number
  readonly isDone: boolean
}

/** A link that is to be replaced: its server key is not given out, and whoever has the master key seals it anew. */
export type OwedResealing = Pick<Resealing, 'batchId' | 'index' | 'oldCid' | 'reason'>

export type ResealingStore = {
  /**
   * Puts the new sealing in the place of the old one, and deletes the old server key and token hashes with it. With
   * `mail`, the new link is queued to be sent. One that was owed is so no more. Throws `LeaseLostError`, and `StateError` for a batch that is not final.
   */
  reseal(
    resealing: Omit<Resealing, 'isDone'>,
    lease: Lease,
    sealed: SealedCertificate,
    mail: boolean,
  ): Promise<void>
  /** By the CID of the link that was replaced. */
  findReplaced(oldCid: string): Promise<Resealing | undefined>
  /** Not done yet, oldest first; of one batch where one is named. */
  unfinishedResealings(batchId?: string): Promise<Resealing[]>
  /** Whose key is withheld; again, it changes nothing. An erasure takes it out. */
  oweResealing(owed: OwedResealing): Promise<void>
  findOwed(oldCid: string): Promise<OwedResealing | undefined>
  /** Of one batch where one is named. */
  owedResealings(batchId?: string): Promise<OwedResealing[]>
  /** The batch has another manifest. Throws `LeaseLostError`. */
  setManifest(batchId: string, lease: Lease, manifest: string): Promise<void>
  /** Nothing of the old sealing is left: what the database's own files held of its keys is written over first. */
  finishResealing(resealing: Resealing): Promise<void>
}
