/**
 * What SQLite keeps of a draft beside its rows. Credentials are most of it and go when the anchor is planned: in a table
 * of their own, so that no later change of a row writes them again. Tags wait in the order of the file (twelve bytes each:
 * tag and row, big-endian) until the draft is closed, and are entered in their own order: entered as they come, each would
 * touch another page of the index.
 */
export const SQLITE_DRAFTS = `
  CREATE TABLE draft_credentials (
    batch_id TEXT NOT NULL REFERENCES batches (id) ON DELETE CASCADE,
    row INTEGER NOT NULL,
    sealed BLOB NOT NULL,
    PRIMARY KEY (batch_id, row)
  ) STRICT;
  INSERT INTO draft_credentials SELECT batch_id, row, sealed_credential FROM certificates
    WHERE sealed_credential IS NOT NULL;
  ALTER TABLE certificates DROP COLUMN sealed_credential;
  CREATE TABLE draft_tags (
    batch_id TEXT NOT NULL REFERENCES batches (id) ON DELETE CASCADE,
    first_row INTEGER NOT NULL,
    tags BLOB NOT NULL,
    PRIMARY KEY (batch_id, first_row)
  ) STRICT;
`
