/** Batches as the API shows them. */

import { z } from 'zod'
import type { BatchView } from '../issuance/overview.ts'
import { BATCH_STATES, ISSUE_STEPS, WARNING_CODES } from '../issuance/types.ts'
import type { BatchTimes } from '../storage/queue.ts'
import { moment, printMoment } from './moment.ts'
import { objectId } from './names.ts'

export const BATCH_VIEW_STATES = ['awaiting-approval', ...BATCH_STATES, 'rejected'] as const

/** Whoever asked or approved: an API key's id, or `cli`. */
const who = z.string().max(40)

export const warningSchema = z
  .strictObject({
    code: z.enum(WARNING_CODES),
    rows: z.array(z.int()),
    column: z.string().optional(),
    message: z.string(),
  })
  .meta({ id: 'RowWarning', title: 'Something to look at, which stops nothing' })

export const batchSchema = z
  .strictObject({
    id: objectId,
    state: z.enum(BATCH_VIEW_STATES),
    size: z.int(),
    templateId: objectId.nullable(),
    createdAt: moment,
    createdBy: who.nullable(),
    approvedBy: who.nullable(),
    rejectedBy: who.nullable(),
    root: z.string().nullable(),
    anchoredAt: moment.nullable().meta({ description: 'Time of the block, the only proven one' }),
    transaction: z.string().nullable(),
    home: z.string().nullable().meta({ description: 'Chain and registry' }),
    permanent: z.boolean(),
    isDelivered: z
      .boolean()
      .meta({ description: 'Permanent links that were confirmed and forgotten' }),
    exports: z.int().min(0).meta({ description: 'How often the links left as a file' }),
    times: z
      .strictObject({
        rejected: moment.nullable(),
        sealed: moment.nullable(),
        stored: moment.nullable(),
        sent: moment.nullable(),
        final: moment.nullable(),
      })
      .meta({ description: 'When the batch came this far, by the clock of this service' }),
    progress: z
      .strictObject({ step: z.enum(ISSUE_STEPS), done: z.int(), total: z.int() })
      .nullable(),
    trouble: z
      .strictObject({ code: z.string(), since: moment })
      .nullable()
      .meta({ description: 'What keeps the batch from going on' }),
    warnings: z.array(warningSchema),
  })
  .meta({ id: 'Batch', title: 'A batch' })

export function printBatch(view: BatchView): z.output<typeof batchSchema> {
  const { id, state, size } = view
  const common = {
    id,
    state,
    size,
    templateId: view.templateId ?? null,
    createdAt: printMoment(view.createdAt),
    createdBy: view.createdBy ?? null,
  }
  if (view.state === 'rejected') {
    const { rejectedBy } = view
    const times = { ...NO_TIMES, rejected: printMoment(view.rejectedAt) }
    return { ...common, ...NOT_ISSUED, rejectedBy, times }
  }
  const { approvedBy, root, anchoredAt, transaction, progress, trouble, warnings } = view
  return {
    ...common,
    approvedBy: approvedBy ?? null,
    rejectedBy: null,
    root: root ?? null,
    anchoredAt: anchoredAt === undefined ? null : printMoment(anchoredAt * 1000),
    transaction: transaction ?? null,
    home: view.home,
    permanent: view.permanent,
    isDelivered: view.isDelivered,
    exports: view.exports,
    times: printTimes(view.times),
    progress: progress ?? null,
    trouble: trouble === undefined ? null : { ...trouble, since: printMoment(trouble.since) },
    warnings: warnings.map((one) => ({ ...one, rows: [...one.rows] })),
  }
}

function printTimes(times: BatchTimes): z.output<typeof batchSchema>['times'] {
  const at = (time: number | undefined): string | null =>
    time === undefined ? null : printMoment(time)
  return {
    rejected: null,
    sealed: at(times.sealed),
    stored: at(times.stored),
    sent: at(times.sent),
    final: at(times.final),
  }
}

const NO_TIMES = { rejected: null, sealed: null, stored: null, sent: null, final: null }

const NOT_ISSUED = {
  approvedBy: null,
  root: null,
  anchoredAt: null,
  transaction: null,
  home: null,
  permanent: false,
  isDelivered: false,
  exports: 0,
  progress: null,
  trouble: null,
  warnings: [],
}
