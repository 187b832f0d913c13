import { isScope } from '../http/scopes.ts'
import type { ApiKey, ApiKeyStore } from './api-keys.ts'
import { blob, integer, text, texts } from './sqlite-database.ts'
import type { SqliteDatabase, SqlRow } from './sqlite-database.ts'
import { settle } from './sqlite-rows.ts'

export function sqliteApiKeys(db: SqliteDatabase): ApiKeyStore {
  return {
    addApiKey: ({ id, issuer, label, scopes, secretHash, createdAt, expiresAt }) =>
      settle(() => {
        db.run(
          `INSERT INTO api_keys (id, issuer, label, scopes, secret_hash, created_at, expires_at)
           VALUES (?, ?, ?, ?, ?, ?, ?)`,
          ...[id, issuer, label, JSON.stringify(scopes), secretHash, createdAt, expiresAt],
        )
      }),
    findApiKey: (id) =>
      settle(() => {
        const row = db.one('SELECT * FROM api_keys WHERE id = ?', id)
        return row && { ...apiKeyOf(row), secretHash: blob(row, 'secret_hash') }
      }),
    listApiKeys: (issuer) =>
      settle(() =>
        db
          .all('SELECT * FROM api_keys WHERE issuer = ? ORDER BY created_at, id', issuer)
          .map(apiKeyOf),
      ),
    revokeApiKey: (issuer, id, at) =>
      settle(() => {
        const sql = `UPDATE api_keys SET revoked_at = COALESCE(revoked_at, ?) WHERE id = ? AND issuer = ?`
        return db.run(sql, at, id, issuer) === 1
      }),
    touchApiKey: (id, at) =>
      settle(() => {
        const sql =
          'UPDATE api_keys SET last_used_at = MAX(COALESCE(last_used_at, 0), ?) WHERE id = ?'
        db.run(sql, at, id)
      }),
  }
}

function apiKeyOf(row: SqlRow): ApiKey {
  const moment = (column: string): number | undefined =>
    row[column] === null ? undefined : integer(row, column)
  return {
    id: text(row, 'id'),
    issuer: text(row, 'issuer'),
    label: text(row, 'label'),
    scopes: texts(row, 'scopes').filter(isScope),
    createdAt: integer(row, 'created_at'),
    expiresAt: integer(row, 'expires_at'),
    revokedAt: moment('revoked_at'),
    lastUsedAt: moment('last_used_at'),
  }
}
