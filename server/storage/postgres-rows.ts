/** Rows of PostgreSQL as the records of the port, and the guards that every change of a batch passes. */

import { invariant } from '../../src/index.ts'
import { BATCH_STATES } from '../issuance/types.ts'
import type { BatchState } from '../issuance/types.ts'
import type { EventBatch, EventCertificate } from './events.ts'
import { bytea, integer, optionalBytea, text } from './postgres-database.ts'
import type { PgRow, Session } from './postgres-database.ts'
import { AWAITS } from './queue-schema.ts'
import { LeaseLostError, StateError } from './store.ts'
import type {
  Batch,
  BatchRecord,
  IndexedDraft,
  SealedCertificate,
  LinkedCertificate,
  StoredCertificate,
  Tombstone,
} from './store.ts'

/**
 * Holds the row of a batch until the transaction ends. Throws unless the batch is in one of the states and the lease is
 * still this worker's: who took it over waits for this transaction, or this one finds the new owner.
 */
export async function expectState(
  session: Session,
  id: string,
  lease: { readonly owner: string },
  ...states: readonly (BatchState | 'open')[]
): Promise<void> {
  const sql = `SELECT state, lease_owner, ${AWAITS} AS awaits FROM batches WHERE id = $1 FOR UPDATE`
  const row = await session.one(sql, id)
  if (row === undefined) throw new StateError('missing', `there is no batch ${id}`)
  if (row['lease_owner'] !== lease.owner) throw new LeaseLostError(`batch ${id} is another's`)
  const state = text(row, 'state')
  if (row['awaits'] === true) throw new StateError('drafted', `batch ${id} awaits approval`)
  if (states.some((wanted) => wanted === state)) return
  const known = BATCH_STATES.find((one) => one === state)
  throw new StateError(known ?? 'missing', `batch ${id} is ${state}, not ${states.join(' or ')}`)
}

/** The credentials (under the master key) are needed no more once their root is on its way. */
export async function dropCredentials(session: Session, id: string): Promise<void> {
  await session.run('UPDATE erasable SET sealed_credential = NULL WHERE batch_id = $1', id)
  await session.run('DELETE FROM draft_frames WHERE batch_id = $1', id)
  await session.run('DELETE FROM draft_pages WHERE batch_id = $1', id)
}

/** What events say of a certificate; undefined where its batch has no root yet. */
export async function eventCertificate(
  session: Session,
  batchId: string,
  row: number,
): Promise<EventCertificate | undefined> {
  const batch = await eventBatch(session, batchId)
  const sql = 'SELECT idx FROM certificates WHERE batch_id = $1 AND "row" = $2'
  const found = await session.one(sql, batchId, row)
  return batch && found && { batch, index: integer(found, 'idx') }
}

/** What events say of a batch; undefined where there is none that has a root. */
export async function eventBatch(session: Session, id: string): Promise<EventBatch | undefined> {
  const sql = 'SELECT id, issuer, root FROM batches WHERE id = $1 AND root IS NOT NULL'
  const row = await session.one(sql, id)
  return row && { id: text(row, 'id'), issuer: text(row, 'issuer'), root: text(row, 'root') }
}

export async function batchIn<S extends BatchState>(
  session: Session,
  id: string,
  state: S,
): Promise<Extract<Batch, { state: S }>> {
  const row = await session.one('SELECT * FROM batches WHERE id = $1', id)
  const batch = row && parseBatch(row)
  invariant(batch !== undefined && isIn(batch, state), `batch ${id} is not ${state}`)
  return batch
}

function isIn<S extends BatchState>(batch: Batch, state: S): batch is Extract<Batch, { state: S }> {
  return batch.state === state
}

export function parseBatch(row: PgRow): Batch {
  const pointers: unknown = JSON.parse(text(row, 'pointers'))
  const areTexts = Array.isArray(pointers) && pointers.every((one) => typeof one === 'string')
  invariant(areTexts, 'pointers is not a list of texts')
  const record: BatchRecord & { size: number } = {
    id: text(row, 'id'),
    home: text(row, 'home'),
    issuer: text(row, 'issuer'),
    pointers,
    permanent: row['permanent'] === true,
    sealedSecret: optionalBytea(row, 'sealed_secret'),
    warnings: text(row, 'warnings'),
    createdAt: integer(row, 'created_at'),
    masterVersion: integer(row, 'master_version'),
    size: integer(row, 'size'),
  }
  const state = BATCH_STATES.find((one) => one === row['state'])
  invariant(state !== undefined, `batch ${record.id} has no known state`)
  if (state === 'drafted') return { ...record, state }
  const sealed = { ...record, root: text(row, 'root') }
  if (state === 'sealed') return { ...sealed, state }
  const stored = { ...sealed, manifest: text(row, 'manifest') }
  if (state === 'stored' || state === 'submitted') return { ...stored, state }
  return {
    ...stored,
    state,
    anchoredAt: integer(row, 'anchored_at'),
    operator: text(row, 'operator'),
    transaction: row['transaction_hash'] === null ? undefined : text(row, 'transaction_hash'),
  }
}

export function parseDraft(row: PgRow): IndexedDraft {
  return {
    row: integer(row, 'row'),
    index: integer(row, 'idx'),
    isSealed: row['cid'] !== null,
    sealedSeed: bytea(row, 'sealed_seed'),
    sealedCredential: bytea(row, 'sealed_credential'),
  }
}

/** A hash that no token has. */
const NO_TOKEN = 32

export function parseCertificate(row: PgRow): StoredCertificate {
  return {
    ...parseSealed(row),
    batchId: text(row, 'batch_id'),
    row: integer(row, 'row'),
    commitment: bytea(row, 'commitment'),
    sealedLearner: optionalBytea(row, 'sealed_learner'),
  }
}

export function parseLinked(row: PgRow): LinkedCertificate {
  return {
    row: integer(row, 'row'),
    index: integer(row, 'idx'),
    cid: text(row, 'cid'),
    sealing: integer(row, 'sealing'),
    sealedLearner: optionalBytea(row, 'sealed_learner'),
  }
}

export function parseSealed(row: PgRow): SealedCertificate {
  return {
    index: integer(row, 'idx'),
    cid: text(row, 'cid'),
    sealing: integer(row, 'sealing'),
    serverKey: optionalBytea(row, 'server_key'),
    keyAuthHash: optionalBytea(row, 'key_auth_hash') ?? new Uint8Array(NO_TOKEN),
    ownerHash: optionalBytea(row, 'owner_hash') ?? new Uint8Array(NO_TOKEN),
  }
}

export function parseTombstone(row: PgRow): Tombstone {
  return {
    cid: text(row, 'cid'),
    batchId: text(row, 'batch_id'),
    index: integer(row, 'idx'),
    reason: integer(row, 'reason'),
    erasedAt: integer(row, 'erased_at'),
  }
}
