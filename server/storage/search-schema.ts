/**
 * The search index of both drivers. A tag leads to a batch, by a number that grows with every batch, and a row in it:
 * short keys, and newest first is their order. Nothing leads from a row to its tags but reading them all, which an
 * erasure does, since it writes the table anew anyway.
 */

/** What an erasure writes anew on PostgreSQL is one part of this many. */
const SEARCH_PARTS = 8

export const SEARCH_SQLITE = `
  DROP INDEX certificates_by_email;
  DROP INDEX certificates_by_external_id;
  ALTER TABLE certificates DROP COLUMN email_tag;
  ALTER TABLE certificates DROP COLUMN external_id_tag;
  CREATE TABLE search_batches (
    no INTEGER PRIMARY KEY AUTOINCREMENT,
    batch_id TEXT NOT NULL UNIQUE REFERENCES batches (id) ON DELETE CASCADE
  ) STRICT;
  CREATE TABLE search (
    tag INTEGER NOT NULL,
    no INTEGER NOT NULL,
    row INTEGER NOT NULL,
    PRIMARY KEY (tag, no, row)
  ) STRICT, WITHOUT ROWID;
`

const parts = Array.from(
  { length: SEARCH_PARTS },
  (_, part) => `CREATE TABLE search_${part} PARTITION OF search
    FOR VALUES WITH (MODULUS ${SEARCH_PARTS}, REMAINDER ${part});`,
).join('\n')

export const SEARCH_POSTGRES = `
  ALTER TABLE erasable DROP COLUMN email_tag;
  ALTER TABLE erasable DROP COLUMN external_id_tag;
  CREATE TABLE search_batches (
    no INTEGER GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    batch_id TEXT NOT NULL UNIQUE REFERENCES batches ON DELETE CASCADE
  );
  CREATE TABLE search (
    tag BIGINT NOT NULL,
    no INTEGER NOT NULL,
    "row" INTEGER NOT NULL,
    PRIMARY KEY (tag, no, "row")
  ) PARTITION BY HASH (no);
  ${parts}
`
