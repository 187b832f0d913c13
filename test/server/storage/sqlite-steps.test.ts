/** Defends the turns of others while many rows go into one SQLite file. */

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { SqliteDatabase } from '../../../server/storage/sqlite-database.ts'
import { enterInSteps } from '../../../server/storage/sqlite-steps.ts'

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
})
