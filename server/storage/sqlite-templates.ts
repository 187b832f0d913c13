/** Templates in SQLite. */

import { blob, integer, text } from './sqlite-database.ts'
import type { SqliteDatabase, SqlRow } from './sqlite-database.ts'
import { settle } from './sqlite-rows.ts'
import type { NewTemplate, StoredTemplate, TemplateStore, TemplateSummary } from './templates.ts'

const SUPERSEDED = `EXISTS (SELECT 1 FROM templates later WHERE later.series = templates.series
  AND later.version > templates.version) AS is_superseded`
const SUMMARY = `id, issuer, series, version, name, is_complete, created_at, created_by, archived_at, ${SUPERSEDED}`

export function sqliteTemplates(db: SqliteDatabase): TemplateStore {
  const find = (issuer: string, id: string): StoredTemplate | undefined => {
    const sql = `SELECT ${SUMMARY}, body FROM templates WHERE issuer = ? AND id = ?`
    const row = db.one(sql, issuer, id)
    return row === undefined ? undefined : { ...parseSummary(row), body: blob(row, 'body') }
  }
  return {
    addTemplate: (template) =>
      settle(() =>
        db.transaction(() => {
          const { issuer, supersedes } = template
          const before = supersedes === undefined ? undefined : find(issuer, supersedes)
          const isStale = before?.isSuperseded === true || before?.archivedAt !== undefined
          if (supersedes !== undefined && (before === undefined || isStale)) return undefined
          insert(db, template, before?.series ?? template.id, (before?.version ?? 0) + 1)
          return find(issuer, template.id)
        }),
      ),
    findTemplate: (issuer, id) => settle(() => find(issuer, id)),
    listTemplates: (issuer, { limit, after, all = false }) =>
      settle(() =>
        db
          .all(
            `SELECT ${SUMMARY} FROM templates WHERE issuer = ? AND (created_at, id) < (?, ?)
               AND (? OR (archived_at IS NULL AND NOT EXISTS (SELECT 1 FROM templates later
                 WHERE later.series = templates.series AND later.version > templates.version)))
               ORDER BY created_at DESC, id DESC LIMIT ?`,
            issuer,
            after?.createdAt ?? Number.MAX_SAFE_INTEGER,
            after?.id ?? '',
            all ? 1 : 0,
            limit,
          )
          .map(parseSummary),
      ),
    archiveTemplate: (issuer, id, at) =>
      settle(
        () =>
          db.run(
            `UPDATE templates SET archived_at = coalesce(archived_at, ?)
               WHERE series = (SELECT series FROM templates WHERE issuer = ? AND id = ?)`,
            at,
            issuer,
            id,
          ) > 0,
      ),
  }
}

function insert(db: SqliteDatabase, one: NewTemplate, series: string, version: number): void {
  db.run(
    `INSERT INTO templates (id, issuer, series, version, name, body, is_complete, created_at, created_by)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    one.id,
    one.issuer,
    series,
    version,
    one.name,
    one.body,
    one.isComplete ? 1 : 0,
    one.createdAt,
    one.createdBy ?? null,
  )
}

function parseSummary(row: SqlRow): TemplateSummary {
  return {
    id: text(row, 'id'),
    issuer: text(row, 'issuer'),
    series: text(row, 'series'),
    version: integer(row, 'version'),
    name: text(row, 'name'),
    isComplete: integer(row, 'is_complete') === 1,
    createdAt: integer(row, 'created_at'),
    createdBy: row['created_by'] === null ? undefined : text(row, 'created_by'),
    archivedAt: row['archived_at'] === null ? undefined : integer(row, 'archived_at'),
    isSuperseded: integer(row, 'is_superseded') === 1,
  }
}
