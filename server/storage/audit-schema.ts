/** Who did it, for which issuer, and the hash that chains an entry to the one before. */

export const AUDIT_SQLITE = `
  ALTER TABLE audit RENAME TO earlier;
  CREATE TABLE audit (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    actor TEXT NOT NULL,
    issuer TEXT,
    digest TEXT NOT NULL
  ) STRICT;
  INSERT INTO audit (at, action, subject, actor, digest)
    SELECT at, action, subject, 'cli', '' FROM earlier ORDER BY rowid;
  DROP TABLE earlier;
`

export const AUDIT_POSTGRES = `
  ALTER TABLE audit ADD COLUMN actor TEXT NOT NULL DEFAULT 'cli', ADD COLUMN issuer TEXT,
    ADD COLUMN digest TEXT NOT NULL DEFAULT '';
`
