/** The table of API keys in the words of each driver. */

export const SQLITE_API_KEYS = `
  CREATE TABLE api_keys (
    id TEXT PRIMARY KEY,
    issuer TEXT NOT NULL,
    label TEXT NOT NULL,
    scopes TEXT NOT NULL,
    secret_hash BLOB NOT NULL CHECK (length(secret_hash) = 32),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    revoked_at INTEGER,
    last_used_at INTEGER
  ) STRICT;
  CREATE INDEX api_keys_by_issuer ON api_keys (issuer, created_at);
  `

export const POSTGRES_API_KEYS = `
  CREATE TABLE api_keys (
    id TEXT PRIMARY KEY,
    issuer TEXT NOT NULL,
    label TEXT NOT NULL,
    scopes TEXT NOT NULL,
    secret_hash BYTEA NOT NULL CHECK (length(secret_hash) = 32),
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    revoked_at BIGINT,
    last_used_at BIGINT
  );
  CREATE INDEX api_keys_by_issuer ON api_keys (issuer, created_at);
  `
