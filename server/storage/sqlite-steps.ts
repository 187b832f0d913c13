/** Many entries in SQLite, a step at a time. */

import { setImmediate as otherWork } from 'node:timers/promises'
import type { SqliteDatabase } from './sqlite-database.ts'

const ENTRIES_A_STEP = 4096

/**
 * Enters what the buckets hold, each sorted, in steps of a transaction each, none of them longer for a bucket that holds
 * most of all; others have their turn in between. Answers with how many entries there were.
 */
export async function enterInSteps<Bucket, Entry>(
  db: SqliteDatabase,
  buckets: Iterable<Bucket> | AsyncIterable<Bucket>,
  sorted: (bucket: Bucket) => Promise<readonly Entry[]>,
  enter: (step: readonly Entry[]) => void,
): Promise<number> {
  let waiting: readonly Entry[] = []
  let entered = 0
  const enterStep = async (step: readonly Entry[]): Promise<void> => {
    db.transaction(() => {
      enter(step)
    })
    entered += step.length
    await otherWork()
  }
  for await (const bucket of buckets) {
    waiting = waiting.concat(await sorted(bucket))
    let from = 0
    for (; waiting.length - from >= ENTRIES_A_STEP; from += ENTRIES_A_STEP) {
      await enterStep(waiting.slice(from, from + ENTRIES_A_STEP))
    }
    waiting = waiting.slice(from)
  }
  if (waiting.length > 0) await enterStep(waiting)
  return entered
}

/** Rows that a batch has only until it is further: by table, the column of its primary key beside the batch. */
const PASSING = {
  draft_credentials: 'row',
  draft_pages: 'bucket',
  draft_tags: 'first_row',
} as const

/**
 * Deletes what the batch has in a table, so many rows in a step, each a transaction that `guard` begins; others have their
 * turn in between.
 */
export async function deleteInSteps(
  db: SqliteDatabase,
  table: keyof typeof PASSING,
  batchId: string,
  rows: number,
  guard: () => void = () => undefined,
): Promise<void> {
  const sql = `DELETE FROM ${table} WHERE rowid IN
    (SELECT rowid FROM ${table} WHERE batch_id = ? ORDER BY ${PASSING[table]} LIMIT ?)`
  for (;;) {
    const dropped = db.transaction(() => {
      guard()
      return db.run(sql, batchId, rows)
    })
    if (dropped === 0) return
    await otherWork()
  }
}
