import type { Begun, RequestStore } from './requests.ts'
import { blob, integer, text } from './sqlite-database.ts'
import type { SqliteDatabase, SqlRow } from './sqlite-database.ts'
import { settle } from './sqlite-rows.ts'

export function sqliteRequests(db: SqliteDatabase): RequestStore {
  return {
    beginRequest: ({ issuer, key, owner, now, until, keepUntil }) =>
      settle(() =>
        db.transaction((): Begun => {
          const where = 'WHERE issuer = ? AND key = ?'
          const known = db.one(`SELECT * FROM requests ${where}`, issuer, key)
          const held = known && heldBy(known, now)
          if (held !== undefined) return held
          db.run(`DELETE FROM requests ${where}`, issuer, key)
          const sql = `INSERT INTO requests (issuer, key, owner, until, keep_until) VALUES (?, ?, ?, ?, ?)`
          db.run(sql, issuer, key, owner, until, keepUntil)
          return { kind: 'new' }
        }),
      ),
    finishRequest: ({ issuer, key, owner, digest, status, reply }) =>
      settle(() => {
        const sql = `UPDATE requests SET digest = ?, status = ?, reply = ?
          WHERE issuer = ? AND key = ? AND owner = ? AND reply IS NULL`
        return db.run(sql, digest, status, reply, issuer, key, owner) === 1
      }),
    dropRequest: ({ issuer, key, owner }) =>
      settle(() => {
        const sql = `DELETE FROM requests WHERE issuer = ? AND key = ? AND owner = ? AND reply IS NULL`
        db.run(sql, issuer, key, owner)
      }),
    pruneRequests: (now) => settle(() => db.run('DELETE FROM requests WHERE keep_until <= ?', now)),
  }
}

/** What stands in the way of taking the key, if anything does. */
function heldBy(row: SqlRow, now: number): Begun | undefined {
  if (integer(row, 'keep_until') <= now) return undefined
  if (row['reply'] === null) return integer(row, 'until') > now ? { kind: 'running' } : undefined
  const [digest, status, reply] = [blob(row, 'digest'), integer(row, 'status'), text(row, 'reply')]
  return { kind: 'done', digest, status, reply }
}
