/** What the API answers about batches, narrowed to what is shown here. */
import * as z from 'zod'

export const BATCH_STATES = [
  'awaiting-approval',
  'drafted',
  'sealed',
  'stored',
  'submitted',
  'anchored',
  'rejected',
] as const
export type BatchState = (typeof BATCH_STATES)[number]

const time = z.string().nullable()

const WARNING = z.object({
  code: z.string(),
  rows: z.array(z.int()),
  column: z.string().optional(),
})
export type Warning = Readonly<z.output<typeof WARNING>>

export const BATCH = z.object({
  id: z.string(),
  state: z.enum(BATCH_STATES),
  size: z.int(),
  templateId: z.string().nullable(),
  createdAt: z.string(),
  createdBy: z.string().nullable(),
  approvedBy: z.string().nullable(),
  rejectedBy: z.string().nullable(),
  root: z.string().nullable(),
  anchoredAt: time,
  transaction: z.string().nullable(),
  home: z.string().nullable(),
  permanent: z.boolean(),
  isDelivered: z.boolean(),
  exports: z.int(),
  times: z.object({ rejected: time, sealed: time, stored: time, sent: time, final: time }),
  progress: z.object({ step: z.string(), done: z.int(), total: z.int() }).nullable(),
  trouble: z.object({ code: z.string(), since: z.string() }).nullable(),
  warnings: z.array(WARNING),
})
export type Batch = Readonly<z.output<typeof BATCH>>

export const BATCHES = z.object({ batches: z.array(BATCH), next: z.string().nullable() })

export const TEMPLATES = z.object({
  templates: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      version: z.int(),
      isComplete: z.boolean(),
      isSuperseded: z.boolean(),
      archivedAt: z.string().nullable(),
    }),
  ),
  next: z.string().nullable(),
})
export type TemplateSummary = Readonly<z.output<typeof TEMPLATES>['templates'][number]>

export const PREVIEW = z.object({
  format: z.enum(['csv', 'xlsx', 'json']),
  columns: z.array(z.string()),
  wanted: z.array(z.string()),
  /** From a column of the file to one of the template. */
  mapping: z.record(z.string(), z.string()),
  missing: z.array(z.string()),
  rows: z.array(z.object({ row: z.int(), cells: z.array(z.string().nullable()) })),
})
export type Preview = Readonly<z.output<typeof PREVIEW>>

const ROW_PROBLEM = z.object({
  code: z.string(),
  row: z.int(),
  column: z.string().optional(),
  reason: z.string().optional(),
  first: z.int().optional(),
})
export type RowProblem = Readonly<z.output<typeof ROW_PROBLEM>>

/** Its problems may be a hundred thousand: `dryRunOf` narrows them piece by piece. */
export const DRY_RUN_ANSWER = z.object({
  isAccepted: z.boolean(),
  needsApproval: z.boolean(),
  size: z.int(),
  problems: z.array(z.unknown()),
  more: z.int(),
  warnings: z.array(WARNING),
  lint: z.object({
    complete: z.boolean(),
    mandatory: z.array(z.object({ code: z.string(), present: z.boolean() })),
  }),
  sample: z.object({ row: z.int(), credential: z.record(z.string(), z.unknown()) }).nullable(),
})
type DryRunAnswer = Readonly<z.output<typeof DRY_RUN_ANSWER>>
export type DryRun = Omit<DryRunAnswer, 'problems'> & { readonly problems: readonly RowProblem[] }

const PIECE = 4000

/** Lets the page answer between one piece and the next. Throws where a problem is none. */
export async function dryRunOf(answer: DryRunAnswer): Promise<DryRun> {
  const problems: RowProblem[] = []
  for (let from = 0; from < answer.problems.length; from += PIECE) {
    for (const one of answer.problems.slice(from, from + PIECE)) {
      problems.push(ROW_PROBLEM.parse(one))
    }
    await new Promise((resolve) => setTimeout(resolve))
  }
  return { ...answer, problems }
}

export const CREATED = z.object({ id: z.string() })

const CERTIFICATE = z.object({
  index: z.int(),
  row: z.int(),
  cid: z.string(),
  learner: z
    .object({
      name: z.string().optional(),
      email: z.string().optional(),
      externalId: z.string().optional(),
    })
    .nullable(),
})
export type BatchCertificate = Readonly<z.output<typeof CERTIFICATE>>
export const CERTIFICATES = z.object({
  certificates: z.array(CERTIFICATE),
  next: z.int().nullable(),
})

const OPERATION = z.object({
  id: z.string(),
  kind: z.string(),
  state: z.enum(['queued', 'done', 'failed']),
  trouble: z.string().nullable(),
})
export const OPERATION_ANSWER = OPERATION
export type Operation = Readonly<z.output<typeof OPERATION>>

/** The chain's word on one certificate, which tells of its whole batch where that was revoked. */
export const STANDING = z.object({
  status: z.object({ state: z.string() }),
  queued: z.array(OPERATION),
})

const COUNTS = z.object({
  queued: z.int(),
  accepted: z.int(),
  refused: z.int(),
  failed: z.int(),
})
export const MAIL = z.object({
  counts: COUNTS,
  letters: z.array(
    z.object({
      index: z.int(),
      cid: z.string(),
      state: z.enum(['queued', 'accepted', 'refused', 'failed']),
      purpose: z.string(),
    }),
  ),
})
export const MAILED = z.object({ counts: COUNTS })
export type Mail = Readonly<z.output<typeof MAIL>>

/** How a batch is called where its learners must not be named. */
export function nameOf({ id }: Pick<Batch, 'id'>): string {
  return id.slice(0, 8)
}

/** Whether nothing more will happen to it by itself. */
export function isSettled({ state }: Pick<Batch, 'state'>): boolean {
  return state === 'anchored' || state === 'rejected'
}
