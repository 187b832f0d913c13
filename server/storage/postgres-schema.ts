/** The schema of the PostgreSQL driver, forward only, and how a database is brought to it. */

import { ConfigError } from '../config.ts'
import { POSTGRES_API_KEYS } from './api-keys-schema.ts'
import { AUDIT_POSTGRES } from './audit-schema.ts'
import { MASTERS_POSTGRES } from './masters-schema.ts'
import { postgresDraftPages } from './draft-pages-schema.ts'
import { POSTGRES_FRAMES } from './frames-schema.ts'
import { OUTBOX_POSTGRES } from './outbox-schema.ts'
import { POSTGRES_OPERATIONS } from './operations-schema.ts'
import { OWED_POSTGRES } from './owed-schema.ts'
import { integer, text } from './postgres-database.ts'
import type { PostgresDatabase, Session } from './postgres-database.ts'
import { POSTGRES_PROFILES, PROFILES_LINKEDIN } from './profiles-schema.ts'
import { POSTGRES_SESSIONS } from './sessions-schema.ts'
import { POSTGRES_REQUESTS } from './requests-schema.ts'
import { POSTGRES_QUEUE } from './queue-schema.ts'
import { POSTGRES_TEMPLATES } from './templates-schema.ts'
import { POSTGRES_TIMES } from './times-schema.ts'
import { SEARCH_POSTGRES } from './search-schema.ts'
import { BACKLOG_INDEXES, unfinishedIndexBy } from './backlog-schema.ts'
import { POSTGRES_STANDING } from './standing-schema.ts'
import { postgresShares } from './shares-schema.ts'
import { POSTGRES_STATISTICS } from './statistics-schema.ts'
import { POSTGRES_UNSAMPLED } from './unsampled-schema.ts'

/** Parts of `erasable`: an erasure writes one of them anew, and a batch lies in one. */
export const PARTITIONS = 8

const partitions = Array.from(
  { length: PARTITIONS },
  (_, part) => `CREATE TABLE erasable_${part} PARTITION OF erasable
    FOR VALUES WITH (MODULUS ${PARTITIONS}, REMAINDER ${part});`,
).join('\n')

