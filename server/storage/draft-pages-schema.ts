/**
 * Drafts of a large batch many to a page, under the master key: a bucket is opened as a whole when the indexes that lie in
 * it are sealed (`issuance/draft-pages.ts`). Pages go when credentials of drafts go.
 */

export const SQLITE_DRAFT_PAGES = `
  CREATE TABLE draft_pages (
    batch_id TEXT NOT NULL REFERENCES batches (id) ON DELETE CASCADE,
    bucket INTEGER NOT NULL,
    page INTEGER NOT NULL,
    drafts INTEGER NOT NULL,
    sealed BLOB NOT NULL,
    PRIMARY KEY (batch_id, bucket, page)
  ) STRICT;`

/** `partitions` as many as `erasable` has: an erasure writes one of them anew. */
export function postgresDraftPages(partitions: number): string {
  const parts = Array.from(
    { length: partitions },
    (_, part) => `CREATE TABLE draft_pages_${part} PARTITION OF draft_pages
      FOR VALUES WITH (MODULUS ${partitions}, REMAINDER ${part});`,
  )
  return `
  CREATE TABLE draft_pages (
    batch_id TEXT NOT NULL REFERENCES batches ON DELETE CASCADE,
    bucket INTEGER NOT NULL,
    page INTEGER NOT NULL,
    drafts INTEGER NOT NULL,
    sealed BYTEA NOT NULL,
    PRIMARY KEY (batch_id, bucket, page)
  ) PARTITION BY HASH (batch_id);
  -- What is sealed does not get smaller.
  ALTER TABLE draft_pages ALTER COLUMN sealed SET STORAGE EXTERNAL;
  ${parts.join('\n  ')}
  `
}
