/** Operations in SQLite: one writer at a time, so that what is looked at is still so when it is changed. */

import { invariant } from '../../src/index.ts'
import { certificateCorrected } from './events.ts'
import { OPERATION_KINDS, OPERATION_STATES } from './operations.ts'
import type { NewOperation, Operation, OperationStore, Replacement } from './operations.ts'
import { integer, optionalBlob, text, texts } from './sqlite-database.ts'
import type { SqliteDatabase, SqlRow } from './sqlite-database.ts'
import { eventCertificate, settle } from './sqlite-rows.ts'
import { publish } from './sqlite-webhooks.ts'
import type { Lease } from './lease.ts'

export function sqliteOperations(db: SqliteDatabase): OperationStore {
  return {
    addOperation: (operation) => settle(() => db.transaction(() => added(db, operation))),
    findOperation: (issuer, id) =>
      settle(() => {
        const row = db.one('SELECT * FROM operations WHERE id = ? AND issuer = ?', id, issuer)
        return row && operationOf(row)
      }),
    queuedOperationsOf: (batchId) =>
      settle(() =>
        db
          .all(
            `SELECT * FROM operations WHERE batch_id = ? AND state = 'queued' ORDER BY seq`,
            batchId,
          )
          .map(operationOf),
      ),
    pickOperation: (issuers, lease) =>
      settle(() => db.transaction(() => picked(db, issuers, lease))),
    renewOperation: (id, { owner, until }) =>
      settle(() => {
        const sql = `UPDATE operations SET lease_until = ? WHERE id = ? AND lease_owner = ? AND state = 'queued'`
        return db.run(sql, until, id, owner) === 1
      }),
    readyOperation: (id, at) =>
      settle(() => {
        const sql = `UPDATE operations SET next_attempt_at = ? WHERE id = ? AND state = 'queued'`
        db.run(sql, at, id)
      }),
    finishOperation: (id, owner, { state, trouble, transactions, at }) =>
      settle(() => {
        db.run(
          `UPDATE operations SET state = ?, trouble = ?, transactions = ?, finished_at = ?, lease_owner = NULL,
             lease_until = 0 WHERE id = ? AND lease_owner = ? AND state = 'queued'`,
          ...[state, trouble ?? null, JSON.stringify(transactions), at, id, owner],
        )
      }),
    restOperation: (id, owner, trouble, retryAt, isAttempt = true) =>
      settle(() => {
        db.run(
          `UPDATE operations SET attempts = attempts + ?, trouble = ?, next_attempt_at = ?, lease_owner = NULL,
             lease_until = 0 WHERE id = ? AND lease_owner = ? AND state = 'queued'`,
          ...[isAttempt ? 1 : 0, trouble, retryAt, id, owner],
        )
      }),
    saveReplacement: ({ batchId, row, byBatchId, byRow, at, envelope }) =>
      settle(() => {
        db.transaction(() => {
          db.run(
            `INSERT INTO replacements (batch_id, row, by_batch_id, by_row, at, envelope) VALUES (?, ?, ?, ?, ?, ?)
             ON CONFLICT (batch_id, row) DO UPDATE SET envelope = excluded.envelope`,
            ...[batchId, row, byBatchId, byRow, at, envelope ?? null],
          )
          const certificate = eventCertificate(db, batchId, row)
          if (certificate !== undefined)
            publish(db, certificateCorrected(certificate, byBatchId, at))
        })
      }),
    findReplacement: (batchId, row) =>
      settle(() => {
        const found = db.one(
          'SELECT * FROM replacements WHERE batch_id = ? AND row = ?',
          batchId,
          row,
        )
        return found && replacementOf(found)
      }),
    findReplacedBy: (byBatchId, byRow) =>
      settle(() => {
        const sql = 'SELECT * FROM replacements WHERE by_batch_id = ? AND by_row = ?'
        const found = db.one(sql, byBatchId, byRow)
        return found && replacementOf(found)
      }),
    indexOf: (batchId, row) =>
      settle(() => {
        const sql =
          'SELECT idx FROM certificates_by_row WHERE batch_id = ? AND row = ? AND idx IS NOT NULL'
        const found = db.one(sql, batchId, row)
        return found && integer(found, 'idx')
      }),
  }
}

