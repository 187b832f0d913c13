import { z } from 'zod'
import { invariant } from '../../src/index.ts'
import { json } from '../http/reply.ts'
import { NONE, route } from './route.ts'
import { rowsBody, uploadOf, uploadQuery } from './upload.ts'
import { objectId } from './names.ts'

/**
 * `POST /api/v1/batches`: rows and a stored template become a batch. Answered when every row is durable; the batch is
 * then issued behind the caller, or awaits a second person's approval.
 */
export const postBatches = route({
  method: 'POST',
  path: '/api/v1/batches',
  name: 'postBatches',
  summary: 'Issue a batch of certificates',
  access: 'batches:write',
  rate: 'issue',
  idempotent: true,
  params: NONE,
  query: z.strictObject(uploadQuery),
  body: rowsBody,
  responses: {
    202: {
      description: 'Every row is kept for good; `GET /api/v1/batches/<id>` tells how far it is.',
      schema: z.strictObject({ id: objectId }),
    },
  },
  problems: ['not-found', 'conflict', 'unprocessable', 'busy', 'locked', 'unavailable'],
  handle: async ({ caller, query, headers, body, idempotencyKey }, context) => {
    invariant(caller !== undefined, 'a scope has a caller')
    const { batches } = context.as(caller.issuer, caller.keyId)
    const { batchId } = await batches.intake({
      ...uploadOf(body, headers, query),
      by: caller.keyId,
      ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
    })
    return json({ id: batchId }, 202)
  },
})
