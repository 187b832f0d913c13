/** Webhooks and what they were told, as the API shows it. */

import { z } from 'zod'
import { DELIVERY_STATES, EVENT_TYPES } from '../storage/webhooks.ts'
import { WEBHOOK_EVENTS } from '../webhooks/service.ts'
import type { WebhookDelivery, WebhookEndpoint } from '../webhooks/service.ts'
import { moment, printMoment } from './moment.ts'

const webhookId = z.string().regex(/^wh_[0-9a-f]{32}$/)
const deliveryId = z.string().regex(/^msg_[0-9A-Za-z]{1,40}$/)

export const webhookParams = z.strictObject({ webhookId })
export const deliveryParams = z.strictObject({ webhookId, deliveryId })
export const events = z.array(z.enum(WEBHOOK_EVENTS)).min(1).max(WEBHOOK_EVENTS.length)

export const webhookSchema = z
  .strictObject({
    id: webhookId,
    url: z.string(),
    events,
    state: z
      .enum(['active', 'disabled'])
      .meta({ description: 'Disabled where it was given up; a ping takes it up again' }),
    createdAt: moment,
  })
  .meta({ id: 'Webhook', title: 'A webhook' })

export const deliverySchema = z
  .strictObject({
    id: deliveryId,
    type: z.enum(EVENT_TYPES),
    state: z.enum(DELIVERY_STATES),
    attempts: z.int().min(0),
    code: z.int().nullable().meta({ description: 'Status of the last answer; null: none' }),
    createdAt: moment,
  })
  .meta({ id: 'Delivery', title: 'What a webhook was told' })

export function printWebhook(webhook: WebhookEndpoint): z.input<typeof webhookSchema> {
  const { id, url, events: told, state, createdAt } = webhook
  const asked = WEBHOOK_EVENTS.filter((type) => told.includes(type))
  return { id, url, events: asked, state, createdAt: printMoment(createdAt) }
}

export function printDelivery(delivery: WebhookDelivery): z.input<typeof deliverySchema> {
  const { id, type, state, attempts, code, createdAt } = delivery
  return { id, type, state, attempts, code: code ?? null, createdAt: printMoment(createdAt) }
}
