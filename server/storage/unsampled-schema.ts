/**
 * What PostgreSQL's planner keeps no samples of. `ANALYZE`, which the server starts by itself where rows change, copies
 * values of a table into `pg_statistic`, and there no erasure reaches them. None of these columns needs samples: they are
 * never looked for, or by equality alone, along an index.
 */

/** Of each table that an erasure takes something from, those columns, and their types. */
const UNSAMPLED = {
  erasable: {
    sealed_seed: 'BYTEA',
    sealed_credential: 'BYTEA',
    sealed_learner: 'BYTEA',
    server_key: 'BYTEA',
    key_auth_hash: 'BYTEA',
    owner_hash: 'BYTEA',
  },
  search: { tag: 'BIGINT' },
  share_contents: { presentation: 'BYTEA' },
  draft_pages: { sealed: 'BYTEA' },
  draft_frames: { sealed: 'BYTEA' },
  batches: { sealed_secret: 'BYTEA', idempotency_key: 'TEXT', request_digest: 'TEXT' },
  requests: { key: 'BYTEA', digest: 'BYTEA', reply: 'TEXT' },
  replacements: { envelope: 'BYTEA' },
  link_requests: { tag: 'BIGINT' },
} as const

/** A column that is given a type, also the one it has, loses the samples that there are of it. */
export const POSTGRES_UNSAMPLED = Object.entries(UNSAMPLED)
  .flatMap(([table, columns]) =>
    Object.entries(columns).flatMap(([column, type]) => [
      `ALTER TABLE ${table} ALTER COLUMN ${column} SET STATISTICS 0;`,
      `ALTER TABLE ${table} ALTER COLUMN ${column} TYPE ${type};`,
    ]),
  )
  .join('\n')
