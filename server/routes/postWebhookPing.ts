import { invariant } from '../../src/index.ts'
import { noBody } from '../http/body.ts'
import { empty } from '../http/reply.ts'
import { NONE, route } from './route.ts'
import { webhookParams } from './webhook.ts'

/** `POST /api/v1/webhooks/<id>/ping`: tells the endpoint `ping`, and takes it up again where it was given up. */
export const postWebhookPing = route({
  method: 'POST',
  path: '/api/v1/webhooks/:webhookId/ping',
  name: 'postWebhookPing',
  summary: 'Try a webhook',
  access: 'webhooks',
  rate: 'issue',
  params: webhookParams,
  query: NONE,
  body: noBody(),
  responses: { 202: { description: 'A ping is queued.' } },
  problems: ['not-found'],
  handle: async ({ caller, params }, { as }) => {
    invariant(caller !== undefined, 'a scope has a caller')
    await as(caller.issuer, caller.keyId).webhooks.ping(params.webhookId)
    return empty(202)
  },
})
