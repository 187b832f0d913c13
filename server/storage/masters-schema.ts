/** Which of its issuer's master keys a batch was sealed under. */

export const MASTERS_SQLITE = `
  ALTER TABLE batches ADD COLUMN master_version INTEGER NOT NULL DEFAULT 1 CHECK (master_version > 0);
`

export const MASTERS_POSTGRES = `
  ALTER TABLE batches ADD COLUMN master_version INTEGER NOT NULL DEFAULT 1 CHECK (master_version > 0);
`
