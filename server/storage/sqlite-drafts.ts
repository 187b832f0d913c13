/** Drafts in SQLite: rows of a file on their way to a batch. */

import { setImmediate as otherWork } from 'node:timers/promises'
import { invariant } from '../../src/index.ts'
import { blob, integer, text } from './sqlite-database.ts'
import type { SqliteDatabase } from './sqlite-database.ts'
import { expectState } from './sqlite-rows.ts'
import { enterKeptTags, forgetKeptTags, keepTags } from './sqlite-draft-tags.ts'
import { deleteInSteps } from './sqlite-steps.ts'
import { IdempotencyError } from './store.ts'
import type { DraftCertificate, Lease, NewBatch } from './store.ts'

const ROWS_A_STEP = 4096
/** Each has a page of its own, which is overwritten. */
const DROPPED_A_STEP = 512
const PAGES_A_STEP = 64
const COMMITMENT_BYTES = 32

/** Inserts an open draft, or finds the batch that has the same idempotency key and request. */
export function openDraft(
  db: SqliteDatabase,
  batch: NewBatch,
  lease: Lease,
): { id: string; isNew: boolean } {
  const { idempotency } = batch
  if (idempotency !== undefined) {
    const sql = 'SELECT id, request_digest FROM batches WHERE idempotency_key = ?'
    const known = db.one(sql, idempotency.key)
    if (known !== undefined) {
      if (text(known, 'request_digest') === idempotency.digest) {
        return { id: text(known, 'id'), isNew: false }
      }
      throw new IdempotencyError('this idempotency key was used for another request')
    }
  }
  db.run(
    `INSERT INTO batches (id, home, issuer, pointers, permanent, sealed_secret, created_at, master_version,
       idempotency_key, request_digest, state, lease_owner, lease_until, template_id, created_by, approval_from)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'open', ?, ?, ?, ?, ?)`,
    batch.id,
    batch.home,
    batch.issuer,
    JSON.stringify(batch.pointers),
    batch.permanent ? 1 : 0,
    batch.sealedSecret ?? null,
    batch.createdAt,
    batch.masterVersion,
    idempotency?.key ?? null,
    idempotency?.digest ?? null,
    lease.owner,
    lease.until,
    batch.templateId ?? null,
    batch.createdBy ?? null,
    batch.approvalFrom ?? null,
  )
  return { id: batch.id, isNew: true }
}

/** Inserts rows of an open draft. */
export function addDrafts(
  db: SqliteDatabase,
  id: string,
  lease: Lease,
  drafts: readonly DraftCertificate[],
): void {
  expectState(db, id, lease, 'open')
  for (const draft of drafts) {
    db.run(
      `INSERT INTO certificates (batch_id, row, commitment, sealed_seed, sealed_learner, addressed)
         VALUES (?, ?, ?, ?, ?, ?)`,
      id,
      draft.row,
      draft.commitment,
      draft.sealedSeed,
      draft.sealedLearner,
      draft.isAddressed ? 1 : 0,
    )
    if (draft.sealedCredential === undefined) continue
    const credential = 'INSERT INTO draft_credentials (batch_id, row, sealed) VALUES (?, ?, ?)'
    db.run(credential, id, draft.row, draft.sealedCredential)
  }
  keepTags(db, id, drafts)
}

export function keepFrame(db: SqliteDatabase, id: string, lease: Lease, sealed: Uint8Array): void {
  expectState(db, id, lease, 'open')
  db.run('INSERT OR REPLACE INTO draft_frames (batch_id, sealed) VALUES (?, ?)', id, sealed)
}

export function frameOf(db: SqliteDatabase, id: string): Uint8Array | undefined {
  const row = db.one('SELECT sealed FROM draft_frames WHERE batch_id = ?', id)
  return row && blob(row, 'sealed')
}

/**
 * Gives the rows their indexes and closes the draft. A million rows take seconds, for which nothing else in the process
 * would run: indexes are given in steps, each a transaction, and mean nothing before the last one closes the draft.
 */
export async function finishDraft(
  db: SqliteDatabase,
  id: string,
  lease: Lease,
  order: Uint32Array,
  warnings: string,
): Promise<void> {
  refuseNoPermutation(order)
  const rows = new Uint32Array(order.length)
  let last = -1
  for (let from = 0; from < order.length; from += ROWS_A_STEP) {
    const step = order.subarray(from, from + ROWS_A_STEP)
    last = db.transaction(() => dealIndexes(db, id, lease, step, last, rows))
    await otherWork()
  }
  for (let from = 0; from < order.length; from += ROWS_A_STEP) {
    const step = rows.subarray(from, from + ROWS_A_STEP)
    db.transaction(() => {
      enterIndexes(db, id, lease, step, from)
    })
    await otherWork()
  }
  await enterKeptTags(db, id, lease)
  await forgetKeptTags(db, id, lease)
  db.transaction(() => {
    expectState(db, id, lease, 'open')
    refuseOthers(db, id, order.length, last)
    const sql = `UPDATE batches SET state = 'drafted', size = ?, warnings = ? WHERE id = ?`
    db.run(sql, order.length, warnings, id)
  })
}

