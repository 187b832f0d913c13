/** The table of profiles in the words of each driver. */

const tableOf = (bytes: string, time: string): string => `
  CREATE TABLE profiles (
    issuer TEXT PRIMARY KEY,
    record ${bytes} NOT NULL,
    logo ${bytes},
    logo_type TEXT,
    updated_at ${time} NOT NULL,
    CHECK ((logo IS NULL) = (logo_type IS NULL))
  )`

export const SQLITE_PROFILES = `${tableOf('BLOB', 'INTEGER')} STRICT;`
export const POSTGRES_PROFILES = `${tableOf('BYTEA', 'BIGINT')};`
/** Of either driver, a version later. */
export const PROFILES_LINKEDIN = 'ALTER TABLE profiles ADD COLUMN linkedin TEXT;'
