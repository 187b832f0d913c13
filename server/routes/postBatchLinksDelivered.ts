import { invariant } from '../../src/index.ts'
import { noBody } from '../http/body.ts'
import { Refusal } from '../http/problems.ts'
import { empty } from '../http/reply.ts'
import { NONE, route } from './route.ts'
import { batchParams } from './names.ts'

/**
 * `POST /api/v1/batches/<id>/links/delivered`: the links of a permanent batch are in safe hands, and what they are
 * derived from is forgotten, for good. It takes the scope `batches:write` too: a key that reads must not destroy.
 */
export const postBatchLinksDelivered = route({
  method: 'POST',
  path: '/api/v1/batches/:batchId/links/delivered',
  name: 'postBatchLinksDelivered',
  summary: 'Forget what the links of a permanent batch are derived from',
  access: 'links:read',
  rate: 'issue',
  params: batchParams,
  query: NONE,
  body: noBody(),
  responses: { 204: { description: 'Nobody can derive these links again.' } },
  problems: ['not-found', 'conflict', 'locked'],
  handle: async ({ caller, params }, { as, store }) => {
    invariant(caller !== undefined, 'a scope has a caller')
    if (!caller.scopes.includes('batches:write')) {
      throw new Refusal('not-allowed', 'the key does not have the scope batches:write')
    }
    const batch = await store.findBatch({ id: params.batchId })
    if (batch?.issuer === caller.issuer && !batch.permanent) {
      throw new Refusal('conflict', 'the links of this batch are not permanent')
    }
    await as(caller.issuer, caller.keyId).delivered(params.batchId)
    return empty()
  },
})
