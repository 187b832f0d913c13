/** What the drafts of a large batch share, under the master key; with them it goes when the batch is anchored. */

const schemaOf = (bytes: string): string => `
  CREATE TABLE draft_moulds (
    batch_id TEXT PRIMARY KEY REFERENCES batches (id) ON DELETE CASCADE,
    sealed ${bytes} NOT NULL
  )`

export const SQLITE_MOULDS = `${schemaOf('BLOB')} STRICT;`
export const POSTGRES_MOULDS = `${schemaOf('BYTEA')};`
