import { invariant } from '../../src/index.ts'
import { bytea, integer, text } from './postgres-database.ts'
import type { PgRow, PostgresDatabase } from './postgres-database.ts'
import type { Logo, ProfileStore, StoredProfile } from './profiles.ts'

export function postgresProfiles(db: PostgresDatabase): ProfileStore {
  const sql = 'SELECT * FROM profiles WHERE issuer = $1'
  return {
    findProfile: async (issuer) => {
      const row = await db.one(sql, issuer)
      return row && profileOf(row)
    },
    changeProfile: (issuer, make) =>
      db.transaction(async (session) => {
        // Held also where there is none yet, whose row nobody could hold.
        await session.one(
          'SELECT pg_advisory_xact_lock(hashtextextended($1, 0))',
          `profile ${issuer}`,
        )
        const row = await session.one(sql, issuer)
        const made = make(row && profileOf(row))
        const { record, logo, linkedIn, updatedAt } = made
        await session.run(
          `INSERT INTO profiles (issuer, record, logo, logo_type, linkedin, updated_at)
               VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT (issuer) DO UPDATE SET record = excluded.record, logo = excluded.logo,
               logo_type = excluded.logo_type, linkedin = excluded.linkedin, updated_at = excluded.updated_at`,
          ...[issuer, record, logo?.bytes ?? null, logo?.type ?? null, linkedIn ?? null, updatedAt],
        )
        return made
      }),
  }
}

function profileOf(row: PgRow): StoredProfile {
  return {
    issuer: text(row, 'issuer'),
    record: bytea(row, 'record'),
    logo: logoOf(row),
    linkedIn: row['linkedin'] === null ? undefined : text(row, 'linkedin'),
    updatedAt: integer(row, 'updated_at'),
  }
}

function logoOf(row: PgRow): Logo | undefined {
  if (row['logo'] === null) return undefined
  const type = text(row, 'logo_type')
  invariant(type === 'image/png' || type === 'image/svg+xml', 'a logo is of a known type')
  return { type, bytes: bytea(row, 'logo') }
}