/** With the erasure of a certificate, in its transaction: of either, the way from the one to the other goes. */
export function eraseEnvelopes(db: SqliteDatabase, batchId: string, row: number): void {
  const sql = `UPDATE replacements SET envelope = NULL
    WHERE (batch_id = ? AND row = ?) OR (by_batch_id = ? AND by_row = ?)`
  db.run(sql, batchId, row, batchId, row)
}

function added(
  db: SqliteDatabase,
  operation: NewOperation,
): { operation: Operation; isNew: boolean } | undefined {
  const { id, issuer, kind, batchId, index, reason, replacement } = operation
  const find = (): Operation | undefined => {
    const row = db.one('SELECT * FROM operations WHERE id = ?', id)
    return row && operationOf(row)
  }
  const known = find()
  if (known !== undefined) return { operation: known, isNew: false }
  const changed = db.run(
    `INSERT INTO operations (id, issuer, kind, batch_id, idx, reason, replacement, created_at, created_by, state,
       next_attempt_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'queued', ?) ON CONFLICT DO NOTHING`,
    ...[id, issuer, kind, batchId, index ?? null, reason, replacement ?? null],
    ...[operation.createdAt, operation.createdBy, operation.startAt],
  )
  if (changed === 0) return undefined
  const kept = find()
  invariant(kept !== undefined, 'what was inserted is there')
  return { operation: kept, isNew: true }
}

function picked(
  db: SqliteDatabase,
  issuers: readonly string[],
  { owner, now, until }: Lease,
): Operation | undefined {
  const row = db.one(
    `SELECT * FROM operations AS one WHERE state = 'queued' AND next_attempt_at <= ? AND lease_until <= ?
       AND issuer IN (SELECT value FROM json_each(?))
       AND NOT EXISTS (SELECT 1 FROM operations AS earlier WHERE earlier.batch_id = one.batch_id
         AND earlier.state = 'queued' AND earlier.seq < one.seq AND earlier.kind <> 'correct')
       ORDER BY seq LIMIT 1`,
    now,
    now,
    JSON.stringify(issuers),
  )
  if (row === undefined) return undefined
  const sql = 'UPDATE operations SET lease_owner = ?, lease_until = ? WHERE id = ?'
  db.run(sql, owner, until, text(row, 'id'))
  return operationOf(row)
}

function operationOf(row: SqlRow): Operation {
  const kind = OPERATION_KINDS.find((one) => one === row['kind'])
  const state = OPERATION_STATES.find((one) => one === row['state'])
  invariant(kind !== undefined && state !== undefined, 'an operation has a kind and a state')
  const number = (column: string): number | undefined =>
    row[column] === null ? undefined : integer(row, column)
  const words = (column: string): string | undefined =>
    row[column] === null ? undefined : text(row, column)
  return {
    id: text(row, 'id'),
    issuer: text(row, 'issuer'),
    kind,
    batchId: text(row, 'batch_id'),
    index: number('idx'),
    reason: integer(row, 'reason'),
    replacement: words('replacement'),
    createdAt: integer(row, 'created_at'),
    createdBy: text(row, 'created_by'),
    state,
    attempts: integer(row, 'attempts'),
    nextAttemptAt: integer(row, 'next_attempt_at'),
    trouble: words('trouble'),
    transactions: texts(row, 'transactions'),
    finishedAt: number('finished_at'),
  }
}

function replacementOf(row: SqlRow): Replacement {
  return {
    batchId: text(row, 'batch_id'),
    row: integer(row, 'row'),
    byBatchId: text(row, 'by_batch_id'),
    byRow: integer(row, 'by_row'),
    at: integer(row, 'at'),
    envelope: optionalBlob(row, 'envelope'),
  }
}
