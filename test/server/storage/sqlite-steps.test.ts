/** Defends that many rows go into one SQLite file whole and in order, and others have their turns. */

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { enterKeptTags } from '../../../server/storage/sqlite-draft-tags.ts'
import { addDrafts, openDraft } from '../../../server/storage/sqlite-drafts.ts'
import { SqliteDatabase } from '../../../server/storage/sqlite-database.ts'
import { enterInSteps } from '../../../server/storage/sqlite-steps.ts'
import { draft, lease, newBatch } from './fixtures.ts'

/** The first bits of a tag say where it is gathered: some of them spread over both signs, one that every row has. */
function tagsOf(row: number): bigint[] {
  const spread = BigInt.asIntN(64, BigInt(row + 1) * 0x9e37_79b9_7f4a_7c15n)
  return [spread, -spread, 7n]
}

describe('entries of SQLite in steps', () => {
  let folder = ''
  let db: SqliteDatabase
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'inaltera-steps-'))
    db = new SqliteDatabase(join(folder, 'store.sqlite'))
  })
  afterEach(async () => {
    db.close()
    await rm(folder, { recursive: true })
  })

  it('go in whole and in order, and no transaction is longer for a bucket that holds most of them', async () => {
    const buckets = [
      [1, 2],
      Array.from({ length: 20_000 }, (_, at) => at),
      [],
      [5],
      [...Array(4096).keys()],
    ]
    const steps: (readonly number[])[] = []
    const turns: number[] = []
    let isOver = false
    const look = (): void => {
      turns.push(steps.length)
      if (!isOver) setImmediate(look)
    }
    look()
    const entered = await enterInSteps(
      db,
      buckets,
      (bucket) => Promise.resolve(bucket),
      (step) => {
        steps.push(step)
      },
    )
    isOver = true
    expect(steps.flat()).to.deep.equal(buckets.flat())
    expect(entered).to.equal(buckets.flat().length)
    expect(Math.max(...steps.map(({ length }) => length))).to.equal(4096)
    // Others had their turn behind every step but the last.
    expect([...new Set(turns)]).to.include.members([...steps.keys()].slice(1))
  })
  it('are all the tags of a draft, once each, however few of them fit into memory together', async () => {
    const drafts = Array.from({ length: 500 }, (_, row) => ({ ...draft(row), tags: tagsOf(row) }))
    const inOrder = drafts
      .flatMap(({ row, tags }) => tags.map((tag) => ({ row, tag })))
      .sort((a, b) => Number(a.tag - b.tag) || a.row - b.row)
      .map(({ row, tag }) => `${tag} ${row}`)
    for (const [at, inMemory] of [256, 4096, 2 ** 24].entries()) {
      const id = `batch-${at}`
      openDraft(db, newBatch(id), lease)
      for (let from = 0; from < drafts.length; from += 20) {
        addDrafts(db, id, lease, drafts.slice(from, from + 20))
      }
      await enterKeptTags(db, id, lease, inMemory)
      const sql = `SELECT CAST(tag AS TEXT) AS tag, row FROM search JOIN search_batches USING (no)
        WHERE batch_id = ? ORDER BY search.tag, row`
      const found = db.all(sql, id).map(({ tag, row }) => `${String(tag)} ${String(row)}`)
      expect(found).to.deep.equal(inOrder)
    }
  })
})
