import { bytea, integer, text } from './postgres-database.ts'
import type { PgRow, PostgresDatabase } from './postgres-database.ts'
import type { Begun, RequestStore } from './requests.ts'

export function postgresRequests(db: PostgresDatabase): RequestStore {
  return {
    beginRequest: ({ issuer, key, owner, now, until, keepUntil }) =>
      db.transaction(async (session): Promise<Begun> => {
        const values = [issuer, key, owner, until, keepUntil]
        const insert = `INSERT INTO requests (issuer, key, owner, until, keep_until)
          VALUES ($1, $2, $3, $4, $5) ON CONFLICT (issuer, key) DO NOTHING`
        if ((await session.run(insert, ...values)) === 1) return { kind: 'new' }
        const sql = 'SELECT * FROM requests WHERE issuer = $1 AND key = $2 FOR UPDATE'
        const known = await session.one(sql, issuer, key)
        // Dropped between the two statements: whoever dropped it may still be at work.
        if (known === undefined) return { kind: 'running' }
        const held = heldBy(known, now)
        if (held !== undefined) return held
        const update = `UPDATE requests SET owner = $3, until = $4, keep_until = $5,
          digest = NULL, status = NULL, reply = NULL WHERE issuer = $1 AND key = $2`
        await session.run(update, ...values)
        return { kind: 'new' }
      }),
    finishRequest: async ({ issuer, key, owner, digest, status, reply }) => {
      const sql = `UPDATE requests SET digest = $1, status = $2, reply = $3
        WHERE issuer = $4 AND key = $5 AND owner = $6 AND reply IS NULL`
      return (await db.run(sql, digest, status, reply, issuer, key, owner)) === 1
    },
    dropRequest: async ({ issuer, key, owner }) => {
      const sql = `DELETE FROM requests WHERE issuer = $1 AND key = $2 AND owner = $3 AND reply IS NULL`
      await db.run(sql, issuer, key, owner)
    },
    pruneRequests: (now) => db.run('DELETE FROM requests WHERE keep_until <= $1', now),
  }
}

/** What stands in the way of taking the key, if anything does. */
function heldBy(row: PgRow, now: number): Begun | undefined {
  if (integer(row, 'keep_until') <= now) return undefined
  if (row['reply'] === null) return integer(row, 'until') > now ? { kind: 'running' } : undefined
  const [digest, status, reply] = [bytea(row, 'digest'), integer(row, 'status'), text(row, 'reply')]
  return { kind: 'done', digest, status, reply }
}
