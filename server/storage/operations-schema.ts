/** Tables of operations and replacements, for both drivers. */

const KINDS = `('revoke', 'suspend', 'reinstate', 'revoke-batch', 'correct')`

export const SQLITE_OPERATIONS = `
  CREATE TABLE operations (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    issuer TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ${KINDS}),
    batch_id TEXT NOT NULL REFERENCES batches (id),
    idx INTEGER,
    reason INTEGER NOT NULL,
    replacement TEXT,
    created_at INTEGER NOT NULL,
    created_by TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('queued', 'done', 'failed')),
    attempts INTEGER NOT NULL DEFAULT 0,
    next_attempt_at INTEGER NOT NULL,
    trouble TEXT,
    transactions TEXT NOT NULL DEFAULT '[]',
    finished_at INTEGER,
    lease_owner TEXT,
    lease_until INTEGER NOT NULL DEFAULT 0,
    CHECK (kind = 'revoke-batch' OR idx IS NOT NULL),
    CHECK (kind <> 'correct' OR replacement IS NOT NULL)
  ) STRICT;
  CREATE INDEX operations_queued ON operations (batch_id, seq) WHERE state = 'queued';
  CREATE UNIQUE INDEX operations_one_correction ON operations (batch_id, idx)
    WHERE kind = 'correct' AND state <> 'failed';

  CREATE TABLE replacements (
    batch_id TEXT NOT NULL,
    row INTEGER NOT NULL,
    by_batch_id TEXT NOT NULL,
    by_row INTEGER NOT NULL,
    at INTEGER NOT NULL,
    envelope BLOB,
    PRIMARY KEY (batch_id, row),
    FOREIGN KEY (batch_id, row) REFERENCES certificates (batch_id, row),
    FOREIGN KEY (by_batch_id, by_row) REFERENCES certificates (batch_id, row)
  ) STRICT;
  `

export const POSTGRES_OPERATIONS = `
  CREATE TABLE operations (
    seq BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    issuer TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ${KINDS}),
    batch_id TEXT NOT NULL REFERENCES batches (id),
    idx INTEGER,
    reason INTEGER NOT NULL,
    replacement TEXT,
    created_at BIGINT NOT NULL,
    created_by TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('queued', 'done', 'failed')),
    attempts INTEGER NOT NULL DEFAULT 0,
    next_attempt_at BIGINT NOT NULL,
    trouble TEXT,
    transactions TEXT NOT NULL DEFAULT '[]',
    finished_at BIGINT,
    lease_owner TEXT,
    lease_until BIGINT NOT NULL DEFAULT 0,
    CHECK (kind = 'revoke-batch' OR idx IS NOT NULL),
    CHECK (kind <> 'correct' OR replacement IS NOT NULL)
  );
  CREATE INDEX operations_queued ON operations (batch_id, seq) WHERE state = 'queued';
  CREATE UNIQUE INDEX operations_one_correction ON operations (batch_id, idx)
    WHERE kind = 'correct' AND state <> 'failed';

  CREATE TABLE replacements (
    batch_id TEXT NOT NULL,
    "row" INTEGER NOT NULL,
    by_batch_id TEXT NOT NULL,
    by_row INTEGER NOT NULL,
    at BIGINT NOT NULL,
    envelope BYTEA,
    PRIMARY KEY (batch_id, "row"),
    FOREIGN KEY (batch_id, "row") REFERENCES certificates (batch_id, "row"),
    FOREIGN KEY (by_batch_id, by_row) REFERENCES certificates (batch_id, "row")
  );
  `
