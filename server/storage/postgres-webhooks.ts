/** Webhooks in PostgreSQL: an event becomes one delivery for each endpoint, in the transaction of the change it tells of. */

import { invariant } from '../../src/index.ts'
import { enter } from './postgres-audit.ts'
import { bytea, integer, text } from './postgres-database.ts'
import type { PgRow, PostgresDatabase, Session } from './postgres-database.ts'
import { DELIVERY_STATES, EVENT_TYPES, payloadOf } from './webhooks.ts'
import type { Delivery, DeliveryOutcome, DomainEvent, Endpoint, WebhookStore } from './webhooks.ts'

const COLUMNS = '(id, endpoint_id, event_key, type, payload, state, next_attempt_at, created_at)'
const NEW_ID = `'msg_' || replace(gen_random_uuid()::text, '-', '')`

/** Part of the caller's transaction. */
export async function publish(session: Session, event: DomainEvent): Promise<void> {
  await session.run(
    `INSERT INTO webhook_deliveries ${COLUMNS}
       SELECT ${NEW_ID}, id, $1, $2, $3, 'queued', $4, $4 FROM webhook_endpoints
         WHERE issuer = $5 AND state = 'active' AND $2 = ANY (events)
       ON CONFLICT DO NOTHING`,
    event.key,
    event.type,
    payloadOf(event),
    event.at,
    event.issuer,
  )
}

export function postgresWebhooks(db: PostgresDatabase): WebhookStore {
  return {
    ...endpoints(db),
    ...deliveries(db),
    publish: (event) => db.transaction((session) => publish(session, event)),
    publishTo: async (endpointId, event) => {
      await db.run(
        `INSERT INTO webhook_deliveries ${COLUMNS}
           SELECT ${NEW_ID}, id, $2, $3, $4, 'queued', $5, $5 FROM webhook_endpoints WHERE id = $1
           ON CONFLICT DO NOTHING`,
        endpointId,
        event.key,
        event.type,
        payloadOf(event),
        event.at,
      )
    },
  }
}

type Endpoints = Pick<
  WebhookStore,
  'addEndpoint' | 'endpointsOf' | 'findEndpoint' | 'removeEndpoint' | 'setEndpointState'
>

function endpoints(db: PostgresDatabase): Endpoints {
  return {
    addEndpoint: async (one) => {
      await db.run(
        `INSERT INTO webhook_endpoints (id, issuer, url, events, sealed_secret, state, created_at)
           VALUES ($1, $2, $3, $4, $5, 'active', $6)`,
        one.id,
        one.issuer,
        one.url,
        one.events,
        one.sealedSecret,
        one.createdAt,
      )
    },
    endpointsOf: async (issuer) => {
      const sql = 'SELECT * FROM webhook_endpoints WHERE issuer = $1 ORDER BY created_at, id'
      return (await db.all(sql, issuer)).map(parseEndpoint)
    },
    findEndpoint: async (id) => {
      const row = await db.one('SELECT * FROM webhook_endpoints WHERE id = $1', id)
      return row && parseEndpoint(row)
    },
    removeEndpoint: async (issuer, id) => {
      const sql = 'DELETE FROM webhook_endpoints WHERE issuer = $1 AND id = $2'
      return (await db.run(sql, issuer, id)) === 1
    },
    setEndpointState: (id, state, now) =>
      db.transaction(async (session) => {
        const sql = `UPDATE webhook_endpoints SET state = $1, failing_since = NULL WHERE id = $2 AND state <> $1`
        const changed = await session.one(`${sql} RETURNING issuer`, state, id)
        if (changed === undefined) return false
        const action = state === 'disabled' ? 'webhook-disabled' : 'webhook-enabled'
        const issuer = text(changed, 'issuer')
        await enter(session, { at: now, action, subject: id, actor: 'worker', issuer })
        return true
      }),
  }
}

type Deliveries = Pick<
  WebhookStore,
  'claimDeliveries' | 'settleDelivery' | 'deliveriesOf' | 'redeliver'
