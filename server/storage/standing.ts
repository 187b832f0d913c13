/** What the store tells and changes of anchors that stand, of transactions that the chain lost, of batches that wait. */

import type { Trouble } from '../issuance/anchor-port.ts'

/** What the store says of an anchor; its time in seconds since 1970, from the chain. */
export type AnchorOnRecord = {
  readonly id: string
  readonly issuer: string
  readonly root: string
  readonly anchoredAt: number
}

/** Why a batch does not go on, and since when, milliseconds since 1970. */
export type BatchTrouble = {
  readonly batchId: string
  readonly code: Trouble
  readonly since: number
}

export type StandingStore = {
  /** Anchored batches, the last anchored first. */
  anchoredBatches(limit: number, offset: number): Promise<AnchorOnRecord[]>
  /**
   * The chain lost the anchor of this time: the batch is `submitted` again, for any worker to go on with. False where it
   * is not anchored at that time any more.
   */
  reopenAnchor(batchId: string, anchoredAt: number): Promise<boolean>
  /**
   * What was settled of this signer at nonces from `from` on is pending again: the chain that counts fewer transactions
   * lost them, and nothing of a later nonce is mined before they are there again. How many, at most 200 at a time. Where
   * their purpose is pending already, `#<nonce>` sets it apart.
   */
  reviveTransactions(chain: string, signer: string, from: number): Promise<number>
  /** Says why a batch waits; undefined where it goes on. The time is of the first note of a code in a row. */
  noteTrouble(batchId: string, code: Trouble | undefined, at: number): Promise<void>
  /** Longest first. */
  troubles(limit: number): Promise<BatchTrouble[]>
}

/** Transactions that one call brings back. */
export const MOST_REVIVED = 200
