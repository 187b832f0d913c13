/** Pages of drafts in SQLite. */

import { blob, integer } from './sqlite-database.ts'
import type { SqliteDatabase } from './sqlite-database.ts'
import type { DraftPageStore } from './drafts.ts'
import { expectState, settle } from './sqlite-rows.ts'

export function sqliteDraftPages(db: SqliteDatabase): DraftPageStore {
  return {
    addPages: (id, lease, pages) =>
      settle(() => {
        db.transaction(() => {
          expectState(db, id, lease, 'open')
          const sql =
            'INSERT INTO draft_pages (batch_id, bucket, page, drafts, sealed) VALUES (?, ?, ?, ?, ?)'
          for (const { bucket, page, drafts, sealed } of pages) {
            db.run(sql, id, bucket, page, drafts, sealed)
          }
        })
      }),
    bucketsOf: (id) =>
      settle(() => {
        const sql = `SELECT bucket, sum(drafts) AS drafts FROM draft_pages WHERE batch_id = ?
          GROUP BY bucket ORDER BY bucket`
        return db
          .all(sql, id)
          .map((row) => ({ bucket: integer(row, 'bucket'), drafts: integer(row, 'drafts') }))
      }),
    pagesOf: (id, bucket) =>
      settle(() => {
        const sql = `SELECT page, drafts, sealed FROM draft_pages WHERE batch_id = ? AND bucket = ?
          ORDER BY page`
        return db.all(sql, id, bucket).map((row) => ({
          bucket,
          page: integer(row, 'page'),
          drafts: integer(row, 'drafts'),
          sealed: blob(row, 'sealed'),
        }))
      }),
    placesOf: (id, from, limit) =>
      settle(() => {
        const sql = `SELECT idx, row, cid IS NOT NULL AS is_sealed FROM sealed
          WHERE batch_id = ? AND idx >= ? ORDER BY idx LIMIT ?`
        return db.all(sql, id, from, limit).map((row) => ({
          index: integer(row, 'idx'),
          row: integer(row, 'row'),
          isSealed: integer(row, 'is_sealed') === 1,
        }))
      }),
  }
}
