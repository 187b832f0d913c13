/** The queue in SQLite: approval, picking, progress and trouble of batches. */

import { invariant } from '../../src/index.ts'
import { BATCH_STATES, ISSUE_STEPS } from '../issuance/types.ts'
import type { BatchOverview, BatchTimes, OverviewState, QueueStore, Rejection } from './queue.ts'
import { amongUnfinished, AWAITS, OVERVIEW } from './queue-schema.ts'
import { integer, text } from './sqlite-database.ts'
import type { SqliteDatabase, SqlRow } from './sqlite-database.ts'
import { settle } from './sqlite-rows.ts'
import { deleteTags } from './sqlite-search.ts'

type Reading = Pick<QueueStore, 'listBatches' | 'overviewOf' | 'findRejection' | 'troublesOf'>
type Deciding = Pick<QueueStore, 'approveBatch' | 'rejectBatch'>

export function sqliteQueue(db: SqliteDatabase): QueueStore {
  return {
    ...reading(db),
    ...deciding(db),
    pickBatch: (issuers, lease) =>
      settle(() => {
        const row = db.one(
          `UPDATE batches SET lease_owner = ?, lease_until = ? WHERE id = (
             SELECT batches.id FROM batches LEFT JOIN batch_progress ON batch_progress.batch_id = batches.id
               WHERE batches.issuer IN (SELECT value FROM json_each(?))
                 AND batches.state NOT IN ('open', 'anchored') AND batches.lease_until <= ?
                 AND coalesce(retry_at, 0) <= ? AND NOT ${AWAITS}
               ORDER BY batches.created_at, batches.id LIMIT 1) RETURNING id`,
          lease.owner,
          lease.until,
          JSON.stringify(issuers),
          lease.now,
          lease.now,
        )
        return row === undefined ? undefined : text(row, 'id')
      }),
    saveProgress: (id, { step, done, total }) =>
      settle(() => {
        db.run(
          `INSERT INTO batch_progress (batch_id, step, done, total) SELECT id, ?, ?, ? FROM batches WHERE id = ?
             ON CONFLICT (batch_id) DO UPDATE SET step = excluded.step, done = excluded.done, total = excluded.total`,
          step,
          done,
          total,
          id,
        )
      }),
    saveTrouble: (id, { code, since }, retryAt) =>
      settle(() => {
        db.run(
          `INSERT INTO batch_progress (batch_id, trouble_code, trouble_since, troubles, retry_at)
             SELECT id, ?, ?, 1, ? FROM batches WHERE id = ?
             ON CONFLICT (batch_id) DO UPDATE SET
               trouble_since = CASE WHEN trouble_code = excluded.trouble_code THEN trouble_since
                 ELSE excluded.trouble_since END,
               trouble_code = excluded.trouble_code, troubles = troubles + 1, retry_at = excluded.retry_at`,
          code,
          since,
          retryAt,
          id,
        )
      }),
    clearTrouble: (id) =>
      settle(() => {
        db.run(
          `UPDATE batch_progress SET trouble_code = NULL, trouble_since = NULL, troubles = 0, retry_at = 0
             WHERE batch_id = ?`,
          id,
        )
      }),
  }
}

function reading(db: SqliteDatabase): Reading {
  return {
    listBatches: (issuer, { limit, after, state }) =>
      settle(() =>
        db
          .all(
            `${OVERVIEW} WHERE issuer = ? AND state <> 'open' ${amongUnfinished(state)} AND (created_at, id) < (?, ?)
               AND coalesce(CASE WHEN ${AWAITS} THEN 'awaiting-approval' ELSE state END = ?, 1)
               ORDER BY created_at DESC, id DESC LIMIT ?`,
            issuer,
            after?.createdAt ?? Number.MAX_SAFE_INTEGER,
            after?.id ?? '',
            state ?? null,
            limit,
          )
          .map(parseOverview),
      ),
    overviewOf: (issuer, id) =>
      settle(() => {
        const row = db.one(
          `${OVERVIEW} WHERE issuer = ? AND id = ? AND state <> 'open'`,
          issuer,
          id,
        )
        return row === undefined ? undefined : parseOverview(row)
      }),
    findRejection: (issuer, id) =>
      settle(() => {
        const row = db.one('SELECT * FROM rejected_batches WHERE issuer = ? AND id = ?', issuer, id)
        return row === undefined ? undefined : parseRejection(row)
      }),
    troublesOf: (id) =>
      settle(() => {
        const row = db.one('SELECT troubles FROM batch_progress WHERE batch_id = ?', id)
        return row === undefined ? 0 : integer(row, 'troubles')
      }),
  }
}

function deciding(db: SqliteDatabase): Deciding {
  return {
    approveBatch: (issuer, id, by, at) =>
      settle(() => {
        const sql = `UPDATE batches SET approved_by = ?, approved_at = ? WHERE issuer = ? AND id = ? AND ${AWAITS}`
        return db.run(sql, by, at, issuer, id) === 1
      }),
    rejectBatch: (issuer, id, by, at) =>
      settle(() => {
        const isRejected = db.transaction(() => {
          const kept = db.run(
            `INSERT INTO rejected_batches (id, issuer, size, created_at, created_by, template_id, rejected_by,
               rejected_at) SELECT id, issuer, size, created_at, created_by, template_id, ?, ? FROM batches
               WHERE issuer = ? AND id = ? AND ${AWAITS}`,
            by,
            at,
            issuer,
            id,
          )
          if (kept !== 1) return false
          deleteTags(db, id)
          db.run('DELETE FROM batches WHERE id = ?', id)
          return true
        })
        if (isRejected) db.emptyLog()
        return isRejected
      }),
  }
}

function parseOverview(row: SqlRow): BatchOverview {
  const known = BATCH_STATES.find((one) => one === row['state'])
  const step = ISSUE_STEPS.find((one) => one === row['step'])
  invariant(known !== undefined, 'a batch has a known state')
  const state: OverviewState = integer(row, 'awaits') === 1 ? 'awaiting-approval' : known
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
    permanent: integer(row, 'permanent') === 1,
    isDelivered: integer(row, 'permanent') === 1 && row['sealed_secret'] === null,
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

function timesOf(row: SqlRow): BatchTimes {
  return {
    sealed: optionalInteger(row, 'sealed_at'),
    stored: optionalInteger(row, 'stored_at'),
    sent: optionalInteger(row, 'submitted_at'),
    final: optionalInteger(row, 'final_at'),
  }
}

function optionalInteger(row: SqlRow, column: string): number | undefined {
  return row[column] === null ? undefined : integer(row, column)
}

function optionalText(row: SqlRow, column: string): string | undefined {
  return row[column] === null ? undefined : text(row, column)
}

function parseRejection(row: SqlRow): Rejection {
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
