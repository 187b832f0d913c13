/**
 * Letters that are to be sent. A row names a certificate by batch and row, and nothing else of it: who gets the letter
 * and which link stands in it is derived when it is sent. One row is one letter: it is queued once for each
 * certificate, purpose and occasion, and only when the batch is final.
 */

import type { Language } from '../../src/index.ts'
import type { Lease } from './lease.ts'

/** Why a link is sent: with its batch, once more, because its learner asked, or because the earlier one leaked. */
export const MAIL_PURPOSES = ['issued', 'resent', 'asked', 'resealed'] as const
export type MailPurpose = (typeof MAIL_PURPOSES)[number]

/** `refused`: the recipient's server said no. `failed`: nobody said yes for as long as we try. */
export const MAIL_STATES = ['queued', 'accepted', 'refused', 'failed'] as const
export type MailState = (typeof MAIL_STATES)[number]

export type NewMail = {
  readonly batchId: string
  readonly index: number
  readonly purpose: MailPurpose
  /** Tells letters of one purpose apart: the same again is the same letter. */
  readonly occasion: string
  /** Undefined: that of the configuration. */
  readonly language: Language | undefined
  readonly now: number
}

export type MailRecord = {
  /** Random; the letter's Message-ID is made of it, so that a letter sent twice is known as one. */
  readonly id: string
  readonly batchId: string
  readonly row: number
  readonly index: number
  readonly cid: string
  readonly purpose: MailPurpose
  readonly language: Language | undefined
  readonly state: MailState
  /** How often it was taken up: the fencing token of whoever works on it. */
  readonly attempts: number
  /** The last answer of a mail server, 200 to 599; undefined where there was none. */
  readonly code: number | undefined
  readonly createdAt: number
}

/** Who took up a row, and at which attempt: a later attempt makes this one's word worthless. */
export type Claim = { readonly id: string; readonly owner: string; readonly attempts: number }

export type MailOutcome =
  | { readonly state: 'accepted' | 'refused' | 'failed'; readonly code: number | undefined }
  | { readonly state: 'queued'; readonly code: number | undefined; readonly nextAttemptAt: number }

/** How many requests for lost links are taken. */
export type RequestLimits = {
  /** Requests before this moment do not count. */
  readonly since: number
  readonly perAddress: number
  readonly total: number
}

export type OutboxStore = {
  /**
   * Queues a letter for every certificate of the batch whose learner has an address: at once where the batch is final,
   * else in the transaction that makes it so. Done again it queues nothing twice. Throws `StateError` for no batch.
   */
  orderMail(batchId: string, language: Language | undefined, now: number): Promise<void>
  /** Queues one letter; false where the certificate has no address, is erased, or has this letter already. */
  queueMail(mail: NewMail): Promise<boolean>
  /** Takes up letters that are due and that nobody works on, each for one attempt. */
  claimMail(lease: Lease, limit: number): Promise<MailRecord[]>
  /** What became of an attempt; false, and nothing changed, where another took the letter up since. */
  settleMail(claim: Claim, outcome: MailOutcome, now: number): Promise<boolean>
  /** All letters of a batch, or of one row of it, oldest first. */
  mailOf(batchId: string, row?: number): Promise<MailRecord[]>
  /**
   * Keeps that somebody asks for the links of an address, as its tag. `ignored` above the limit of that tag, `busy`
   * above that of all together; neither says whether anyone has this address.
   */
  requestLinks(
    tag: bigint,
    now: number,
    limits: RequestLimits,
  ): Promise<'kept' | 'ignored' | 'busy'>
  /** Queues the letters that were asked for; forgets requests made before `since`. Returns how many were answered. */
  answerRequests(now: number, since: number, most: number): Promise<number>
  /**
   * Notes in the audit log that the links of a batch leave as a file. False, and nothing noted, where they did before
   * and `again` does not say that this is meant.
   */
  recordExport(
    batchId: string,
    again: boolean,
    now: number,
    by: { readonly actor: string; readonly issuer: string },
  ): Promise<boolean>
}
