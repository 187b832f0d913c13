/** What `fsck` and `status` read of PostgreSQL. */

import { invariant } from '../../src/index.ts'
import { BATCH_STATES } from '../issuance/types.ts'
import type {
  InspectionStore,
  BatchOutline,
  CertificateOutline,
  NonceOutline,
  RowCounts,
} from './inspection.ts'
import { bytea, integer, optionalBytea, text } from './postgres-database.ts'
import type { PgRow, PostgresDatabase } from './postgres-database.ts'
import { AWAITS } from './queue-schema.ts'

const BATCH = `SELECT batches.*, ${AWAITS} AS awaits, trouble_code, trouble_since, retry_at FROM batches
  LEFT JOIN batch_progress ON batch_progress.batch_id = batches.id`
const OUTLINE = `SELECT *, EXISTS (SELECT 1 FROM tombstones WHERE tombstones.cid = certificates.cid) AS is_erased
  FROM certificates LEFT JOIN erasable USING (batch_id, "row")`

export function postgresInspection(db: PostgresDatabase): InspectionStore {
  return {
    kind: 'postgres',
    selfCheck: () => selfCheck(db),
    batchesAfter: async (place, limit) => {
      const rows = await db.all(
        `${BATCH} WHERE (created_at, id) > ($1::bigint, $2::text) ORDER BY created_at, id LIMIT $3`,
        place?.createdAt ?? -1,
        place?.id ?? '',
        limit,
      )
      return rows.map(parseOutline)
    },
    countRows: (batchId) => countRows(db, batchId),
    rowsFrom: async (batchId, from, limit) => {
      const sql = `${OUTLINE} WHERE batch_id = $1 AND idx >= $2 ORDER BY idx LIMIT $3`
      return (await db.all(sql, batchId, from, limit)).map(parseRow)
    },
    noncesAfter: async (chain, signer, after, limit) => {
      const rows = await db.all(
        `SELECT nonce, intent, state, created_at, (SELECT count(*)::integer FROM transactions WHERE
           (transactions.chain, transactions.signer, transactions.nonce) = (nonces.chain, nonces.signer, nonces.nonce))
           AS signed FROM nonces WHERE chain = $1 AND signer = $2 AND nonce > $3 ORDER BY nonce LIMIT $4`,
        chain,
        signer,
        after,
        limit,
      )
      return rows.map(parseNonce)
    },
    openErasures: async (limit) => {
      const rows = await db.all(
        `SELECT cid FROM tombstones WHERE NOT EXISTS
           (SELECT 1 FROM audit WHERE action IN ('erase', 'erase-again') AND subject = tombstones.cid) LIMIT $1`,
        limit,
      )
      return rows.map((row) => text(row, 'cid'))
    },
  }
}

/** The engine checks its own pages where checksums are on; what is asked here is what a restored dump could lack. */
async function selfCheck(db: PostgresDatabase): Promise<string[]> {
  const [stray, bare] = await Promise.all([
    db.one(`SELECT count(*)::integer AS count FROM erasable WHERE NOT EXISTS
      (SELECT 1 FROM certificates WHERE (certificates.batch_id, certificates."row") = (erasable.batch_id, erasable."row"))`),
    db.one(`SELECT count(*)::integer AS count FROM certificates WHERE NOT EXISTS
      (SELECT 1 FROM batches WHERE id = batch_id)`),
  ])
  const faults: string[] = []
  const [strays, bares] = [integer(stray ?? {}, 'count'), integer(bare ?? {}, 'count')]
  if (strays > 0) faults.push(`${strays} rows of erasable refer to no certificate`)
  if (bares > 0) faults.push(`${bares} rows of certificates refer to no batch`)
  return faults
}

async function countRows(db: PostgresDatabase, batchId: string): Promise<RowCounts> {
  const row = await db.one(
    `SELECT count(*)::integer AS all_rows, count(idx)::integer AS indexed, count(DISTINCT idx)::integer AS indexes,
       count(cid)::integer AS sealed FROM certificates WHERE batch_id = $1`,
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

function parseOutline(row: PgRow): BatchOutline {
  const pointers: unknown = JSON.parse(text(row, 'pointers'))
  const known = BATCH_STATES.find((one) => one === row['state'])
  return {
    id: text(row, 'id'),
    home: text(row, 'home'),
    issuer: text(row, 'issuer'),
    state: known ?? 'open',
    pointers: Array.isArray(pointers) ? pointers.length : 0,
    permanent: row['permanent'] === true,
    sealedSecret: optionalBytea(row, 'sealed_secret'),
    masterVersion: integer(row, 'master_version'),
    createdAt: integer(row, 'created_at'),
    size: optional(row, 'size', integer),
    root: optional(row, 'root', text),
    manifest: optional(row, 'manifest', text),
    anchoredAt: optional(row, 'anchored_at', integer),
    operator: optional(row, 'operator', text),
    leaseUntil: integer(row, 'lease_until'),
    awaitsApproval: row['awaits'] === true,
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

function parseRow(row: PgRow): CertificateOutline {
  return {
    row: integer(row, 'row'),
    index: integer(row, 'idx'),
    commitment: bytea(row, 'commitment'),
    cid: optional(row, 'cid', text),
    sealing: optional(row, 'sealing', integer) ?? 0,
    sealedSeed: optionalBytea(row, 'sealed_seed'),
    sealedLearner: optionalBytea(row, 'sealed_learner'),
    serverKey: optionalBytea(row, 'server_key'),
    keyAuthHash: optionalBytea(row, 'key_auth_hash'),
    ownerHash: optionalBytea(row, 'owner_hash'),
    isErased: row['is_erased'] === true,
  }
}

function parseNonce(row: PgRow): NonceOutline {
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
  row: PgRow,
  column: string,
  parse: (row: PgRow, column: string) => T,
): T | undefined {
  return row[column] === null ? undefined : parse(row, column)
}
