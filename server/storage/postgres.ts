/**
 * The store on PostgreSQL: several processes on several machines share it. A commit is on disk before it is answered;
 * every change of a batch holds its row, every nonce is given while its signer's row is held.
 */

import { postgresApiKeys } from './postgres-api-keys.ts'
import { postgresBatches } from './postgres-batches.ts'
import { postgresCertificates } from './postgres-certificates.ts'
import { integer, PostgresDatabase, text } from './postgres-database.ts'
import { postgresRequests } from './postgres-requests.ts'
import { postgresOutbox } from './postgres-outbox.ts'
import { postgresResealing } from './postgres-resealing.ts'
import { bind, migrate } from './postgres-schema.ts'
import { postgresTransactions } from './postgres-transactions.ts'
import type { DatabaseUrl } from './postgres-url.ts'
import { postgresWebhooks } from './postgres-webhooks.ts'
import type { Store } from './store.ts'

/**
 * Opens the store, and brings its schema forward. `belongsTo` says whose it is; it must be the same every time, and
 * `undefined` asks for a database that is nobody's yet. Throws `ConfigError` or `UnavailableError`.
 */
export async function openPostgresStore(
  url: DatabaseUrl,
  belongsTo: string | undefined,
): Promise<Store> {
  const db = new PostgresDatabase(url)
  try {
    await migrate(db, url.member)
    await bind(db, belongsTo, url.member)
  } catch (error) {
    await db.close()
    throw error
  }
  return {
    ...postgresBatches(db),
    ...postgresCertificates(db),
    ...postgresTransactions(db),
    ...postgresApiKeys(db),
    ...postgresRequests(db),
    ...postgresOutbox(db),
    ...postgresWebhooks(db),
    ...postgresResealing(db),
    audit: async ({ at, action, subject }) => {
      const sql = 'INSERT INTO audit (at, action, subject) VALUES ($1, $2, $3)'
      await db.run(sql, at, action, subject)
    },
    auditLog: async (limit) => {
      const rows = await db.all('SELECT * FROM audit ORDER BY id DESC LIMIT $1', limit)
      return rows.map((row) => ({
        at: integer(row, 'at'),
        action: text(row, 'action'),
        subject: text(row, 'subject'),
      }))
    },
    close: () => db.close(),
  }
}
