/**
 * The table of what is counted as it happens, in the words of each driver. `series` is empty for batches that were made
 * without a stored template; days are counted from 1970, in UTC.
 */

const tableOf = (whole: string, end: string): string => `
  CREATE TABLE tallies (
    issuer TEXT NOT NULL,
    day INTEGER NOT NULL,
    series TEXT NOT NULL,
    what TEXT NOT NULL CHECK (what IN ('opened', 'shareOpened', 'verified')),
    count ${whole} NOT NULL,
    PRIMARY KEY (issuer, day, series, what)
  )${end};
  `

export const SQLITE_STATISTICS = tableOf('INTEGER', ' STRICT, WITHOUT ROWID')
export const POSTGRES_STATISTICS = tableOf('BIGINT', '')

/**
 * What the other tables tell anyway, day by day: common table expressions that end in `counts (series, day, what,
 * count)`. A certificate is revoked once, the first time. `$indexes` gives one row for each index of a status change.
 */
export function countsOf(row: { readonly indexes: string; readonly idx: string }): string {
  return `
  ours AS (
    SELECT batches.id, batches.size, batches.state, batches.anchored_at,
        coalesce(templates.series, '') AS series
      FROM batches LEFT JOIN templates ON templates.id = batches.template_id
      WHERE batches.issuer = $1
  ),
  single AS (
    SELECT batch_id, ${row.idx} AS idx, min(at) AS at
      FROM status_changes JOIN ours ON ours.id = batch_id, ${row.indexes}
      WHERE action = 'revoke' GROUP BY batch_id, ${row.idx}
  ),
  whole AS (
    SELECT batch_id, min(at) AS at FROM status_changes JOIN ours ON ours.id = batch_id
      WHERE action = 'revoke-batch' GROUP BY batch_id
  ),
  counts AS (
    SELECT series, day, what, count FROM tallies WHERE issuer = $1
    UNION ALL
    SELECT series, anchored_at / 86400, 'issued', size FROM ours WHERE state = 'anchored'
    UNION ALL
    SELECT series, created_at / 86400000, 'shared', 1 FROM shares JOIN ours ON ours.id = batch_id
    UNION ALL
    SELECT series, single.at / 86400000, 'revoked', 1
      FROM single JOIN ours ON ours.id = single.batch_id LEFT JOIN whole ON whole.batch_id = single.batch_id
      WHERE whole.at IS NULL OR single.at < whole.at
    UNION ALL
    SELECT series, whole.at / 86400000, 'revoked',
        size - (SELECT count(*) FROM single
          WHERE single.batch_id = whole.batch_id AND single.at < whole.at)
      FROM whole JOIN ours ON ours.id = batch_id
  )`
}
