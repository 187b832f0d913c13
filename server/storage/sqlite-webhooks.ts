/** Webhooks in SQLite: an event becomes one delivery for each endpoint, in the transaction of the change it tells of. */

import { invariant } from '../../src/index.ts'
import { enter } from './sqlite-audit.ts'
import { blob, integer, text, texts } from './sqlite-database.ts'
import type { SqliteDatabase, SqlRow } from './sqlite-database.ts'
import { settle } from './sqlite-rows.ts'
import { DELIVERY_STATES, EVENT_TYPES, payloadOf } from './webhooks.ts'
import type { Delivery, DomainEvent, Endpoint, WebhookStore } from './webhooks.ts'

const COLUMNS = '(id, endpoint_id, event_key, type, payload, state, next_attempt_at, created_at)'
const NEW_ID = `'msg_' || lower(hex(randomblob(16)))`

/** Part of the caller's transaction. */
export function publish(db: SqliteDatabase, event: DomainEvent): void {
  db.run(
    `INSERT OR IGNORE INTO webhook_deliveries ${COLUMNS}
       SELECT ${NEW_ID}, id, ?, ?, ?, 'queued', ?, ? FROM webhook_endpoints
         WHERE issuer = ? AND state = 'active' AND EXISTS (SELECT 1 FROM json_each(events) WHERE value = ?)`,
    event.key,
    event.type,
    payloadOf(event),
    event.at,
    event.at,
    event.issuer,
    event.type,
  )
}

export function sqliteWebhooks(db: SqliteDatabase): WebhookStore {
  return {
    ...endpoints(db),
    ...deliveries(db),
    publish: (event) =>
      settle(() => {
        publish(db, event)
      }),
    publishTo: (endpointId, event) =>
      settle(() => {
        db.run(
          `INSERT OR IGNORE INTO webhook_deliveries ${COLUMNS} VALUES (${NEW_ID}, ?, ?, ?, ?, 'queued', ?, ?)`,
          endpointId,
          event.key,
          event.type,
          payloadOf(event),
          event.at,
          event.at,
        )
      }),
  }
}

type Endpoints = Pick<
  WebhookStore,
  'addEndpoint' | 'endpointsOf' | 'findEndpoint' | 'removeEndpoint' | 'setEndpointState'
>

function endpoints(db: SqliteDatabase): Endpoints {
  return {
    addEndpoint: (one) =>
      settle(() => {
        db.run(
          `INSERT INTO webhook_endpoints (id, issuer, url, events, sealed_secret, state, created_at)
             VALUES (?, ?, ?, ?, ?, 'active', ?)`,
          one.id,
          one.issuer,
          one.url,
          JSON.stringify(one.events),
          one.sealedSecret,
          one.createdAt,
        )
      }),
    endpointsOf: (issuer) =>
      settle(() =>
        db
          .all('SELECT * FROM webhook_endpoints WHERE issuer = ? ORDER BY created_at, id', issuer)
          .map(parseEndpoint),
      ),
    findEndpoint: (id) =>
      settle(() => {
        const row = db.one('SELECT * FROM webhook_endpoints WHERE id = ?', id)
        return row && parseEndpoint(row)
      }),
    removeEndpoint: (issuer, id) =>
      settle(() => {
        const sql = 'DELETE FROM webhook_endpoints WHERE issuer = ? AND id = ?'
        const isRemoved = db.run(sql, issuer, id) === 1
        db.emptyLog()
        return isRemoved
      }),
    setEndpointState: (id, state, now) =>
      settle(() =>
        db.transaction(() => {
          const sql = `UPDATE webhook_endpoints SET state = ?, failing_since = NULL WHERE id = ? AND state <> ?`
          const isChanged = db.run(sql, state, id, state) === 1
          if (isChanged) audit(db, now, state, id)
          return isChanged
        }),
      ),
  }
}

function audit(db: SqliteDatabase, at: number, state: Endpoint['state'], id: string): void {
  const action = state === 'disabled' ? 'webhook-disabled' : 'webhook-enabled'
  const found = db.one('SELECT issuer FROM webhook_endpoints WHERE id = ?', id) ?? {}
  enter(db, { at, action, subject: id, actor: 'worker', issuer: text(found, 'issuer') })
}

type Deliveries = Pick<
  WebhookStore,
  'claimDeliveries' | 'settleDelivery' | 'deliveriesOf' | 'redeliver'
>

function deliveries(db: SqliteDatabase): Deliveries {
  return {
    claimDeliveries: (lease, limit) =>
      settle(() =>
        db
          .all(
            `UPDATE webhook_deliveries SET lease_owner = ?, lease_until = ?, attempts = attempts + 1
               WHERE id IN (SELECT webhook_deliveries.id FROM webhook_deliveries
                 JOIN webhook_endpoints ON webhook_endpoints.id = endpoint_id AND webhook_endpoints.state = 'active'
                 WHERE webhook_deliveries.state = 'queued' AND next_attempt_at <= ? AND lease_until <= ?
                 ORDER BY next_attempt_at LIMIT ?)
               RETURNING *`,
            lease.owner,
            lease.until,
            lease.now,
            lease.now,
            limit,
          )
          .map(parseDelivery),
      ),
    settleDelivery: ({ id, owner, attempts }, outcome, now) =>
      settle(() =>
        db.transaction(() => {
          const row = db.one(
            `UPDATE webhook_deliveries SET state = ?, code = ?, next_attempt_at = ?, lease_owner = NULL, lease_until = 0
               WHERE id = ? AND lease_owner = ? AND attempts = ? RETURNING endpoint_id`,
            outcome.state,
            outcome.code ?? null,
            outcome.state === 'queued' ? outcome.nextAttemptAt : now,
            id,
            owner,
            attempts,
          )
          if (row === undefined) return false
          const since = outcome.state === 'delivered' ? 'NULL' : 'coalesce(failing_since, ?)'
          const values = outcome.state === 'delivered' ? [] : [now]
          const sql = `UPDATE webhook_endpoints SET failing_since = ${since} WHERE id = ?`
          db.run(sql, ...values, text(row, 'endpoint_id'))
          return true
        }),
      ),
    deliveriesOf: (endpointId, limit) =>
      settle(() =>
        db
          .all(
            'SELECT * FROM webhook_deliveries WHERE endpoint_id = ? ORDER BY created_at DESC, rowid DESC LIMIT ?',
            endpointId,
            limit,
          )
          .map(parseDelivery),
      ),
    redeliver: (endpointId, id, now) =>
      settle(() => {
        const sql = `UPDATE webhook_deliveries SET state = 'queued', attempts = 0, next_attempt_at = ?, lease_owner = NULL,
          lease_until = 0 WHERE endpoint_id = ? AND id = ? AND state <> 'queued'`
        return db.run(sql, now, endpointId, id) === 1
      }),
  }
}

function parseEndpoint(row: SqlRow): Endpoint {
  return {
    id: text(row, 'id'),
    issuer: text(row, 'issuer'),
    url: text(row, 'url'),
    events: EVENT_TYPES.filter((type) => texts(row, 'events').includes(type)),
    sealedSecret: blob(row, 'sealed_secret'),
    state: text(row, 'state') === 'active' ? 'active' : 'disabled',
    failingSince: row['failing_since'] === null ? undefined : integer(row, 'failing_since'),
    createdAt: integer(row, 'created_at'),
  }
}

function parseDelivery(row: SqlRow): Delivery {
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
