import { z } from 'zod'
import { invariant } from '../../src/index.ts'
import { noBody } from '../http/body.ts'
import { json } from '../http/reply.ts'
import { NONE, route } from './route.ts'
import { printWebhook, webhookSchema } from './webhook.ts'

/** `GET /api/v1/webhooks`: the webhooks of the caller's issuer, without their secrets. */
export const getWebhooks = route({
  method: 'GET',
  path: '/api/v1/webhooks',
  name: 'getWebhooks',
  summary: 'The webhooks of this issuer',
  access: 'webhooks',
  rate: 'default',
  params: NONE,
  query: NONE,
  body: noBody(),
  responses: {
    200: {
      description: 'Oldest first.',
      schema: z.strictObject({ webhooks: z.array(webhookSchema) }),
    },
  },
  handle: async ({ caller }, { as }) => {
    invariant(caller !== undefined, 'a scope has a caller')
    const { webhooks } = as(caller.issuer, caller.keyId)
    return json({ webhooks: (await webhooks.list()).map(printWebhook) })
  },
})
