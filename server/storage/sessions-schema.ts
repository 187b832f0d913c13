/** The table of the console's sessions in the words of each driver. */

export const SQLITE_SESSIONS = `
  CREATE TABLE sessions (
    token_hash BLOB PRIMARY KEY CHECK (length(token_hash) = 32),
    key_id TEXT NOT NULL REFERENCES api_keys (id) ON DELETE CASCADE,
    seen_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX sessions_by_key ON sessions (key_id);
  `

export const POSTGRES_SESSIONS = `
  CREATE TABLE sessions (
    token_hash BYTEA PRIMARY KEY CHECK (length(token_hash) = 32),
    key_id TEXT NOT NULL REFERENCES api_keys (id) ON DELETE CASCADE,
    seen_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL
  );
  CREATE INDEX sessions_by_key ON sessions (key_id);
  `
