/** Sealed certificates in SQLite: looked up by CID or learner, and erased for good. */

import { invariant } from '../../src/index.ts'
import { certificateErased } from './events.ts'
import { blob, integer, optionalBlob, text } from './sqlite-database.ts'
import type { SqliteDatabase, SqlRow } from './sqlite-database.ts'
import { forgetMail } from './sqlite-outbox.ts'
import { eventBatch, settle } from './sqlite-rows.ts'
import { publish } from './sqlite-webhooks.ts'
import type { CertificateStore, StoredCertificate, Tombstone } from './store.ts'

export function sqliteCertificates(db: SqliteDatabase): CertificateStore {
  return {
    certificatesOf: (batchId, from, limit) =>
      settle(() =>
        db
          .all(
            `SELECT * FROM certificates WHERE batch_id = ? AND idx >= ? AND cid IS NOT NULL
               ORDER BY idx LIMIT ?`,
            batchId,
            from,
            limit,
          )
          .map(parseCertificateRow),
      ),
    findCertificate: (cid) =>
      settle(() => {
        const row = db.one('SELECT * FROM certificates WHERE cid = ?', cid)
        return row === undefined ? undefined : parseCertificateRow(row)
      }),
    findTombstone: (cid) =>
      settle(() => {
        const row = db.one('SELECT * FROM tombstones WHERE cid = ?', cid)
        return row === undefined ? undefined : parseTombstone(row)
      }),
    findLearner: (tag, limit) =>
      settle(() =>
        db
          .all(
            `SELECT certificates.* FROM certificates JOIN batches ON batches.id = batch_id
               WHERE cid IS NOT NULL AND (email_tag = ? OR external_id_tag = ?)
               ORDER BY batches.created_at DESC LIMIT ?`,
            tag,
            tag,
            limit,
          )
          .map(parseCertificateRow),
      ),
    erase: (tombstone) =>
      settle(() => {
        db.transaction(() => {
          erase(db, tombstone)
        })
        db.emptyLog()
      }),
  }
}

function erase(db: SqliteDatabase, tombstone: Tombstone): void {
  const { cid, batchId, index, reason, erasedAt } = tombstone
  // While its tag still says which requests are about it.
  forgetMail(db, batchId, index)
  const changed = db.run(
    `UPDATE certificates SET sealed_seed = NULL, sealed_credential = NULL, sealed_learner = NULL, email_tag = NULL,
       external_id_tag = NULL, server_key = NULL, key_auth_hash = zeroblob(32), owner_hash = zeroblob(32)
       WHERE cid = ? AND batch_id = ? AND idx = ?`,
    cid,
    batchId,
    index,
  )
  invariant(changed === 1, `there is no certificate ${cid} to erase`)
  // They were made of the whole file, and with it of this learner's row.
  const forget = 'UPDATE batches SET idempotency_key = NULL, request_digest = NULL WHERE id = ?'
  db.run(forget, batchId)
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

function parseCertificateRow(row: SqlRow): StoredCertificate {
  return {
    batchId: text(row, 'batch_id'),
    row: integer(row, 'row'),
    index: integer(row, 'idx'),
    commitment: blob(row, 'commitment'),
    sealedLearner: optionalBlob(row, 'sealed_learner'),
    cid: text(row, 'cid'),
    sealing: integer(row, 'sealing'),
    serverKey: optionalBlob(row, 'server_key'),
    keyAuthHash: blob(row, 'key_auth_hash'),
    ownerHash: blob(row, 'owner_hash'),
  }
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
