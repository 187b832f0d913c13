/** Batches in PostgreSQL: their life from an open draft to a final anchor, under leases. */

import { invariant } from '../../src/index.ts'
import { batchAnchored } from './events.ts'
import { enter } from './postgres-audit.ts'
import { bytea, text } from './postgres-database.ts'
import type { PostgresDatabase, Session } from './postgres-database.ts'
import { addDrafts, finishDraft, keepFrame, openDraft } from './postgres-drafts.ts'
import { erasing } from './postgres-erasure.ts'
import { queueOrdered } from './postgres-outbox.ts'
import { batchIn, dropCredentials, expectState, parseBatch, parseDraft } from './postgres-rows.ts'
import { AWAITS } from './queue-schema.ts'
import { deleteTags } from './postgres-search.ts'
import { publish } from './postgres-webhooks.ts'
import type { BatchStore, Lease, SealedCertificate } from './store.ts'

type Drafting = Pick<
  BatchStore,
  'openDraft' | 'findRequest' | 'addDrafts' | 'keepFrame' | 'frameOf' | 'finishDraft' | 'dropDraft'
>
type Leasing = Pick<BatchStore, 'claim' | 'renew' | 'release'>
type Marking = Pick<BatchStore, 'addSealed' | 'markSealed' | 'markStored' | 'markAnchored'>

const ROWS_A_STEP = 4096

export function postgresBatches(db: PostgresDatabase): BatchStore {
  return {
    ...drafting(db),
    ...leasing(db),
    ...marking(db),
    commitmentsOf: async (id) => {
      const parts: Uint8Array[] = []
      for (let from = 0; ; from += ROWS_A_STEP) {
        const sql = `SELECT commitment FROM certificates WHERE batch_id = $1 AND idx >= $2 ORDER BY idx LIMIT $3`
        const rows = await db.all(sql, id, from, ROWS_A_STEP)
        parts.push(Buffer.concat(rows.map((row) => bytea(row, 'commitment'))))
        if (rows.length < ROWS_A_STEP) return Buffer.concat(parts)
      }
    },
    draftsOf: async (id, from, limit) => {
      const rows = await db.all(
        `SELECT "row", idx, cid, sealed_seed, sealed_credential
           FROM certificates LEFT JOIN erasable USING (batch_id, "row")
           WHERE batch_id = $1 AND idx >= $2 ORDER BY idx LIMIT $3`,
        id,
        from,
        limit,
      )
      return rows.map(parseDraft)
    },
    forgetSecret: (id) =>
      erasing(db, id, (session) =>
        session.run('UPDATE batches SET sealed_secret = NULL WHERE id = $1 AND permanent', id),
      ),
    findBatch: async (by) => {
      const row =
        'id' in by
          ? await db.one(`SELECT * FROM batches WHERE id = $1 AND state <> 'open'`, by.id)
          : await db.one('SELECT * FROM batches WHERE root = $1', by.root)
      return row === undefined ? undefined : parseBatch(row)
    },
    listUnfinished: async (now) => {
      const sql = `SELECT id, issuer, state FROM batches WHERE state <> 'anchored' AND lease_until <= $1
        AND NOT ${AWAITS} ORDER BY created_at`
      const rows = await db.all(sql, now)
      return rows.map((row) => ({
        id: text(row, 'id'),
        issuer: text(row, 'issuer'),
        isOpenDraft: text(row, 'state') === 'open',
      }))
    },
  }
}

function drafting(db: PostgresDatabase): Drafting {
  return {
    openDraft: (batch, lease) => db.transaction((session) => openDraft(session, batch, lease)),
    findRequest: async (key) => {
      const sql = 'SELECT id, request_digest FROM batches WHERE idempotency_key = $1'
      const row = await db.one(sql, key)
      return row && { id: text(row, 'id'), digest: text(row, 'request_digest') }
    },
    addDrafts: (id, lease, drafts) =>
      db.transaction((session) => addDrafts(session, id, lease, drafts)),
    keepFrame: (id, lease, sealed) =>
      db.transaction((session) => keepFrame(session, id, lease, sealed)),
    frameOf: async (id) => {
      const row = await db.one('SELECT sealed FROM draft_frames WHERE batch_id = $1', id)
      return row && bytea(row, 'sealed')
    },
    finishDraft: (id, lease, order, warnings) =>
      db.transaction(async (session) => {
        await finishDraft(session, id, lease, order, warnings)
        return batchIn(session, id, 'drafted')
      }),
    dropDraft: (id) =>
      erasing(db, id, async (session) => {
        const sql = `SELECT 1 FROM batches WHERE id = $1 AND state IN ('open', 'drafted') FOR UPDATE`
        if ((await session.one(sql, id)) === undefined) return
        await deleteTags(session, id)
        await session.run('DELETE FROM batches WHERE id = $1', id)
      }),
  }
}

