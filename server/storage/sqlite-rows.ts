/** Rows of SQLite as the records of the port, and the guards that every change of a batch passes. */

import { invariant } from '../../src/index.ts'
import { BATCH_STATES } from '../issuance/types.ts'
import type { BatchState } from '../issuance/types.ts'
import { AWAITS } from './queue-schema.ts'
import type { EventBatch, EventCertificate } from './events.ts'
import { blob, integer, optionalBlob, text, texts } from './sqlite-database.ts'
import type { SqliteDatabase, SqlRow } from './sqlite-database.ts'
import { LeaseLostError, StateError } from './store.ts'
import type {
  Batch,
  BatchRecord,
  IndexedDraft,
  SealedCertificate,
  LinkedCertificate,
  StoredCertificate,
} from './store.ts'

/** Runs synchronous work behind the port's promise: what it throws becomes a rejection. */
export function settle<T>(work: () => T): Promise<T> {
  return new Promise((resolve) => {
    resolve(work())
  })
}

/** Throws unless the batch is in one of the states and the lease is still this worker's. */
export function expectState(
  db: SqliteDatabase,
  id: string,
  lease: { readonly owner: string },
  ...states: readonly (BatchState | 'open')[]
): void {
  const sql = `SELECT state, lease_owner, ${AWAITS} AS awaits FROM batches WHERE id = ?`
  const row = db.one(sql, id)
  if (row === undefined) throw new StateError('missing', `there is no batch ${id}`)
  if (row['lease_owner'] !== lease.owner) throw new LeaseLostError(`batch ${id} is another's`)
  const state = text(row, 'state')
  if (row['awaits'] === 1) throw new StateError('drafted', `batch ${id} awaits approval`)
  if (states.some((wanted) => wanted === state)) return
  const known = BATCH_STATES.find((one) => one === state)
  throw new StateError(known ?? 'missing', `batch ${id} is ${state}, not ${states.join(' or ')}`)
}

/** What events say of a certificate; undefined where its batch has no root yet. */
export function eventCertificate(
  db: SqliteDatabase,
  batchId: string,
  row: number,
): EventCertificate | undefined {
  const batch = eventBatch(db, batchId)
  const sql = 'SELECT idx FROM certificates_by_row WHERE batch_id = ? AND row = ?'
  const found = db.one(sql, batchId, row)
  return batch && found && { batch, index: integer(found, 'idx') }
}

/** What events say of a batch; undefined where there is none that has a root. */
export function eventBatch(db: SqliteDatabase, id: string): EventBatch | undefined {
  const row = db.one('SELECT id, issuer, root FROM batches WHERE id = ? AND root IS NOT NULL', id)
  return row && { id: text(row, 'id'), issuer: text(row, 'issuer'), root: text(row, 'root') }
}

export function parseBatch(row: SqlRow): Batch {
  const record: BatchRecord & { size: number } = {
    id: text(row, 'id'),
    home: text(row, 'home'),
    issuer: text(row, 'issuer'),
    pointers: texts(row, 'pointers'),
    permanent: integer(row, 'permanent') === 1,
    sealedSecret: optionalBlob(row, 'sealed_secret'),
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

export function parseDraft(row: SqlRow): IndexedDraft {
  return {
    row: integer(row, 'row'),
    index: integer(row, 'idx'),
    isSealed: row['cid'] !== null,
    sealedSeed: blob(row, 'sealed_seed'),
    sealedCredential: blob(row, 'sealed_credential'),
  }
}

export function parseCertificateRow(row: SqlRow): StoredCertificate {
  return {
    ...parseSealed(row),
    batchId: text(row, 'batch_id'),
    row: integer(row, 'row'),
    commitment: blob(row, 'commitment'),
    sealedLearner: optionalBlob(row, 'sealed_learner'),
  }
}

export function parseLinked(row: SqlRow): LinkedCertificate {
  return {
    row: integer(row, 'row'),
    index: integer(row, 'idx'),
    cid: text(row, 'cid'),
    sealing: integer(row, 'sealing'),
    sealedLearner: optionalBlob(row, 'sealed_learner'),
  }
}

export function parseSealed(row: SqlRow): SealedCertificate {
  return {
    index: integer(row, 'idx'),
    cid: text(row, 'cid'),
    sealing: integer(row, 'sealing'),
    serverKey: optionalBlob(row, 'server_key'),
    keyAuthHash: blob(row, 'key_auth_hash'),
    ownerHash: blob(row, 'owner_hash'),
  }
}
