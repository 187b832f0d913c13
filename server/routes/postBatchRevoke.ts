import { z } from 'zod'
import { invariant } from '../../src/index.ts'
import { jsonBody } from '../http/body.ts'
import { reasonBody } from './changeRoute.ts'
import { ACCEPTED, accepted } from './operation.ts'
import { NONE, route } from './route.ts'
import { objectId } from './names.ts'

/** `POST /api/v1/batches/<id>/revoke`: every certificate of the batch, for good. */
export const postBatchRevoke = route({
  method: 'POST',
  path: '/api/v1/batches/:batchId/revoke',
  name: 'postBatchRevoke',
  summary: 'Revoke a whole batch',
  access: 'certificates:status',
  rate: 'issue',
  idempotent: true,
  params: z.strictObject({ batchId: objectId }),
  query: NONE,
  body: jsonBody(reasonBody),
  responses: ACCEPTED,
  problems: ['not-found', 'conflict', 'locked'],
  handle: async ({ caller, params, body, idempotencyKey }, { as }) => {
    invariant(caller !== undefined && idempotencyKey !== undefined, 'the frame asks for both')
    const { certificates } = as(caller.issuer, caller.keyId)
    const target = { batchId: params.batchId }
    const by = { by: caller.keyId, idempotencyKey, reason: body.reason }
    return accepted(await certificates.change({ kind: 'revoke-batch', target, ...by }))
  },
})
