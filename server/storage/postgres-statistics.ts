import { invariant } from '../../src/index.ts'
import { countsOf } from './statistics-schema.ts'
import { isCounted } from './statistics.ts'
import type { DayCount, StatisticsStore, Tally } from './statistics.ts'
import { integer, text } from './postgres-database.ts'
import type { PgRow, PostgresDatabase, Session } from './postgres-database.ts'

const COUNTS = countsOf({
  indexes: 'unnest(status_changes.indexes) AS revoked (idx)',
  idx: 'revoked.idx',
})

export function postgresStatistics(db: PostgresDatabase): StatisticsStore {
  return {
    addTallies: (tallies) =>
      db.transaction(async (session) => {
        for (const tally of tallies) await add(session, tally)
      }),
    statisticsOf: async (issuer, from, to) => {
      const rows = await db.all(
        `WITH ${COUNTS}
           SELECT series, day, what, sum(count)::bigint AS count FROM counts
           WHERE day BETWEEN $2 AND $3 GROUP BY series, day, what ORDER BY day, series, what`,
        issuer,
        from,
        to,
      )
      return rows.map(parseCount)
    },
  }
}

async function add(session: Session, { of, day, what, count }: Tally): Promise<void> {
  const [column, value] = 'batchId' in of ? ['id', of.batchId] : ['root', of.root]
  await session.run(
    `INSERT INTO tallies AS known (issuer, day, series, what, count)
       SELECT batches.issuer, $1, coalesce(series, ''), $2, $3
         FROM batches LEFT JOIN templates ON templates.id = template_id WHERE batches.${column} = $4 LIMIT 1
       ON CONFLICT (issuer, day, series, what) DO UPDATE SET count = known.count + excluded.count`,
    ...[day, what, count, value],
  )
}

function parseCount(row: PgRow): DayCount {
  const [what, series] = [text(row, 'what'), text(row, 'series')]
  invariant(isCounted(what), 'only what is counted is told')
  const [day, count] = [integer(row, 'day'), integer(row, 'count')]
  return { series: series === '' ? undefined : series, day, what, count }
}
