/**
 * Columns and tables of `queue.ts`. A batch awaits approval where its size is at or above `approval_from` and nobody
 * approved it: a fact of its columns, which no crash can leave half written.
 */

const schemaOf = (time: string, strict: string): string => `
  ALTER TABLE batches ADD COLUMN template_id TEXT;
  ALTER TABLE batches ADD COLUMN created_by TEXT;
  ALTER TABLE batches ADD COLUMN approval_from INTEGER;
  ALTER TABLE batches ADD COLUMN approved_by TEXT;
  ALTER TABLE batches ADD COLUMN approved_at ${time};
  CREATE INDEX batches_by_issuer ON batches (issuer, created_at, id);

  -- Apart from the batches, whose rows are held while they are worked on.
  CREATE TABLE batch_progress (
    batch_id TEXT PRIMARY KEY REFERENCES batches (id) ON DELETE CASCADE,
    step TEXT,
    done INTEGER NOT NULL DEFAULT 0,
    total INTEGER NOT NULL DEFAULT 0,
    trouble_code TEXT,
    trouble_since ${time},
    troubles INTEGER NOT NULL DEFAULT 0,
    retry_at ${time} NOT NULL DEFAULT 0
  )${strict};

  CREATE TABLE rejected_batches (
    id TEXT PRIMARY KEY,
    issuer TEXT NOT NULL,
    size INTEGER NOT NULL,
    created_at ${time} NOT NULL,
    created_by TEXT,
    template_id TEXT,
    rejected_by TEXT NOT NULL,
    rejected_at ${time} NOT NULL
  )${strict};
`

export const SQLITE_QUEUE = schemaOf('INTEGER', ' STRICT')
export const POSTGRES_QUEUE = schemaOf('BIGINT', '')

/** A batch, drafted at most, that nobody may work on yet. */
export const AWAITS = `(batches.approval_from IS NOT NULL AND batches.approved_by IS NULL
  AND batches.state = 'drafted' AND batches.size >= batches.approval_from)`

/** Of a list of batches in a state: what leads to the index of those that are not anchored, where it is one of theirs. */
export function amongUnfinished(state: string | undefined): string {
  return state === undefined || state === 'anchored' ? '' : `AND batches.state <> 'anchored'`
}

export const OVERVIEW = `SELECT batches.*, ${AWAITS} AS awaits, step, done, total, trouble_code, trouble_since,
  coalesce((SELECT times FROM link_exports WHERE batch_id = batches.id), 0) AS exports
  FROM batches LEFT JOIN batch_progress ON batch_progress.batch_id = batches.id`
