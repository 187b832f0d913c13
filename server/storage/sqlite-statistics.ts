import { invariant } from '../../src/index.ts'
import { countsOf } from './statistics-schema.ts'
import { isCounted } from './statistics.ts'
import type { DayCount, StatisticsStore, Tally } from './statistics.ts'
import { integer, text } from './sqlite-database.ts'
import type { SqliteDatabase, SqlRow } from './sqlite-database.ts'
import { settle } from './sqlite-rows.ts'

const COUNTS = countsOf({ indexes: 'json_each(status_changes.indexes)', idx: 'value' })

export function sqliteStatistics(db: SqliteDatabase): StatisticsStore {
  return {
    addTallies: (tallies) =>
      settle(() => {
        db.transaction(() => {
          for (const tally of tallies) add(db, tally)
        })
      }),
    statisticsOf: (issuer, from, to) =>
      settle(() =>
        db
          .all(
            `WITH ${COUNTS.replaceAll('$1', '?1')}
               SELECT series, day, what, sum(count) AS count FROM counts
               WHERE day BETWEEN ?2 AND ?3 GROUP BY series, day, what ORDER BY day, series, what`,
            issuer,
            from,
            to,
          )
          .map(parseCount),
      ),
  }
}

function add(db: SqliteDatabase, { of, day, what, count }: Tally): void {
  const [column, value] = 'batchId' in of ? ['id', of.batchId] : ['root', of.root]
  db.run(
    `INSERT INTO tallies (issuer, day, series, what, count)
       SELECT batches.issuer, ?, coalesce(series, ''), ?, ?
         FROM batches LEFT JOIN templates ON templates.id = template_id WHERE batches.${column} = ? LIMIT 1
       ON CONFLICT (issuer, day, series, what) DO UPDATE SET count = count + excluded.count`,
    ...[day, what, count, value],
  )
}

function parseCount(row: SqlRow): DayCount {
  const [what, series] = [text(row, 'what'), text(row, 'series')]
  invariant(isCounted(what), 'only what is counted is told')
  const [day, count] = [integer(row, 'day'), integer(row, 'count')]
  return { series: series === '' ? undefined : series, day, what, count }
}
