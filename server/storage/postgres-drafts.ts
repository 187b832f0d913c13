/** Drafts in PostgreSQL: rows of a file on their way to a batch, a chunk in one statement. */

import { invariant } from '../../src/index.ts'
import { integer, text } from './postgres-database.ts'
import type { Session } from './postgres-database.ts'
import { expectState } from './postgres-rows.ts'
import { addTags } from './postgres-search.ts'
import { IdempotencyError } from './store.ts'
import type { DraftCertificate, Lease, NewBatch } from './store.ts'

/**
 * Inserts an open draft, or finds the batch that has the same idempotency key and request. Of two that come at once
 * with one key, the second waits for the first.
 */
export async function openDraft(
  session: Session,
  batch: NewBatch,
  lease: Lease,
): Promise<{ id: string; isNew: boolean }> {
  for (;;) {
    if (await insertDraft(session, batch, lease)) return { id: batch.id, isNew: true }
    const { idempotency } = batch
    invariant(idempotency !== undefined, 'a batch without an idempotency key meets no other')
    const sql = 'SELECT id, request_digest FROM batches WHERE idempotency_key = $1 FOR SHARE'
    const known = await session.one(sql, idempotency.key)
    // Dropped in between: the key is free again.
    if (known === undefined) continue
    if (text(known, 'request_digest') === idempotency.digest) {
      return { id: text(known, 'id'), isNew: false }
    }
    throw new IdempotencyError('this idempotency key was used for another request')
  }
}

async function insertDraft(session: Session, batch: NewBatch, lease: Lease): Promise<boolean> {
  const inserted = await session.run(
    `INSERT INTO batches (id, home, issuer, pointers, permanent, sealed_secret, created_at, master_version,
       idempotency_key, request_digest, state, lease_owner, lease_until, template_id, created_by, approval_from)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'open', $11, $12, $13, $14, $15)
       ON CONFLICT (idempotency_key) DO NOTHING`,
    batch.id,
    batch.home,
    batch.issuer,
    JSON.stringify(batch.pointers),
    batch.permanent,
    batch.sealedSecret ?? null,
    batch.createdAt,
    batch.masterVersion,
    batch.idempotency?.key ?? null,
    batch.idempotency?.digest ?? null,
    lease.owner,
    lease.until,
    batch.templateId ?? null,
    batch.createdBy ?? null,
    batch.approvalFrom ?? null,
  )
  return inserted === 1
}

/** Inserts rows of an open draft. */
export async function addDrafts(
  session: Session,
  id: string,
  lease: Lease,
  drafts: readonly DraftCertificate[],
): Promise<void> {
  await expectState(session, id, lease, 'open')
  const rows = drafts.map(({ row }) => row)
  await session.run(
    `INSERT INTO certificates (batch_id, "row", commitment)
       SELECT $1, * FROM unnest($2::integer[], $3::bytea[])`,
    id,
    rows,
    drafts.map(({ commitment }) => commitment),
  )
  await session.run(
    `INSERT INTO erasable (batch_id, "row", sealed_seed, sealed_credential, sealed_learner, addressed)
       SELECT $1, * FROM unnest($2::integer[], $3::bytea[], $4::bytea[], $5::bytea[], $6::boolean[])`,
    id,
    rows,
    drafts.map(({ sealedSeed }) => sealedSeed),
    drafts.map(({ sealedCredential }) => sealedCredential ?? null),
    drafts.map(({ sealedLearner }) => sealedLearner),
    drafts.map(({ isAddressed }) => isAddressed),
  )
  await addTags(session, id, drafts)
}

export async function keepFrame(
  session: Session,
  id: string,
  lease: Lease,
  sealed: Uint8Array,
): Promise<void> {
  await expectState(session, id, lease, 'open')
  await session.run(
    `INSERT INTO draft_frames (batch_id, sealed) VALUES ($1, $2)
       ON CONFLICT (batch_id) DO UPDATE SET sealed = excluded.sealed`,
    id,
    sealed,
  )
}

/** Gives the rows their indexes and closes the draft. */
export async function finishDraft(
  session: Session,
  id: string,
  lease: Lease,
  order: Uint32Array,
  warnings: string,
): Promise<void> {
  await expectState(session, id, lease, 'open')
  const counted = await session.one(
    'SELECT count(*) AS size FROM certificates WHERE batch_id = $1',
    id,
  )
  const size = integer(counted ?? {}, 'size')
  invariant(size === order.length && size > 0, `batch ${id} has ${size} rows`)
  const isInside = order.every((index) => index < size)
  invariant(isInside && new Set(order).size === size, 'the order is a permutation')
  await session.run(
    `UPDATE certificates SET idx = dealt.idx
       FROM (SELECT "row", row_number() OVER (ORDER BY "row") AS place FROM certificates WHERE batch_id = $1) placed
       JOIN unnest($2::integer[]) WITH ORDINALITY AS dealt (idx, place) USING (place)
       WHERE batch_id = $1 AND certificates."row" = placed."row"`,
    id,
    [...order],
  )
  const sql = `UPDATE batches SET state = 'drafted', size = $2, warnings = $3 WHERE id = $1`
  await session.run(sql, id, size, warnings)
}
