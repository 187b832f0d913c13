/** What the settings read and change, as the API has it. */
import * as z from 'zod'
import { NOTHING } from '../api.ts'
import type { Api } from '../api.ts'
import { fetchText } from '../../engine/http.ts'

const KEY = z.object({
  id: z.string(),
  label: z.string(),
  scopes: z.array(z.string()),
  createdAt: z.string(),
  expiresAt: z.string(),
  revokedAt: z.string().nullable(),
  lastUsedAt: z.string().nullable(),
})
export type ApiKey = Readonly<z.output<typeof KEY>>
const KEYS = z.object({ keys: z.array(KEY) })
const MADE_KEY = z.object({ key: KEY, secret: z.string() })

export async function readKeys(api: Api, ended: AbortSignal): Promise<readonly ApiKey[]> {
  return (await api.get('/api/v1/keys', KEYS, ended)).keys
}

export type KeyRequest = {
  readonly label: string
  readonly scopes: readonly string[]
  readonly days: number
}

/** The key itself, which is told here and never again. */
export async function makeKey(api: Api, json: KeyRequest): Promise<string> {
  return (await api.send('POST', '/api/v1/keys', MADE_KEY, { json })).secret
}

export async function revokeKey(api: Api, id: string): Promise<void> {
  await api.send('DELETE', `/api/v1/keys/${id}`, NOTHING)
}

const WEBHOOK = z.object({
  id: z.string(),
  url: z.string(),
  events: z.array(z.string()),
  state: z.enum(['active', 'disabled']),
  createdAt: z.string(),
})
export type Webhook = Readonly<z.output<typeof WEBHOOK>>
const WEBHOOKS = z.object({ webhooks: z.array(WEBHOOK) })
const MADE_WEBHOOK = z.object({ webhook: WEBHOOK, secret: z.string() })

const DELIVERY = z.object({
  id: z.string(),
  type: z.string(),
  state: z.enum(['queued', 'delivered', 'failed']),
  attempts: z.int(),
  code: z.int().nullable(),
  createdAt: z.string(),
})
export type Delivery = Readonly<z.output<typeof DELIVERY>>
const DELIVERIES = z.object({ deliveries: z.array(DELIVERY) })

export async function readWebhooks(api: Api, ended: AbortSignal): Promise<readonly Webhook[]> {
  return (await api.get('/api/v1/webhooks', WEBHOOKS, ended)).webhooks
}

/** The secret that signs what is sent, which is told here and never again. */
export async function makeWebhook(
  api: Api,
  json: { readonly url: string; readonly events: readonly string[] },
): Promise<string> {
  return (await api.send('POST', '/api/v1/webhooks', MADE_WEBHOOK, { json })).secret
}

export async function removeWebhook(api: Api, id: string): Promise<void> {
  await api.send('DELETE', `/api/v1/webhooks/${id}`, NOTHING)
}

export async function pingWebhook(api: Api, id: string): Promise<void> {
  await api.send('POST', `/api/v1/webhooks/${id}/ping`, NOTHING)
}

export async function readDeliveries(
  api: Api,
  id: string,
  ended: AbortSignal,
): Promise<readonly Delivery[]> {
  const path = `/api/v1/webhooks/${id}/deliveries?limit=50`
  return (await api.get(path, DELIVERIES, ended)).deliveries
}

export async function redeliver(api: Api, id: string, delivery: string): Promise<void> {
  await api.send('POST', `/api/v1/webhooks/${id}/deliveries/${delivery}/redeliver`, NOTHING)
}

const AUDIT = z.object({
  entries: z.array(
    z.object({
      id: z.int(),
      at: z.string(),
      action: z.string(),
      subject: z.string(),
      actor: z.string(),
      digest: z.string(),
    }),
  ),
  next: z.int().nullable(),
})
export type AuditEntry = Readonly<z.output<typeof AUDIT>['entries'][number]>

/** Newest first. */
export async function readAudit(
  api: Api,
  after: string | undefined,
  ended: AbortSignal,
): Promise<{ readonly items: readonly AuditEntry[]; readonly next: string | null }> {
  const more = after === undefined ? '' : `&after=${after}`
  const { entries, next } = await api.get(`/api/v1/audit?limit=200${more}`, AUDIT, ended)
  return { items: entries, next: next === null ? null : String(next) }
}

const ISSUER = z.object({
  account: z.string(),
  name: z.string().nullable(),
  profile: z
    .object({
      name: z.string(),
      url: z.string().nullable(),
      colours: z.object({ accent: z.string().nullable() }),
      identifiers: z.array(z.string()),
      logo: z.string().nullable(),
      linkedIn: z.string().nullable(),
      digest: z.string(),
      updatedAt: z.string(),
    })
    .nullable(),
})
export type IssuerView = Readonly<z.output<typeof ISSUER>>

export async function readIssuer(
  api: Api,
  account: string,
  ended: AbortSignal,
): Promise<IssuerView> {
  return api.get(`/api/v1/issuers/${account}`, ISSUER, ended)
}

export type ProfileRequest = {
  readonly name: string
  readonly url?: string
  readonly colours?: { readonly accent: string }
  readonly linkedIn?: string
  /** A data URL; null takes it away; without it, the logo stays. */
  readonly logo?: string | null
}

export async function changeProfile(api: Api, json: ProfileRequest): Promise<IssuerView> {
  return api.send('PUT', '/api/v1/profile', ISSUER, { json })
}

const READY = z.object({
  status: z.enum(['ready', 'not-ready']),
  checks: z.object({ store: z.boolean(), chain: z.boolean(), documents: z.boolean() }),
})
export type Readiness = Readonly<z.output<typeof READY>>

/** What the server says of what it rests on; it answers 503 where something does not answer. */
export async function readReadiness(ended: AbortSignal): Promise<Readiness> {
  const { text } = await fetchText('/ready', { timeoutMs: 15_000, maxBytes: 10_000, ended })
  return READY.parse(JSON.parse(text))
}
