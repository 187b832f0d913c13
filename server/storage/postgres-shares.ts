/** Shares in PostgreSQL: the part of the table in which bytes went is written anew. */

import { shareChanged } from './events.ts'
import { bytea, integer, optionalBytea, text } from './postgres-database.ts'
import type { PgRow, PostgresDatabase, Session } from './postgres-database.ts'
import { erasing } from './postgres-erasure.ts'
import { eventCertificate } from './postgres-rows.ts'
import { publish } from './postgres-webhooks.ts'
import type { NewShare, OpenedShare, Share, ShareLimits, ShareStore } from './shares.ts'

export function postgresShares(db: PostgresDatabase): ShareStore {
  const found = async (id: string): Promise<Share | undefined> => {
    const row = await db.one('SELECT * FROM shares WHERE id = $1', id)
    return row && shareOf(row)
  }
  return {
    addShare: (share, limits) => db.transaction((session) => added(session, share, limits)),
    findShare: async (id) => {
      const row = await db.one(
        `SELECT shares.*, owner_hash FROM shares LEFT JOIN erasable USING (batch_id, "row") WHERE id = $1`,
        id,
      )
      return row && { share: shareOf(row), ownerHash: optionalBytea(row, 'owner_hash') }
    },
    openShare: (id, now) => db.transaction((session) => opened(session, id, now)),
    readShare: (id, now) => standing(db, id, now),
    sharesOf: async (batchId, row) => {
      const sql =
        'SELECT * FROM shares WHERE batch_id = $1 AND "row" = $2 ORDER BY created_at DESC, id'
      return (await db.all(sql, batchId, row)).map(shareOf)
    },
    withdrawShare: async (id, at) => {
      const share = await found(id)
      if (share === undefined) return
      await erasing(
        db,
        share.batchId,
        async (session) => {
          const sql = 'UPDATE shares SET withdrawn_at = $1 WHERE id = $2 AND withdrawn_at IS NULL'
          const isNew = (await session.run(sql, at, id)) === 1
          if (isNew) await tell(session, 'withdrawn', share, at)
          await session.run('DELETE FROM share_contents WHERE id = $1', id)
        },
        contentsOf,
      )
    },
    expireShares: async (now) => {
      const expired = await db.all(
        `SELECT batch_id, id FROM share_contents JOIN shares USING (batch_id, id) WHERE expires_at <= $1`,
        now,
      )
      const byBatch = Map.groupBy(expired, (row) => text(row, 'batch_id'))
      for (const [batchId, rows] of byBatch) {
        const ids = rows.map((row) => text(row, 'id'))
        const sql = 'DELETE FROM share_contents WHERE batch_id = $1 AND id = ANY($2)'
        await erasing(db, batchId, (session) => session.run(sql, batchId, ids), contentsOf)
      }
      return expired.length
    },
  }
}

/** With the erasure of a certificate, in its transaction. */
export async function eraseShares(
  session: Session,
  batchId: string,
  row: number,
  at: number,
): Promise<void> {
  const sql = `UPDATE shares SET withdrawn_at = coalesce(withdrawn_at, $1) WHERE batch_id = $2 AND "row" = $3`
  await session.run(sql, at, batchId, row)
  await session.run(
    `DELETE FROM share_contents WHERE batch_id = $1
       AND id IN (SELECT id FROM shares WHERE batch_id = $1 AND "row" = $2)`,
    batchId,
    row,
  )
}

const contentsOf = (part: number): string[] => [`share_contents_${part}`]

async function added(
  session: Session,
  share: NewShare,
  limits: ShareLimits,
): Promise<'added' | 'full' | 'missing'> {
  const { id, batchId, row, createdAt, expiresAt, ownerHash, presentation } = share
  // Held against an erasure, and against another share of the same certificate.
  const owner = await session.one(
    'SELECT 1 FROM erasable WHERE batch_id = $1 AND "row" = $2 AND owner_hash = $3 FOR UPDATE',
    batchId,
    row,
    ownerHash,
  )
  if (owner === undefined) return 'missing'
  const counts = await session.one(
    `SELECT count(*) AS ever, count(*) FILTER (WHERE withdrawn_at IS NULL
       AND (expires_at IS NULL OR expires_at > $1)) AS standing
       FROM shares WHERE batch_id = $2 AND "row" = $3`,
    createdAt,
    batchId,
    row,
  )
  const ever = integer(counts ?? {}, 'ever')
  if (ever >= limits.ever || integer(counts ?? {}, 'standing') >= limits.standing) return 'full'
  await session.run(
    'INSERT INTO shares (id, batch_id, "row", created_at, expires_at) VALUES ($1, $2, $3, $4, $5)',
    ...[id, batchId, row, createdAt, expiresAt ?? null],
  )
  const sql = 'INSERT INTO share_contents (id, batch_id, presentation) VALUES ($1, $2, $3)'
  await session.run(sql, id, batchId, presentation)
  await tell(session, 'published', share, createdAt)
  return 'added'
}

/** Part of the transaction of what it tells of. */
async function tell(
  session: Session,
  what: 'published' | 'withdrawn',
  { id, batchId, row }: Pick<Share, 'id' | 'batchId' | 'row'>,
  at: number,
): Promise<void> {
  const certificate = await eventCertificate(session, batchId, row)
  if (certificate !== undefined) await publish(session, shareChanged(certificate, what, id, at))
}

async function opened(session: Session, id: string, now: number): Promise<OpenedShare | undefined> {
  const share = await standing(session, id, now)
  if (share?.presentation === undefined) return share
  await session.run('UPDATE shares SET opened = opened + 1 WHERE id = $1', id)
  return { ...share, opened: share.opened + 1 }
}

async function standing(
  session: Pick<Session, 'one'>,
  id: string,
  now: number,
): Promise<OpenedShare | undefined> {
  const row = await session.one(
    `SELECT shares.*, presentation FROM shares LEFT JOIN share_contents USING (batch_id, id)
       WHERE shares.id = $1`,
    id,
  )
  if (row === undefined) return undefined
  const share = shareOf(row)
  const isExpired = share.expiresAt !== undefined && share.expiresAt <= now
  if (row['presentation'] === null || isExpired) return { ...share, presentation: undefined }
  return { ...share, presentation: bytea(row, 'presentation') }
}

function shareOf(row: PgRow): Share {
  const moment = (column: string): number | undefined =>
    row[column] === null ? undefined : integer(row, column)
  return {
    id: text(row, 'id'),
    batchId: text(row, 'batch_id'),
    row: integer(row, 'row'),
    createdAt: integer(row, 'created_at'),
    expiresAt: moment('expires_at'),
    withdrawnAt: moment('withdrawn_at'),
    opened: integer(row, 'opened'),
  }
}
