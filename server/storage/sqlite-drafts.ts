/** Drafts in SQLite: rows of a file on their way to a batch. */

import { invariant } from '../../src/index.ts'
import { integer, text } from './sqlite-database.ts'
import type { SqliteDatabase } from './sqlite-database.ts'
import { expectState } from './sqlite-rows.ts'
import { addTags } from './sqlite-search.ts'
import { IdempotencyError } from './store.ts'
import type { DraftCertificate, Lease, NewBatch } from './store.ts'

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
       idempotency_key, request_digest, state, lease_owner, lease_until)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'open', ?, ?)`,
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
      `INSERT INTO certificates (batch_id, row, commitment, sealed_seed, sealed_credential, sealed_learner,
           addressed) VALUES (?, ?, ?, ?, ?, ?, ?)`,
      id,
      draft.row,
      draft.commitment,
      draft.sealedSeed,
      draft.sealedCredential,
      draft.sealedLearner,
      draft.isAddressed ? 1 : 0,
    )
  }
  addTags(db, id, drafts)
}

/** Gives the rows their indexes and closes the draft. */
export function finishDraft(
  db: SqliteDatabase,
  id: string,
  lease: Lease,
  order: Uint32Array,
  warnings: string,
): void {
  expectState(db, id, lease, 'open')
  const rows = db.all('SELECT row FROM certificates WHERE batch_id = ? ORDER BY row', id)
  invariant(rows.length === order.length && rows.length > 0, `batch ${id} has ${rows.length} rows`)
  for (const [i, row] of rows.entries()) {
    const index = order[i]
    invariant(index !== undefined && index < order.length, 'the order is a permutation')
    db.run(
      'UPDATE certificates SET idx = ? WHERE batch_id = ? AND row = ?',
      index,
      id,
      integer(row, 'row'),
    )
  }
  const sql = `UPDATE batches SET state = 'drafted', size = ?, warnings = ? WHERE id = ?`
  db.run(sql, rows.length, warnings, id)
}
