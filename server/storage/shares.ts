/**
 * Presentations that holders made public. Of one that is withdrawn, expired or erased only that remains: its bytes are
 * deleted for good. Every verb is one transaction, as in `store.ts`; times are milliseconds since 1970.
 */

export type Share = {
  /** 128 random bits as base64url. */
  readonly id: string
  /** The certificate, whatever it is sealed as: a share outlives a new sealing. */
  readonly batchId: string
  readonly row: number
  readonly createdAt: number
  readonly expiresAt: number | undefined
  /** By its holder, or by the erasure of the certificate. */
  readonly withdrawnAt: number | undefined
  /** How often it was opened: a number, and nothing of who. */
  readonly opened: number
}

export type NewShare = Pick<Share, 'id' | 'batchId' | 'row' | 'createdAt' | 'expiresAt'> & {
  /** SHA-256 of the token with which it was asked for: it must still be the certificate's when the share is kept. */
  readonly ownerHash: Uint8Array
  readonly presentation: Uint8Array
}

/** Of one certificate: how many may stand at a time, and how many may ever have been made. */
export type ShareLimits = { readonly standing: number; readonly ever: number }

export type OpenedShare = Share & {
  /** Undefined where it does not stand. */
  readonly presentation: Uint8Array | undefined
}

export type ShareStore = {
  /** `missing`: the certificate was erased or sealed anew in the meantime; `full`: a limit is reached. */
  addShare(share: NewShare, limits: ShareLimits): Promise<'added' | 'full' | 'missing'>
  /** `ownerHash` as the certificate has it now; undefined once it is erased. */
  findShare(
    id: string,
  ): Promise<{ readonly share: Share; readonly ownerHash: Uint8Array | undefined } | undefined>
  /** The same with its bytes, where it stands at `now`; that it was opened is counted then. */
  openShare(id: string, now: number): Promise<OpenedShare | undefined>
  /** The same, and nothing is counted: for what a preview draws of it. */
  readShare(id: string, now: number): Promise<OpenedShare | undefined>
  /** Newest first. */
  sharesOf(batchId: string, row: number): Promise<Share[]>
  /** Deletes the bytes for good; the first date stays. Once more, it finishes what was cut short. */
  withdrawShare(id: string, at: number): Promise<void>
  /** Deletes the bytes of what expired at or before `now`; how many shares that were. */
  expireShares(now: number): Promise<number>
}
