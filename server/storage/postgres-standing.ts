/** Anchors that stand, transactions that were lost, batches that wait, in PostgreSQL. */

import { invariant } from '../../src/index.ts'
import { parseTrouble } from '../issuance/anchor-port.ts'
import { integer, text } from './postgres-database.ts'
import type { PostgresDatabase, Session } from './postgres-database.ts'
import { parseBatch } from './postgres-rows.ts'
import { MOST_REVIVED } from './standing.ts'
import type { StandingStore } from './standing.ts'

export function postgresStanding(db: PostgresDatabase): StandingStore {
  return {
    anchoredBatches: async (limit, offset) => {
      const sql = `SELECT * FROM batches WHERE state = 'anchored' ORDER BY anchored_at DESC, id LIMIT $1 OFFSET $2`
      return (await db.all(sql, limit, offset)).map((row) => {
        const batch = parseBatch(row)
        invariant(batch.state === 'anchored', 'only anchored batches were asked for')
        return batch
      })
    },
    reopenAnchor: async (id, anchoredAt) => {
      const sql = `UPDATE batches SET state = 'submitted', anchored_at = NULL, final_at = NULL, operator = NULL,
          transaction_hash = NULL, lease_owner = NULL, lease_until = 0
        WHERE id = $1 AND state = 'anchored' AND anchored_at = $2`
      return (await db.run(sql, id, anchoredAt)) === 1
    },
    reviveTransactions: (chain, signer, from) =>
      db.transaction((session) => revived(session, chain, signer, from)),
    noteTrouble: async (id, code, at) => {
      if (code === undefined) await db.run('DELETE FROM troubles WHERE batch_id = $1', id)
      else {
        const sql = `INSERT INTO troubles (batch_id, code, since) VALUES ($1, $2, $3)
          ON CONFLICT (batch_id) DO UPDATE SET code = excluded.code, since = excluded.since
          WHERE troubles.code <> excluded.code`
        await db.run(sql, id, code, at)
      }
    },
    troubles: async (limit) => {
      const rows = await db.all('SELECT * FROM troubles ORDER BY since, batch_id LIMIT $1', limit)
      return rows.map((row) => ({
        batchId: text(row, 'batch_id'),
        code: parseTrouble(text(row, 'code')),
        since: integer(row, 'since'),
      }))
    },
  }
}

async function revived(
  session: Session,
  chain: string,
  signer: string,
  from: number,
): Promise<number> {
  // Held like a signer that is given a nonce: no purpose becomes pending meanwhile.
  const held = 'SELECT 1 FROM signers WHERE chain = $1 AND signer = $2 FOR UPDATE'
  await session.one(held, chain, signer)
  const lost = await session.all(
    `SELECT nonce FROM nonces WHERE chain = $1 AND signer = $2 AND nonce >= $3 AND state <> 'pending'
       ORDER BY nonce LIMIT $4`,
    chain,
    signer,
    from,
    MOST_REVIVED,
  )
  // The last of a purpose keeps its name: whoever goes on with that purpose finds it.
  for (const row of lost.toReversed()) {
    await session.run(
      `UPDATE nonces SET state = 'pending', intent = CASE WHEN EXISTS (
         SELECT 1 FROM nonces AS other WHERE other.chain = nonces.chain AND other.signer = nonces.signer
           AND other.intent = nonces.intent AND other.state = 'pending')
         THEN intent || '#' || nonce ELSE intent END
         WHERE chain = $1 AND signer = $2 AND nonce = $3`,
      chain,
      signer,
      integer(row, 'nonce'),
    )
  }
  return lost.length
}
