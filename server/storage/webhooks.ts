/**
 * Who is told of what: endpoints of an issuer, and one delivery for each event and endpoint. An event is put in the
 * queue in the transaction of the change that it tells of. It holds ids, codes and times, never a learner.
 */

import { instantOfMilliseconds, printInstant } from '../../src/index.ts'
import type { Claim } from './outbox.ts'
import type { Lease } from './lease.ts'

export const EVENT_TYPES = [
  'batch.anchored',
  'batch.failed',
  'certificate.revoked',
  'certificate.suspended',
  'certificate.reinstated',
  'certificate.erased',
  'certificate.corrected',
  'mail.refused',
  'share.published',
  'share.withdrawn',
  'ping',
] as const
export type EventType = (typeof EVENT_TYPES)[number]

export type DomainEvent = {
  /** Address of the issuer whose endpoints are told. */
  readonly issuer: string
  readonly type: EventType
  /** The same key again is the same event, and is told once. */
  readonly key: string
  /** Milliseconds since 1970. */
  readonly at: number
  /** Ids, codes and numbers only. */
  readonly data: Readonly<Record<string, string | number | boolean | readonly number[]>>
}

/** The body that is sent (https://www.standardwebhooks.com, "Payload structure"). */
export function payloadOf({ type, at, data }: Pick<DomainEvent, 'type' | 'at' | 'data'>): string {
  return JSON.stringify({ type, timestamp: printInstant(instantOfMilliseconds(at)), data })
}

export type NewEndpoint = {
  readonly id: string
  readonly issuer: string
  readonly url: string
  readonly events: readonly EventType[]
  /** The secret that signs, under the master key. */
  readonly sealedSecret: Uint8Array
  readonly createdAt: number
}
export type Endpoint = NewEndpoint & {
  readonly state: 'active' | 'disabled'
  /** Since when no delivery succeeded; undefined where the last one did. */
  readonly failingSince: number | undefined
}

export const DELIVERY_STATES = ['queued', 'delivered', 'failed'] as const
export type DeliveryState = (typeof DELIVERY_STATES)[number]

export type Delivery = {
  /** `msg_` and 32 letters: the `webhook-id`, the same at every attempt. */
  readonly id: string
  readonly endpointId: string
  readonly type: EventType
  readonly payload: string
  readonly state: DeliveryState
  readonly attempts: number
  /** Status of the last answer; undefined where there was none. */
  readonly code: number | undefined
  readonly createdAt: number
}

export type DeliveryOutcome =
  | { readonly state: 'delivered' | 'failed'; readonly code: number | undefined }
  | { readonly state: 'queued'; readonly code: number | undefined; readonly nextAttemptAt: number }

export type WebhookStore = {
  addEndpoint(endpoint: NewEndpoint): Promise<void>
  /** Of one issuer, oldest first. */
  endpointsOf(issuer: string): Promise<Endpoint[]>
  findEndpoint(id: string): Promise<Endpoint | undefined>
  /** With all its deliveries; false where the issuer has no such endpoint. */
  removeEndpoint(issuer: string, id: string): Promise<boolean>
  /** Stops or takes up telling an endpoint; false where it is in that state. Disabling is put into the audit log. */
  setEndpointState(id: string, state: Endpoint['state'], now: number): Promise<boolean>
  /** Queues an event that belongs to no change of the store, for all of the issuer's endpoints that want it. */
  publish(event: DomainEvent): Promise<void>
  /** Queues an event for one endpoint, whatever it wants. */
  publishTo(endpointId: string, event: DomainEvent): Promise<void>
  claimDeliveries(lease: Lease, limit: number): Promise<Delivery[]>
  /** False, and nothing changed, where another took the delivery up since. */
  settleDelivery(claim: Claim, outcome: DeliveryOutcome, now: number): Promise<boolean>
  /** Newest first. */
  deliveriesOf(endpointId: string, limit: number): Promise<Delivery[]>
  /** Queues a delivery again, under its id; false where the endpoint has none such, or it is queued. */
  redeliver(endpointId: string, id: string, now: number): Promise<boolean>
}
