/** Shares in SQLite: bytes that go are overwritten, in the file and in its log. */

import { invariant } from '../../src/index.ts'
import { shareChanged } from './events.ts'
import { blob, integer, optionalBlob, text } from './sqlite-database.ts'
import type { SqliteDatabase, SqlRow } from './sqlite-database.ts'
import { eventCertificate, settle } from './sqlite-rows.ts'
import { publish } from './sqlite-webhooks.ts'
import type { NewShare, OpenedShare, Share, ShareLimits, ShareStore } from './shares.ts'

export function sqliteShares(db: SqliteDatabase): ShareStore {
  return {
    addShare: (share, limits) => settle(() => db.transaction(() => added(db, share, limits))),
    findShare: (id) =>
      settle(() => {
        const row = db.one(
          `SELECT shares.*, iif(sealed_seed IS NULL, NULL, owner_hash) AS owner_hash
             FROM shares JOIN certificates_by_row USING (batch_id, row) WHERE id = ?`,
          id,
        )
        return row && { share: shareOf(row), ownerHash: optionalBlob(row, 'owner_hash') }
      }),
    openShare: (id, now) => settle(() => db.transaction(() => opened(db, id, now))),
    readShare: (id, now) => settle(() => db.transaction(() => standing(db, id, now))),
    sharesOf: (batchId, row) =>
      settle(() =>
        db
          .all(
            `SELECT * FROM shares WHERE batch_id = ? AND row = ? ORDER BY created_at DESC, id`,
            batchId,
            row,
          )
          .map(shareOf),
      ),
    withdrawShare: (id, at) =>
      settle(() => {
        db.transaction(() => {
          db.run('DELETE FROM share_contents WHERE id = ?', id)
          const sql = 'UPDATE shares SET withdrawn_at = ? WHERE id = ? AND withdrawn_at IS NULL'
          const isNew = db.run(sql, at, id) === 1
          const share = isNew ? found(db, id) : undefined
          if (share !== undefined) tell(db, 'withdrawn', share, at)
        })
        db.emptyLog()
      }),
    expireShares: (now) =>
      settle(() => {
        const expired = db.run(
          `DELETE FROM share_contents WHERE id IN (SELECT id FROM shares WHERE expires_at <= ?)`,
          now,
        )
        if (expired > 0) db.emptyLog()
        return expired
      }),
  }
}

/** With the erasure of a certificate, in its transaction. */
export function eraseShares(db: SqliteDatabase, batchId: string, row: number, at: number): void {
  db.run(
    `DELETE FROM share_contents WHERE id IN (SELECT id FROM shares WHERE batch_id = ? AND row = ?)`,
    batchId,
    row,
  )
  const sql = `UPDATE shares SET withdrawn_at = coalesce(withdrawn_at, ?) WHERE batch_id = ? AND row = ?`
  db.run(sql, at, batchId, row)
}

function added(
  db: SqliteDatabase,
  share: NewShare,
  limits: ShareLimits,
): 'added' | 'full' | 'missing' {
  const { id, batchId, row, createdAt, expiresAt, ownerHash, presentation } = share
  const owner = db.one(
    `SELECT 1 FROM certificates_by_row WHERE batch_id = ? AND row = ? AND owner_hash = ? AND sealed_seed IS NOT NULL`,
    batchId,
    row,
    ownerHash,
  )
  if (owner === undefined) return 'missing'
  const counts = db.one(
    `SELECT count(*) AS ever, coalesce(sum(withdrawn_at IS NULL AND (expires_at IS NULL OR expires_at > ?)), 0)
       AS standing FROM shares WHERE batch_id = ? AND row = ?`,
    createdAt,
    batchId,
    row,
  )
  invariant(counts !== undefined, 'an aggregate has one row')
  const isFull =
    integer(counts, 'ever') >= limits.ever || integer(counts, 'standing') >= limits.standing
  if (isFull) return 'full'
  db.run(
    'INSERT INTO shares (id, batch_id, row, created_at, expires_at) VALUES (?, ?, ?, ?, ?)',
    ...[id, batchId, row, createdAt, expiresAt ?? null],
  )
  db.run('INSERT INTO share_contents (id, presentation) VALUES (?, ?)', id, presentation)
  tell(db, 'published', share, createdAt)
  return 'added'
}

/** Part of the transaction of what it tells of. */
function tell(
  db: SqliteDatabase,
  what: 'published' | 'withdrawn',
  { id, batchId, row }: Pick<Share, 'id' | 'batchId' | 'row'>,
  at: number,
): void {
  const certificate = eventCertificate(db, batchId, row)
  if (certificate !== undefined) publish(db, shareChanged(certificate, what, id, at))
}

function opened(db: SqliteDatabase, id: string, now: number): OpenedShare | undefined {
  const share = standing(db, id, now)
  if (share?.presentation === undefined) return share
  db.run('UPDATE shares SET opened = opened + 1 WHERE id = ?', id)
  return { ...share, opened: share.opened + 1 }
}

function standing(db: SqliteDatabase, id: string, now: number): OpenedShare | undefined {
  const share = found(db, id)
  if (share === undefined) return undefined
  const row = db.one('SELECT presentation FROM share_contents WHERE id = ?', id)
  const isExpired = share.expiresAt !== undefined && share.expiresAt <= now
  if (row === undefined || isExpired) return { ...share, presentation: undefined }
  return { ...share, presentation: blob(row, 'presentation') }
}

function found(db: SqliteDatabase, id: string): Share | undefined {
  const row = db.one('SELECT * FROM shares WHERE id = ?', id)
  return row && shareOf(row)
}

function shareOf(row: SqlRow): Share {
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
