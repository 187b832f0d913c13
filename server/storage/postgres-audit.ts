/** The audit log in PostgreSQL. */

import { auditDigest } from './audit.ts'
import type { AuditEntry, AuditStore, LoggedEntry } from './audit.ts'
import { integer, text } from './postgres-database.ts'
import type { PgRow, PostgresDatabase, Session } from './postgres-database.ts'

export function postgresAudit(db: PostgresDatabase): AuditStore {
  return {
    audit: (entry) => db.transaction((session) => enter(session, entry)),
    auditLog: async ({ limit, after, issuer }) => {
      const rows = await db.all(
        `SELECT * FROM audit WHERE ($1::bigint IS NULL OR id < $1) AND ($2::text IS NULL OR issuer = $2)
           ORDER BY id DESC LIMIT $3`,
        after ?? null,
        issuer ?? null,
        limit,
      )
      return rows.map(parseEntry)
    },
  }
}

/** One more entry; part of the transaction of what it tells of, and best its last statement. */
export async function enter(session: Session, entry: AuditEntry): Promise<void> {
  // One entry at a time: each follows from the last.
  await session.run('LOCK TABLE audit IN SHARE ROW EXCLUSIVE MODE')
  const last = await session.one('SELECT digest FROM audit ORDER BY id DESC LIMIT 1')
  const before = last === undefined ? '' : text(last, 'digest')
  const { at, action, subject, actor, issuer } = entry
  await session.run(
    'INSERT INTO audit (at, action, subject, actor, issuer, digest) VALUES ($1, $2, $3, $4, $5, $6)',
    at,
    action,
    subject,
    actor,
    issuer ?? null,
    auditDigest(before, entry),
  )
}

function parseEntry(row: PgRow): LoggedEntry {
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
