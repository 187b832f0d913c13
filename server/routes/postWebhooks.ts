import { z } from 'zod'
import { invariant } from '../../src/index.ts'
import { jsonBody } from '../http/body.ts'
import { json } from '../http/reply.ts'
import { NONE, route } from './route.ts'
import { events, printWebhook, webhookSchema } from './webhook.ts'

const request = z.strictObject({
  url: z.string().max(2000).meta({ description: 'https://<name>/…, without credentials' }),
  events,
})

/**
 * `POST /api/v1/webhooks`: tells an endpoint of what happens, signed as Standard Webhooks has it. Not idempotent: a reply
 * that could be repeated would have to be kept, and with it the secret.
 */
export const postWebhooks = route({
  method: 'POST',
  path: '/api/v1/webhooks',
  name: 'postWebhooks',
  summary: 'Make a webhook',
  access: 'webhooks',
  rate: 'issue',
  params: NONE,
  query: NONE,
  body: jsonBody(request),
  responses: {
    201: {
      description: 'The webhook; its secret is shown here and never again.',
      schema: z.strictObject({ webhook: webhookSchema, secret: z.string() }),
    },
  },
  problems: ['conflict', 'locked'],
  handle: async ({ caller, body }, { as }) => {
    invariant(caller !== undefined, 'a scope has a caller')
    const made = await as(caller.issuer, caller.keyId).webhooks.create(body)
    return json({ webhook: printWebhook(made), secret: made.secret }, 201)
  },
})
