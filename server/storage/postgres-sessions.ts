import { bytea, integer, text } from './postgres-database.ts'
import type { PostgresDatabase } from './postgres-database.ts'
import type { SessionStore } from './sessions.ts'

export function postgresSessions(db: PostgresDatabase): SessionStore {
  return {
    addSession: ({ tokenHash, keyId, seenAt, endsAt }, most) =>
      db.transaction(async (session) => {
        // One at a time for each key, so that the limit is kept whoever asks at the same time.
        await session.one('SELECT 1 FROM api_keys WHERE id = $1 FOR NO KEY UPDATE', keyId)
        await session.run(
          'INSERT INTO sessions (token_hash, key_id, seen_at, ends_at) VALUES ($1, $2, $3, $4)',
          ...[tokenHash, keyId, seenAt, endsAt],
        )
        await session.run(
          `DELETE FROM sessions WHERE token_hash IN (SELECT token_hash FROM sessions
             WHERE key_id = $1 ORDER BY token_hash = $2 DESC, ends_at DESC OFFSET $3)`,
          ...[keyId, tokenHash, most],
        )
      }),
    findSession: async (tokenHash) => {
      const row = await db.one('SELECT * FROM sessions WHERE token_hash = $1', tokenHash)
      return (
        row && {
          tokenHash: bytea(row, 'token_hash'),
          keyId: text(row, 'key_id'),
          seenAt: integer(row, 'seen_at'),
          endsAt: integer(row, 'ends_at'),
        }
      )
    },
    touchSession: async (tokenHash, at) => {
      const sql = 'UPDATE sessions SET seen_at = GREATEST(seen_at, $1) WHERE token_hash = $2'
      await db.run(sql, at, tokenHash)
    },
    endSession: async (tokenHash) =>
      (await db.run('DELETE FROM sessions WHERE token_hash = $1', tokenHash)) === 1,
    pruneSessions: (now, idleSince) =>
      db.run('DELETE FROM sessions WHERE ends_at <= $1 OR seen_at <= $2', now, idleSince),
  }
}
