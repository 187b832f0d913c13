/**
 * What the commands and the routes ask of the issuing service and what it answers: plain data. `server/context.ts`
 * hands these types on, so that the CLI needs no other file of the server.
 */

import type { ReasonCode } from '../../src/index.ts'
import type { RowFormat } from '../rows/read.ts'
import type { RowSource } from '../rows/source.ts'
import type { MailPurpose, MailState } from '../storage/outbox.ts'

/** The states of a batch, in order; a batch never goes back, save that a lost transaction is sent again. */
export const BATCH_STATES = ['drafted', 'sealed', 'stored', 'submitted', 'anchored'] as const
export type BatchState = (typeof BATCH_STATES)[number]

/** The steps of issuing a batch, in the order in which progress names them. */
export const ISSUE_STEPS = ['read', 'seal', 'store', 'prove', 'anchor', 'final'] as const
export type IssueStep = (typeof ISSUE_STEPS)[number]

/** `done` of `total` things of one step; `total` 0 where it is not known yet. */
export type Progress = {
  readonly step: IssueStep
  readonly done: number
  readonly total: number
}

/** A batch to be made of rows and a template. */
export type IntakeRequest = {
  readonly rows: RowSource
  /** Undefined: CSV or XLSX by the first bytes. */
  readonly format?: RowFormat | undefined
  /** From a column of the file to a column of the template, where their names differ. */
  readonly mapping?: ReadonlyMap<string, string> | undefined
  /** The stored template that `template` is the body of. */
  readonly templateId?: string
  /** Id of the API key that asks for it. */
  readonly by?: string
  /** The template's file as read, strict JSON. */
  readonly template: Uint8Array
  /** Issue although one external id or e-mail address stands in several rows. */
  readonly allowDuplicates?: boolean
  /** Issue although the template lacks mandatory elements of the EU recommendation. */
  readonly allowIncomplete?: boolean
  /** Links without a server key: they work without any server, and cannot be erased. */
  readonly permanent?: boolean
  /** The same key again answers with the first batch; with another request it is refused. */
  readonly idempotencyKey?: string
  /** Send each learner their link by e-mail once the batch is final; not for permanent links. */
  readonly send?: boolean
  readonly onProgress?: (progress: Progress) => void
}

export type IssueRequest = Omit<IntakeRequest, 'rows' | 'templateId' | 'by'> & {
  /** Path of a CSV, XLSX or JSON file. */
  readonly rows: string
  /** Where holder links lead; by default the public URL of the configuration. */
  readonly linkBase?: string
}

export type IntakeReport = {
  readonly batchId: string
  /** False where an earlier request with the same idempotency key made the batch. */
  readonly isNew: boolean
}

export type IssuedLink = {
  /** Line of the CSV or row of the sheet, from 1, the header included. */
  readonly row: number
  readonly index: number
  readonly cid: string
  /** The holder link, its secret in the fragment: shown once to the caller, stored nowhere. */
  readonly link: string
  /** What the row says of the learner, for the person who hands out the links. */
  readonly learner: Learner
}

/** Lookup fields of a learner; absent where the template fills none. */
export type Learner = {
  readonly name?: string
  readonly email?: string
  readonly externalId?: string
}

export const WARNING_CODES = [
  'equal-names',
  'earlier-certificate',
  'invisible-characters',
  'cells-normalised',
  'column-ignored',
] as const

/** Something to look at which stops nothing: equal names, text that nobody sees, cells that were normalised. */
export type RowWarning = {
  readonly code: (typeof WARNING_CODES)[number]
  readonly rows: readonly number[]
  readonly column?: string
  readonly message: string
}

/** What is told of a batch that is anchored. */
export type BatchReport = {
  readonly batchId: string
  readonly root: string
  readonly size: number
  readonly home: string
  readonly issuer: string
  readonly operator: string
  /** Of the anchoring block, seconds since 1970. */
  readonly anchoredAt: number
  /** Absent where another's transaction anchored the root first and the node does not tell which. */
  readonly transaction?: string
  readonly warnings: readonly RowWarning[]
}

/** With its links in the order of the rows, some at a time: those of a million are never in memory together. */
export type IssuedBatch = BatchReport & {
  readonly linkPages: AsyncIterable<readonly IssuedLink[]>
}

/** With its links in one list, in the order of the rows. */
export type IssueReport = BatchReport & { readonly links: readonly IssuedLink[] }

/** Which certificates a status change is about: one by its CID, or those of a batch by index. */
export type StatusTarget =
  | { readonly cid: string }
  | { readonly root: string; readonly indexes: readonly number[] }
  | { readonly batchId: string; readonly indexes: readonly number[] }

/** A whole batch, for `revokeBatch`. */
export type BatchTarget = { readonly root: string } | { readonly batchId: string }

export type StatusAction = 'revoke' | 'suspend' | 'reinstate' | 'revoke-batch'

export type StatusReport = {
  readonly action: StatusAction
  readonly root: string
  readonly indexes: readonly number[]
  /** Hashes of the transactions sent; empty where the chain already says so. */
  readonly transactions: readonly string[]
}

export type StatusRequest = StatusTarget & { readonly reason?: ReasonCode }
export type BatchRequest = BatchTarget & { readonly reason?: ReasonCode }

/** One certificate: by its CID, or by its batch and its place in it. */
export type EraseTarget =
  | { readonly cid: string }
  | { readonly root: string; readonly index: number }
  | { readonly batchId: string; readonly index: number }

export type EraseRequest = EraseTarget & { readonly reason?: ReasonCode }
export type EraseReport = {
  readonly cid: string
  readonly batchId: string
  readonly index: number
  /** RFC 3339, UTC. */
  readonly erasedAt: string
  /** CIDs of other documents of the batch that neither copy has whole any more; empty where all is well. */
  readonly damaged: readonly string[]
}

export type DeployReport = {
  readonly home: string
  readonly codeHash: string
  /** False where code with the pinned hash already stood there. */
  readonly deployed: boolean
  readonly operators: readonly { readonly address: string; readonly roles: number }[]
}

export type ResumeReport = {
  /** Batches that were unfinished and are anchored now; their links can be asked for again. */
  readonly anchored: readonly string[]
  /** Files half read when their process ended: nothing was issued of them, and they are dropped. */
  readonly dropped: readonly string[]
  /** Batches that could not go on; they stay as they are and are tried again the next time. */
  readonly failed: readonly { readonly batchId: string; readonly error: unknown }[]
}

/** The letters of a batch, oldest first. */
export type MailReport = {
  readonly batchId: string
  readonly letters: readonly {
    readonly index: number
    readonly cid: string
    readonly purpose: MailPurpose
    readonly state: MailState
    readonly attempts: number
    /** The last answer of a mail server, 200 to 599. */
    readonly code?: number
  }[]
}

/** The same whether anybody has the address or not; `taken` is false while too many ask at once. */
export type LinkRequestReport = { readonly taken: boolean }

export type ResealRequest = EraseTarget & {
  readonly reason?: ReasonCode
  /** Queue the new link to be sent to its learner. */
  readonly mail?: boolean
}
export type ResealReport = {
  readonly batchId: string
  readonly index: number
  readonly oldCid: string
  readonly cid: string
  /** The new holder link, its secret in the fragment: shown once to the caller, stored nowhere. */
  readonly link: string
  /** CIDs of other documents of the batch that neither copy has whole any more; empty where all is well. */
  readonly damaged: readonly string[]
}
