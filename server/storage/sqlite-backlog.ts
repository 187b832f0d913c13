/** How much there is to do, in SQLite. */

import { parseTrouble } from '../issuance/anchor-port.ts'
import { BATCH_STATES } from '../issuance/types.ts'
import type { BacklogStore } from './backlog.ts'
import { countsOf } from './backlog.ts'
import { integer, text } from './sqlite-database.ts'
import type { SqliteDatabase } from './sqlite-database.ts'
import { settle } from './sqlite-rows.ts'

export function sqliteBacklog(db: SqliteDatabase): BacklogStore {
  const counted = (sql: string): [string, number][] =>
    db.all(sql).map((row) => [text(row, 'code'), integer(row, 'count')])
  return {
    backlog: () =>
      settle(() => {
        const oldest = db.one(
          `SELECT created_at FROM batches WHERE state <> 'anchored' ORDER BY created_at LIMIT 1`,
        )
        return {
          batches: countsOf(
            ['open', ...BATCH_STATES],
            counted('SELECT state AS code, count(*) AS count FROM batches GROUP BY state'),
          ),
          oldestUnfinished: oldest && integer(oldest, 'created_at'),
          troubles: Object.fromEntries(
            counted('SELECT code, count(*) AS count FROM troubles GROUP BY code').map(
              ([code, count]) => [parseTrouble(code), count],
            ),
          ),
          letters: countsOf(
            ['queued', 'refused', 'failed'],
            counted(
              `SELECT state AS code, count(*) AS count FROM outbox WHERE state <> 'accepted' GROUP BY state`,
            ),
          ),
          deliveries: countsOf(
            ['queued', 'failed'],
            counted(
              `SELECT state AS code, count(*) AS count FROM webhook_deliveries
                 WHERE state <> 'delivered' GROUP BY state`,
            ),
          ),
        }
      }),
  }
}
