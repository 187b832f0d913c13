import { invariant } from '../../src/index.ts'
import type { Logo, ProfileStore, StoredProfile } from './profiles.ts'
import { blob, integer, text } from './sqlite-database.ts'
import type { SqliteDatabase, SqlRow } from './sqlite-database.ts'
import { settle } from './sqlite-rows.ts'

export function sqliteProfiles(db: SqliteDatabase): ProfileStore {
  const find = (issuer: string): StoredProfile | undefined => {
    const row = db.one('SELECT * FROM profiles WHERE issuer = ?', issuer)
    return row && profileOf(row)
  }
  return {
    findProfile: (issuer) => settle(() => find(issuer)),
    changeProfile: (issuer, make) =>
      settle(() =>
        db.transaction(() => {
          const made = make(find(issuer))
          const { record, logo, linkedIn, updatedAt } = made
          db.run(
            'INSERT OR REPLACE INTO profiles (issuer, record, logo, logo_type, linkedin, updated_at) VALUES (?, ?, ?, ?, ?, ?)',
            ...[
              issuer,
              record,
              logo?.bytes ?? null,
              logo?.type ?? null,
              linkedIn ?? null,
              updatedAt,
            ],
          )
          return made
        }),
      ),
  }
}

function profileOf(row: SqlRow): StoredProfile {
  return {
    issuer: text(row, 'issuer'),
    record: blob(row, 'record'),
    logo: logoOf(row),
    linkedIn: row['linkedin'] === null ? undefined : text(row, 'linkedin'),
    updatedAt: integer(row, 'updated_at'),
  }
}

function logoOf(row: SqlRow): Logo | undefined {
  if (row['logo'] === null) return undefined
  const type = text(row, 'logo_type')
  invariant(type === 'image/png' || type === 'image/svg+xml', 'a logo is of a known type')
  return { type, bytes: blob(row, 'logo') }
}
