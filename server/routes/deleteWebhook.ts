import { invariant } from '../../src/index.ts'
import { noBody } from '../http/body.ts'
import { empty } from '../http/reply.ts'
import { NONE, route } from './route.ts'
import { webhookParams } from './webhook.ts'

/** `DELETE /api/v1/webhooks/<id>`: with everything that it was told or was still to be told. */
export const deleteWebhook = route({
  method: 'DELETE',
  path: '/api/v1/webhooks/:webhookId',
  name: 'deleteWebhook',
  summary: 'Remove a webhook',
  access: 'webhooks',
  rate: 'default',
  params: webhookParams,
  query: NONE,
  body: noBody(),
  responses: { 204: { description: 'It is told nothing more.' } },
  problems: ['not-found'],
  handle: async ({ caller, params }, { as }) => {
    invariant(caller !== undefined, 'a scope has a caller')
    await as(caller.issuer, caller.keyId).webhooks.remove(params.webhookId)
    return empty()
  },
})
