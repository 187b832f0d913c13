/** The table of batches that wait, for both drivers. */

export const SQLITE_STANDING = `
  CREATE TABLE troubles (
    batch_id TEXT PRIMARY KEY REFERENCES batches (id) ON DELETE CASCADE,
    code TEXT NOT NULL,
    since INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX batches_anchored ON batches (anchored_at) WHERE state = 'anchored';
  `

export const POSTGRES_STANDING = `
  CREATE TABLE troubles (
    batch_id TEXT PRIMARY KEY REFERENCES batches ON DELETE CASCADE,
    code TEXT NOT NULL,
    since BIGINT NOT NULL
  );
  CREATE INDEX batches_anchored ON batches (anchored_at) WHERE state = 'anchored';
  `
