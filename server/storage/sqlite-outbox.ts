/** Letters in SQLite: queued once for each certificate, purpose and occasion, and taken up under leases. */

import { randomBytes } from 'node:crypto'
import { invariant } from '../../src/index.ts'
import { MAIL_PURPOSES, MAIL_STATES } from './outbox.ts'
import type { MailOutcome, MailRecord, NewMail, OutboxStore, RequestLimits } from './outbox.ts'
import { enter } from './sqlite-audit.ts'
import { integer, text } from './sqlite-database.ts'
import type { SqliteDatabase, SqlRow } from './sqlite-database.ts'
import { settle } from './sqlite-rows.ts'
import { publish } from './sqlite-webhooks.ts'
import { StateError } from './store.ts'

const QUEUE = `INSERT OR IGNORE INTO outbox
  (id, batch_id, row, purpose, occasion, language, state, next_attempt_at, created_at)
  SELECT lower(hex(randomblob(16))), certificates.batch_id, certificates.row`
/** Whoever has an address and a link to be sent: not erased, and of a batch that is final. */
const ADDRESSED = `certificates JOIN batches ON batches.id = certificates.batch_id
  WHERE batches.state = 'anchored' AND sealed_learner IS NOT NULL AND addressed = 1`
const RECORD = `SELECT outbox.*, idx, cid FROM outbox JOIN certificates_by_row USING (batch_id, row)`
/** Of one learner no more letters are sent at one request. */
const MOST_AT_ONCE = 100

/** Queues the letters that were ordered before the batch was final; part of the transaction that makes it so. */
export function queueOrdered(db: SqliteDatabase, batchId: string, now: number): void {
  db.run(
    `${QUEUE}, 'issued', '', mail_orders.language, 'queued', ?, ? FROM mail_orders JOIN ${ADDRESSED}
       AND mail_orders.batch_id = batches.id AND batches.id = ?`,
    now,
    now,
    batchId,
  )
}

/** Queues one letter; part of the caller's transaction. */
export function queueOne(db: SqliteDatabase, mail: NewMail): boolean {
  const sql = `${QUEUE}, ?, ?, ?, 'queued', ?, ? FROM ${ADDRESSED} AND batches.id = ? AND idx = ?`
  const { purpose, occasion, language = null, now, batchId, index } = mail
  return db.run(sql, purpose, occasion, language, now, now, batchId, index) === 1
}

/** What is known of a learner here goes with the certificate; part of the transaction that erases it. */
export function forgetMail(db: SqliteDatabase, batchId: string, index: number): void {
  const one = 'FROM sealed WHERE batch_id = ? AND idx = ?'
  db.run(
    `DELETE FROM link_requests WHERE tag IN (SELECT search.tag FROM search_batches JOIN search USING (no)
       WHERE batch_id = ? AND search.row IN (SELECT row ${one}))`,
    batchId,
    batchId,
    index,
  )
  db.run(
    `DELETE FROM outbox WHERE batch_id = ? AND row IN (SELECT row ${one})`,
    batchId,
    batchId,
    index,
  )
}

export function sqliteOutbox(db: SqliteDatabase): OutboxStore {
  return {
    orderMail: (batchId, language, now) =>
      settle(() => {
        db.transaction(() => {
          if (db.one('SELECT 1 FROM batches WHERE id = ?', batchId) === undefined) {
            throw new StateError('missing', `there is no batch ${batchId}`)
          }
          const sql = 'INSERT OR IGNORE INTO mail_orders (batch_id, language) VALUES (?, ?)'
          db.run(sql, batchId, language ?? null)
          queueOrdered(db, batchId, now)
        })
      }),
    queueMail: (mail) => settle(() => queueOne(db, mail)),
    claimMail: (lease, limit) =>
      settle(() =>
        db.transaction(() => {
          const taken = db.all(
            `UPDATE outbox SET lease_owner = ?, lease_until = ?, attempts = attempts + 1
               WHERE id IN (SELECT id FROM outbox
                 WHERE state = 'queued' AND next_attempt_at <= ? AND lease_until <= ?
                 ORDER BY next_attempt_at LIMIT ?)
               RETURNING id`,
            lease.owner,
            lease.until,
            lease.now,
            lease.now,
            limit,
          )
          return taken.flatMap((row) => {
            const found = db.one(`${RECORD} WHERE outbox.id = ?`, text(row, 'id'))
            return found === undefined ? [] : [parseMail(found)]
          })
        }),
      ),
    settleMail: (claim, outcome, now) =>
      settle(() => db.transaction(() => settled(db, claim, outcome, now))),
    mailOf: (batchId, row) =>
      settle(() => {
        const of = row === undefined ? 'batch_id = ?' : 'batch_id = ? AND row = ?'
        const sql = `${RECORD} WHERE ${of} ORDER BY outbox.created_at, outbox.rowid`
        return db.all(sql, batchId, ...(row === undefined ? [] : [row])).map(parseMail)
      }),
    requestLinks: (tag, now, limits) =>
      settle(() => db.transaction(() => requested(db, tag, now, limits))),
    answerRequests: (now, since, most) =>
      settle(() => db.transaction(() => answered(db, now, since, most))),
    recordExport: (batchId, again, now, by) =>
      settle(() =>
        db.transaction(() => {
          const times = `INSERT INTO link_exports (batch_id, times) VALUES (?, 1)
            ON CONFLICT (batch_id) DO UPDATE SET times = times + 1 WHERE ? = 1`
          if (db.run(times, batchId, again ? 1 : 0) !== 1) return false
          enter(db, { at: now, action: 'export-links', subject: batchId, ...by })
          return true
        }),
      ),
  }
}

