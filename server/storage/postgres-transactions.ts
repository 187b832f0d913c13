/** Signed transactions and status changes in PostgreSQL: nonces are given once, bytes are kept before they are sent. */

import { invariant } from '../../src/index.ts'
import { statusChanged } from './events.ts'
import { integer, text } from './postgres-database.ts'
import type { PgRow, PostgresDatabase, Session } from './postgres-database.ts'
import { dropCredentials, eventBatch, expectState } from './postgres-rows.ts'
import { publish } from './postgres-webhooks.ts'
import type {
  PendingTransaction,
  SignedTransaction,
  StatusChange,
  TransactionPlan,
  TransactionStore,
} from './store.ts'

type NonceKey = Pick<PendingTransaction, 'chain' | 'signer' | 'nonce'>

export function postgresTransactions(db: PostgresDatabase): TransactionStore {
  return {
    planTransaction: (plan, sign) => db.transaction((session) => planned(session, plan, sign)),
    addReplacement: (of, signed) => db.transaction((session) => replaced(session, of, signed)),
    pendingTransactions: async (chain, signer) => {
      const sql = `${PENDING} WHERE chain = $1 AND signer = $2 AND state = 'pending' ORDER BY nonce, place`
      return pendingOf(await db.all(sql, chain, signer))
    },
    settleTransaction: async ({ chain, signer, nonce }, outcome) => {
      const sql = `UPDATE nonces SET state = $1 WHERE chain = $2 AND signer = $3 AND nonce = $4 AND state = 'pending'`
      await db.run(sql, outcome, chain, signer, nonce)
    },
    recordStatus: (change) => db.transaction((session) => recordStatus(session, change)),
    statusChangesOf: async (batchId) => {
      const sql = 'SELECT * FROM status_changes WHERE batch_id = $1 ORDER BY id'
      return (await db.all(sql, batchId)).map(parseStatusChange)
    },
  }
}

async function recordStatus(session: Session, change: StatusChange): Promise<void> {
  await session.run(
    `INSERT INTO status_changes (batch_id, action, indexes, reason, transaction_hash, at)
       VALUES ($1, $2, $3, $4, $5, $6)`,
    change.batchId,
    change.action,
    change.indexes,
    change.reason,
    change.transaction,
    change.at,
  )
  const batch = await eventBatch(session, change.batchId)
  if (batch !== undefined) await publish(session, statusChanged(batch, change))
}

const PENDING = 'SELECT * FROM nonces JOIN transactions USING (chain, signer, nonce)'

async function planned(
  session: Session,
  plan: TransactionPlan,
  sign: (nonce: number) => SignedTransaction,
): Promise<PendingTransaction> {
  const { chain, signer, intent, batch } = plan
  if (batch !== undefined) {
    await expectState(session, batch.id, { owner: batch.lease }, 'stored', 'submitted')
  }
  await holdSigner(session, chain, signer)
  const sql = `SELECT nonce FROM nonces WHERE chain = $1 AND signer = $2 AND intent = $3 AND state = 'pending'`
  const known = await session.one(sql, chain, signer, intent)
  if (known !== undefined) {
    return readPending(session, { chain, signer, nonce: integer(known, 'nonce') })
  }
  const nonce = Math.max(plan.chainNonce, (await highestNonce(session, chain, signer)) + 1)
  await session.run(
    `INSERT INTO nonces (chain, signer, nonce, intent, state, created_at) VALUES ($1, $2, $3, $4, 'pending', $5)`,
    chain,
    signer,
    nonce,
    intent,
    plan.now,
  )
  await insertSigned(session, { chain, signer, nonce }, sign(nonce), 0)
  if (batch !== undefined) {
    await dropCredentials(session, batch.id)
    const sql = `UPDATE batches SET state = 'submitted', submitted_at = $2 WHERE id = $1`
    await session.run(sql, batch.id, plan.now)
  }
  return readPending(session, { chain, signer, nonce })
}

