/** Search tags of an open draft in SQLite: kept as they come, entered in their own order when it is closed. */

import { setImmediate as otherWork } from 'node:timers/promises'
import { blob, integer } from './sqlite-database.ts'
import type { SqliteDatabase } from './sqlite-database.ts'
import { expectState } from './sqlite-rows.ts'
import { enterTags } from './sqlite-search.ts'
import type { TagEntry } from './sqlite-search.ts'
import { deleteInSteps, enterInSteps } from './sqlite-steps.ts'
import type { DraftCertificate, Lease } from './store.ts'

const ENTRY_BYTES = 12
const TAG_BYTES = 8
const BUCKET_BITS = 10
const BUCKETS = 2 ** BUCKET_BITS
const PARTS_A_STEP = 16
/** So much is kept in memory at a time: what was kept is read once more for each. Those of a million rows are six times as much. */
const GATHERED_BYTES = 16 * 1024 * 1024
/** So much of a bucket is read before others have their turn. */
const BREATH_BYTES = 16_384 * ENTRY_BYTES

/** Part of the transaction that inserts the rows. */
export function keepTags(
  db: SqliteDatabase,
  batchId: string,
  drafts: readonly DraftCertificate[],
): void {
  const [first] = drafts
  const most = drafts.reduce((sum, { tags }) => sum + tags.length, 0)
  if (first === undefined || most === 0) return
  const bytes = new Uint8Array(ENTRY_BYTES * most)
  const view = new DataView(bytes.buffer)
  let end = 0
  for (const { row, tags } of drafts) {
    for (const [at, tag] of tags.entries()) {
      if (tags.indexOf(tag) < at) continue
      view.setBigInt64(end, tag)
      view.setUint32(end + TAG_BYTES, row)
      end += ENTRY_BYTES
    }
  }
  const sql = 'INSERT INTO draft_tags (batch_id, first_row, tags) VALUES (?, ?, ?)'
  db.run(sql, batchId, first.row, bytes.subarray(0, end))
}

/**
 * Enters what was kept, in steps of a transaction each: nothing of an open draft is found, and who drops it takes these
 * out, too. Again after a failure is as good as once.
 */
export async function enterKeptTags(
  db: SqliteDatabase,
  id: string,
  lease: Lease,
  inMemory = GATHERED_BYTES,
): Promise<void> {
  await enterInSteps(db, bucketsOf(db, id, inMemory), sorted, (step) => {
    expectState(db, id, lease, 'open')
    enterTags(db, id, step)
  })
}

/** Once they are entered, in steps of a transaction each: those of a million rows fill as many pages as a large file. */
export async function forgetKeptTags(db: SqliteDatabase, id: string, lease: Lease): Promise<void> {
  await deleteInSteps(db, 'draft_tags', id, PARTS_A_STEP, () => {
    expectState(db, id, lease, 'open')
  })
}

/** Entries by the first bits of their tags, as signed numbers are ordered; tags are evenly spread. */
async function* bucketsOf(
  db: SqliteDatabase,
  id: string,
  inMemory: number,
): AsyncGenerator<Buffer> {
  const lengths = new Uint32Array(BUCKETS)
  await forEachKept(db, id, (kept, at) => {
    const bucket = bucketAt(kept, at)
    lengths[bucket] = (lengths[bucket] ?? 0) + ENTRY_BYTES
  })
  for (let from = 0; from < BUCKETS;) {
    const some = gatheredFrom(lengths, from, inMemory)
    yield* await gathered(db, id, from, some)
    from += some.length
  }
}

/** The lengths of as many buckets as may lie in memory together, and of one at least. */
function gatheredFrom(lengths: Uint32Array, from: number, inMemory: number): Uint32Array {
  let end = from
  for (let sum = 0; end < lengths.length; end += 1) {
    sum += lengths[end] ?? 0
    if (end > from && sum > inMemory) break
  }
  return lengths.subarray(from, end)
}

/** The buckets from `first` on that have these lengths. */
async function gathered(
  db: SqliteDatabase,
  id: string,
  first: number,
  lengths: Uint32Array,
): Promise<Buffer[]> {
  const buckets = Array.from(lengths, (length) => Buffer.alloc(length))
  const filled = new Uint32Array(lengths.length)
  await forEachKept(db, id, (kept, at) => {
    const place = bucketAt(kept, at) - first
    const bucket = buckets[place]
    if (bucket === undefined) return
    const to = filled[place] ?? 0
    kept.copy(bucket, to, at, at + ENTRY_BYTES)
    filled[place] = to + ENTRY_BYTES
  })
  return buckets
}

/** Of the entry at a place. Numbers below zero begin with a set bit, and come first. */
function bucketAt(kept: Buffer, at: number): number {
  return (kept.readUInt16BE(at) ^ 0x8000) >> (16 - BUCKET_BITS)
}

/** Calls `use` with the place of each entry, and what holds it. */
async function forEachKept(
  db: SqliteDatabase,
  id: string,
  use: (kept: Buffer, at: number) => void,
): Promise<void> {
  for (let after = -1; ;) {
    const sql =
      'SELECT first_row, tags FROM draft_tags WHERE batch_id = ? AND first_row > ? ORDER BY first_row LIMIT ?'
    const kept = db.all(sql, id, after, PARTS_A_STEP)
    for (const row of kept) {
      const { buffer, byteOffset, byteLength } = blob(row, 'tags')
      const entries = Buffer.from(buffer, byteOffset, byteLength)
      for (let at = 0; at < entries.length; at += ENTRY_BYTES) use(entries, at)
      after = integer(row, 'first_row')
    }
    if (kept.length < PARTS_A_STEP) return
    await otherWork()
  }
}

/** Those of a tag lie in a bucket as they were kept, by ascending rows: the tags alone are sorted. */
async function sorted(bucket: Buffer): Promise<TagEntry[]> {
  const byTag = new Map<bigint, TagEntry[]>()
  const view = new DataView(bucket.buffer, bucket.byteOffset, bucket.length)
  for (let at = 0; at < bucket.length; at += ENTRY_BYTES) {
    // A word that most names have fills its bucket.
    if (at % BREATH_BYTES === BREATH_BYTES - ENTRY_BYTES) await otherWork()
    const entry = { tag: view.getBigInt64(at), row: view.getUint32(at + TAG_BYTES) }
    const entries = byTag.get(entry.tag)
    if (entries === undefined) byTag.set(entry.tag, [entry])
    else entries.push(entry)
  }
  return [...byTag].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, entries]) => entries)
}
