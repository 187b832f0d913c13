/** What `fsck` and `status` read of SQLite. */

import { invariant } from '../../src/index.ts'
import { BATCH_STATES } from '../issuance/types.ts'
import type {
  InspectionStore,
  BatchOutline,
  CertificateOutline,
  NonceOutline,
  RowCounts,
} from './inspection.ts'
import { AWAITS } from './queue-schema.ts'
import { blob, integer, optionalBlob, text, texts } from './sqlite-database.ts'
import type { SqliteDatabase, SqlRow } from './sqlite-database.ts'
import { settle } from './sqlite-rows.ts'

const BATCH = `SELECT batches.*, ${AWAITS} AS awaits, trouble_code, trouble_since, retry_at FROM batches
  LEFT JOIN batch_progress ON batch_progress.batch_id = batches.id`
const OUTLINE = `SELECT one.*, EXISTS (SELECT 1 FROM tombstones WHERE tombstones.cid = one.cid)
  AS is_erased FROM certificates_by_index one`

export function sqliteInspection(db: SqliteDatabase): InspectionStore {
  return {
    kind: 'sqlite',
    selfCheck: () => settle(() => selfCheck(db)),
    batchesAfter: (place, limit) =>
      settle(() =>
        db
          .all(
            `${BATCH} WHERE (created_at, id) > (?, ?) ORDER BY created_at, id LIMIT ?`,
            place?.createdAt ?? -1,
            place?.id ?? '',
            limit,
          )
          .map(parseOutline),
      ),
    countRows: (batchId) => settle(() => countRows(db, batchId)),
    rowsFrom: (batchId, from, limit) =>
      settle(() =>
        db
          .all(
            `${OUTLINE} WHERE batch_id = ? AND idx >= ? ORDER BY idx LIMIT ?`,
            batchId,
            from,
            limit,
          )
          .map(parseRow),
      ),
    noncesAfter: (chain, signer, after, limit) =>
      settle(() =>
        db
          .all(
            `SELECT nonce, intent, state, created_at, (SELECT count(*) FROM transactions WHERE
               (transactions.chain, transactions.signer, transactions.nonce) = (nonces.chain, nonces.signer, nonces.nonce))
               AS signed FROM nonces WHERE chain = ? AND signer = ? AND nonce > ? ORDER BY nonce LIMIT ?`,
            chain,
            signer,
            after,
            limit,
          )
          .map(parseNonce),
      ),
    openErasures: (limit) =>
      settle(() =>
        db
          .all(
            `SELECT cid FROM tombstones WHERE NOT EXISTS
               (SELECT 1 FROM audit WHERE action IN ('erase', 'erase-again') AND subject = tombstones.cid) LIMIT ?`,
            limit,
          )
          .map((row) => text(row, 'cid')),
      ),
  }
}

/** https://www.sqlite.org/pragma.html#pragma_integrity_check: one row `ok`, or one for each fault. */
function selfCheck(db: SqliteDatabase): string[] {
  const faults = db.all('PRAGMA integrity_check(100)').map((row) => text(row, 'integrity_check'))
  const dangling = db
    .all('PRAGMA foreign_key_check')
    .map((row) => `a row of ${text(row, 'table')} refers to none of ${text(row, 'parent')}`)
  const unfound = db
    .all(
      `SELECT sealed.batch_id, sealed.idx FROM sealed JOIN batches ON batches.id = sealed.batch_id
         LEFT JOIN cids USING (cid) WHERE root IS NOT NULL AND sealed.cid IS NOT NULL
         AND (cids.batch_id, cids.idx) IS NOT (sealed.batch_id, sealed.idx) LIMIT 100`,
    )
    .map(
      (row) =>
        `certificate ${integer(row, 'idx')} of ${text(row, 'batch_id')} is not found by its CID`,
    )
  return [...faults.filter((one) => one !== 'ok'), ...dangling, ...unfound]
}

function countRows(db: SqliteDatabase, batchId: string): RowCounts {
  const row = db.one(
    `SELECT (SELECT count(*) FROM certificates WHERE batch_id = ?1) AS all_rows, count(*) AS indexed,
       count(DISTINCT row) AS indexes, count(cid) AS sealed FROM sealed WHERE batch_id = ?1`,
    batchId,
  )
  invariant(row !== undefined, 'an aggregate has one row')
  return {
    rows: integer(row, 'all_rows'),
    indexed: integer(row, 'indexed'),
    indexes: integer(row, 'indexes'),
    sealed: integer(row, 'sealed'),
  }
}

function parseOutline(row: SqlRow): BatchOutline {
  const state = text(row, 'state')
  const known = BATCH_STATES.find((one) => one === state)
  return {
    id: text(row, 'id'),
    home: text(row, 'home'),
    issuer: text(row, 'issuer'),
    state: known ?? 'open',
    pointers: texts(row, 'pointers').length,
    permanent: integer(row, 'permanent') === 1,
    sealedSecret: optionalBlob(row, 'sealed_secret'),
    masterVersion: integer(row, 'master_version'),
    createdAt: integer(row, 'created_at'),
    size: optional(row, 'size', integer),
    root: optional(row, 'root', text),
    manifest: optional(row, 'manifest', text),
    anchoredAt: optional(row, 'anchored_at', integer),
    operator: optional(row, 'operator', text),
    leaseUntil: integer(row, 'lease_until'),
    awaitsApproval: integer(row, 'awaits') === 1,
    trouble:
      row['trouble_code'] === null
        ? undefined
        : {
            code: text(row, 'trouble_code'),
            since: integer(row, 'trouble_since'),
            restsUntil: integer(row, 'retry_at'),
          },
  }
}

function parseRow(row: SqlRow): CertificateOutline {
  return {
    row: integer(row, 'row'),
    index: integer(row, 'idx'),
    commitment: blob(row, 'commitment'),
    cid: optional(row, 'cid', text),
    sealing: optional(row, 'sealing', integer) ?? 0,
    sealedSeed: optionalBlob(row, 'sealed_seed'),
    sealedLearner: optionalBlob(row, 'sealed_learner'),
    serverKey: optionalBlob(row, 'server_key'),
    keyAuthHash: optionalBlob(row, 'key_auth_hash'),
    ownerHash: optionalBlob(row, 'owner_hash'),
    isErased: integer(row, 'is_erased') === 1,
  }
}

function parseNonce(row: SqlRow): NonceOutline {
  const state = (['pending', 'settled', 'lost'] as const).find((one) => one === row['state'])
  invariant(state !== undefined, 'a nonce has a known state')
  return {
    nonce: integer(row, 'nonce'),
    intent: text(row, 'intent'),
    state,
    createdAt: integer(row, 'created_at'),
    signed: integer(row, 'signed'),
  }
}

function optional<T>(
  row: SqlRow,
  column: string,
  parse: (row: SqlRow, column: string) => T,
): T | undefined {
  return row[column] === null ? undefined : parse(row, column)
}