/** Until the transaction ends, nobody else gives a nonce of this key. */
async function holdSigner(session: Session, chain: string, signer: string): Promise<void> {
  const sql = 'INSERT INTO signers (chain, signer) VALUES ($1, $2) ON CONFLICT DO NOTHING'
  await session.run(sql, chain, signer)
  await session.one(
    'SELECT 1 FROM signers WHERE chain = $1 AND signer = $2 FOR UPDATE',
    chain,
    signer,
  )
}

async function highestNonce(session: Session, chain: string, signer: string): Promise<number> {
  const sql =
    'SELECT coalesce(max(nonce), -1) AS nonce FROM nonces WHERE chain = $1 AND signer = $2'
  return integer((await session.one(sql, chain, signer)) ?? {}, 'nonce')
}

/** Whoever replaces at the same time stands behind the other: each may be the one that is mined, so each is kept. */
async function replaced(
  session: Session,
  of: PendingTransaction,
  signed: SignedTransaction,
): Promise<PendingTransaction> {
  const { chain, signer, nonce } = of
  const key = [chain, signer, nonce] as const
  await session.one(
    'SELECT 1 FROM nonces WHERE chain = $1 AND signer = $2 AND nonce = $3 FOR UPDATE',
    ...key,
  )
  const places = await session.all(
    'SELECT hash FROM transactions WHERE chain = $1 AND signer = $2 AND nonce = $3',
    ...key,
  )
  const isKept = places.some(({ hash }) => hash === signed.hash)
  if (!isKept) await insertSigned(session, of, signed, places.length)
  return readPending(session, of)
}

async function insertSigned(
  session: Session,
  { chain, signer, nonce }: NonceKey,
  signed: SignedTransaction,
  place: number,
): Promise<void> {
  await session.run(
    `INSERT INTO transactions (hash, chain, signer, nonce, raw, max_fee, max_priority_fee, place)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    signed.hash,
    chain,
    signer,
    nonce,
    signed.raw,
    signed.maxFeePerGas,
    signed.maxPriorityFeePerGas,
    place,
  )
}

async function readPending(
  session: Session,
  { chain, signer, nonce }: NonceKey,
): Promise<PendingTransaction> {
  const sql = `${PENDING} WHERE chain = $1 AND signer = $2 AND nonce = $3 ORDER BY place`
  const [pending] = pendingOf(await session.all(sql, chain, signer, nonce))
  invariant(pending !== undefined, `nonce ${nonce} of ${signer} is not in the store`)
  return pending
}

/** Rows of one key, ordered by nonce and place: one for each signed transaction. */
function pendingOf(rows: readonly PgRow[]): PendingTransaction[] {
  const byNonce = Map.groupBy(rows, (row) => integer(row, 'nonce'))
  return [...byNonce.values()].flatMap((same) => {
    const [first] = same
    if (first === undefined) return []
    return {
      chain: text(first, 'chain'),
      signer: text(first, 'signer'),
      nonce: integer(first, 'nonce'),
      intent: text(first, 'intent'),
      createdAt: integer(first, 'created_at'),
      signed: same.map((row) => ({
        hash: text(row, 'hash'),
        raw: text(row, 'raw'),
        maxFeePerGas: BigInt(text(row, 'max_fee')),
        maxPriorityFeePerGas: BigInt(text(row, 'max_priority_fee')),
      })),
    }
  })
}

function parseStatusChange(row: PgRow): StatusChange {
  const action = STATUS_ACTIONS.find((one) => one === row['action'])
  const indexes = row['indexes']
  invariant(action !== undefined, 'a status change has a known action')
  invariant(Array.isArray(indexes) && indexes.every(Number.isSafeInteger), 'indexes are integers')
  return {
    batchId: text(row, 'batch_id'),
    action,
    indexes: indexes.map(Number),
    reason: integer(row, 'reason'),
    transaction: text(row, 'transaction_hash'),
    at: integer(row, 'at'),
  }
}

const STATUS_ACTIONS = ['revoke', 'suspend', 'reinstate', 'revoke-batch'] as const
