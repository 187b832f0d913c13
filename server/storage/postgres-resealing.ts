/** Replacing a sealing in PostgreSQL: old keys go in one transaction, and out of the files before it counts as done. */

import { invariant } from '../../src/index.ts'
import { integer, text } from './postgres-database.ts'
import type { PgRow, PostgresDatabase, Session } from './postgres-database.ts'
import { erasing } from './postgres-erasure.ts'
import { queueOne } from './postgres-outbox.ts'
import { expectState } from './postgres-rows.ts'
import type { OwedResealing, Resealing, ResealingStore } from './resealing.ts'
import type { SealedCertificate } from './store.ts'

export function postgresResealing(db: PostgresDatabase): ResealingStore {
  return {
    reseal: (resealing, lease, sealed, mail) =>
      db.transaction(async (session) => {
        await expectState(session, resealing.batchId, lease, 'anchored')
        await replace(session, resealing, sealed)
        if (!mail) return
        const { batchId, index, at } = resealing
        const letter = {
          batchId,
          index,
          purpose: 'resealed',
          language: undefined,
          now: at,
        } as const
        await queueOne(session, { ...letter, occasion: `${sealed.sealing}` })
      }),
    findReplaced: async (oldCid) => {
      const row = await db.one('SELECT * FROM resealings WHERE old_cid = $1', oldCid)
      return row && parseResealing(row)
    },
    unfinishedResealings: async (batchId) => {
      const sql =
        'SELECT * FROM resealings WHERE NOT done AND batch_id = coalesce($1, batch_id) ORDER BY at'
      return (await db.all(sql, batchId ?? null)).map(parseResealing)
    },
    oweResealing: async ({ batchId, index, oldCid, reason }) => {
      const sql = `INSERT INTO owed_resealings (batch_id, idx, old_cid, reason)
        VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`
      await db.run(sql, batchId, index, oldCid, reason)
    },
    findOwed: async (oldCid) => {
      const row = await db.one('SELECT * FROM owed_resealings WHERE old_cid = $1', oldCid)
      return row && parseOwed(row)
    },
    owedResealings: async (batchId) => {
      const sql = `SELECT * FROM owed_resealings WHERE batch_id = coalesce($1, batch_id)
        ORDER BY batch_id, idx`
      return (await db.all(sql, batchId ?? null)).map(parseOwed)
    },
    setManifest: (batchId, lease, manifest) =>
      db.transaction(async (session) => {
        await expectState(session, batchId, lease, 'anchored')
        await session.run('UPDATE batches SET manifest = $2 WHERE id = $1', batchId, manifest)
      }),
    finishResealing: async ({ oldCid, batchId }) => {
      await erasing(db, batchId, () => Promise.resolve())
      await db.run('UPDATE resealings SET done = true WHERE old_cid = $1', oldCid)
    },
  }
}

async function replace(
  session: Session,
  { batchId, index, oldCid, oldManifest, reason, at }: Omit<Resealing, 'isDone'>,
  { cid, sealing, serverKey, keyAuthHash, ownerHash }: SealedCertificate,
): Promise<void> {
  invariant(serverKey !== undefined, 'a new sealing has a server key')
  const named = await session.one(
    `UPDATE certificates SET cid = $1, sealing = $2
       WHERE batch_id = $3 AND idx = $4 AND cid = $5 AND sealing < $2 RETURNING "row"`,
    cid,
    sealing,
    batchId,
    index,
    oldCid,
  )
  const kept =
    named &&
    (await session.run(
      `UPDATE erasable SET server_key = $1, key_auth_hash = $2, owner_hash = $3
         WHERE batch_id = $4 AND "row" = $5`,
      serverKey,
      keyAuthHash,
      ownerHash,
      batchId,
      integer(named, 'row'),
    ))
  invariant(kept === 1, `there is no certificate ${oldCid} to seal anew`)
  await forgetOwed(session, batchId, index)
  await session.run(
    `INSERT INTO resealings (old_cid, batch_id, idx, old_manifest, reason, at)
       VALUES ($1, $2, $3, $4, $5, $6)`,
    oldCid,
    batchId,
    index,
    oldManifest,
    reason,
    at,
  )
}

/** Part of the transaction after which nothing is owed. */
export async function forgetOwed(session: Session, batchId: string, index: number): Promise<void> {
  const sql = 'DELETE FROM owed_resealings WHERE batch_id = $1 AND idx = $2'
  await session.run(sql, batchId, index)
}

function parseOwed(row: PgRow): OwedResealing {
  return {
    batchId: text(row, 'batch_id'),
    index: integer(row, 'idx'),
    oldCid: text(row, 'old_cid'),
    reason: integer(row, 'reason'),
  }
}

function parseResealing(row: PgRow): Resealing {
  return {
    batchId: text(row, 'batch_id'),
    index: integer(row, 'idx'),
    oldCid: text(row, 'old_cid'),
    oldManifest: text(row, 'old_manifest'),
    reason: integer(row, 'reason'),
    at: integer(row, 'at'),
    isDone: row['done'] === true,
  }
}
