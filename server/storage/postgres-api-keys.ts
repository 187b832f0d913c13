import { isScope } from '../http/scopes.ts'
import { invariant } from '../../src/index.ts'
import type { ApiKey, ApiKeyStore } from './api-keys.ts'
import { bytea, integer, text } from './postgres-database.ts'
import type { PgRow, PostgresDatabase } from './postgres-database.ts'

export function postgresApiKeys(db: PostgresDatabase): ApiKeyStore {
  return {
    addApiKey: async ({ id, issuer, label, scopes, secretHash, createdAt, expiresAt }) => {
      await db.run(
        `INSERT INTO api_keys (id, issuer, label, scopes, secret_hash, created_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)`,
        ...[id, issuer, label, JSON.stringify(scopes), secretHash, createdAt, expiresAt],
      )
    },
    findApiKey: async (id) => {
      const row = await db.one('SELECT * FROM api_keys WHERE id = $1', id)
      return row && { ...apiKeyOf(row), secretHash: bytea(row, 'secret_hash') }
    },
    listApiKeys: async (issuer) => {
      const sql = 'SELECT * FROM api_keys WHERE issuer = $1 ORDER BY created_at, id'
      return (await db.all(sql, issuer)).map(apiKeyOf)
    },
    revokeApiKey: async (issuer, id, at) => {
      const sql = `UPDATE api_keys SET revoked_at = COALESCE(revoked_at, $1) WHERE id = $2 AND issuer = $3`
      return (await db.run(sql, at, id, issuer)) === 1
    },
    touchApiKey: async (id, at) => {
      const sql = `UPDATE api_keys SET last_used_at = GREATEST(COALESCE(last_used_at, 0), $1) WHERE id = $2`
      await db.run(sql, at, id)
    },
  }
}

function apiKeyOf(row: PgRow): ApiKey {
  const moment = (column: string): number | undefined =>
    row[column] === null ? undefined : integer(row, column)
  const scopes: unknown = JSON.parse(text(row, 'scopes'))
  invariant(Array.isArray(scopes), 'scopes are a list')
  return {
    id: text(row, 'id'),
    issuer: text(row, 'issuer'),
    label: text(row, 'label'),
    scopes: scopes.map(String).filter(isScope),
    createdAt: integer(row, 'created_at'),
    expiresAt: integer(row, 'expires_at'),
    revokedAt: moment('revoked_at'),
    lastUsedAt: moment('last_used_at'),
  }
}
