/** How much there is to do, in PostgreSQL. */

import { parseTrouble } from '../issuance/anchor-port.ts'
import { BATCH_STATES } from '../issuance/types.ts'
import type { BacklogStore } from './backlog.ts'
import { countsOf } from './backlog.ts'
import { integer, text } from './postgres-database.ts'
import type { PostgresDatabase } from './postgres-database.ts'

export function postgresBacklog(db: PostgresDatabase): BacklogStore {
  const counted = async (sql: string): Promise<[string, number][]> =>
    (await db.all(sql)).map((row) => [text(row, 'code'), integer(row, 'count')])
  return {
    backlog: async () => {
      const [oldest] = await db.all(
        `SELECT created_at FROM batches WHERE state <> 'anchored' ORDER BY created_at LIMIT 1`,
      )
      const batches = await counted(
        'SELECT state AS code, count(*)::integer AS count FROM batches GROUP BY state',
      )
      const troubles = await counted(
        'SELECT code, count(*)::integer AS count FROM troubles GROUP BY code',
      )
      const letters = await counted(
        `SELECT state AS code, count(*)::integer AS count FROM outbox
           WHERE state <> 'accepted' GROUP BY state`,
      )
      const deliveries = await counted(
        `SELECT state AS code, count(*)::integer AS count FROM webhook_deliveries
           WHERE state <> 'delivered' GROUP BY state`,
      )
      return {
        batches: countsOf(['open', ...BATCH_STATES], batches),
        oldestUnfinished: oldest && integer(oldest, 'created_at'),
        troubles: Object.fromEntries(troubles.map(([code, count]) => [parseTrouble(code), count])),
        letters: countsOf(['queued', 'refused', 'failed'], letters),
        deliveries: countsOf(['queued', 'failed'], deliveries),
      }
    },
  }
}
