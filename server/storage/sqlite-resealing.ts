/** Replacing a sealing in SQLite: old keys go in the transaction that puts the new ones in their place. */

import { invariant } from '../../src/index.ts'
import type { OwedResealing, Resealing, ResealingStore } from './resealing.ts'
import { integer, text } from './sqlite-database.ts'
import type { SqliteDatabase, SqlRow } from './sqlite-database.ts'
import { queueOne } from './sqlite-outbox.ts'
import { enterCid } from './sqlite-cids.ts'
import { expectState, settle } from './sqlite-rows.ts'
import type { SealedCertificate } from './store.ts'

export function sqliteResealing(db: SqliteDatabase): ResealingStore {
  return {
    reseal: (resealing, lease, sealed, mail) =>
      settle(() => {
        db.transaction(() => {
          expectState(db, resealing.batchId, lease, 'anchored')
          replace(db, resealing, sealed)
          const { batchId, index, at } = resealing
          const occasion = `${sealed.sealing}`
          const letter = { batchId, index, purpose: 'resealed', occasion, now: at } as const
          if (mail) queueOne(db, { ...letter, language: undefined })
        })
        db.emptyLog()
      }),
    findReplaced: (oldCid) =>
      settle(() => {
        const row = db.one('SELECT * FROM resealings WHERE old_cid = ?', oldCid)
        return row && parseResealing(row)
      }),
    unfinishedResealings: (batchId) =>
      settle(() =>
        db
          .all(
            'SELECT * FROM resealings WHERE done = 0 AND batch_id = coalesce(?, batch_id) ORDER BY at',
            batchId ?? null,
          )
          .map(parseResealing),
      ),
    oweResealing: ({ batchId, index, oldCid, reason }) =>
      settle(() => {
        const sql = `INSERT INTO owed_resealings (batch_id, idx, old_cid, reason) VALUES (?, ?, ?, ?)
          ON CONFLICT DO NOTHING`
        db.run(sql, batchId, index, oldCid, reason)
      }),
    findOwed: (oldCid) =>
      settle(() => {
        const row = db.one('SELECT * FROM owed_resealings WHERE old_cid = ?', oldCid)
        return row && parseOwed(row)
      }),
    owedResealings: (batchId) =>
      settle(() => {
        const sql =
          'SELECT * FROM owed_resealings WHERE batch_id = coalesce(?, batch_id) ORDER BY batch_id, idx'
        return db.all(sql, batchId ?? null).map(parseOwed)
      }),
    setManifest: (batchId, lease, manifest) =>
      settle(() => {
        db.transaction(() => {
          expectState(db, batchId, lease, 'anchored')
          db.run('UPDATE batches SET manifest = ? WHERE id = ?', manifest, batchId)
        })
      }),
    finishResealing: ({ oldCid }) =>
      settle(() => {
        db.emptyLog()
        db.run('UPDATE resealings SET done = 1 WHERE old_cid = ?', oldCid)
      }),
  }
}

function replace(
  db: SqliteDatabase,
  { batchId, index, oldCid, oldManifest, reason, at }: Omit<Resealing, 'isDone'>,
  { cid, sealing, serverKey, keyAuthHash, ownerHash }: SealedCertificate,
): void {
  invariant(serverKey !== undefined, 'a new sealing has a server key')
  const changed = db.run(
    `UPDATE sealed SET cid = ?, sealing = ?, server_key = ?, key_auth_hash = ?, owner_hash = ?
       WHERE batch_id = ? AND idx = ? AND cid = ? AND sealing < ? AND EXISTS (SELECT 1 FROM certificates one
         WHERE one.batch_id = sealed.batch_id AND one.row = sealed.row AND sealed_learner IS NOT NULL)`,
    cid,
    sealing,
    serverKey,
    keyAuthHash,
    ownerHash,
    batchId,
    index,
    oldCid,
    sealing,
  )
  invariant(changed === 1, `there is no certificate ${oldCid} to seal anew`)
  db.run('DELETE FROM cids WHERE cid = ?', oldCid)
  enterCid(db, cid, batchId, index)
  forgetOwed(db, batchId, index)
  db.run(
    'INSERT INTO resealings (old_cid, batch_id, idx, old_manifest, reason, at) VALUES (?, ?, ?, ?, ?, ?)',
    oldCid,
    batchId,
    index,
    oldManifest,
    reason,
    at,
  )
}

/** Part of the transaction after which nothing is owed. */
export function forgetOwed(db: SqliteDatabase, batchId: string, index: number): void {
  db.run('DELETE FROM owed_resealings WHERE batch_id = ? AND idx = ?', batchId, index)
}

function parseOwed(row: SqlRow): OwedResealing {
  return {
    batchId: text(row, 'batch_id'),
    index: integer(row, 'idx'),
    oldCid: text(row, 'old_cid'),
    reason: integer(row, 'reason'),
  }
}

function parseResealing(row: SqlRow): Resealing {
  return {
    batchId: text(row, 'batch_id'),
    index: integer(row, 'idx'),
    oldCid: text(row, 'old_cid'),
    oldManifest: text(row, 'old_manifest'),
    reason: integer(row, 'reason'),
    at: integer(row, 'at'),
    isDone: integer(row, 'done') === 1,
  }
}