function settled(
  db: SqliteDatabase,
  { id, owner, attempts }: { id: string; owner: string; attempts: number },
  outcome: MailOutcome,
  now: number,
): boolean {
  const changed = db.run(
    `UPDATE outbox SET state = ?, code = ?, next_attempt_at = ?, lease_owner = NULL, lease_until = 0
       WHERE id = ? AND lease_owner = ? AND attempts = ?`,
    outcome.state,
    outcome.code ?? null,
    outcome.state === 'queued' ? outcome.nextAttemptAt : now,
    id,
    owner,
    attempts,
  )
  if (changed !== 1) return false
  if (outcome.state === 'refused' || outcome.state === 'failed') tellRefused(db, id, now)
  return true
}

function tellRefused(db: SqliteDatabase, id: string, at: number): void {
  const row = db.one(
    `SELECT outbox.*, idx, cid, issuer FROM outbox JOIN certificates_by_row USING (batch_id, row)
       JOIN batches ON batches.id = batch_id WHERE outbox.id = ?`,
    id,
  )
  if (row === undefined) return
  const { batchId, index, cid, state, code } = parseMail(row)
  publish(db, {
    issuer: text(row, 'issuer'),
    type: 'mail.refused',
    key: `mail/${id}`,
    at,
    data: { batchId, index, cid, state, ...(code === undefined ? {} : { code }) },
  })
}

function requested(
  db: SqliteDatabase,
  tag: bigint,
  now: number,
  { since, perAddress, total }: RequestLimits,
): 'kept' | 'ignored' | 'busy' {
  const all = db.one('SELECT count(*) AS n FROM link_requests WHERE asked_at > ?', since)
  if (integer(all ?? {}, 'n') >= total) return 'busy'
  const sql = 'SELECT count(*) AS n FROM link_requests WHERE tag = ? AND asked_at > ?'
  if (integer(db.one(sql, tag, since) ?? {}, 'n') >= perAddress) return 'ignored'
  const id = randomBytes(16).toString('hex')
  db.run('INSERT INTO link_requests (id, tag, asked_at) VALUES (?, ?, ?)', id, tag, now)
  return 'kept'
}

function answered(db: SqliteDatabase, now: number, since: number, most: number): number {
  db.run('DELETE FROM link_requests WHERE answered = 1 AND asked_at <= ?', since)
  const requests = db.all(
    'SELECT id FROM link_requests WHERE answered = 0 ORDER BY asked_at LIMIT ?',
    most,
  )
  for (const request of requests) {
    db.run(
      `${QUEUE}, 'asked', ?1, NULL, 'queued', ?2, ?2 FROM ${ADDRESSED} AND batches.permanent = 0
         AND (batches.id, certificates.row) IN (SELECT search_batches.batch_id, search.row
           FROM link_requests JOIN search USING (tag) JOIN search_batches USING (no) WHERE link_requests.id = ?1)
         ORDER BY batches.created_at DESC LIMIT ${MOST_AT_ONCE}`,
      text(request, 'id'),
      now,
    )
    db.run('UPDATE link_requests SET answered = 1 WHERE id = ?', text(request, 'id'))
  }
  return requests.length
}

function parseMail(row: SqlRow): MailRecord {
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
