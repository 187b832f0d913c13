/** Letters in PostgreSQL: queued once for each certificate, purpose and occasion, and taken up under leases. */

import { randomBytes } from 'node:crypto'
import { invariant } from '../../src/index.ts'
import { MAIL_PURPOSES, MAIL_STATES } from './outbox.ts'
import type { Claim, MailOutcome, MailRecord, NewMail, OutboxStore } from './outbox.ts'
import type { RequestLimits } from './outbox.ts'
import { enter } from './postgres-audit.ts'
import { integer, text } from './postgres-database.ts'
import type { PgRow, PostgresDatabase, Session } from './postgres-database.ts'
import { publish } from './postgres-webhooks.ts'
import { StateError } from './store.ts'
import type { Lease } from './store.ts'

const QUEUE = `INSERT INTO outbox
  (id, batch_id, "row", purpose, occasion, language, state, next_attempt_at, created_at)
  SELECT replace(gen_random_uuid()::text, '-', ''), batches.id, certificates."row"`
/** Whoever has an address and a link to be sent: not erased, and of a batch that is final. */
const ADDRESSED = `certificates JOIN erasable USING (batch_id, "row") JOIN batches ON batches.id = batch_id
  WHERE batches.state = 'anchored' AND addressed AND cid IS NOT NULL`
const RECORD = `SELECT outbox.*, idx, cid FROM outbox JOIN certificates USING (batch_id, "row")`
/** Of one learner no more letters are sent at one request. */
const MOST_AT_ONCE = 100
/** Any constant will do: whoever counts requests holds it. */
const REQUESTS_LOCK = 0x1a17e7b

/** Queues the letters that were ordered before the batch was final; part of the transaction that makes it so. */
export async function queueOrdered(session: Session, batchId: string, now: number): Promise<void> {
  const order = await session.one('SELECT language FROM mail_orders WHERE batch_id = $1', batchId)
  if (order === undefined) return
  await session.run(
    `${QUEUE}, 'issued', '', $3, 'queued', $2, $2 FROM ${ADDRESSED} AND batches.id = $1 ON CONFLICT DO NOTHING`,
    batchId,
    now,
    typeof order['language'] === 'string' ? order['language'] : null,
  )
}

/** Queues one letter; part of the caller's transaction. */
export async function queueOne(session: Session, mail: NewMail): Promise<boolean> {
  const queued = await session.run(
    `${QUEUE}, $1, $2, $3, 'queued', $4, $4 FROM ${ADDRESSED} AND batches.id = $5 AND idx = $6
       ON CONFLICT DO NOTHING`,
    mail.purpose,
    mail.occasion,
    mail.language ?? null,
    mail.now,
    mail.batchId,
    mail.index,
  )
  return queued === 1
}

/** What is known of a learner here goes with the certificate; part of the transaction that erases it. */
export async function forgetMail(session: Session, batchId: string, index: number): Promise<void> {
  await session.run(
    `DELETE FROM link_requests WHERE tag IN (SELECT search.tag FROM certificates
       JOIN search_batches USING (batch_id) JOIN search USING (no, "row") WHERE batch_id = $1 AND idx = $2)`,
    batchId,
    index,
  )
  await session.run(
    `DELETE FROM outbox USING certificates WHERE outbox.batch_id = $1 AND certificates.batch_id = $1
       AND outbox."row" = certificates."row" AND certificates.idx = $2`,
    batchId,
    index,
  )
}

export function postgresOutbox(db: PostgresDatabase): OutboxStore {
  return {
    orderMail: (batchId, language, now) =>
      db.transaction(async (session) => {
        // Held, so that the batch does not become final between the order and its reading.
        const batch = await session.one('SELECT 1 FROM batches WHERE id = $1 FOR UPDATE', batchId)
        if (batch === undefined) throw new StateError('missing', `there is no batch ${batchId}`)
        const sql =
          'INSERT INTO mail_orders (batch_id, language) VALUES ($1, $2) ON CONFLICT DO NOTHING'
        await session.run(sql, batchId, language ?? null)
        await queueOrdered(session, batchId, now)
      }),
    queueMail: (mail) => db.transaction((session) => queueOne(session, mail)),
    claimMail: (lease, limit) => db.transaction((session) => claimed(session, lease, limit)),
    settleMail: (claim, outcome, now) =>
      db.transaction((session) => settled(session, claim, outcome, now)),
    mailOf: async (batchId, row) => {
      const of = row === undefined ? 'batch_id = $1' : 'batch_id = $1 AND "row" = $2'
      const sql = `${RECORD} WHERE ${of} ORDER BY outbox.created_at, "row", outbox.id`
      return (await db.all(sql, batchId, ...(row === undefined ? [] : [row]))).map(parseMail)
    },
    requestLinks: (tag, now, limits) =>
      db.transaction((session) => requested(session, tag, now, limits)),
    answerRequests: (now, since, most) =>
      db.transaction((session) => answered(session, now, since, most)),
    recordExport: (batchId, again, now, by) =>
      db.transaction(async (session) => {
        const times = `INSERT INTO link_exports (batch_id, times) VALUES ($1, 1)
          ON CONFLICT (batch_id) DO UPDATE SET times = link_exports.times + 1 WHERE $2`
        if ((await session.run(times, batchId, again)) !== 1) return false
        await enter(session, { at: now, action: 'export-links', subject: batchId, ...by })
        return true
      }),
  }
}