>

function deliveries(db: PostgresDatabase): Deliveries {
  return {
    claimDeliveries: (lease, limit) =>
      db.transaction(async (session) => {
        const rows = await session.all(
          `UPDATE webhook_deliveries SET lease_owner = $1, lease_until = $2, attempts = attempts + 1
             WHERE id IN (SELECT due.id FROM webhook_deliveries AS due
               JOIN webhook_endpoints ON webhook_endpoints.id = due.endpoint_id AND webhook_endpoints.state = 'active'
               WHERE due.state = 'queued' AND due.next_attempt_at <= $3 AND due.lease_until <= $3
               ORDER BY due.next_attempt_at LIMIT $4 FOR UPDATE OF due SKIP LOCKED)
             RETURNING *`,
          lease.owner,
          lease.until,
          lease.now,
          limit,
        )
        return rows.map(parseDelivery)
      }),
    settleDelivery: (claim, outcome, now) =>
      db.transaction((session) => settled(session, claim, outcome, now)),
    deliveriesOf: async (endpointId, limit) => {
      const sql =
        'SELECT * FROM webhook_deliveries WHERE endpoint_id = $1 ORDER BY created_at DESC, id LIMIT $2'
      return (await db.all(sql, endpointId, limit)).map(parseDelivery)
    },
    redeliver: async (endpointId, id, now) => {
      const sql = `UPDATE webhook_deliveries SET state = 'queued', attempts = 0, next_attempt_at = $3, lease_owner = NULL,
        lease_until = 0 WHERE endpoint_id = $1 AND id = $2 AND state <> 'queued'`
      return (await db.run(sql, endpointId, id, now)) === 1
    },
  }
}

async function settled(
  session: Session,
  { id, owner, attempts }: { id: string; owner: string; attempts: number },
  outcome: DeliveryOutcome,
  now: number,
): Promise<boolean> {
  const row = await session.one(
    `UPDATE webhook_deliveries SET state = $1, code = $2, next_attempt_at = $3, lease_owner = NULL, lease_until = 0
       WHERE id = $4 AND lease_owner = $5 AND attempts = $6 RETURNING endpoint_id`,
    outcome.state,
    outcome.code ?? null,
    outcome.state === 'queued' ? outcome.nextAttemptAt : now,
    id,
    owner,
    attempts,
  )
  if (row === undefined) return false
  const sql = `UPDATE webhook_endpoints SET failing_since = CASE WHEN $1 THEN NULL ELSE coalesce(failing_since, $2) END
    WHERE id = $3`
  await session.run(sql, outcome.state === 'delivered', now, text(row, 'endpoint_id'))
  return true
}

function parseEndpoint(row: PgRow): Endpoint {
  const events = row['events']
  invariant(Array.isArray(events), 'events are a list')
  return {
    id: text(row, 'id'),
    issuer: text(row, 'issuer'),
    url: text(row, 'url'),
    events: EVENT_TYPES.filter((type) => events.includes(type)),
    sealedSecret: bytea(row, 'sealed_secret'),
    state: text(row, 'state') === 'active' ? 'active' : 'disabled',
    failingSince: row['failing_since'] === null ? undefined : integer(row, 'failing_since'),
    createdAt: integer(row, 'created_at'),
  }
}

function parseDelivery(row: PgRow): Delivery {
  const type = EVENT_TYPES.find((one) => one === row['type'])
  const state = DELIVERY_STATES.find((one) => one === row['state'])
  invariant(type !== undefined && state !== undefined, 'a delivery has a known type and state')
  return {
    id: text(row, 'id'),
    endpointId: text(row, 'endpoint_id'),
    type,
    payload: text(row, 'payload'),
    state,
    attempts: integer(row, 'attempts'),
    code: row['code'] === null ? undefined : integer(row, 'code'),
    createdAt: integer(row, 'created_at'),
  }
}
