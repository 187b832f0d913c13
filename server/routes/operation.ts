/** An operation as the API shows it: ids and codes. */

import { z } from 'zod'
import { REASON_CODES } from '../../src/index.ts'
import { json } from '../http/reply.ts'
import type { Reply } from '../http/reply.ts'
import { reasonOf } from '../issuance/certificates.ts'
import { OPERATION_KINDS, OPERATION_STATES } from '../storage/operations.ts'
import type { Operation } from '../storage/operations.ts'
import { moment, printMoment } from './moment.ts'
import { objectId } from './names.ts'

export const reason = z.enum(REASON_CODES)

export const operationSchema = z
  .strictObject({
    id: objectId,
    kind: z.enum(OPERATION_KINDS),
    batchId: objectId,
    index: z.int().min(0).nullable(),
    reason,
    /** The batch of the replacement, of a correction. */
    replacement: objectId.nullable(),
    state: z.enum(OPERATION_STATES),
    attempts: z.int().min(0),
    /** A code: what stood in the way last. */
    trouble: z.string().nullable(),
    transactions: z.array(z.string()),
    createdAt: moment,
    nextAttemptAt: moment.nullable(),
    finishedAt: moment.nullable(),
  })
  .meta({ id: 'Operation', title: 'A change that waits for the chain' })

export function printOperation(operation: Operation): z.output<typeof operationSchema> {
  const { id, kind, batchId, index, replacement, state, attempts, trouble } = operation
  const { transactions, createdAt, nextAttemptAt, finishedAt } = operation
  return {
    id,
    kind,
    batchId,
    index: index ?? null,
    reason: reasonOf(operation.reason),
    replacement: replacement ?? null,
    state,
    attempts,
    trouble: trouble ?? null,
    transactions: [...transactions],
    createdAt: printMoment(createdAt),
    nextAttemptAt: state === 'queued' ? printMoment(nextAttemptAt) : null,
    finishedAt: finishedAt === undefined ? null : printMoment(finishedAt),
  }
}

/** Kept for good, and carried out behind the caller. */
export const ACCEPTED = {
  202: {
    description: 'It is kept and will be done; Location says where to look.',
    schema: operationSchema,
  },
}

export function accepted(operation: Operation): Reply {
  const headers = { location: `/api/v1/operations/${operation.id}` }
  return json(printOperation(operation), 202, headers)
}
