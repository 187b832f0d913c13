/** Sealed certificates in PostgreSQL: looked up by CID, and erased for good. */

import { invariant } from '../../src/index.ts'
import { certificateErased } from './events.ts'
import { integer, text } from './postgres-database.ts'
import type { PostgresDatabase, Session } from './postgres-database.ts'
import { erasing } from './postgres-erasure.ts'
import { forgetMail } from './postgres-outbox.ts'
import { forgetOwed } from './postgres-resealing.ts'
import {
  eventBatch,
  parseCertificate,
  parseLinked,
  parseSealed,
  parseTombstone,
} from './postgres-rows.ts'
import { deleteTags } from './postgres-search.ts'
import { publish } from './postgres-webhooks.ts'
import { eraseEnvelopes } from './postgres-operations.ts'
import { eraseShares } from './postgres-shares.ts'
import type { CertificateStore, Tombstone } from './store.ts'

const CERTIFICATES = 'certificates LEFT JOIN erasable USING (batch_id, "row")'

export function postgresCertificates(db: PostgresDatabase): CertificateStore {
  return {
    certificatesOf: async (batchId, from, limit) => {
      const rows = await db.all(sealedFrom('*', CERTIFICATES), batchId, from, limit)
      return rows.map(parseCertificate)
    },
    certificatesByRow: async (batchId, after, limit) => {
      const rows = await db.all(
        `SELECT "row", idx, cid, sealing, sealed_learner FROM ${CERTIFICATES}
           WHERE batch_id = $1 AND "row" > $2 AND cid IS NOT NULL ORDER BY "row" LIMIT $3`,
        batchId,
        after,
        limit,
      )
      return rows.map(parseLinked)
    },
    sealedOf: async (batchId, from, limit) => {
      const columns = 'idx, cid, sealing, server_key, key_auth_hash, owner_hash'
      const rows = await db.all(sealedFrom(columns, CERTIFICATES), batchId, from, limit)
      return rows.map(parseSealed)
    },
    cidsOf: async (batchId, from, limit) => {
      const rows = await db.all(sealedFrom('cid', 'certificates'), batchId, from, limit)
      return rows.map((row) => text(row, 'cid'))
    },
    findCertificate: async (cid) => {
      const row = await db.one(`SELECT * FROM ${CERTIFICATES} WHERE cid = $1`, cid)
      return row === undefined ? undefined : parseCertificate(row)
    },
    findTombstone: async (cid) => {
      const row = await db.one('SELECT * FROM tombstones WHERE cid = $1', cid)
      return row === undefined ? undefined : parseTombstone(row)
    },
    tombstones: async (after, limit) => {
      const sql = 'SELECT * FROM tombstones WHERE cid > $1 ORDER BY cid LIMIT $2'
      return (await db.all(sql, after, limit)).map(parseTombstone)
    },
    erase: (tombstone) => erasing(db, tombstone.batchId, (session) => erase(session, tombstone)),
  }
}

function sealedFrom(columns: string, tables: string): string {
  return `SELECT ${columns} FROM ${tables} WHERE batch_id = $1 AND idx >= $2 AND cid IS NOT NULL
    ORDER BY idx LIMIT $3`
}

async function erase(session: Session, tombstone: Tombstone): Promise<void> {
  const { cid, batchId, index, reason, erasedAt } = tombstone
  // They were made of the whole file, and with it of this learner's row.
  const forget = 'UPDATE batches SET idempotency_key = NULL, request_digest = NULL WHERE id = $1'
  await session.run(forget, batchId)
  const replies = `DELETE FROM requests WHERE reply IS NOT NULL AND issuer = (SELECT issuer FROM batches WHERE id = $1)`
  await session.run(replies, batchId)
  const known = await session.one(
    `SELECT "row" FROM certificates WHERE cid = $1 AND batch_id = $2 AND idx = $3 FOR UPDATE`,
    cid,
    batchId,
    index,
  )
  invariant(known !== undefined, `there is no certificate ${cid} to erase`)
  const row = integer(known, 'row')
  // While its tags still say which requests are about it.
  await forgetMail(session, batchId, index)
  await deleteTags(session, batchId, row)
  await eraseShares(session, batchId, row, erasedAt)
  await eraseEnvelopes(session, batchId, row)
  await forgetOwed(session, batchId, index)
  await session.run(
    `DELETE FROM erasable USING certificates
       WHERE erasable.batch_id = $1 AND certificates.batch_id = $1 AND certificates.idx = $2
         AND erasable."row" = certificates."row"`,
    batchId,
    index,
  )
  await session.run(
    `INSERT INTO tombstones (cid, batch_id, idx, reason, erased_at) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT DO NOTHING`,
    cid,
    batchId,
    index,
    reason,
    erasedAt,
  )
  const batch = await eventBatch(session, batchId)
  if (batch !== undefined) await publish(session, certificateErased(batch, tombstone))
}
