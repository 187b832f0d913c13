/** The table of requests with an idempotency key in the words of each driver. */

export const SQLITE_REQUESTS = `
  CREATE TABLE requests (
    issuer TEXT NOT NULL,
    key BLOB NOT NULL,
    owner TEXT NOT NULL,
    until INTEGER NOT NULL,
    keep_until INTEGER NOT NULL,
    digest BLOB,
    status INTEGER,
    reply TEXT,
    PRIMARY KEY (issuer, key),
    CHECK ((reply IS NULL) = (digest IS NULL) AND (reply IS NULL) = (status IS NULL))
  ) STRICT;
  CREATE INDEX requests_by_age ON requests (keep_until);
  `

export const POSTGRES_REQUESTS = `
  CREATE TABLE requests (
    issuer TEXT NOT NULL,
    key BYTEA NOT NULL,
    owner TEXT NOT NULL,
    until BIGINT NOT NULL,
    keep_until BIGINT NOT NULL,
    digest BYTEA,
    status INTEGER,
    reply TEXT,
    PRIMARY KEY (issuer, key),
    CHECK ((reply IS NULL) = (digest IS NULL) AND (reply IS NULL) = (status IS NULL))
  );
  CREATE INDEX requests_by_age ON requests (keep_until);
  `
