/** The queue in PostgreSQL: approval, picking, progress and trouble of batches. */

import { invariant } from '../../src/index.ts'
import { BATCH_STATES, ISSUE_STEPS } from '../issuance/types.ts'
import { integer, text } from './postgres-database.ts'
import type { PgRow, PostgresDatabase, Session } from './postgres-database.ts'
import { erasing } from './postgres-erasure.ts'
import type { BatchOverview, BatchTimes, OverviewState, QueueStore, Rejection } from './queue.ts'
import { deleteTags } from './postgres-search.ts'
import { amongUnfinished, AWAITS, OVERVIEW } from './queue-schema.ts'
import type { Lease } from './store.ts'

type Reading = Pick<QueueStore, 'listBatches' | 'overviewOf' | 'findRejection' | 'troublesOf'>
type Deciding = Pick<QueueStore, 'approveBatch' | 'rejectBatch'>

export function postgresQueue(db: PostgresDatabase): QueueStore {
  return {
    ...reading(db),
    ...deciding(db),
    pickBatch: (issuers, lease) => db.transaction((session) => pick(session, issuers, lease)),
    saveProgress: async (id, { step, done, total }) => {
      await db.run(
        `INSERT INTO batch_progress (batch_id, step, done, total)
           SELECT id, $2, $3::integer, $4::integer FROM batches WHERE id = $1
           ON CONFLICT (batch_id) DO UPDATE SET step = excluded.step, done = excluded.done, total = excluded.total`,
        id,
        step,
        done,
        total,
      )
    },
    saveTrouble: async (id, { code, since }, retryAt) => {
      await db.run(
        `INSERT INTO batch_progress AS known (batch_id, trouble_code, trouble_since, troubles, retry_at)
           SELECT id, $2, $3::bigint, 1, $4::bigint FROM batches WHERE id = $1
           ON CONFLICT (batch_id) DO UPDATE SET
             trouble_since = CASE WHEN known.trouble_code = excluded.trouble_code THEN known.trouble_since
               ELSE excluded.trouble_since END,
             trouble_code = excluded.trouble_code, troubles = known.troubles + 1, retry_at = excluded.retry_at`,
        id,
        code,
        since,
        retryAt,
      )
    },
    clearTrouble: async (id) => {
      const sql = `UPDATE batch_progress SET trouble_code = NULL, trouble_since = NULL, troubles = 0, retry_at = 0
        WHERE batch_id = $1`
      await db.run(sql, id)
    },
  }
}

/** Passes over what another server is picking at this moment, and over what is worked on. */
async function pick(
  session: Session,
  issuers: readonly string[],
  { owner, now, until }: Lease,
): Promise<string | undefined> {
  const row = await session.one(
    `UPDATE batches SET lease_owner = $1, lease_until = $2 WHERE id = (
       SELECT batches.id FROM batches LEFT JOIN batch_progress ON batch_progress.batch_id = batches.id
         WHERE batches.issuer = ANY ($3::text[]) AND batches.state NOT IN ('open', 'anchored')
           AND batches.lease_until <= $4 AND coalesce(retry_at, 0) <= $4 AND NOT ${AWAITS}
         ORDER BY batches.created_at, batches.id LIMIT 1 FOR UPDATE OF batches SKIP LOCKED) RETURNING id`,
    owner,
    until,
    issuers,
    now,
  )
  return row === undefined ? undefined : text(row, 'id')
}

function reading(db: PostgresDatabase): Reading {
  return {
    listBatches: async (issuer, { limit, after, state }) => {
      const rows = await db.all(
        `${OVERVIEW} WHERE issuer = $1 AND state <> 'open' ${amongUnfinished(state)}
           AND (created_at, id COLLATE "C") < ($2::bigint, $3::text COLLATE "C")
           AND ($4::text IS NULL OR CASE WHEN ${AWAITS} THEN 'awaiting-approval' ELSE state END = $4)
           ORDER BY created_at DESC, id COLLATE "C" DESC LIMIT $5`,
        issuer,
        after?.createdAt ?? Number.MAX_SAFE_INTEGER,
        after?.id ?? '',
        state ?? null,
        limit,
      )
      return rows.map(parseOverview)
    },
    overviewOf: async (issuer, id) => {
      const sql = `${OVERVIEW} WHERE issuer = $1 AND id = $2 AND state <> 'open'`
      const row = await db.one(sql, issuer, id)
      return row === undefined ? undefined : parseOverview(row)
    },
    findRejection: async (issuer, id) => {
      const sql = 'SELECT * FROM rejected_batches WHERE issuer = $1 AND id = $2'
      const row = await db.one(sql, issuer, id)
      return row === undefined ? undefined : parseRejection(row)
    },
    troublesOf: async (id) => {
      const row = await db.one('SELECT troubles FROM batch_progress WHERE batch_id = $1', id)
      return row === undefined ? 0 : integer(row, 'troubles')
    },
  }
}

