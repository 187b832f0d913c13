/** Webhooks of an issuer: made, listed, tried, removed; and the work of delivering what happened. */

import { randomBytes, randomUUID } from 'node:crypto'
import type { Internet } from '../../node/domain.ts'
import { utf8 } from '../../src/index.ts'
import { nextAttempt, WEBHOOK_PAUSES } from '../issuance/backoff.ts'
import { IssuingError } from '../issuance/errors.ts'
import { openAny } from '../keys/vaults.ts'
import type { Vaults } from '../keys/vaults.ts'
import type { Store } from '../storage/store.ts'
import { EVENT_TYPES } from '../storage/webhooks.ts'
import type {
  Delivery,
  DeliveryOutcome,
  DeliveryState,
  Endpoint,
  EventType,
} from '../storage/webhooks.ts'
import { parseWebhookUrl, postTo } from './address.ts'
import { newSecret, signatureOf } from './sign.ts'

export type WebhookParts = {
  readonly store: Store
  readonly vaultsFor: (issuer: string) => Promise<Vaults>
  readonly internet: Internet
  readonly now: () => number
}
/** `actor` is who asks, for the audit log. */
type AskedParts = WebhookParts & { readonly actor: string }

/** What an issuer is shown of an endpoint; its secret is shown when it is made, and then never. */
export type WebhookEndpoint = {
  readonly id: string
  readonly url: string
  readonly events: readonly EventType[]
  readonly state: Endpoint['state']
  /** Milliseconds since 1970. */
  readonly createdAt: number
}
export type WebhookDelivery = {
  readonly id: string
  readonly type: EventType
  readonly state: DeliveryState
  readonly attempts: number
  readonly code?: number
  readonly createdAt: number
}

/** What happens once, and what nobody can ask for: `ping` is sent to one endpoint on demand. */
export const WEBHOOK_EVENTS = EVENT_TYPES.filter((type) => type !== 'ping')

const MAX_ENDPOINTS = 20
const AT_ONCE = 8
const PATIENCE_MS = 15_000
const LEASE_MS = 60_000
/** An endpoint of which no delivery succeeded for so long is told nothing more. */
const GIVE_UP_MS = 3 * 86_400_000
const GONE = 410
const place = (id: string): string => `webhook/${id}/secret`

/** Throws `IssuingError` `bad-url`, `bad-events`, `too-many`. */
export async function createWebhook(
  { store, vaultsFor, now, actor }: AskedParts,
  issuer: string,
  request: { readonly url: string; readonly events: readonly string[] },
): Promise<WebhookEndpoint & { readonly secret: string }> {
  const url = parseWebhookUrl(request.url).href
  const events = WEBHOOK_EVENTS.filter((type) => request.events.includes(type))
  if (events.length === 0 || events.length !== new Set(request.events).size) {
    throw new IssuingError('bad-events', `events are some of ${WEBHOOK_EVENTS.join(', ')}`)
  }
  if ((await store.endpointsOf(issuer)).length >= MAX_ENDPOINTS) {
    throw new IssuingError('too-many', `an issuer has at most ${MAX_ENDPOINTS} webhooks`)
  }
  const id = `wh_${randomBytes(16).toString('hex')}`
  const secret = newSecret()
  const createdAt = now()
  const { vault } = await vaultsFor(issuer)
  const sealedSecret = vault.seal(utf8(secret), place(id))
  await store.addEndpoint({ id, issuer, url, events, sealedSecret, createdAt })
  await store.audit({ at: createdAt, action: 'webhook-created', subject: id, actor, issuer })
  return { id, url, events, state: 'active', createdAt, secret }
}

export async function listWebhooks(
  { store }: Pick<WebhookParts, 'store'>,
  issuer: string,
): Promise<WebhookEndpoint[]> {
  return (await store.endpointsOf(issuer)).map(({ id, url, events, state, createdAt }) => ({
    id,
    url,
    events,
    state,
    createdAt,
  }))
}

/** Throws `IssuingError` `not-found`, also for an endpoint of another issuer. */
export async function removeWebhook(
  { store, now, actor }: Pick<AskedParts, 'store' | 'now' | 'actor'>,
  issuer: string,
  id: string,
): Promise<void> {
  if (!(await store.removeEndpoint(issuer, id))) throw noWebhook()
  await store.audit({ at: now(), action: 'webhook-removed', subject: id, actor, issuer })
}

