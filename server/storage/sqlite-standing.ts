/** Anchors that stand, transactions that were lost, batches that wait, in SQLite. */

import { invariant } from '../../src/index.ts'
import { parseTrouble } from '../issuance/anchor-port.ts'
import { integer, text } from './sqlite-database.ts'
import type { SqliteDatabase } from './sqlite-database.ts'
import { parseBatch, settle } from './sqlite-rows.ts'
import { MOST_REVIVED } from './standing.ts'
import type { StandingStore } from './standing.ts'

export function sqliteStanding(db: SqliteDatabase): StandingStore {
  return {
    anchoredBatches: (limit, offset) =>
      settle(() => {
        const sql = `SELECT * FROM batches WHERE state = 'anchored' ORDER BY anchored_at DESC, id LIMIT ? OFFSET ?`
        return db.all(sql, limit, offset).map((row) => {
          const batch = parseBatch(row)
          invariant(batch.state === 'anchored', 'only anchored batches were asked for')
          return batch
        })
      }),
    reopenAnchor: (id, anchoredAt) =>
      settle(() => {
        const sql = `UPDATE batches SET state = 'submitted', anchored_at = NULL, final_at = NULL, operator = NULL,
            transaction_hash = NULL, lease_owner = NULL, lease_until = 0
          WHERE id = ? AND state = 'anchored' AND anchored_at = ?`
        return db.run(sql, id, anchoredAt) === 1
      }),
    reviveTransactions: (chain, signer, from) =>
      settle(() => db.transaction(() => revived(db, chain, signer, from))),
    noteTrouble: (id, code, at) =>
      settle(() => {
        if (code === undefined) db.run('DELETE FROM troubles WHERE batch_id = ?', id)
        else {
          const sql = `INSERT INTO troubles (batch_id, code, since) VALUES (?, ?, ?)
            ON CONFLICT (batch_id) DO UPDATE SET code = excluded.code, since = excluded.since
            WHERE code <> excluded.code`
          db.run(sql, id, code, at)
        }
      }),
    troubles: (limit) =>
      settle(() =>
        db.all('SELECT * FROM troubles ORDER BY since, batch_id LIMIT ?', limit).map((row) => ({
          batchId: text(row, 'batch_id'),
          code: parseTrouble(text(row, 'code')),
          since: integer(row, 'since'),
        })),
      ),
  }
}

function revived(db: SqliteDatabase, chain: string, signer: string, from: number): number {
  const lost = db.all(
    `SELECT nonce FROM nonces WHERE chain = ? AND signer = ? AND nonce >= ? AND state <> 'pending'
       ORDER BY nonce LIMIT ?`,
    chain,
    signer,
    from,
    MOST_REVIVED,
  )
  // The last of a purpose keeps its name: whoever goes on with that purpose finds it.
  for (const row of lost.toReversed()) {
    db.run(
      `UPDATE nonces SET state = 'pending', intent = CASE WHEN EXISTS (
         SELECT 1 FROM nonces AS other WHERE other.chain = nonces.chain AND other.signer = nonces.signer
           AND other.intent = nonces.intent AND other.state = 'pending')
         THEN intent || '#' || nonce ELSE intent END
         WHERE chain = ? AND signer = ? AND nonce = ?`,
      chain,
      signer,
      integer(row, 'nonce'),
    )
  }
  return lost.length
}
