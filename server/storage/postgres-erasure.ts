/**
 * Taking deleted content out of PostgreSQL's files. A row that is deleted stays in its page, and in the indexes, for as
 * long as some transaction may see it, and its bytes stay after that; only `VACUUM FULL` writes a table and its indexes
 * anew without them. `docs/decisions/postgres-erasure.md` says what remains elsewhere.
 */

import { setTimeout as wait } from 'node:timers/promises'
import { invariant, UnavailableError } from '../../src/index.ts'
import { OUTBOX_ERASABLE } from './outbox-schema.ts'
import { integer, text } from './postgres-database.ts'
import type { PostgresDatabase, Session } from './postgres-database.ts'
import { searchPartOf } from './postgres-search.ts'
import { PARTITIONS } from './postgres-schema.ts'

const POLL_MS = 20
/** How long an older transaction may stand in the way. */
const PATIENCE_MS = 10_000

/** What an erasure takes something from, by the part in which the batch lies. */
const tablesOfErasure = (part: number, searchPart: string | undefined): string[] => [
  `erasable_${part}`,
  `share_contents_${part}`,
  `draft_pages_${part}`,
  'batches',
  'requests',
  'replacements',
  ...OUTBOX_ERASABLE,
  ...(searchPart === undefined ? [] : [searchPart]),
]

/** Runs a transaction that deletes something of a batch, then writes anew the tables in which that was. */
export async function erasing(
  db: PostgresDatabase,
  batchId: string,
  work: (session: Session) => Promise<unknown>,
  tablesOf: (part: number, searchPart: string | undefined) => string[] = tablesOfErasure,
): Promise<void> {
  // Asked before, since a batch that is dropped has no number any more.
  const searchPart = await searchPartOf(db, batchId)
  const deletion = await db.transaction(async (session) => {
    await work(session)
    const row = await session.one('SELECT pg_current_xact_id()::text AS xid')
    return text(row ?? {}, 'xid')
  })
  await outlive(db, deletion)
  const part = await partitionOf(db, batchId)
  await db.alone(tablesOf(part, searchPart).map((table) => `VACUUM (FULL) ${table}`))
}

/** Resolves when no transaction, standby or replication slot can see what was deleted. */
async function outlive(db: PostgresDatabase, deletion: string): Promise<void> {
  for (const since = performance.now(); performance.now() - since < PATIENCE_MS;) {
    const row = await db.one(
      `SELECT pg_snapshot_xmin(pg_current_snapshot()) <= $1::xid8
         OR EXISTS (SELECT FROM pg_stat_activity
           WHERE (datname = current_database() OR datname IS NULL) AND pid <> pg_backend_pid()
             AND age(backend_xmin) >= age($1::xid8::xid))
         OR EXISTS (SELECT FROM pg_replication_slots WHERE age(xmin) >= age($1::xid8::xid)) AS is_seen`,
      deletion,
    )
    if (row?.['is_seen'] === false) return
    await wait(POLL_MS)
  }
  const message = 'a transaction of another program can still see what is erased; erase it again'
  throw new UnavailableError('timeout', message)
}

async function partitionOf(db: PostgresDatabase, batchId: string): Promise<number> {
  const row = await db.one(
    `SELECT part FROM generate_series(0, $1::integer - 1) AS part
       WHERE satisfies_hash_partition('erasable'::regclass, $1::integer, part, $2::text)`,
    PARTITIONS,
    batchId,
  )
  invariant(row !== undefined, 'every batch lies in a partition')
  return integer(row, 'part')
}
