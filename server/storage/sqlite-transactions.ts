/** Signed transactions and status changes in SQLite: nonces are given once, bytes are kept before they are sent. */

import { invariant } from '../../src/index.ts'
import { statusChanged } from './events.ts'
import { integer, integers, text } from './sqlite-database.ts'
import type { SqliteDatabase, SqlRow } from './sqlite-database.ts'
import { dropCredentials } from './sqlite-drafts.ts'
import { eventBatch, expectState, settle } from './sqlite-rows.ts'
import { publish } from './sqlite-webhooks.ts'
import type {
  PendingTransaction,
  SignedTransaction,
  StatusChange,
  TransactionPlan,
  TransactionStore,
} from './store.ts'

export function sqliteTransactions(db: SqliteDatabase): TransactionStore {
  return {
    planTransaction: async (plan, sign) => {
      const pending = await settle(() => db.transaction(() => planned(db, plan, sign)))
      if (plan.batch !== undefined) await dropCredentials(db, plan.batch.id)
      return pending
    },
    addReplacement: (of, signed) =>
      settle(() =>
        db.transaction(() => {
          // Whoever replaces at the same time stands behind the other, as each may be the one that is mined.
          const { signed: kept } = readPending(db, of)
          if (kept.every(({ hash }) => hash !== signed.hash)) {
            insertSigned(db, of, signed, kept.length)
          }
          return readPending(db, of)
        }),
      ),
    pendingTransactions: (chain, signer) =>
      settle(() =>
        db
          .all(
            `SELECT * FROM nonces WHERE chain = ? AND signer = ? AND state = 'pending' ORDER BY nonce`,
            chain,
            signer,
          )
          .map((row) => withSigned(db, row)),
      ),
    settleTransaction: ({ chain, signer, nonce }, outcome) =>
      settle(() => {
        const sql = `UPDATE nonces SET state = ? WHERE chain = ? AND signer = ? AND nonce = ? AND state = 'pending'`
        db.run(sql, outcome, chain, signer, nonce)
      }),
    recordStatus: (change) =>
      settle(() => {
        db.transaction(() => {
          db.run(
            `INSERT INTO status_changes (batch_id, action, indexes, reason, transaction_hash, at)
               VALUES (?, ?, ?, ?, ?, ?)`,
            change.batchId,
            change.action,
            JSON.stringify(change.indexes),
            change.reason,
            change.transaction,
            change.at,
          )
          const batch = eventBatch(db, change.batchId)
          if (batch !== undefined) publish(db, statusChanged(batch, change))
        })
      }),
    statusChangesOf: (batchId) =>
      settle(() =>
        db
          .all('SELECT * FROM status_changes WHERE batch_id = ? ORDER BY rowid', batchId)
          .map(parseStatusChange),
      ),
  }
}

function planned(
  db: SqliteDatabase,
  plan: TransactionPlan,
  sign: (nonce: number) => SignedTransaction,
): PendingTransaction {
  const { chain, signer, intent, batch } = plan
  if (batch !== undefined) expectState(db, batch.id, { owner: batch.lease }, 'stored', 'submitted')
  const known = db.one(
    `SELECT * FROM nonces WHERE chain = ? AND signer = ? AND intent = ? AND state = 'pending'`,
    chain,
    signer,
    intent,
  )
  if (known !== undefined) return withSigned(db, known)
  const highest = db.one(
    'SELECT coalesce(max(nonce), -1) AS nonce FROM nonces WHERE chain = ? AND signer = ?',
    chain,
    signer,
  )
  invariant(highest !== undefined, 'an aggregate has one row')
  const nonce = Math.max(plan.chainNonce, integer(highest, 'nonce') + 1)
  db.run(
    `INSERT INTO nonces (chain, signer, nonce, intent, state, created_at) VALUES (?, ?, ?, ?, 'pending', ?)`,
    chain,
    signer,
    nonce,
    intent,
    plan.now,
  )
  insertSigned(db, { chain, signer, nonce }, sign(nonce), 0)
  if (batch !== undefined) {
    const sql = `UPDATE batches SET state = 'submitted', submitted_at = ? WHERE id = ?`
    db.run(sql, plan.now, batch.id)
  }
  return readPending(db, { chain, signer, nonce })
}

type NonceKey = Pick<PendingTransaction, 'chain' | 'signer' | 'nonce'>

function insertSigned(
  db: SqliteDatabase,
  { chain, signer, nonce }: NonceKey,
  signed: SignedTransaction,
  place: number,
): void {
  db.run(
    `INSERT INTO transactions (hash, chain, signer, nonce, raw, max_fee, max_priority_fee, place)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    signed.hash,
    chain,
    signer,
    nonce,
    signed.raw,
    signed.maxFeePerGas.toString(),
    signed.maxPriorityFeePerGas.toString(),
    place,
  )
}

function readPending(db: SqliteDatabase, { chain, signer, nonce }: NonceKey): PendingTransaction {
  const sql = 'SELECT * FROM nonces WHERE chain = ? AND signer = ? AND nonce = ?'
  const row = db.one(sql, chain, signer, nonce)
  invariant(row !== undefined, `nonce ${nonce} of ${signer} is not in the store`)
  return withSigned(db, row)
}

function withSigned(db: SqliteDatabase, row: SqlRow): PendingTransaction {
  const chain = text(row, 'chain')
  const signer = text(row, 'signer')
  const nonce = integer(row, 'nonce')
  const sql =
    'SELECT * FROM transactions WHERE chain = ? AND signer = ? AND nonce = ? ORDER BY place'
  return {
    chain,
    signer,
    nonce,
    intent: text(row, 'intent'),
    createdAt: integer(row, 'created_at'),
    signed: db.all(sql, chain, signer, nonce).map((one) => ({
      hash: text(one, 'hash'),
      raw: text(one, 'raw'),
      maxFeePerGas: BigInt(text(one, 'max_fee')),
      maxPriorityFeePerGas: BigInt(text(one, 'max_priority_fee')),
    })),
  }
}

function parseStatusChange(row: SqlRow): StatusChange {
  const action = STATUS_ACTIONS.find((one) => one === row['action'])
  invariant(action !== undefined, 'a status change has a known action')
  return {
    batchId: text(row, 'batch_id'),
    action,
    indexes: integers(row, 'indexes'),
    reason: integer(row, 'reason'),
    transaction: text(row, 'transaction_hash'),
    at: integer(row, 'at'),
  }
}

const STATUS_ACTIONS = ['revoke', 'suspend', 'reinstate', 'revoke-batch'] as const
