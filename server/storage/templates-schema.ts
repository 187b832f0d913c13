/** Tables of `templates.ts`. No learner is in them. */

const tableOf = (bytes: string, bool: string, time: string): string => `
  CREATE TABLE templates (
    id TEXT PRIMARY KEY,
    issuer TEXT NOT NULL,
    series TEXT NOT NULL,
    version INTEGER NOT NULL CHECK (version > 0),
    name TEXT NOT NULL,
    body ${bytes} NOT NULL,
    is_complete ${bool} NOT NULL,
    created_at ${time} NOT NULL,
    created_by TEXT,
    archived_at ${time},
    UNIQUE (series, version)
  )`
const INDEX = 'CREATE INDEX templates_by_issuer ON templates (issuer, created_at, id);'

export const SQLITE_TEMPLATES = `${tableOf('BLOB', 'INTEGER', 'INTEGER')} STRICT; ${INDEX}`
export const POSTGRES_TEMPLATES = `${tableOf('BYTEA', 'BOOLEAN', 'BIGINT')}; ${INDEX}`
