/** The search index in PostgreSQL. */

import { invariant } from '../../src/index.ts'
import { integer } from './postgres-database.ts'
import type { PostgresDatabase, Session } from './postgres-database.ts'
import { parseCertificate } from './postgres-rows.ts'
import { COUNTED, MOST_TAGS } from './search.ts'
import type { SearchStore } from './search.ts'
import type { DraftCertificate, StoredCertificate } from './store.ts'

export function postgresSearch(db: PostgresDatabase): SearchStore<StoredCertificate> {
  return {
    search: async (issuer, tags, { after, limit }) => {
      const ordered = await byRarity(db, tags)
      const behind = after === undefined ? undefined : await numberOf(db, after.batchId)
      if (after !== undefined && behind === undefined) return []
      const both = ordered
        .slice(1)
        .map(
          (_, i) =>
            `AND EXISTS (SELECT FROM search b WHERE b.tag = $${i + 6} AND b.no = a.no AND b."row" = a."row")`,
        )
      const rows = await db.all(
        `SELECT * FROM (
           SELECT search_batches.batch_id, a."row", a.no FROM search a JOIN search_batches USING (no)
             JOIN batches ON batches.id = search_batches.batch_id
             JOIN certificates c ON c.batch_id = search_batches.batch_id AND c."row" = a."row"
             WHERE a.tag = $1 AND (a.no, a."row") < ($2, $3) AND batches.issuer = $4 AND cid IS NOT NULL
               ${both.join(' ')}
             ORDER BY a.no DESC, a."row" DESC LIMIT $5) found
           JOIN certificates USING (batch_id, "row") LEFT JOIN erasable USING (batch_id, "row")
           ORDER BY found.no DESC, "row" DESC`,
        ordered[0] ?? null,
        behind ?? LAST,
        after?.row ?? LAST,
        issuer,
        limit,
        ...ordered.slice(1),
      )
      return rows.map(parseCertificate)
    },
    tagsInUse: async (issuer, tags) => {
      const distinct = [...new Set(tags)]
      const rows = await db.all(
        `SELECT place FROM unnest($1::bigint[]) WITH ORDINALITY AS wanted (tag, place) WHERE EXISTS (
           SELECT FROM search JOIN search_batches USING (no) JOIN batches ON batches.id = search_batches.batch_id
             WHERE search.tag = wanted.tag AND issuer = $2 AND state <> 'open')`,
        distinct,
        issuer,
      )
      return rows.flatMap((row) => distinct[integer(row, 'place') - 1] ?? [])
    },
  }
}

/** The greatest INTEGER: every number and row lies before it. */
const LAST = 2 ** 31 - 1

/** A word that few have is looked up first; of the others it is only asked whether they stand there too. */
async function byRarity(db: PostgresDatabase, tags: readonly bigint[]): Promise<bigint[]> {
  const distinct = [...new Set(tags)]
  const isSearch = distinct.length > 0 && distinct.length <= MOST_TAGS
  invariant(isSearch, `a search has 1 to ${MOST_TAGS} tags`)
  const rows = await db.all(
    `SELECT place, (SELECT count(*) FROM (SELECT FROM search WHERE tag = wanted.tag LIMIT ${COUNTED}) few) AS found
       FROM unnest($1::bigint[]) WITH ORDINALITY AS wanted (tag, place) ORDER BY found`,
    distinct,
  )
  return rows.flatMap((row) => distinct[integer(row, 'place') - 1] ?? [])
}

async function numberOf(
  session: Pick<Session, 'one'>,
  batchId: string,
): Promise<number | undefined> {
  const row = await session.one('SELECT no FROM search_batches WHERE batch_id = $1', batchId)
  return row === undefined ? undefined : integer(row, 'no')
}

/** Enters rows of an open draft; part of the transaction that inserts them. */
export async function addTags(
  session: Session,
  batchId: string,
  drafts: readonly DraftCertificate[],
): Promise<void> {
  const entries = drafts.flatMap(({ row, tags }) => [...new Set(tags)].map((tag) => ({ row, tag })))
  if (entries.length === 0) return
  const sql = 'INSERT INTO search_batches (batch_id) VALUES ($1) ON CONFLICT DO NOTHING'
  await session.run(sql, batchId)
  await session.run(
    'INSERT INTO search (no, tag, "row") SELECT $1, * FROM unnest($2::bigint[], $3::integer[])',
    (await numberOf(session, batchId)) ?? null,
    entries.map(({ tag }) => tag),
    entries.map(({ row }) => row),
  )
}

/** Takes out one row of a batch, or all; part of the transaction that deletes them. */
export async function deleteTags(session: Session, batchId: string, row?: number): Promise<void> {
  const no = await numberOf(session, batchId)
  if (no === undefined) return
  const sql = 'DELETE FROM search WHERE no = $1 AND ($2::integer IS NULL OR "row" = $2)'
  await session.run(sql, no, row ?? null)
}

/** The part of the index in which a batch lies; undefined where it has no tags. */
export async function searchPartOf(
  session: Pick<Session, 'one'>,
  batchId: string,
): Promise<string | undefined> {
  const row = await session.one(
    `SELECT child.relname AS part FROM search_batches, pg_inherits
       JOIN pg_class child ON child.oid = inhrelid
       WHERE batch_id = $1 AND inhparent = 'search'::regclass
         AND satisfies_hash_partition(inhparent, (SELECT count(*)::integer FROM pg_inherits WHERE
           inhparent = 'search'::regclass), right(child.relname, 1)::integer, no)`,
    batchId,
  )
  return typeof row?.['part'] === 'string' ? row['part'] : undefined
}
