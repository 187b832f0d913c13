/** Tables of letters, requests for lost links, webhooks and resealings, for both drivers. */

export const OUTBOX_SQLITE = `
  -- Whether the learner has an e-mail address.
  ALTER TABLE certificates ADD COLUMN addressed INTEGER NOT NULL DEFAULT 0 CHECK (addressed IN (0, 1));

  CREATE TABLE mail_orders (
    batch_id TEXT PRIMARY KEY REFERENCES batches (id) ON DELETE CASCADE,
    language TEXT
  ) STRICT;

  CREATE TABLE link_exports (
    batch_id TEXT PRIMARY KEY REFERENCES batches (id) ON DELETE CASCADE,
    times INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE outbox (
    id TEXT PRIMARY KEY,
    batch_id TEXT NOT NULL,
    row INTEGER NOT NULL,
    purpose TEXT NOT NULL CHECK (purpose IN ('issued', 'resent', 'asked', 'resealed')),
    occasion TEXT NOT NULL,
    language TEXT,
    state TEXT NOT NULL CHECK (state IN ('queued', 'accepted', 'refused', 'failed')),
    attempts INTEGER NOT NULL DEFAULT 0,
    next_attempt_at INTEGER NOT NULL,
    lease_owner TEXT,
    lease_until INTEGER NOT NULL DEFAULT 0,
    code INTEGER,
    created_at INTEGER NOT NULL,
    UNIQUE (batch_id, row, purpose, occasion),
    FOREIGN KEY (batch_id, row) REFERENCES certificates (batch_id, row) ON DELETE CASCADE
  ) STRICT;
  CREATE INDEX outbox_due ON outbox (next_attempt_at) WHERE state = 'queued';

  CREATE TABLE link_requests (
    id TEXT PRIMARY KEY,
    tag INTEGER NOT NULL,
    asked_at INTEGER NOT NULL,
    answered INTEGER NOT NULL DEFAULT 0 CHECK (answered IN (0, 1))
  ) STRICT;
  CREATE INDEX link_requests_by_tag ON link_requests (tag, asked_at);
  CREATE INDEX link_requests_by_time ON link_requests (asked_at);

  CREATE TABLE webhook_endpoints (
    id TEXT PRIMARY KEY,
    issuer TEXT NOT NULL,
    url TEXT NOT NULL,
    events TEXT NOT NULL,
    sealed_secret BLOB NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('active', 'disabled')),
    failing_since INTEGER,
    created_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX webhook_endpoints_by_issuer ON webhook_endpoints (issuer);

  CREATE TABLE webhook_deliveries (
    id TEXT PRIMARY KEY,
    endpoint_id TEXT NOT NULL REFERENCES webhook_endpoints (id) ON DELETE CASCADE,
    event_key TEXT NOT NULL,
    type TEXT NOT NULL,
    payload TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('queued', 'delivered', 'failed')),
    attempts INTEGER NOT NULL DEFAULT 0,
    next_attempt_at INTEGER NOT NULL,
    lease_owner TEXT,
    lease_until INTEGER NOT NULL DEFAULT 0,
    code INTEGER,
    created_at INTEGER NOT NULL,
    UNIQUE (endpoint_id, event_key)
  ) STRICT;
  CREATE INDEX webhook_deliveries_due ON webhook_deliveries (next_attempt_at) WHERE state = 'queued';

  CREATE TABLE resealings (
    old_cid TEXT PRIMARY KEY,
    batch_id TEXT NOT NULL REFERENCES batches (id) ON DELETE CASCADE,
    idx INTEGER NOT NULL,
    old_manifest TEXT NOT NULL,
    reason INTEGER NOT NULL,
    at INTEGER NOT NULL,
    done INTEGER NOT NULL DEFAULT 0 CHECK (done IN (0, 1))
  ) STRICT;
  CREATE INDEX resealings_unfinished ON resealings (at) WHERE done = 0;
  `

