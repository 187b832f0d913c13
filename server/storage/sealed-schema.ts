/**
 * What SQLite keeps of a certificate, in the three orders in which it comes: by row as a file is read, by index as it is
 * sealed, by CID once all are sealed. Each is written from one end to the other; in one table with three keys every row
 * would change a page of its own, and a million would write gigabytes.
 */

/** The index of a row before any is dealt: no longer than what takes its place, so that rows stay where they are. */
const UNDEALT = -1_000_000_000

export const SQLITE_SEALED = `
  CREATE TABLE sealed (
    batch_id TEXT NOT NULL REFERENCES batches (id) ON DELETE CASCADE,
    idx INTEGER NOT NULL,
    row INTEGER NOT NULL,
    cid TEXT,
    sealing INTEGER,
    server_key BLOB,
    key_auth_hash BLOB,
    owner_hash BLOB,
    PRIMARY KEY (batch_id, idx)
  ) STRICT;
  INSERT INTO sealed SELECT batch_id, idx, row, cid, sealing, server_key, key_auth_hash, owner_hash FROM certificates
    WHERE idx IS NOT NULL ORDER BY batch_id, idx;
  CREATE TABLE cids (
    cid TEXT PRIMARY KEY,
    batch_id TEXT NOT NULL,
    idx INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  INSERT INTO cids SELECT cid, batch_id, idx FROM certificates WHERE cid IS NOT NULL ORDER BY cid;
  CREATE TABLE certificates_anew (
    batch_id TEXT NOT NULL REFERENCES batches (id) ON DELETE CASCADE,
    row INTEGER NOT NULL,
    idx INTEGER NOT NULL DEFAULT ${UNDEALT},
    commitment BLOB NOT NULL CHECK (length(commitment) = 32),
    sealed_seed BLOB,
    sealed_learner BLOB,
    addressed INTEGER NOT NULL DEFAULT 0 CHECK (addressed IN (0, 1)),
    PRIMARY KEY (batch_id, row)
  ) STRICT;
  INSERT INTO certificates_anew
    SELECT batch_id, row, coalesce(idx, ${UNDEALT}), commitment, sealed_seed, sealed_learner, addressed
      FROM certificates;
  DROP TABLE certificates;
  ALTER TABLE certificates_anew RENAME TO certificates;
  CREATE VIEW certificates_by_row AS
    SELECT certificates.batch_id, certificates.row, sealed.idx, commitment, sealed_seed, sealed_learner, addressed,
        cid, sealing, server_key, key_auth_hash, owner_hash
      FROM certificates LEFT JOIN sealed ON sealed.batch_id = certificates.batch_id AND sealed.idx = certificates.idx;
  CREATE VIEW certificates_by_index AS
    SELECT sealed.batch_id, sealed.row, sealed.idx, commitment, sealed_seed, sealed_learner, addressed,
        cid, sealing, server_key, key_auth_hash, owner_hash
      FROM sealed CROSS JOIN certificates ON certificates.batch_id = sealed.batch_id AND certificates.row = sealed.row;
`
