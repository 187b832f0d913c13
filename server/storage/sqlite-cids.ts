/** The CIDs of a sealed batch in SQLite, by which its certificates are found: entered in their own order, all at once. */

import { setImmediate as otherWork } from 'node:timers/promises'
import { invariant } from '../../src/index.ts'
import { integer, text } from './sqlite-database.ts'
import type { SqliteDatabase } from './sqlite-database.ts'
import { expectState } from './sqlite-rows.ts'
import { enterInSteps } from './sqlite-steps.ts'
import type { Lease } from './store.ts'

const ROWS_A_STEP = 4096
/** How all CIDs of raw blocks begin, of how many letters they are, and how many that begin alike are sorted at a time. */
const PREFIX = 'bafkrei'
const CID_LETTERS = 59
const LETTERS = '234567abcdefghijklmnopqrstuvwxyz'

type Entry = readonly [cid: string, index: number]

/**
 * Enters every CID of a batch that is sealed, in steps of a transaction each, before the change that says so: nobody asks
 * for them earlier. Again after a failure is as good as once.
 */
export async function enterCids(db: SqliteDatabase, id: string, lease: Lease): Promise<void> {
  const batch = db.one('SELECT size FROM batches WHERE id = ?', id)
  const size = integer(batch ?? {}, 'size')
  const buckets = await bucketsOf(db, id, size)
  const entered = await enterInSteps(
    db,
    buckets,
    (entries) => Promise.resolve(entries()),
    (step) => {
      expectState(db, id, lease, 'drafted')
      for (const [cid, index] of step) enterCid(db, cid, id, index)
    },
  )
  invariant(entered === size, `batch ${id} has certificates that are not sealed`)
}

/** One that takes another's place has its own; no two certificates share one. */
export function enterCid(db: SqliteDatabase, cid: string, batchId: string, index: number): void {
  const entered = db.run(
    `INSERT INTO cids (cid, batch_id, idx) VALUES (?, ?, ?)
       ON CONFLICT (cid) DO UPDATE SET idx = idx WHERE batch_id = excluded.batch_id AND idx = excluded.idx`,
    cid,
    batchId,
    index,
  )
  invariant(entered === 1, `no other certificate has the CID ${cid}`)
}

/**
 * What is no CID of a raw block, in any order; then those of raw blocks by their first letters, in ascending order. Each
 * bucket makes its entries when it is its turn: meanwhile the letters of all lie together, where a million texts would
 * take up several times as much.
 */
async function bucketsOf(
  db: SqliteDatabase,
  id: string,
  size: number,
): Promise<(() => readonly Entry[])[]> {
  const texts = Buffer.alloc(CID_LETTERS * size)
  const indexes = new Uint32Array(size)
  const others: Entry[] = []
  const buckets = Array.from({ length: LETTERS.length ** 2 }, (): number[] => [])
  let count = 0
  for (let from = 0; ; from += ROWS_A_STEP) {
    const sql = `SELECT idx, cid FROM sealed WHERE batch_id = ? AND idx >= ? AND idx < ? AND cid IS NOT NULL`
    const rows = db.all(sql, id, from, from + ROWS_A_STEP)
    if (rows.length === 0) break
    for (const row of rows) {
      const [cid, index] = [text(row, 'cid'), integer(row, 'idx')]
      const bucket = buckets[bucketOf(cid)]
      if (bucket === undefined) {
        others.push([cid, index])
        continue
      }
      texts.write(cid, CID_LETTERS * count, 'latin1')
      indexes[count] = index
      bucket.push(count)
      count += 1
    }
    await otherWork()
  }
  const entryAt = (place: number): Entry => {
    const from = CID_LETTERS * place
    return [texts.toString('latin1', from, from + CID_LETTERS), indexes[place] ?? 0]
  }
  return [() => others, ...buckets.map((places) => () => places.map(entryAt).sort(byCid))]
}

/** The order of letters is that of their codes. Below 0 for what is no CID of a raw block. */
function bucketOf(cid: string): number {
  if (cid.length !== CID_LETTERS || !cid.startsWith(PREFIX)) return -1
  const [high, low] = [
    LETTERS.indexOf(cid[PREFIX.length] ?? ''),
    LETTERS.indexOf(cid[PREFIX.length + 1] ?? ''),
  ]
  return high < 0 || low < 0 ? -1 : high * LETTERS.length + low
}

function byCid([a]: Entry, [b]: Entry): number {
  return a < b ? -1 : 1
}
