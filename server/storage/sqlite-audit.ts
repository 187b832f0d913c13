/** The audit log in SQLite. */

import { auditDigest } from './audit.ts'
import type { AuditEntry, AuditStore, LoggedEntry } from './audit.ts'
import { integer, text } from './sqlite-database.ts'
import type { SqliteDatabase, SqlRow } from './sqlite-database.ts'
import { settle } from './sqlite-rows.ts'

export function sqliteAudit(db: SqliteDatabase): AuditStore {
  return {
    audit: (entry) =>
      settle(() => {
        db.transaction(() => {
          enter(db, entry)
        })
      }),
    auditLog: ({ limit, after, issuer }) =>
      settle(() =>
        db
          .all(
            `SELECT * FROM audit WHERE id < coalesce(?1, 9e18) AND (?2 IS NULL OR issuer = ?2)
               ORDER BY id DESC LIMIT ?3`,
            after ?? null,
            issuer ?? null,
            limit,
          )
          .map(parseEntry),
      ),
  }
}

/** One more entry; part of the transaction of what it tells of. */
export function enter(db: SqliteDatabase, entry: AuditEntry): void {
  const last = db.one('SELECT digest FROM audit ORDER BY id DESC LIMIT 1')
  const before = last === undefined ? '' : text(last, 'digest')
  const { at, action, subject, actor, issuer } = entry
  db.run(
    'INSERT INTO audit (at, action, subject, actor, issuer, digest) VALUES (?, ?, ?, ?, ?, ?)',
    at,
    action,
    subject,
    actor,
    issuer ?? null,
    auditDigest(before, entry),
  )
}

function parseEntry(row: SqlRow): LoggedEntry {
  return {
    id: integer(row, 'id'),
    at: integer(row, 'at'),
    action: text(row, 'action'),
    subject: text(row, 'subject'),
    actor: text(row, 'actor'),
    digest: text(row, 'digest'),
    ...(row['issuer'] === null ? {} : { issuer: text(row, 'issuer') }),
  }
}
