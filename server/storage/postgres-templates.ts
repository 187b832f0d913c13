/** Templates in PostgreSQL. */

import { bytea, integer, text } from './postgres-database.ts'
import type { PgRow, PostgresDatabase, Session } from './postgres-database.ts'
import type { NewTemplate, StoredTemplate, TemplateStore, TemplateSummary } from './templates.ts'

const SUPERSEDED = `EXISTS (SELECT FROM templates later WHERE later.series = templates.series
  AND later.version > templates.version)`
const SUMMARY = `id, issuer, series, version, name, is_complete, created_at, created_by, archived_at,
  ${SUPERSEDED} AS is_superseded`

export function postgresTemplates(db: PostgresDatabase): TemplateStore {
  return {
    addTemplate: (template) => db.transaction((session) => add(session, template)),
    findTemplate: (issuer, id) => find(db, issuer, id),
    listTemplates: async (issuer, { limit, after, all = false }) => {
      const rows = await db.all(
        `SELECT ${SUMMARY} FROM templates WHERE issuer = $1
           AND (created_at, id COLLATE "C") < ($2::bigint, $3::text COLLATE "C")
           AND ($4 OR (archived_at IS NULL AND NOT ${SUPERSEDED}))
           ORDER BY created_at DESC, id COLLATE "C" DESC LIMIT $5`,
        issuer,
        after?.createdAt ?? Number.MAX_SAFE_INTEGER,
        after?.id ?? '',
        all,
        limit,
      )
      return rows.map(parseSummary)
    },
    archiveTemplate: async (issuer, id, at) => {
      const sql = `UPDATE templates SET archived_at = coalesce(archived_at, $1)
        WHERE series = (SELECT series FROM templates WHERE issuer = $2 AND id = $3)`
      return (await db.run(sql, at, issuer, id)) > 0
    },
  }
}

async function find(
  session: Pick<Session, 'one'>,
  issuer: string,
  id: string,
): Promise<StoredTemplate | undefined> {
  const sql = `SELECT ${SUMMARY}, body FROM templates WHERE issuer = $1 AND id = $2`
  const row = await session.one(sql, issuer, id)
  return row === undefined ? undefined : { ...parseSummary(row), body: bytea(row, 'body') }
}

/** Of two that supersede one version at once, the second waits for the first and finds it superseded. */
async function add(session: Session, template: NewTemplate): Promise<StoredTemplate | undefined> {
  const { issuer, supersedes, id } = template
  if (supersedes !== undefined) {
    await session.one('SELECT 1 FROM templates WHERE id = $1 FOR UPDATE', supersedes)
  }
  const before = supersedes === undefined ? undefined : await find(session, issuer, supersedes)
  const isStale = before?.isSuperseded === true || before?.archivedAt !== undefined
  if (supersedes !== undefined && (before === undefined || isStale)) return undefined
  await session.run(
    `INSERT INTO templates (id, issuer, series, version, name, body, is_complete, created_at, created_by)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    id,
    issuer,
    before?.series ?? id,
    (before?.version ?? 0) + 1,
    template.name,
    template.body,
    template.isComplete,
    template.createdAt,
    template.createdBy ?? null,
  )
  return find(session, issuer, id)
}

function parseSummary(row: PgRow): TemplateSummary {
  return {
    id: text(row, 'id'),
    issuer: text(row, 'issuer'),
    series: text(row, 'series'),
    version: integer(row, 'version'),
    name: text(row, 'name'),
    isComplete: row['is_complete'] === true,
    createdAt: integer(row, 'created_at'),
    createdBy: row['created_by'] === null ? undefined : text(row, 'created_by'),
    archivedAt: row['archived_at'] === null ? undefined : integer(row, 'archived_at'),
    isSuperseded: row['is_superseded'] === true,
  }
}