export const OUTBOX_POSTGRES = `
  -- Whether the learner has an e-mail address.
  ALTER TABLE erasable ADD COLUMN addressed BOOLEAN NOT NULL DEFAULT false;

  CREATE TABLE mail_orders (
    batch_id TEXT PRIMARY KEY REFERENCES batches (id) ON DELETE CASCADE,
    language TEXT
  );

  CREATE TABLE link_exports (
    batch_id TEXT PRIMARY KEY REFERENCES batches (id) ON DELETE CASCADE,
    times INTEGER NOT NULL
  );

  CREATE TABLE outbox (
    id TEXT PRIMARY KEY,
    batch_id TEXT NOT NULL,
    "row" INTEGER NOT NULL,
    purpose TEXT NOT NULL CHECK (purpose IN ('issued', 'resent', 'asked', 'resealed')),
    occasion TEXT NOT NULL,
    language TEXT,
    state TEXT NOT NULL CHECK (state IN ('queued', 'accepted', 'refused', 'failed')),
    attempts INTEGER NOT NULL DEFAULT 0,
    next_attempt_at BIGINT NOT NULL,
    lease_owner TEXT,
    lease_until BIGINT NOT NULL DEFAULT 0,
    code INTEGER,
    created_at BIGINT NOT NULL,
    UNIQUE (batch_id, "row", purpose, occasion),
    FOREIGN KEY (batch_id, "row") REFERENCES certificates (batch_id, "row") ON DELETE CASCADE
  );
  CREATE INDEX outbox_due ON outbox (next_attempt_at) WHERE state = 'queued';

  CREATE TABLE link_requests (
    id TEXT PRIMARY KEY,
    tag BIGINT NOT NULL,
    asked_at BIGINT NOT NULL,
    answered BOOLEAN NOT NULL DEFAULT false
  );
  CREATE INDEX link_requests_by_tag ON link_requests (tag, asked_at);
  CREATE INDEX link_requests_by_time ON link_requests (asked_at);

  CREATE TABLE webhook_endpoints (
    id TEXT PRIMARY KEY,
    issuer TEXT NOT NULL,
    url TEXT NOT NULL,
    events TEXT[] NOT NULL,
    sealed_secret BYTEA NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('active', 'disabled')),
    failing_since BIGINT,
    created_at BIGINT NOT NULL
  );
  CREATE INDEX webhook_endpoints_by_issuer ON webhook_endpoints (issuer);

  CREATE TABLE webhook_deliveries (
    id TEXT PRIMARY KEY,
    endpoint_id TEXT NOT NULL REFERENCES webhook_endpoints (id) ON DELETE CASCADE,
    event_key TEXT NOT NULL,
    type TEXT NOT NULL,
    payload TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('queued', 'delivered', 'failed')),
    attempts INTEGER NOT NULL DEFAULT 0,
    next_attempt_at BIGINT NOT NULL,
    lease_owner TEXT,
    lease_until BIGINT NOT NULL DEFAULT 0,
    code INTEGER,
    created_at BIGINT NOT NULL,
    UNIQUE (endpoint_id, event_key)
  );
  CREATE INDEX webhook_deliveries_due ON webhook_deliveries (next_attempt_at) WHERE state = 'queued';

  CREATE TABLE resealings (
    old_cid TEXT PRIMARY KEY,
    batch_id TEXT NOT NULL REFERENCES batches (id) ON DELETE CASCADE,
    idx INTEGER NOT NULL,
    old_manifest TEXT NOT NULL,
    reason INTEGER NOT NULL,
    at BIGINT NOT NULL,
    done BOOLEAN NOT NULL DEFAULT false
  );
  CREATE INDEX resealings_unfinished ON resealings (at) WHERE NOT done;
  `

/** What holds a learner's tag for a while: an erasure writes these anew, as it does `erasable`. */
export const OUTBOX_ERASABLE = ['link_requests', 'outbox'] as const
