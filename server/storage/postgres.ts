/**
 * The store on PostgreSQL: several processes on several machines share it. A commit is on disk before it is answered;
 * every change of a batch holds its row, every nonce is given while its signer's row is held.
 */

import { postgresApiKeys } from './postgres-api-keys.ts'
import { postgresAudit } from './postgres-audit.ts'
import { postgresBacklog } from './postgres-backlog.ts'
import { postgresBatches } from './postgres-batches.ts'
import { postgresDraftPages } from './postgres-draft-pages.ts'
import { postgresCertificates } from './postgres-certificates.ts'
import { postgresInspection } from './postgres-inspection.ts'
import { PostgresDatabase } from './postgres-database.ts'
import { postgresOperations } from './postgres-operations.ts'
import { postgresProfiles } from './postgres-profiles.ts'
import { postgresRequests } from './postgres-requests.ts'
import { postgresQueue } from './postgres-queue.ts'
import { postgresOutbox } from './postgres-outbox.ts'
import { postgresResealing } from './postgres-resealing.ts'
import { bind, migrate } from './postgres-schema.ts'
import { postgresTemplates } from './postgres-templates.ts'
import { postgresSearch } from './postgres-search.ts'
import { postgresStanding } from './postgres-standing.ts'
import { postgresSessions } from './postgres-sessions.ts'
import { postgresShares } from './postgres-shares.ts'
import { postgresStatistics } from './postgres-statistics.ts'
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
    ...postgresDraftPages(db),
    ...postgresCertificates(db),
    ...postgresTransactions(db),
    ...postgresStanding(db),
    ...postgresApiKeys(db),
    ...postgresRequests(db),
    ...postgresQueue(db),
    ...postgresTemplates(db),
    ...postgresSearch(db),
    ...postgresAudit(db),
    ...postgresOutbox(db),
    ...postgresWebhooks(db),
    ...postgresResealing(db),
    ...postgresInspection(db),
    ...postgresOperations(db),
    ...postgresShares(db),
    ...postgresSessions(db),
    ...postgresStatistics(db),
    ...postgresProfiles(db),
    ...postgresBacklog(db),
    close: () => db.close(),
  }
}
