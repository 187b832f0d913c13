/** Pages of drafts in PostgreSQL. */

import { bytea, integer } from './postgres-database.ts'
import type { PostgresDatabase } from './postgres-database.ts'
import type { DraftPageStore } from './drafts.ts'
import { expectState } from './postgres-rows.ts'

export function postgresDraftPages(db: PostgresDatabase): DraftPageStore {
  return {
    addPages: (id, lease, pages) =>
      db.transaction(async (session) => {
        await expectState(session, id, lease, 'open')
        await session.run(
          `INSERT INTO draft_pages (batch_id, bucket, page, drafts, sealed)
             SELECT $1, * FROM unnest($2::integer[], $3::integer[], $4::integer[], $5::bytea[])`,
          id,
          pages.map(({ bucket }) => bucket),
          pages.map(({ page }) => page),
          pages.map(({ drafts }) => drafts),
          pages.map(({ sealed }) => sealed),
        )
      }),
    bucketsOf: async (id) => {
      const sql = `SELECT bucket, sum(drafts)::integer AS drafts FROM draft_pages WHERE batch_id = $1
        GROUP BY bucket ORDER BY bucket`
      const rows = await db.all(sql, id)
      return rows.map((row) => ({ bucket: integer(row, 'bucket'), drafts: integer(row, 'drafts') }))
    },
    pagesOf: async (id, bucket) => {
      const sql = `SELECT page, drafts, sealed FROM draft_pages WHERE batch_id = $1 AND bucket = $2
        ORDER BY page`
      const rows = await db.all(sql, id, bucket)
      return rows.map((row) => ({
        bucket,
        page: integer(row, 'page'),
        drafts: integer(row, 'drafts'),
        sealed: bytea(row, 'sealed'),
      }))
    },
    placesOf: async (id, from, limit) => {
      const sql = `SELECT idx, "row", cid IS NOT NULL AS is_sealed FROM certificates
        WHERE batch_id = $1 AND idx >= $2 ORDER BY idx LIMIT $3`
      const rows = await db.all(sql, id, from, limit)
      return rows.map((row) => ({
        index: integer(row, 'idx'),
        row: integer(row, 'row'),
        isSealed: row['is_sealed'] === true,
      }))
    },
  }
}
