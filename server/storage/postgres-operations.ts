/** Operations in PostgreSQL: of several processes that look for work, each gets another one. */

import { invariant } from '../../src/index.ts'
import { certificateCorrected } from './events.ts'
import { OPERATION_KINDS, OPERATION_STATES } from './operations.ts'
import type { NewOperation, Operation, OperationStore, Replacement } from './operations.ts'
import { integer, optionalBytea, text } from './postgres-database.ts'
import type { PgRow, PostgresDatabase, Session } from './postgres-database.ts'
import { eventCertificate } from './postgres-rows.ts'
import { publish } from './postgres-webhooks.ts'
import type { Lease } from './lease.ts'

export function postgresOperations(db: PostgresDatabase): OperationStore {
  return {
    addOperation: (operation) => db.transaction((session) => added(session, operation)),
    findOperation: async (issuer, id) => {
      const sql = 'SELECT * FROM operations WHERE id = $1 AND issuer = $2'
      const row = await db.one(sql, id, issuer)
      return row && operationOf(row)
    },
    queuedOperationsOf: async (batchId) => {
      const sql = `SELECT * FROM operations WHERE batch_id = $1 AND state = 'queued' ORDER BY seq`
      return (await db.all(sql, batchId)).map(operationOf)
    },
    pickOperation: async (issuers, lease) => picked(db, issuers, lease),
    renewOperation: async (id, { owner, until }) => {
      const sql = `UPDATE operations SET lease_until = $1 WHERE id = $2 AND lease_owner = $3 AND state = 'queued'`
      return (await db.run(sql, until, id, owner)) === 1
    },
    readyOperation: async (id, at) => {
      const sql = `UPDATE operations SET next_attempt_at = $1 WHERE id = $2 AND state = 'queued'`
      await db.run(sql, at, id)
    },
    finishOperation: async (id, owner, { state, trouble, transactions, at }) => {
      await db.run(
        `UPDATE operations SET state = $1, trouble = $2, transactions = $3, finished_at = $4, lease_owner = NULL,
           lease_until = 0 WHERE id = $5 AND lease_owner = $6 AND state = 'queued'`,
        ...[state, trouble ?? null, JSON.stringify(transactions), at, id, owner],
      )
    },
    restOperation: async (id, owner, trouble, retryAt, isAttempt = true) => {
      await db.run(
        `UPDATE operations SET attempts = attempts + $1::integer, trouble = $2, next_attempt_at = $3, lease_owner = NULL,
           lease_until = 0 WHERE id = $4 AND lease_owner = $5 AND state = 'queued'`,
        ...[isAttempt ? 1 : 0, trouble, retryAt, id, owner],
      )
    },
    saveReplacement: ({ batchId, row, byBatchId, byRow, at, envelope }) =>
      db.transaction(async (session) => {
        await session.run(
          `INSERT INTO replacements (batch_id, "row", by_batch_id, by_row, at, envelope) VALUES ($1, $2, $3, $4, $5, $6)
           ON CONFLICT (batch_id, "row") DO UPDATE SET envelope = excluded.envelope`,
          ...[batchId, row, byBatchId, byRow, at, envelope ?? null],
        )
        const certificate = await eventCertificate(session, batchId, row)
        if (certificate !== undefined) {
          await publish(session, certificateCorrected(certificate, byBatchId, at))
        }
      }),
    findReplacement: async (batchId, row) => {
      const sql = 'SELECT * FROM replacements WHERE batch_id = $1 AND "row" = $2'
      const found = await db.one(sql, batchId, row)
      return found && replacementOf(found)
    },
    findReplacedBy: async (byBatchId, byRow) => {
      const sql = 'SELECT * FROM replacements WHERE by_batch_id = $1 AND by_row = $2'
      const found = await db.one(sql, byBatchId, byRow)
      return found && replacementOf(found)
    },
    indexOf: async (batchId, row) => {
      const sql = `SELECT idx FROM certificates WHERE batch_id = $1 AND "row" = $2 AND idx IS NOT NULL`
      const found = await db.one(sql, batchId, row)
      return found && integer(found, 'idx')
    },
  }
}

/** With the erasure of a certificate, in its transaction: of either, the way from the one to the other goes. */
export async function eraseEnvelopes(
  session: Session,
  batchId: string,
  row: number,
): Promise<void> {
  const sql = `UPDATE replacements SET envelope = NULL
    WHERE (batch_id = $1 AND "row" = $2) OR (by_batch_id = $1 AND by_row = $2)`
  await session.run(sql, batchId, row)
}

async function added(
  session: Session,
  operation: NewOperation,
): Promise<{ operation: Operation; isNew: boolean } | undefined> {
  const { id, issuer, kind, batchId, index, reason, replacement } = operation
  const changed = await session.run(
    `INSERT INTO operations (id, issuer, kind, batch_id, idx, reason, replacement, created_at, created_by, state,
       next_attempt_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'queued', $10) ON CONFLICT DO NOTHING`,
    ...[id, issuer, kind, batchId, index ?? null, reason, replacement ?? null],
    ...[operation.createdAt, operation.createdBy, operation.startAt],
  )
  const row = await session.one('SELECT * FROM operations WHERE id = $1', id)
  return row && { operation: operationOf(row), isNew: changed === 1 }
}

async function picked(
  db: PostgresDatabase,
  issuers: readonly string[],
  { owner, now, until }: Lease,
): Promise<Operation | undefined> {
  const row = await db.one(
    `UPDATE operations SET lease_owner = $1, lease_until = $2 WHERE seq = (
       SELECT seq FROM operations AS one WHERE state = 'queued' AND next_attempt_at <= $3 AND lease_until <= $3
         AND issuer = ANY($4)
         AND NOT EXISTS (SELECT FROM operations AS earlier WHERE earlier.batch_id = one.batch_id
           AND earlier.state = 'queued' AND earlier.seq < one.seq AND earlier.kind <> 'correct')
         ORDER BY seq LIMIT 1 FOR UPDATE SKIP LOCKED) RETURNING *`,
    ...[owner, until, now],
    issuers,
  )
  return row && operationOf(row)
}

function operationOf(row: PgRow): Operation {
  const kind = OPERATION_KINDS.find((one) => one === row['kind'])
  const state = OPERATION_STATES.find((one) => one === row['state'])
  invariant(kind !== undefined && state !== undefined, 'an operation has a kind and a state')
  const transactions: unknown = JSON.parse(text(row, 'transactions'))
  invariant(Array.isArray(transactions), 'transactions are a list')
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
    transactions: transactions.map(String),
    finishedAt: number('finished_at'),
  }
}

function replacementOf(row: PgRow): Replacement {
  return {
    batchId: text(row, 'batch_id'),
    row: integer(row, 'row'),
    byBatchId: text(row, 'by_batch_id'),
    byRow: integer(row, 'by_row'),
    at: integer(row, 'at'),
    envelope: optionalBytea(row, 'envelope'),
  }
}
