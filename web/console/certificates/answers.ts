/** What the API answers about certificates, as far as the console shows it. */
import * as z from 'zod'
import { REASON_CODES } from '../../../src/index.ts'

const LEARNER = z.object({
  name: z.string().optional(),
  email: z.string().optional(),
  externalId: z.string().optional(),
})
export type Learner = Readonly<z.output<typeof LEARNER>>

const REASON = z.enum(REASON_CODES)
const KINDS = ['revoke', 'suspend', 'reinstate', 'revoke-batch', 'correct'] as const
export type OperationKind = (typeof KINDS)[number]

/** A certificate in a list. */
const LINE = z.object({
  cid: z.string(),
  index: z.int(),
  row: z.int(),
  learner: LEARNER.nullable(),
})
export type Line = Readonly<z.output<typeof LINE>> & { readonly batchId: string }

const PLACE = z.object({ batchId: z.string(), row: z.int() })
export type SearchPlace = Readonly<z.output<typeof PLACE>>

export const FOUND = z.object({
  certificates: z.array(LINE.extend({ batchId: z.string() })),
  next: PLACE.nullable(),
})
export const OF_BATCH = z.object({ certificates: z.array(LINE) })

const STATES = [
  'not-anchored',
  'standing',
  'suspended',
  'revoked',
  'batch-revoked',
  'unknown',
] as const
export type CertificateState = (typeof STATES)[number]

const STATE_LINE = z.object({
  cid: z.string(),
  state: z.enum(STATES),
  queued: z.enum(KINDS).nullable(),
  isReplaced: z.boolean(),
})
export type StateLine = Readonly<z.output<typeof STATE_LINE>>
export const STATE_LINES = z.object({ states: z.array(STATE_LINE) })

export const OPERATION = z.object({
  id: z.string(),
  kind: z.enum(KINDS),
  reason: REASON,
  state: z.enum(['queued', 'done', 'failed']),
  attempts: z.int(),
  trouble: z.string().nullable(),
  transactions: z.array(z.string()),
  createdAt: z.string(),
})
export type Operation = Readonly<z.output<typeof OPERATION>>

const DATED = z.object({ reason: REASON, at: z.string() })
export type Dated = Readonly<z.output<typeof DATED>>

const CHANGE = DATED.extend({ action: z.enum(['revoke', 'suspend', 'reinstate', 'revoke-batch']) })
export type Change = Readonly<z.output<typeof CHANGE>>

const LETTER = z.object({
  purpose: z.enum(['issued', 'resent', 'asked', 'resealed']),
  state: z.enum(['queued', 'accepted', 'refused', 'failed']),
  code: z.int().nullable(),
  at: z.string(),
})
export type Letter = Readonly<z.output<typeof LETTER>>

export const VIEW = LINE.extend({
  batchId: z.string(),
  sealing: z.int(),
  status: z.object({ state: z.enum(STATES), reported: DATED.nullable() }),
  erased: DATED.nullable(),
  replacedBy: z.string().nullable(),
  queued: z.array(OPERATION),
  history: z.array(CHANGE),
  letters: z.array(LETTER),
  shares: z.object({ made: z.int(), standing: z.int(), opened: z.int() }),
})
export type View = Readonly<z.output<typeof VIEW>>

export const BATCH = z.object({
  id: z.string(),
  state: z.string(),
  size: z.int(),
  templateId: z.string().nullable(),
  createdAt: z.string(),
  anchoredAt: z.string().nullable(),
  permanent: z.boolean().catch(false),
})
export type Batch = Readonly<z.output<typeof BATCH>>
export const BATCHES = z.object({ batches: z.array(BATCH), next: z.string().nullable() })

export const RESEALED = z.object({ cid: z.string(), link: z.string().nullable() })
export const CONTENTS = z.object({ certificate: z.string() })