function leasing(db: PostgresDatabase): Leasing {
  return {
    claim: (id, lease) => db.transaction((session) => claim(session, id, lease)),
    renew: (id, lease) => renew(db, id, lease),
    release: async (id, lease) => {
      const sql = `UPDATE batches SET lease_owner = NULL, lease_until = 0 WHERE id = $1 AND lease_owner = $2`
      await db.run(sql, id, lease.owner)
    },
  }
}

/** Waits for the holder's own work. */
async function renew(session: Session, id: string, { owner, until }: Lease): Promise<boolean> {
  const sql = `UPDATE batches SET lease_until = $3 WHERE id = $1 AND lease_owner = $2 AND NOT ${AWAITS}`
  return (await session.run(sql, id, owner, until)) === 1
}

/** Whoever picks work passes over what is being worked on. */
async function claim(session: Session, id: string, lease: Lease): Promise<boolean> {
  const { owner, now, until } = lease
  if (await renew(session, id, lease)) return true
  const taken = await session.run(
    `UPDATE batches SET lease_owner = $2, lease_until = $3 WHERE id = (
       SELECT id FROM batches WHERE id = $1 AND (lease_owner IS NULL OR lease_until <= $4) AND NOT ${AWAITS}
         FOR UPDATE SKIP LOCKED)`,
    id,
    owner,
    until,
    now,
  )
  return taken === 1
}

function marking(db: PostgresDatabase): Marking {
  return {
    addSealed: (id, lease, sealed) =>
      db.transaction((session) => addSealed(session, id, lease, sealed)),
    markSealed: (id, lease, root) =>
      db.transaction(async (session) => {
        await expectState(session, id, lease, 'drafted')
        const sql = 'SELECT 1 FROM certificates WHERE batch_id = $1 AND cid IS NULL LIMIT 1'
        const open = await session.one(sql, id)
        invariant(open === undefined, `batch ${id} has certificates that are not sealed`)
        const marked = `UPDATE batches SET state = 'sealed', root = $2, sealed_at = $3 WHERE id = $1`
        await session.run(marked, id, root, lease.now)
        return batchIn(session, id, 'sealed')
      }),
    markStored: (id, lease, manifest) =>
      db.transaction(async (session) => {
        await expectState(session, id, lease, 'sealed')
        const sql = `UPDATE batches SET state = 'stored', manifest = $2, stored_at = $3 WHERE id = $1`
        await session.run(sql, id, manifest, lease.now)
        return batchIn(session, id, 'stored')
      }),
    markAnchored: (id, lease, { anchoredAt, operator, transaction }) =>
      db.transaction(async (session) => {
        await expectState(session, id, lease, 'stored', 'submitted')
        await dropCredentials(session, id)
        await session.run(
          `UPDATE batches SET state = 'anchored', anchored_at = $2, operator = $3, transaction_hash = $4, final_at = $5,
             lease_owner = NULL, lease_until = 0 WHERE id = $1`,
          id,
          anchoredAt,
          operator,
          transaction ?? null,
          lease.now,
        )
        const anchored = await batchIn(session, id, 'anchored')
        await queueOrdered(session, id, lease.now)
        const noted = { at: lease.now, action: 'anchored', subject: id, actor: 'chain' }
        await enter(session, { ...noted, issuer: anchored.issuer })
        await publish(session, batchAnchored(anchored, anchored.size, anchoredAt, lease.now))
        return anchored
      }),
  }
}

async function addSealed(
  session: Session,
  id: string,
  lease: Lease,
  sealed: readonly SealedCertificate[],
): Promise<void> {
  await expectState(session, id, lease, 'drafted')
  const indexes = sealed.map(({ index }) => index)
  const named = await session.run(
    `UPDATE certificates SET cid = new.cid, sealing = new.sealing
       FROM unnest($2::integer[], $3::text[], $4::integer[]) AS new (idx, cid, sealing)
       WHERE batch_id = $1 AND certificates.idx = new.idx`,
    id,
    indexes,
    sealed.map(({ cid }) => cid),
    sealed.map(({ sealing }) => sealing),
  )
  const kept = await session.run(
    `UPDATE erasable SET server_key = new.server_key, key_auth_hash = new.key_auth_hash, owner_hash = new.owner_hash
       FROM unnest($2::integer[], $3::bytea[], $4::bytea[], $5::bytea[])
         AS new (idx, server_key, key_auth_hash, owner_hash)
       JOIN certificates ON certificates.batch_id = $1 AND certificates.idx = new.idx
       WHERE erasable.batch_id = $1 AND erasable."row" = certificates."row"`,
    id,
    indexes,
    sealed.map(({ serverKey }) => serverKey ?? null),
    sealed.map(({ keyAuthHash }) => keyAuthHash),
    sealed.map(({ ownerHash }) => ownerHash),
  )
  const isWhole = named === sealed.length && kept === sealed.length
  invariant(isWhole, `batch ${id} lacks one of the indexes ${indexes.join(', ')}`)
}