/** The n-th entry leads from version n to n + 1. */
const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE batches (
    id TEXT PRIMARY KEY,
    home TEXT NOT NULL,
    issuer TEXT NOT NULL,
    pointers TEXT NOT NULL,
    permanent BOOLEAN NOT NULL,
    sealed_secret BYTEA,
    warnings TEXT NOT NULL DEFAULT '[]',
    created_at BIGINT NOT NULL,
    idempotency_key TEXT UNIQUE,
    request_digest TEXT,
    state TEXT NOT NULL CHECK (state IN ('open', 'drafted', 'sealed', 'stored', 'submitted', 'anchored')),
    size INTEGER CHECK (size > 0),
    root TEXT,
    manifest TEXT,
    anchored_at BIGINT,
    operator TEXT,
    transaction_hash TEXT,
    lease_owner TEXT,
    lease_until BIGINT NOT NULL DEFAULT 0,
    CHECK (state = 'open' OR size IS NOT NULL),
    CHECK (state IN ('open', 'drafted') OR root IS NOT NULL),
    CHECK (state IN ('open', 'drafted', 'sealed') OR manifest IS NOT NULL),
    CHECK (state <> 'anchored' OR (anchored_at > 0 AND operator IS NOT NULL))
  );
  CREATE INDEX batches_by_root ON batches (root);
  CREATE INDEX batches_unfinished ON batches (created_at) WHERE state <> 'anchored';

  CREATE TABLE certificates (
    batch_id TEXT NOT NULL REFERENCES batches ON DELETE CASCADE,
    "row" INTEGER NOT NULL,
    idx INTEGER,
    commitment BYTEA NOT NULL CHECK (length(commitment) = 32),
    cid TEXT UNIQUE,
    sealing INTEGER,
    PRIMARY KEY (batch_id, "row"),
    UNIQUE (batch_id, idx)
  );

  -- What an erasure takes away, apart from what stays.
  CREATE TABLE erasable (
    batch_id TEXT NOT NULL,
    "row" INTEGER NOT NULL,
    sealed_seed BYTEA NOT NULL,
    sealed_credential BYTEA,
    sealed_learner BYTEA NOT NULL,
    email_tag BYTEA,
    external_id_tag BYTEA,
    server_key BYTEA,
    key_auth_hash BYTEA,
    owner_hash BYTEA,
    PRIMARY KEY (batch_id, "row"),
    FOREIGN KEY (batch_id, "row") REFERENCES certificates ON DELETE CASCADE
  ) PARTITION BY HASH (batch_id);
  ${partitions}
  CREATE INDEX erasable_by_email ON erasable (email_tag) WHERE email_tag IS NOT NULL;
  CREATE INDEX erasable_by_external_id ON erasable (external_id_tag)
    WHERE external_id_tag IS NOT NULL;

  CREATE TABLE tombstones (
    cid TEXT PRIMARY KEY,
    batch_id TEXT NOT NULL,
    idx INTEGER NOT NULL,
    reason INTEGER NOT NULL,
    erased_at BIGINT NOT NULL
  );

  -- One row for each key: whoever gives a nonce holds it.
  CREATE TABLE signers (chain TEXT NOT NULL, signer TEXT NOT NULL, PRIMARY KEY (chain, signer));

  CREATE TABLE nonces (
    chain TEXT NOT NULL,
    signer TEXT NOT NULL,
    nonce BIGINT NOT NULL,
    intent TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('pending', 'settled', 'lost')),
    created_at BIGINT NOT NULL,
    CONSTRAINT nonces_once PRIMARY KEY (chain, signer, nonce),
    FOREIGN KEY (chain, signer) REFERENCES signers
  );
  CREATE UNIQUE INDEX nonces_pending ON nonces (chain, signer, intent) WHERE state = 'pending';

  CREATE TABLE transactions (
    hash TEXT PRIMARY KEY,
    chain TEXT NOT NULL,
    signer TEXT NOT NULL,
    nonce BIGINT NOT NULL,
    raw TEXT NOT NULL,
    max_fee NUMERIC(78) NOT NULL,
    max_priority_fee NUMERIC(78) NOT NULL,
    place INTEGER NOT NULL,
    UNIQUE (chain, signer, nonce, place),
    FOREIGN KEY (chain, signer, nonce) REFERENCES nonces
  );

  CREATE TABLE status_changes (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    batch_id TEXT NOT NULL,
    action TEXT NOT NULL CHECK (action IN ('revoke', 'suspend', 'reinstate', 'revoke-batch')),
    indexes INTEGER[] NOT NULL,
    reason INTEGER NOT NULL,
    transaction_hash TEXT NOT NULL,
    at BIGINT NOT NULL
  );
  CREATE INDEX status_changes_by_batch ON status_changes (batch_id);

  CREATE TABLE audit (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at BIGINT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL
  );
  `,
  POSTGRES_API_KEYS,
  POSTGRES_REQUESTS,
  POSTGRES_QUEUE,
  POSTGRES_TEMPLATES,
  SEARCH_POSTGRES,
  AUDIT_POSTGRES,
  MASTERS_POSTGRES,
  OUTBOX_POSTGRES,
  POSTGRES_STANDING,
  POSTGRES_OPERATIONS,
  postgresShares(PARTITIONS),
  BACKLOG_INDEXES,
  OWED_POSTGRES,
  POSTGRES_SESSIONS,
  POSTGRES_STATISTICS,
  POSTGRES_TIMES,
  POSTGRES_PROFILES,
  PROFILES_LINKEDIN,
  unfinishedIndexBy('id COLLATE "C"'),
  POSTGRES_FRAMES,
  postgresDraftPages(PARTITIONS),
  POSTGRES_UNSAMPLED,
]

/** Any constant will do, as long as every process takes the same. */
const MIGRATION_LOCK = 0x1a17e7a

/**
 * Brings the schema forward in one transaction; of processes that start together, one does and the others wait. Throws
 * `ConfigError` where the database is of a later version, or does not write through to disk.
 */
export async function migrate(db: PostgresDatabase, member: string): Promise<void> {
  await db.transaction(async (session) => {
    await session.run(`SET LOCAL lock_timeout = '60s'`)
    await session.one('SELECT pg_advisory_xact_lock($1)', MIGRATION_LOCK)
    await refuseVolatile(session, member)
    // Asked first, since creating what exists needs a right that a working role need not have.
    const known = await session.one(`SELECT to_regclass('inaltera.store') IS NOT NULL AS is_there`)
    if (known?.['is_there'] !== true) await createStore(session)
    const version = integer((await session.one('SELECT version FROM store')) ?? {}, 'version')
    if (version > MIGRATIONS.length) {
      const message = `the database is of a later version (${version})`
      throw new ConfigError('invalid', member, message)
    }
    if (version === MIGRATIONS.length) return
    for (const migration of MIGRATIONS.slice(version)) await session.run(migration)
    await session.run('UPDATE store SET version = $1', MIGRATIONS.length)
  })
}

async function createStore(session: Session): Promise<void> {
  await session.run('CREATE SCHEMA IF NOT EXISTS inaltera')
  await session.run('CREATE TABLE store (version INTEGER NOT NULL, belongs_to TEXT)')
  await session.run('INSERT INTO store (version) VALUES (0)')
}

/** What is acknowledged must survive the machine: a server that is told otherwise is refused. */
async function refuseVolatile(session: Session, member: string): Promise<void> {
  for (const setting of ['fsync', 'full_page_writes']) {
    const row = await session.one('SELECT current_setting($1) AS value', setting)
    if (row?.['value'] === 'on') continue
    throw new ConfigError('invalid', member, `the database server runs with ${setting} off`)
  }
}

/**
 * Ties the database to one data folder, by a text that says which; `undefined` asks for one that is nobody's yet. Two
 * folders have two master keys, and neither could go on with the other's batches. Throws `ConfigError`.
 */
export async function bind(
  db: PostgresDatabase,
  belongsTo: string | undefined,
  member: string,
): Promise<void> {
  if (belongsTo !== undefined) {
    await db.run('UPDATE store SET belongs_to = $1 WHERE belongs_to IS NULL', belongsTo)
  }
  const row = (await db.one('SELECT belongs_to FROM store')) ?? {}
  const owner = row['belongs_to'] === null ? undefined : text(row, 'belongs_to')
  if (owner === belongsTo) return
  throw new ConfigError('invalid', member, 'the database belongs to another data folder')
}