/** Queues a `ping`, and takes up an endpoint that was given up. */
export async function pingWebhook(
  { store, now, actor }: Pick<AskedParts, 'store' | 'now' | 'actor'>,
  issuer: string,
  id: string,
): Promise<void> {
  await endpointOf({ store }, issuer, id)
  const at = now()
  await store.setEndpointState(id, 'active', at)
  await store.audit({ at, action: 'webhook-pinged', subject: id, actor, issuer })
  await store.publishTo(id, { issuer, type: 'ping', key: `ping/${randomUUID()}`, at, data: {} })
}

/** What an endpoint was told, newest first. */
export async function webhookDeliveries(
  { store }: Pick<WebhookParts, 'store'>,
  issuer: string,
  id: string,
  limit = 100,
): Promise<WebhookDelivery[]> {
  await endpointOf({ store }, issuer, id)
  const deliveries = await store.deliveriesOf(id, limit)
  return deliveries.map(({ id: delivery, type, state, attempts, code, createdAt }) => ({
    id: delivery,
    type,
    state,
    attempts,
    createdAt,
    ...(code === undefined ? {} : { code }),
  }))
}

/** Tells an endpoint something once more, under the id that it had. */
export async function redeliver(
  { store, now, actor }: Pick<AskedParts, 'store' | 'now' | 'actor'>,
  issuer: string,
  id: string,
  delivery: string,
): Promise<void> {
  await endpointOf({ store }, issuer, id)
  const at = now()
  if (!(await store.redeliver(id, delivery, at))) throw noWebhook()
  const subject = `${id}/${delivery}`
  await store.audit({ at, action: 'webhook-redelivered', subject, actor, issuer })
}

/** Delivers what is due. Returns how much there was. */
export async function webhookStep(parts: WebhookParts): Promise<number> {
  const owner = randomUUID()
  const at = parts.now()
  const due = await parts.store.claimDeliveries({ owner, now: at, until: at + LEASE_MS }, AT_ONCE)
  await Promise.all(due.map((delivery) => deliver(parts, delivery, owner)))
  return due.length
}

async function deliver(parts: WebhookParts, delivery: Delivery, owner: string): Promise<void> {
  const { store, now } = parts
  const { id, endpointId, attempts } = delivery
  const endpoint = await store.findEndpoint(endpointId)
  if (endpoint === undefined) return
  const code = await post(parts, endpoint, delivery)
  const at = now()
  const outcome = outcomeOf(code, attempts, at)
  if (!(await store.settleDelivery({ id, owner, attempts }, outcome, at))) return
  if (outcome.state === 'delivered') return
  const failing = (await store.findEndpoint(endpointId))?.failingSince
  const isGivenUp = failing !== undefined && at - failing >= GIVE_UP_MS
  if (code === GONE || isGivenUp) await store.setEndpointState(endpointId, 'disabled', at)
}

/** The status of the answer; undefined where there was none. */
async function post(
  { vaultsFor, internet, now }: WebhookParts,
  endpoint: Endpoint,
  { id, payload }: Delivery,
): Promise<number | undefined> {
  const timestamp = Math.floor(now() / 1000)
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'inaltera',
    'webhook-id': id,
    'webhook-timestamp': `${timestamp}`,
  }
  const signal = AbortSignal.timeout(PATIENCE_MS)
  try {
    // An issuer whose key is not there holds up nobody else's deliveries.
    const vaults = await vaultsFor(endpoint.issuer)
    const sealed = openAny(vaults, endpoint.sealedSecret, place(endpoint.id))
    const signature = signatureOf(Buffer.from(sealed).toString(), { id, timestamp, payload })
    const signed = { ...headers, 'webhook-signature': signature }
    return await postTo(
      internet,
      parseWebhookUrl(endpoint.url),
      { headers: signed, body: payload },
      signal,
    )
  } catch {
    // Why there was no answer is told to nobody: it would say what a name leads to inside a network.
    return undefined
  }
}

function outcomeOf(code: number | undefined, attempts: number, now: number): DeliveryOutcome {
  if (code !== undefined && code >= 200 && code < 300) return { state: 'delivered', code }
  const nextAttemptAt = nextAttempt(WEBHOOK_PAUSES, attempts, now)
  if (nextAttemptAt === undefined || code === GONE) return { state: 'failed', code }
  return { state: 'queued', code, nextAttemptAt }
}

async function endpointOf(
  { store }: Pick<WebhookParts, 'store'>,
  issuer: string,
  id: string,
): Promise<Endpoint> {
  const endpoint = await store.findEndpoint(id)
  if (endpoint?.issuer !== issuer) throw noWebhook()
  return endpoint
}

function noWebhook(): IssuingError {
  return new IssuingError('not-found', 'there is no such webhook or delivery')
}
