import { invariant } from '../../src/index.ts'
import { noBody } from '../http/body.ts'
import { json } from '../http/reply.ts'
import { batchSchema, printBatch } from './batch.ts'
import { NONE, route } from './route.ts'
import { batchParams } from './names.ts'

/** `GET /api/v1/batches/<id>`: how a batch stands. */
export const getBatch = route({
  method: 'GET',
  path: '/api/v1/batches/:batchId',
  name: 'getBatch',
  summary: 'How a batch stands',
  access: 'batches:read',
  rate: 'default',
  params: batchParams,
  query: NONE,
  body: noBody(),
  responses: { 200: { description: 'The batch.', schema: batchSchema } },
  problems: ['not-found'],
  handle: async ({ caller, params }, context) => {
    invariant(caller !== undefined, 'a scope has a caller')
    const { batches } = context.as(caller.issuer, caller.keyId)
    return json(printBatch(await batches.view(params.batchId)))
  },
})