function deciding(db: PostgresDatabase): Deciding {
  return {
    approveBatch: async (issuer, id, by, at) => {
      const sql = `UPDATE batches SET approved_by = $1, approved_at = $2 WHERE issuer = $3 AND id = $4 AND ${AWAITS}`
      return (await db.run(sql, by, at, issuer, id)) === 1
    },
    rejectBatch: async (issuer, id, by, at) => {
      // Asked first: an erasure writes tables anew, also where there is nothing to erase.
      const sql = `SELECT 1 FROM batches WHERE issuer = $1 AND id = $2 AND ${AWAITS}`
      if ((await db.one(sql, issuer, id)) === undefined) return false
      let isRejected = false
      await erasing(db, id, async (session) => {
        isRejected = await reject(session, issuer, id, by, at)
      })
      return isRejected
    },
  }
}

async function reject(
  session: Session,
  issuer: string,
  id: string,
  by: string,
  at: number,
): Promise<boolean> {
  const kept = await session.run(
    `INSERT INTO rejected_batches (id, issuer, size, created_at, created_by, template_id, rejected_by, rejected_at)
       SELECT id, issuer, size, created_at, created_by, template_id, $3, $4::bigint FROM batches
         WHERE issuer = $1 AND id = $2 AND ${AWAITS} FOR UPDATE`,
    issuer,
    id,
    by,
    at,
  )
  if (kept !== 1) return false
  await deleteTags(session, id)
  await session.run('DELETE FROM batches WHERE id = $1', id)
  return true
}

function parseOverview(row: PgRow): BatchOverview {
  const known = BATCH_STATES.find((one) => one === row['state'])
  const step = ISSUE_STEPS.find((one) => one === row['step'])
  invariant(known !== undefined, 'a batch has a known state')
  const state: OverviewState = row['awaits'] === true ? 'awaiting-approval' : known
  const progress = step && { step, done: integer(row, 'done'), total: integer(row, 'total') }
  return {
    id: text(row, 'id'),
    issuer: text(row, 'issuer'),
    home: text(row, 'home'),
    state,
    size: integer(row, 'size'),
    createdAt: integer(row, 'created_at'),
    createdBy: optionalText(row, 'created_by'),
    approvedBy: optionalText(row, 'approved_by'),
    templateId: optionalText(row, 'template_id'),
    root: optionalText(row, 'root'),
    anchoredAt: optionalInteger(row, 'anchored_at'),
    transaction: optionalText(row, 'transaction_hash'),
    permanent: row['permanent'] === true,
    isDelivered: row['permanent'] === true && row['sealed_secret'] === null,
    exports: integer(row, 'exports'),
    times: timesOf(row),
    warnings: text(row, 'warnings'),
    progress,
    trouble:
      row['trouble_code'] === null
        ? undefined
        : { code: text(row, 'trouble_code'), since: integer(row, 'trouble_since') },
  }
}

function timesOf(row: PgRow): BatchTimes {
  return {
    sealed: optionalInteger(row, 'sealed_at'),
    stored: optionalInteger(row, 'stored_at'),
    sent: optionalInteger(row, 'submitted_at'),
    final: optionalInteger(row, 'final_at'),
  }
}

function optionalInteger(row: PgRow, column: string): number | undefined {
  return row[column] === null ? undefined : integer(row, column)
}

function optionalText(row: PgRow, column: string): string | undefined {
  return row[column] === null ? undefined : text(row, column)
}

function parseRejection(row: PgRow): Rejection {
  return {
    id: text(row, 'id'),
    issuer: text(row, 'issuer'),
    size: integer(row, 'size'),
    createdAt: integer(row, 'created_at'),
    createdBy: optionalText(row, 'created_by'),
    templateId: optionalText(row, 'template_id'),
    rejectedBy: text(row, 'rejected_by'),
    rejectedAt: integer(row, 'rejected_at'),
  }
}
