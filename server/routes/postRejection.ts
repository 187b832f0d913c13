import { invariant } from '../../src/index.ts'
import { noBody } from '../http/body.ts'
import { json } from '../http/reply.ts'
import { batchSchema, printBatch } from './batch.ts'
import { NONE, route } from './route.ts'
import { batchParams } from './names.ts'

/** `POST /api/v1/batches/<id>/rejection`: a batch that awaits approval is deleted with its rows; who and when stays. */
export const postRejection = route({
  method: 'POST',
  path: '/api/v1/batches/:batchId/rejection',
  name: 'postRejection',
  summary: 'Reject a batch that awaits approval',
  access: 'batches:approve',
  rate: 'issue',
  params: batchParams,
  query: NONE,
  body: noBody(),
  responses: { 200: { description: 'The batch as it stands then.', schema: batchSchema } },
  problems: ['not-found', 'conflict'],
  handle: async ({ caller, params }, context) => {
    invariant(caller !== undefined, 'a scope has a caller')
    const { batches } = context.as(caller.issuer, caller.keyId)
    return json(printBatch(await batches.reject(params.batchId, caller.keyId)))
  },
})
