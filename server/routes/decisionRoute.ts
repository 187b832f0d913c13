import { invariant } from '../../src/index.ts'
import { noBody } from '../http/body.ts'
import { json } from '../http/reply.ts'
import { batchSchema, printBatch } from './batch.ts'
import { batchParams } from './names.ts'
import { NONE, route } from './route.ts'
import type { Route } from './route.ts'

/** `POST /api/v1/batches/<id>/approval` and `…/rejection`: what a second person decides on a batch that awaits it. */
export function decisionRoute(
  verb: 'approve' | 'reject',
  place: 'approval' | 'rejection',
  name: string,
  summary: string,
): Route {
  return route({
    method: 'POST',
    path: `/api/v1/batches/:batchId/${place}`,
    name,
    summary,
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
      return json(printBatch(await batches[verb](params.batchId, caller.keyId)))
    },
  })
}
