import type { FsckCode, FsckProgress, ServiceStatus, WaitReason } from '../../server/context.ts'

/** What `fsck`, `status`, `find` and `audit-log` say. */
export interface ServiceWords {
  readonly fsck: FsckWords
  readonly status: StatusReportWords
  readonly nothing: string
  readonly nothingAsked: string
  readonly placeOf: (batchId: string, row: number) => string
}

export interface FsckWords {
  readonly steps: Readonly<Record<FsckProgress['step'], string>>
  readonly outcome: Readonly<Record<'sound' | 'unsound' | 'undetermined', string>>
  readonly codes: Readonly<Record<FsckCode, string>>
  readonly checked: (batches: number, certificates: number, opened: number) => string
  readonly healed: (cid: string) => string
  readonly more: (count: number) => string
}

export interface StatusReportWords {
  readonly batches: string
  readonly states: Readonly<Record<keyof ServiceStatus['batches'], string>>
  readonly waiting: string
  readonly why: Readonly<Record<WaitReason, string>>
  /** After a reason. */
  readonly troubled: (seconds: number) => string
  readonly documentsIn: Readonly<Record<ServiceStatus['documents'], string>>
  readonly chain: string
  readonly chainAt: (head: number, seconds: number, finalized: number) => string
  readonly chainAway: string
  readonly keys: string
  readonly keyNames: Readonly<Record<'issuer' | 'anchor' | 'status', string>>
  readonly anchorsLeft: (count: string) => string
  readonly pending: (count: number) => string
  readonly lowFunds: string
  readonly feesAboveCap: string
  readonly store: string
  readonly documents: string
  readonly disk: string
  readonly free: (free: string, total: string) => string
  readonly diskLow: string
  readonly openErasures: (cids: string) => string
}