/** Every index was dealt and entered; there must be no row and no index beyond. To count a million would hold up others. */
function refuseOthers(db: SqliteDatabase, id: string, size: number, last: number): void {
  const more = db.one('SELECT 1 FROM certificates WHERE batch_id = ? AND row > ?', id, last)
  const beyond = db.one('SELECT 1 FROM sealed WHERE batch_id = ? AND idx >= ?', id, size)
  const isWhole = size > 0 && more === undefined && beyond === undefined
  invariant(isWhole, `batch ${id} has ${size} rows`)
}

/**
 * The credentials in clear (under the master key) are needed no more once their root is on its way. They go in steps,
 * each a transaction that `guard` begins; whoever is cut short leaves the rest to the next change of the batch.
 */
export async function dropCredentials(
  db: SqliteDatabase,
  id: string,
  guard?: () => void,
): Promise<void> {
  await deleteInSteps(db, 'draft_credentials', id, DROPPED_A_STEP, guard)
  await deleteInSteps(db, 'draft_pages', id, PAGES_A_STEP, guard)
  db.transaction(() => {
    guard?.()
    db.run('DELETE FROM draft_frames WHERE batch_id = ?', id)
  })
}

function refuseNoPermutation(order: Uint32Array): void {
  const seen = new Uint8Array(order.length)
  for (const index of order) {
    invariant(index < order.length && seen[index] === 0, 'the order is a permutation')
    seen[index] = 1
  }
}

/** See `BatchStore.commitmentsOf`; a step at a time, as a million are read for seconds, where threads find them, too. */
export async function commitmentsOf(db: SqliteDatabase, id: string): Promise<Uint8Array> {
  const batch = db.one(`SELECT size FROM batches WHERE id = ? AND state <> 'open'`, id)
  const size = batch === undefined ? 0 : integer(batch, 'size')
  const commitments = new Uint8Array(new SharedArrayBuffer(COMMITMENT_BYTES * size))
  let count = 0
  for (let after = -1; ;) {
    const sql =
      'SELECT row, idx, commitment FROM certificates WHERE batch_id = ? AND row > ? ORDER BY row LIMIT ?'
    const rows = db.all(sql, id, after, ROWS_A_STEP)
    for (const row of rows) {
      const index = integer(row, 'idx')
      invariant(index >= 0 && index < size, `batch ${id} has no index ${index}`)
      commitments.set(blob(row, 'commitment'), COMMITMENT_BYTES * index)
      after = integer(row, 'row')
    }
    count += rows.length
    if (rows.length < ROWS_A_STEP) break
    await otherWork()
  }
  invariant(count === size, `batch ${id} has ${size} rows`)
  return commitments
}

/** Gives the rows behind `after` their indexes, notes them by index, and answers with the last of them. */
function dealIndexes(
  db: SqliteDatabase,
  id: string,
  lease: Lease,
  indexes: Uint32Array,
  after: number,
  byIndex: Uint32Array,
): number {
  expectState(db, id, lease, 'open')
  const sql = 'SELECT row FROM certificates WHERE batch_id = ? AND row > ? ORDER BY row LIMIT ?'
  const rows = db.all(sql, id, after, indexes.length).map((row) => integer(row, 'row'))
  invariant(rows.length === indexes.length, `batch ${id} has fewer rows than its order`)
  for (const [i, row] of rows.entries()) {
    const index = indexes[i] ?? 0
    byIndex[index] = row
    db.run('UPDATE certificates SET idx = ? WHERE batch_id = ? AND row = ?', index, id, row)
  }
  return rows.at(-1) ?? after
}

/** The places of certificates to be, in index order from `from`; what a failure left there is taken for its own. */
function enterIndexes(
  db: SqliteDatabase,
  id: string,
  lease: Lease,
  rows: Uint32Array,
  from: number,
): void {
  expectState(db, id, lease, 'open')
  const sql = `INSERT INTO sealed (batch_id, idx, row) VALUES (?, ?, ?)
    ON CONFLICT (batch_id, idx) DO UPDATE SET row = excluded.row`
  for (const [i, row] of rows.entries()) db.run(sql, id, from + i, row)
}
