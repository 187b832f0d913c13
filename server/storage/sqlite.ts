/**
 * The store on SQLite in Node itself: write-ahead log, `synchronous=FULL` (a commit is on disk before it is answered),
 * deleted content overwritten. Several processes may open one file.
 */

import { sqliteApiKeys } from './sqlite-api-keys.ts'
import { sqliteAudit } from './sqlite-audit.ts'
import { sqliteBacklog } from './sqlite-backlog.ts'
import { SqliteDatabase } from './sqlite-database.ts'
import { sqliteBatches } from './sqlite-batches.ts'
import { sqliteDraftPages } from './sqlite-draft-pages.ts'
import { sqliteCertificates } from './sqlite-certificates.ts'
import { sqliteInspection } from './sqlite-inspection.ts'
import { sqliteOperations } from './sqlite-operations.ts'
import { sqliteProfiles } from './sqlite-profiles.ts'
import { sqliteRequests } from './sqlite-requests.ts'
import { sqliteOutbox } from './sqlite-outbox.ts'
import { sqliteResealing } from './sqlite-resealing.ts'
import { settle } from './sqlite-rows.ts'
import { sqliteQueue } from './sqlite-queue.ts'
import { sqliteTemplates } from './sqlite-templates.ts'
import { sqliteSearch } from './sqlite-search.ts'
import { sqliteStanding } from './sqlite-standing.ts'
import { sqliteSessions } from './sqlite-sessions.ts'
import { sqliteShares } from './sqlite-shares.ts'
import { sqliteStatistics } from './sqlite-statistics.ts'
import { sqliteTransactions } from './sqlite-transactions.ts'
import { sqliteWebhooks } from './sqlite-webhooks.ts'
import type { Store } from './store.ts'

/** Opens or creates the store at `path`. */
export function openSqliteStore(path: string): Store {
  const db = new SqliteDatabase(path)
  return {
    ...sqliteBatches(db),
    ...sqliteDraftPages(db),
    ...sqliteCertificates(db),
    ...sqliteTransactions(db),
    ...sqliteStanding(db),
    ...sqliteApiKeys(db),
    ...sqliteRequests(db),
    ...sqliteQueue(db),
    ...sqliteTemplates(db),
    ...sqliteSearch(db),
    ...sqliteAudit(db),
    ...sqliteOutbox(db),
    ...sqliteWebhooks(db),
    ...sqliteResealing(db),
    ...sqliteInspection(db),
    ...sqliteOperations(db),
    ...sqliteShares(db),
    ...sqliteSessions(db),
    ...sqliteStatistics(db),
    ...sqliteProfiles(db),
    ...sqliteBacklog(db),
    close: () =>
      settle(() => {
        db.close()
      }),
  }
}
