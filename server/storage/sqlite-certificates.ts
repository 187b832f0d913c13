/** Sealed certificates in SQLite: looked up by CID, and erased for good. */

import { invariant } from '../../src/index.ts'
import { certificateErased } from './events.ts'
import { integer, text } from './sqlite-database.ts'
import type { SqliteDatabase, SqlRow } from './sqlite-database.ts'
import { forgetMail } from './sqlite-outbox.ts'
import { forgetOwed } from './sqlite-resealing.ts'
import { eventBatch, parseCertificateRow, parseLinked, parseSealed, settle } from './sqlite-rows.ts'
import { deleteTags } from './sqlite-search.ts'
import { publish } from './sqlite-webhooks.ts'
import { eraseEnvelopes } from './sqlite-operations.ts'
import { eraseShares } from './sqlite-shares.ts'
import type { CertificateStore, Tombstone } from './store.ts'

/** Its CID is that of the certificate now: one that was replaced is not found by the old one. */
const FOUND = `SELECT one.* FROM cids CROSS JOIN certificates_by_index one
  ON one.batch_id = cids.batch_id AND one.idx = cids.idx AND one.cid = cids.cid`

export function sqliteCertificates(db: SqliteDatabase): CertificateStore {
  return {
    certificatesOf: (batchId, from, limit) =>
      settle(() =>
        db
          .all(
            `SELECT * FROM certificates_by_index WHERE batch_id = ? AND idx >= ? AND cid IS NOT NULL
               ORDER BY idx LIMIT ?`,
            batchId,
            from,
            limit,
          )
          .map(parseCertificateRow),
      ),
    certificatesByRow: (batchId, after, limit) =>
      settle(() =>
        db
          .all(
            `SELECT "row", idx, cid, sealing, sealed_learner FROM certificates_by_row WHERE batch_id = ? AND row > ? AND cid IS NOT NULL
               ORDER BY row LIMIT ?`,
            batchId,
            after,
            limit,
          )
          .map(parseLinked),
      ),
    sealedOf: (batchId, from, limit) =>
      settle(() => db.all(sealedFrom('*'), batchId, from, limit).map(parseSealed)),
    cidsOf: (batchId, from, limit) =>
      settle(() => db.all(sealedFrom('cid'), batchId, from, limit).map((row) => text(row, 'cid'))),
    findCertificate: (cid) =>
      settle(() => {
        const row = db.one(`${FOUND} WHERE cids.cid = ?`, cid)
        return row === undefined ? undefined : parseCertificateRow(row)
      }),
    findTombstone: (cid) =>
      settle(() => {
        const row = db.one('SELECT * FROM tombstones WHERE cid = ?', cid)
        return row === undefined ? undefined : parseTombstone(row)
      }),
    tombstones: (after, limit) =>
      settle(() =>
        db
          .all('SELECT * FROM tombstones WHERE cid > ? ORDER BY cid LIMIT ?', after, limit)
          .map(parseTombstone),
      ),
    erase: (tombstone) =>
      settle(() => {
        db.transaction(() => {
          erase(db, tombstone)
        })
        db.rewrite()
      }),
  }
}

function sealedFrom(columns: string): string {
  return `SELECT ${columns} FROM sealed WHERE batch_id = ? AND idx >= ? AND cid IS NOT NULL ORDER BY idx LIMIT ?`
}

function erase(db: SqliteDatabase, tombstone: Tombstone): void {
  const { cid, batchId, index, reason, erasedAt } = tombstone
  // While its tags still say which requests are about it.
  forgetMail(db, batchId, index)
  const changed = db.run(
    `UPDATE sealed SET server_key = NULL, key_auth_hash = zeroblob(32), owner_hash = zeroblob(32)
       WHERE cid = ? AND batch_id = ? AND idx = ?`,
    cid,
    batchId,
    index,
  )
  invariant(changed === 1, `there is no certificate ${cid} to erase`)
  forgetOwed(db, batchId, index)
  const known = db.one('SELECT row FROM sealed WHERE batch_id = ? AND idx = ?', batchId, index)
  const row = integer(known ?? {}, 'row')
  db.run(
    'UPDATE certificates SET sealed_seed = NULL, sealed_learner = NULL WHERE batch_id = ? AND row = ?',
    batchId,
    row,
  )
  db.run('DELETE FROM draft_credentials WHERE batch_id = ? AND row = ?', batchId, row)
  deleteTags(db, batchId, row)
  eraseShares(db, batchId, row, erasedAt)
  eraseEnvelopes(db, batchId, row)
  // They were made of the whole file, and with it of this learner's row.
  const forget = 'UPDATE batches SET idempotency_key = NULL, request_digest = NULL WHERE id = ?'
  db.run(forget, batchId)
  const replies = `DELETE FROM requests WHERE reply IS NOT NULL AND issuer = (SELECT issuer FROM batches WHERE id = ?)`
  db.run(replies, batchId)
  db.run(
    'INSERT OR IGNORE INTO tombstones (cid, batch_id, idx, reason, erased_at) VALUES (?, ?, ?, ?, ?)',
    cid,
    batchId,
    index,
    reason,
    erasedAt,
  )
  const batch = eventBatch(db, batchId)
  if (batch !== undefined) publish(db, certificateErased(batch, tombstone))
}

function parseTombstone(row: SqlRow): Tombstone {
  return {
    cid: text(row, 'cid'),
    batchId: text(row, 'batch_id'),
    index: integer(row, 'idx'),
    reason: integer(row, 'reason'),
    erasedAt: integer(row, 'erased_at'),
  }
}
