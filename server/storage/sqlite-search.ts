/** The search index in SQLite. */

import { invariant } from '../../src/index.ts'
import { COUNTED, MOST_TAGS } from './search.ts'
import { integer } from './sqlite-database.ts'
import type { SqliteDatabase } from './sqlite-database.ts'
import { parseCertificateRow, settle } from './sqlite-rows.ts'
import type { SearchStore } from './search.ts'
import type { StoredCertificate } from './store.ts'

/** So many tags are looked up by one statement: on the way to it one takes longer than in it. */
const TAGS_A_STATEMENT = 64

export function sqliteSearch(db: SqliteDatabase): SearchStore<StoredCertificate> {
  return {
    search: (issuer, tags, { after, limit }) =>
      settle(() => {
        const [rarest, ...others] = byRarity(db, tags)
        invariant(rarest !== undefined, 'a search has a tag')
        const behind = after === undefined ? undefined : numberOf(db, after.batchId)
        if (after !== undefined && behind === undefined) return []
        // Joined before the rest: a subquery is asked last, when the certificate has been looked up for nothing.
        const both = others.map(
          (_, at) =>
            `CROSS JOIN search b${at} ON b${at}.tag = ? AND b${at}.no = a.no AND b${at}.row = a.row`,
        )
        const from = behind === undefined ? '' : 'AND (a.no, a.row) < (?, ?)'
        const rows = db.all(
          `SELECT one.* FROM search a ${both.join(' ')}
             CROSS JOIN search_batches ON search_batches.no = a.no
             CROSS JOIN certificates_by_row one ON one.batch_id = search_batches.batch_id AND one.row = a.row
             CROSS JOIN batches ON batches.id = search_batches.batch_id
             WHERE a.tag = ? ${from} AND cid IS NOT NULL AND batches.issuer = ?
             ORDER BY a.no DESC, a.row DESC LIMIT ?`,
          ...others,
          rarest,
          ...(after === undefined || behind === undefined ? [] : [behind, after.row]),
          issuer,
          limit,
        )
        return rows.map(parseCertificateRow)
      }),
    tagsInUse: (issuer, tags) => settle(() => tagsInUse(db, issuer, [...new Set(tags)])),
  }
}

function tagsInUse(db: SqliteDatabase, issuer: string, tags: readonly bigint[]): bigint[] {
  const inUse: bigint[] = []
  for (let from = 0; from < tags.length; from += TAGS_A_STATEMENT) {
    const some = tags.slice(from, from + TAGS_A_STATEMENT)
    // The place says which it is: a tag may be larger than a number that JavaScript reads.
    const asked = some.map((_, at) => `(?, ${at})`).join(', ')
    const sql = `WITH asked (tag, place) AS (VALUES ${asked}) SELECT place FROM asked WHERE EXISTS (
      SELECT 1 FROM search JOIN search_batches USING (no) JOIN batches ON batches.id = search_batches.batch_id
        WHERE search.tag = asked.tag AND issuer = ? AND state <> 'open') ORDER BY place`
    const places = db.all(sql, ...some, issuer).map((row) => integer(row, 'place'))
    inUse.push(...places.flatMap((place) => some[place] ?? []))
  }
  return inUse
}

/** A word that few have is looked up first; of the others it is only asked whether they stand there too. */
function byRarity(db: SqliteDatabase, tags: readonly bigint[]): bigint[] {
  const distinct = [...new Set(tags)]
  invariant(distinct.length <= MOST_TAGS, `a search has at most ${MOST_TAGS} tags`)
  const sql = `SELECT count(*) AS found FROM (SELECT 1 FROM search WHERE tag = ? LIMIT ${COUNTED})`
  return distinct
    .map((tag) => ({ tag, found: integer(db.one(sql, tag) ?? {}, 'found') }))
    .sort((a, b) => a.found - b.found)
    .map(({ tag }) => tag)
}

function numberOf(db: SqliteDatabase, batchId: string): number | undefined {
  const row = db.one('SELECT no FROM search_batches WHERE batch_id = ?', batchId)
  return row === undefined ? undefined : integer(row, 'no')
}

export type TagEntry = { readonly tag: bigint; readonly row: number }

/** Enters rows of an open draft, in ascending order of tags where they are many; what is there stays. */
export function enterTags(db: SqliteDatabase, batchId: string, entries: readonly TagEntry[]): void {
  db.run('INSERT INTO search_batches (batch_id) VALUES (?) ON CONFLICT DO NOTHING', batchId)
  const no = numberOf(db, batchId)
  invariant(no !== undefined, `batch ${batchId} has a number`)
  for (const { tag, row } of entries) {
    db.run(
      'INSERT INTO search (tag, no, row) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
      tag,
      no,
      row,
    )
  }
}

/** Takes out one row of a batch, or all; part of the transaction that deletes them. */
export function deleteTags(db: SqliteDatabase, batchId: string, row?: number): void {
  const no = numberOf(db, batchId)
  if (no === undefined) return
  if (row === undefined) db.run('DELETE FROM search WHERE no = ?', no)
  else db.run('DELETE FROM search WHERE no = ? AND row = ?', no, row)
}