async function claimed(session: Session, lease: Lease, limit: number): Promise<MailRecord[]> {
  const rows = await session.all(
    `WITH taken AS (
       UPDATE outbox SET lease_owner = $1, lease_until = $2, attempts = attempts + 1
         WHERE id IN (SELECT id FROM outbox WHERE state = 'queued' AND next_attempt_at <= $3 AND lease_until <= $3
           ORDER BY next_attempt_at LIMIT $4 FOR UPDATE SKIP LOCKED)
         RETURNING *)
     SELECT taken.*, idx, cid FROM taken JOIN certificates USING (batch_id, "row")`,
    lease.owner,
    lease.until,
    lease.now,
    limit,
  )
  return rows.map(parseMail)
}

async function settled(
  session: Session,
  { id, owner, attempts }: Claim,
  outcome: MailOutcome,
  now: number,
): Promise<boolean> {
  const changed = await session.run(
    `UPDATE outbox SET state = $1, code = $2, next_attempt_at = $3, lease_owner = NULL, lease_until = 0
       WHERE id = $4 AND lease_owner = $5 AND attempts = $6`,
    outcome.state,
    outcome.code ?? null,
    outcome.state === 'queued' ? outcome.nextAttemptAt : now,
    id,
    owner,
    attempts,
  )
  if (changed !== 1) return false
  if (outcome.state === 'refused' || outcome.state === 'failed') {
    await tellRefused(session, id, now)
  }
  return true
}

async function tellRefused(session: Session, id: string, at: number): Promise<void> {
  const row = await session.one(
    `SELECT outbox.*, idx, cid, issuer FROM outbox JOIN certificates USING (batch_id, "row")
       JOIN batches ON batches.id = batch_id WHERE outbox.id = $1`,
    id,
  )
  if (row === undefined) return
  const { batchId, index, cid, state, code } = parseMail(row)
  await publish(session, {
    issuer: text(row, 'issuer'),
    type: 'mail.refused',
    key: `mail/${id}`,
    at,
    data: { batchId, index, cid, state, ...(code === undefined ? {} : { code }) },
  })
}

async function requested(
  session: Session,
  tag: bigint,
  now: number,
  { since, perAddress, total }: RequestLimits,
): Promise<'kept' | 'ignored' | 'busy'> {
  await session.one('SELECT pg_advisory_xact_lock($1)', REQUESTS_LOCK)
  const counts = await session.one(
    `SELECT count(*)::integer AS "all", count(*) FILTER (WHERE tag = $1)::integer AS same
       FROM link_requests WHERE asked_at > $2`,
    tag,
    since,
  )
  if (integer(counts ?? {}, 'all') >= total) return 'busy'
  if (integer(counts ?? {}, 'same') >= perAddress) return 'ignored'
  const sql = 'INSERT INTO link_requests (id, tag, asked_at) VALUES ($1, $2, $3)'
  await session.run(sql, randomBytes(16).toString('hex'), tag, now)
  return 'kept'
}

async function answered(
  session: Session,
  now: number,
  since: number,
  most: number,
): Promise<number> {
  await session.run('DELETE FROM link_requests WHERE answered AND asked_at <= $1', since)
  const requests = await session.all(
    `SELECT id FROM link_requests WHERE NOT answered ORDER BY asked_at LIMIT $1
       FOR UPDATE SKIP LOCKED`,
    most,
  )
  for (const request of requests) {
    const id = text(request, 'id')
    await session.run(
      `${QUEUE}, 'asked', $1, NULL, 'queued', $2, $2 FROM ${ADDRESSED} AND NOT batches.permanent
         AND (batches.id, certificates."row") IN (SELECT search_batches.batch_id, search."row"
           FROM link_requests JOIN search USING (tag) JOIN search_batches USING (no) WHERE link_requests.id = $1)
         ORDER BY batches.created_at DESC LIMIT ${MOST_AT_ONCE}
       ON CONFLICT DO NOTHING`,
      id,
      now,
    )
    await session.run('UPDATE link_requests SET answered = true WHERE id = $1', id)
  }
  return requests.length
}

function parseMail(row: PgRow): MailRecord {
  const purpose = MAIL_PURPOSES.find((one) => one === row['purpose'])
  const state = MAIL_STATES.find((one) => one === row['state'])
  invariant(purpose !== undefined && state !== undefined, 'a letter has a known purpose and state')
  const { language } = row
  return {
    id: text(row, 'id'),
    batchId: text(row, 'batch_id'),
    row: integer(row, 'row'),
    index: integer(row, 'idx'),
    cid: text(row, 'cid'),
    purpose,
    language: language === 'fr' || language === 'en' ? language : undefined,
    state,
    attempts: integer(row, 'attempts'),
    code: row['code'] === null ? undefined : integer(row, 'code'),
    createdAt: integer(row, 'created_at'),
  }
}
