/**
 * The store on SQLite in Node itself: write-ahead log, `synchronous=FULL` (a commit is on disk before it is answered),
 * deleted content overwritten. Several processes may open one file.
 */

import { integer, SqliteDatabase, text } from './sqlite-database.ts'
import { sqliteApiKeys } from './sqlite-api-keys.ts'
import { sqliteBatches } from './sqlite-batches.ts'
import { sqliteCertificates } from './sqlite-certificates.ts'
import { sqliteRequests } from './sqlite-requests.ts'
import { sqliteOutbox } from './sqlite-outbox.ts'
import { sqliteResealing } from './sqlite-resealing.ts'
import { settle } from './sqlite-rows.ts'
import { sqliteTransactions } from './sqlite-transactions.ts'
import { sqliteWebhooks } from './sqlite-webhooks.ts'
import type { Store } from './store.ts'

/** Opens or creates the store at `path`. */
export function openSqliteStore(path: string): Store {
  const db = new SqliteDatabase(path)
  return {
    ...sqliteBatches(db),
    ...sqliteCertificates(db),
    ...sqliteTransactions(db),
    ...sqliteApiKeys(db),
    ...sqliteRequests(db),
    ...sqliteOutbox(db),
    ...sqliteWebhooks(db),
    ...sqliteResealing(db),
    audit: ({ at, action, subject }) =>
      settle(() => {
        db.run('INSERT INTO audit (at, action, subject) VALUES (?, ?, ?)', at, action, subject)
      }),
    auditLog: (limit) =>
      settle(() =>
        db.all('SELECT * FROM audit ORDER BY rowid DESC LIMIT ?', limit).map((row) => ({
          at: integer(row, 'at'),
          action: text(row, 'action'),
          subject: text(row, 'subject'),
        })),
      ),
    close: () =>
      settle(() => {
        db.close()
      }),
  }
}
