/** Tables of shares, for both drivers: what a share is, and apart from it the bytes that go when it goes. */

export const SQLITE_SHARES = `
  CREATE TABLE shares (
    id TEXT PRIMARY KEY,
    batch_id TEXT NOT NULL,
    row INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER,
    withdrawn_at INTEGER,
    opened INTEGER NOT NULL DEFAULT 0,
    FOREIGN KEY (batch_id, row) REFERENCES certificates (batch_id, row) ON DELETE CASCADE
  ) STRICT;
  CREATE INDEX shares_by_certificate ON shares (batch_id, row);

  CREATE TABLE share_contents (
    id TEXT PRIMARY KEY REFERENCES shares (id) ON DELETE CASCADE,
    presentation BLOB NOT NULL
  ) STRICT;
  `

/** `partitions` as many as `erasable` has: an erasure writes one of them anew. */
export function postgresShares(partitions: number): string {
  const parts = Array.from(
    { length: partitions },
    (_, part) => `CREATE TABLE share_contents_${part} PARTITION OF share_contents
      FOR VALUES WITH (MODULUS ${partitions}, REMAINDER ${part});`,
  )
  return `
  CREATE TABLE shares (
    id TEXT PRIMARY KEY,
    batch_id TEXT NOT NULL,
    "row" INTEGER NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT,
    withdrawn_at BIGINT,
    opened BIGINT NOT NULL DEFAULT 0,
    FOREIGN KEY (batch_id, "row") REFERENCES certificates (batch_id, "row") ON DELETE CASCADE
  );
  CREATE INDEX shares_by_certificate ON shares (batch_id, "row");

  CREATE TABLE share_contents (
    id TEXT NOT NULL REFERENCES shares (id) ON DELETE CASCADE,
    batch_id TEXT NOT NULL,
    presentation BYTEA NOT NULL,
    PRIMARY KEY (batch_id, id)
  ) PARTITION BY HASH (batch_id);
  ${parts.join('\n  ')}
  `
}
