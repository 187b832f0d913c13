import { invariant } from '../../src/index.ts'
import { noBody } from '../http/body.ts'
import { empty } from '../http/reply.ts'
import { NONE, route } from './route.ts'
import { deliveryParams } from './webhook.ts'

/** `POST /api/v1/webhooks/<id>/deliveries/<delivery>/redeliver`: once more, under the id that it had. */
export const postWebhookRedeliver = route({
  method: 'POST',
  path: '/api/v1/webhooks/:webhookId/deliveries/:deliveryId/redeliver',
  name: 'postWebhookRedeliver',
  summary: 'Tell a webhook something once more',
  access: 'webhooks',
  rate: 'issue',
  params: deliveryParams,
  query: NONE,
  body: noBody(),
  responses: { 202: { description: 'It is queued.' } },
  problems: ['not-found'],
  handle: async ({ caller, params }, { as }) => {
    invariant(caller !== undefined, 'a scope has a caller')
    const { webhooks } = as(caller.issuer, caller.keyId)
    await webhooks.redeliver(params.webhookId, params.deliveryId)
    return empty(202)
  },
})
