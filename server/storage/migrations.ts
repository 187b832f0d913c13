import { SQLITE_QUEUE } from './queue-schema.ts'
import { SQLITE_TIMES } from './times-schema.ts'
import { SQLITE_TEMPLATES } from './templates-schema.ts'
import { OWED_SQLITE } from './owed-schema.ts'
import { OUTBOX_SQLITE } from './outbox-schema.ts'

/** The schema of the SQLite driver, forward only: the n-th entry leads from version n to n + 1. */

import { SQLITE_API_KEYS } from './api-keys-schema.ts'
import { SQLITE_OPERATIONS } from './operations-schema.ts'
import { SQLITE_REQUESTS } from './requests-schema.ts'
import { AUDIT_SQLITE } from './audit-schema.ts'
import { BACKLOG_INDEXES, unfinishedIndexBy } from './backlog-schema.ts'
import { MASTERS_SQLITE } from './masters-schema.ts'
import { SQLITE_DRAFT_PAGES } from './draft-pages-schema.ts'
import { SQLITE_FRAMES } from './frames-schema.ts'
import { SEARCH_SQLITE } from './search-schema.ts'
import { SQLITE_STANDING } from './standing-schema.ts'
import { SQLITE_DRAFTS } from './drafts-schema.ts'
import { PROFILES_LINKEDIN, SQLITE_PROFILES } from './profiles-schema.ts'
import { SQLITE_SEALED } from './sealed-schema.ts'
import { SQLITE_SESSIONS } from './sessions-schema.ts'
import { SQLITE_SHARES } from './shares-schema.ts'
import { SQLITE_STATISTICS } from './statistics-schema.ts'

export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE batches (
    id TEXT PRIMARY KEY,
    home TEXT NOT NULL,
    issuer TEXT NOT NULL,
    pointers TEXT NOT NULL,
    permanent INTEGER NOT NULL CHECK (permanent IN (0, 1)),
    sealed_secret BLOB,
    warnings TEXT NOT NULL DEFAULT '[]',
    created_at INTEGER NOT NULL,
    idempotency_key TEXT UNIQUE,
    request_digest TEXT,
    state TEXT NOT NULL CHECK (state IN ('open', 'drafted', 'sealed', 'stored', 'submitted', 'anchored')),
    size INTEGER CHECK (size > 0),
    root TEXT,
    manifest TEXT,
    anchored_at INTEGER,
    operator TEXT,
    transaction_hash TEXT,
    lease_owner TEXT,
    lease_until INTEGER NOT NULL DEFAULT 0,
    CHECK (state = 'open' OR size IS NOT NULL),
    CHECK (state IN ('open', 'drafted') OR root IS NOT NULL),
    CHECK (state IN ('open', 'drafted', 'sealed') OR manifest IS NOT NULL),
    CHECK (state <> 'anchored' OR (anchored_at > 0 AND operator IS NOT NULL))
  ) STRICT;
  CREATE INDEX batches_by_root ON batches (root);
  CREATE INDEX batches_unfinished ON batches (created_at) WHERE state <> 'anchored';

  CREATE TABLE certificates (
    batch_id TEXT NOT NULL REFERENCES batches (id) ON DELETE CASCADE,
    row INTEGER NOT NULL,
    idx INTEGER,
    commitment BLOB NOT NULL CHECK (length(commitment) = 32),
    sealed_seed BLOB,
    sealed_credential BLOB,
    sealed_learner BLOB,
    email_tag BLOB,
    external_id_tag BLOB,
    cid TEXT UNIQUE,
    sealing INTEGER,
    server_key BLOB,
    key_auth_hash BLOB,
    owner_hash BLOB,
    PRIMARY KEY (batch_id, row)
  ) STRICT;
  CREATE UNIQUE INDEX certificates_by_index ON certificates (batch_id, idx);
  CREATE INDEX certificates_by_email ON certificates (email_tag) WHERE email_tag IS NOT NULL;
  CREATE INDEX certificates_by_external_id ON certificates (external_id_tag)
    WHERE external_id_tag IS NOT NULL;

  CREATE TABLE tombstones (
    cid TEXT PRIMARY KEY,
    batch_id TEXT NOT NULL,
    idx INTEGER NOT NULL,
    reason INTEGER NOT NULL,
    erased_at INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE nonces (
    chain TEXT NOT NULL,
    signer TEXT NOT NULL,
    nonce INTEGER NOT NULL,
    intent TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('pending', 'settled', 'lost')),
    created_at INTEGER NOT NULL,
    UNIQUE (chain, signer, nonce)
  ) STRICT;
  CREATE UNIQUE INDEX nonces_pending ON nonces (chain, signer, intent) WHERE state = 'pending';

  CREATE TABLE transactions (
    hash TEXT PRIMARY KEY,
    chain TEXT NOT NULL,
    signer TEXT NOT NULL,
    nonce INTEGER NOT NULL,
    raw TEXT NOT NULL,
    max_fee TEXT NOT NULL,
    max_priority_fee TEXT NOT NULL,
    place INTEGER NOT NULL,
    UNIQUE (chain, signer, nonce, place),
    FOREIGN KEY (chain, signer, nonce) REFERENCES nonces (chain, signer, nonce)
  ) STRICT;

  CREATE TABLE status_changes (
    batch_id TEXT NOT NULL,
    action TEXT NOT NULL,
    indexes TEXT NOT NULL,
    reason INTEGER NOT NULL,
    transaction_hash TEXT NOT NULL,
    at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX status_changes_by_batch ON status_changes (batch_id);

  CREATE TABLE audit (
    at INTEGER NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL
  ) STRICT;
  `,
  // Version 1 holds hashes of rows, which can be guessed at; a tag in their place needs the master key.
  `
  UPDATE batches SET idempotency_key = NULL, request_digest = NULL;
  `,
  SQLITE_API_KEYS,
  SQLITE_REQUESTS,
  SQLITE_QUEUE,
  SQLITE_TEMPLATES,
  SEARCH_SQLITE,
  AUDIT_SQLITE,
  MASTERS_SQLITE,
  OUTBOX_SQLITE,
  SQLITE_STANDING,
  SQLITE_OPERATIONS,
  SQLITE_SHARES,
  BACKLOG_INDEXES,
  OWED_SQLITE,
  SQLITE_SESSIONS,
  SQLITE_STATISTICS,
  SQLITE_TIMES,
  SQLITE_PROFILES,
  PROFILES_LINKEDIN,
  SQLITE_DRAFTS,
  SQLITE_SEALED,
  unfinishedIndexBy('id'),
  SQLITE_FRAMES,
  SQLITE_DRAFT_PAGES,
]
