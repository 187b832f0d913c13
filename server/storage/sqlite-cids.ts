/** The CIDs of a sealed batch in SQLite, by which its certificates are found: entered in their own order, all at once. */

import { setImmediate as otherWork } from 'node:timers/promises'
import { invariant } from '../../src/index.ts'
import { integer, text } from './sqlite-database.ts'
import type { SqliteDatabase } from './sqlite-database.ts'
import { expectState } from './sqlite-rows.ts'
import { enterInSteps } from './sqlite-steps.ts'
import type { Lease } from './store.ts'

const ROWS_A_STEP = 4096
/** How all CIDs of raw blocks begin, and how many that begin alike are sorted at a time. */
const PREFIX = 'bafkrei'
const LETTERS = '234567abcdefghijklmnopqrstuvwxyz'
/** Each pass looks at all of them and keeps some: a million at a time would take up too much room. */
const PASSES = 4

type Entry = readonly [cid: string, index: number]

/**
 * Enters every CID of a batch that is sealed, in steps of a transaction each, before the change that says so: nobody asks
 * for them earlier. Again after a failure is as good as once.
 */
export async function enterCids(db: SqliteDatabase, id: string, lease: Lease): Promise<void> {
  let entered = 0
  for (let pass = 0; pass < PASSES; pass += 1) {
    entered += await enterInSteps(db, await bucketsOf(db, id, pass), sorted, (step) => {
      expectState(db, id, lease, 'drafted')
      for (const [cid, index] of step) enterCid(db, cid, id, index)
    })
  }
  const batch = db.one('SELECT size FROM batches WHERE id = ?', id)
  const isWhole = entered === integer(batch ?? {}, 'size')
  invariant(isWhole, `batch ${id} has certificates that are not sealed`)
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

/** Those of one pass by their first letters, in ascending order of these. */
async function bucketsOf(db: SqliteDatabase, id: string, pass: number): Promise<Entry[][]> {
  const buckets = Array.from({ length: LETTERS.length ** 2 / PASSES }, (): Entry[] => [])
  for (let from = 0; ; from += ROWS_A_STEP) {
    const sql = `SELECT idx, cid FROM sealed WHERE batch_id = ? AND idx >= ? AND idx < ? AND cid IS NOT NULL`
    const rows = db.all(sql, id, from, from + ROWS_A_STEP)
    if (rows.length === 0) return buckets
    for (const row of rows) {
      const cid = text(row, 'cid')
      const place = placeOf(cid) - pass * buckets.length
      if (place >= 0 && place < buckets.length) buckets[place]?.push([cid, integer(row, 'idx')])
    }
    await otherWork()
  }
}

/** The order of letters is that of their codes. Others than CIDs of raw blocks come first, in any order. */
function placeOf(cid: string): number {
  if (!cid.startsWith(PREFIX)) return 0
  const [high, low] = [
    LETTERS.indexOf(cid[PREFIX.length] ?? ''),
    LETTERS.indexOf(cid[PREFIX.length + 1] ?? ''),
  ]
  return Math.max(0, high) * LETTERS.length + Math.max(0, low)
}

function sorted(bucket: Entry[]): Entry[] {
  return bucket.sort(([a], [b]) => (a < b ? -1 : 1))
}
