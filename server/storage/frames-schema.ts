/** What the drafts of a large batch share, under the master key; it goes with their credentials. */

const schemaOf = (bytes: string): string => `
  CREATE TABLE draft_frames (
    batch_id TEXT PRIMARY KEY REFERENCES batches (id) ON DELETE CASCADE,
    sealed ${bytes} NOT NULL
  )`

export const SQLITE_FRAMES = `${schemaOf('BLOB')} STRICT;`
export const POSTGRES_FRAMES = `${schemaOf('BYTEA')};`
