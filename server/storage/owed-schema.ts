/** Links that the erasure journal says were replaced, where an older copy of the store brought their keys back. */

const COLUMNS = `
    idx INTEGER NOT NULL,
    old_cid TEXT NOT NULL UNIQUE,
    reason INTEGER NOT NULL`

export const OWED_SQLITE = `
  CREATE TABLE owed_resealings (
    batch_id TEXT NOT NULL REFERENCES batches (id) ON DELETE CASCADE,${COLUMNS},
    PRIMARY KEY (batch_id, idx)
  ) STRICT, WITHOUT ROWID;
`

export const OWED_POSTGRES = `
  CREATE TABLE owed_resealings (
    batch_id TEXT NOT NULL REFERENCES batches ON DELETE CASCADE,${COLUMNS},
    PRIMARY KEY (batch_id, idx)
  );
`
