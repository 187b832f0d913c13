import { z } from 'zod'
import { invariant } from '../../src/index.ts'
import { noBody } from '../http/body.ts'
import { json } from '../http/reply.ts'
import { route } from './route.ts'
import { deliverySchema, printDelivery, webhookParams } from './webhook.ts'
import { count } from './names.ts'

/** `GET /api/v1/webhooks/<id>/deliveries`: what the endpoint was told last, and what it answered. */
export const getWebhookDeliveries = route({
  method: 'GET',
  path: '/api/v1/webhooks/:webhookId/deliveries',
  name: 'getWebhookDeliveries',
  summary: 'What a webhook was told',
  access: 'webhooks',
  rate: 'default',
  params: webhookParams,
  query: z.strictObject({ limit: count(1, 1000, 'How many to show').default(100) }),
  body: noBody(),
  responses: {
    200: {
      description: 'Newest first.',
      schema: z.strictObject({ deliveries: z.array(deliverySchema) }),
    },
  },
  problems: ['not-found'],
  handle: async ({ caller, params, query }, { as }) => {
    invariant(caller !== undefined, 'a scope has a caller')
    const { webhooks } = as(caller.issuer, caller.keyId)
    const deliveries = await webhooks.deliveries(params.webhookId, query.limit)
    return json({ deliveries: deliveries.map(printDelivery) })
  },
})
