import type { SessionStore } from './sessions.ts'
import { blob, integer, text } from './sqlite-database.ts'
import type { SqliteDatabase } from './sqlite-database.ts'
import { settle } from './sqlite-rows.ts'

export function sqliteSessions(db: SqliteDatabase): SessionStore {
  return {
    addSession: ({ tokenHash, keyId, seenAt, endsAt }, most) =>
      settle(() => {
        db.transaction(() => {
          const sql =
            'INSERT INTO sessions (token_hash, key_id, seen_at, ends_at) VALUES (?, ?, ?, ?)'
          db.run(sql, tokenHash, keyId, seenAt, endsAt)
          db.run(
            `DELETE FROM sessions WHERE token_hash IN (SELECT token_hash FROM sessions
               WHERE key_id = ? ORDER BY token_hash = ? DESC, ends_at DESC LIMIT -1 OFFSET ?)`,
            keyId,
            tokenHash,
            most,
          )
        })
      }),
    findSession: (tokenHash) =>
      settle(() => {
        const row = db.one('SELECT * FROM sessions WHERE token_hash = ?', tokenHash)
        return (
          row && {
            tokenHash: blob(row, 'token_hash'),
            keyId: text(row, 'key_id'),
            seenAt: integer(row, 'seen_at'),
            endsAt: integer(row, 'ends_at'),
          }
        )
      }),
    touchSession: (tokenHash, at) =>
      settle(() => {
        db.run('UPDATE sessions SET seen_at = MAX(seen_at, ?) WHERE token_hash = ?', at, tokenHash)
      }),
    endSession: (tokenHash) =>
      settle(() => db.run('DELETE FROM sessions WHERE token_hash = ?', tokenHash) === 1),
    pruneSessions: (now, idleSince) =>
      settle(() =>
        db.run('DELETE FROM sessions WHERE ends_at <= ? OR seen_at <= ?', now, idleSince),
      ),
  }
}
