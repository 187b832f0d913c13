/** What `status` says of the service: plain data, numbers as JSON holds them, amounts of wei as decimal text. */

import type { Trouble } from '../issuance/anchor-port.ts'
import type { BatchState } from '../issuance/types.ts'

/** Why a batch is not further: where it is, or what is in its way. */
export type WaitReason =
  | 'being-read'
  | 'being-worked-on'
  | 'not-worked-on'
  | 'not-mined'
  | 'not-final'
  | 'awaiting-approval'
  | 'in-trouble'
  | Trouble

export type WaitingBatch = {
  readonly batchId: string
  readonly state: BatchState | 'open'
  readonly why: WaitReason
  /** What is in its way and how long it has been; absent for what whoever works on it did not note. */
  readonly trouble?: { readonly code: string; readonly seconds: number }
  /** Somebody holds the batch, or it rests until somebody may. */
  readonly isWorkedOn: boolean
  readonly ageSeconds: number
}

export type ChainStatus =
  | {
      readonly isReachable: true
      readonly head: number
      /** By the clock of this machine. */
      readonly headAgeSeconds: number
      readonly finalized: number
    }
  | { readonly isReachable: false; readonly error: string }

export type KeyStatus = {
  /** Whose key it is. */
  readonly issuer: string
  readonly name: 'issuer' | 'anchor' | 'status'
  readonly address: string
  /** Signed, sent, and not final yet. */
  readonly pending: number
  readonly oldestPendingSeconds: number
  /** Absent where the chain is away. */
  readonly funds?: {
    readonly balanceWei: string
    readonly feePerAnchorWei: string
    readonly anchorsLeft: string
    readonly isLow: boolean
    readonly isFeeAboveCap: boolean
  }
}

export type ServiceStatus = {
  readonly home: string
  readonly issuers: readonly string[]
  readonly batches: Readonly<Record<BatchState | 'open', number>>
  /** Batches short of `anchored`, the oldest first. */
  readonly waiting: readonly WaitingBatch[]
  readonly chain: ChainStatus
  readonly keys: readonly KeyStatus[]
  readonly store: 'sqlite' | 'postgres'
  readonly documents: 'disk' | 'kubo'
  /** Of the file system that holds the data folder, bytes. */
  readonly disk: { readonly free: number; readonly total: number; readonly isLow: boolean }
  /** Erasures that were begun and not ended: erase these again. */
  readonly openErasures: readonly string[]
  /** Whether there is something here for a person to look at. */
  readonly needsAttention: boolean
}
