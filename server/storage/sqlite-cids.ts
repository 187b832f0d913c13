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
  const entered = await enterInSteps(db, await bucketsOf(db, id, size), sorted, (step) => {
    expectState(db, id, lease, 'drafted')
    for (const [cid, index] of step) enterCid(db, cid, id, index)
  })
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

/** Certificates whose CIDs begin alike. */
type Bucket = {
  /** Places in `texts`, where the letters of all CIDs of raw blocks lie: a million texts take up several times as much. */
  readonly places: number[]
  readonly texts: Buffer
  readonly indexes: Uint32Array
  /** What is no CID of a raw block. */
  readonly others: Entry[]
}

/** By their first letters, in ascending order of these. */
async function bucketsOf(db: SqliteDatabase, id: string, size: number): Promise<Bucket[]> {
  const all = { texts: Buffer.alloc(CID_LETTERS * size), indexes: new Uint32Array(size) }
  const buckets = Array.from({ length: LETTERS.length ** 2 }, (): Bucket => {
    return { ...all, places: [], others: [] }
  })
  let count = 0
  for (let from = 0; ; from += ROWS_A_STEP) {
    const sql = `SELECT idx, cid FROM sealed WHERE batch_id = ? AND idx >= ? AND idx < ? AND cid IS NOT NULL`
    const rows = db.all(sql, id, from, from + ROWS_A_STEP)
    if (rows.length === 0) return buckets
    for (const row of rows) {
      const [cid, index] = [text(row, 'cid'), integer(row, 'idx')]
      const bucket = buckets[placeOf(cid)]
      if (!isRaw(cid)) {
        bucket?.others.push([cid, index])
        continue
      }
      all.texts.write(cid, CID_LETTERS * count, 'latin1')
      all.indexes[count] = index
      bucket?.places.push(count)
      count += 1
    }
    await otherWork()
  }
}

function isRaw(cid: string): boolean {
  return cid.length === CID_LETTERS && cid.startsWith(PREFIX)
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

function sorted({ places, texts, indexes, others }: Bucket): Entry[] {
  const entries = places.map((place): Entry => {
    const from = CID_LETTERS * place
    return [texts.toString('latin1', from, from + CID_LETTERS), indexes[place] ?? 0]
  })
  return [...others, ...entries].sort(([a], [b]) => (a < b ? -1 : 1))
}
