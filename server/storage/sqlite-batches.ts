/** Batches in SQLite: their life from an open draft to a final anchor, under leases. */

import { invariant } from '../../src/index.ts'
import type { BatchState } from '../issuance/types.ts'
import { AWAITS } from './queue-schema.ts'
import { batchAnchored } from './events.ts'
import { enter } from './sqlite-audit.ts'
import { text } from './sqlite-database.ts'
import type { SqliteDatabase } from './sqlite-database.ts'
import { enterCids } from './sqlite-cids.ts'
import {
  addDrafts,
  commitmentsOf,
  dropCredentials,
  finishDraft,
  frameOf,
  keepFrame,
  openDraft,
} from './sqlite-drafts.ts'
import { queueOrdered } from './sqlite-outbox.ts'
import { expectState, parseBatch, parseDraft, settle } from './sqlite-rows.ts'
import { deleteTags } from './sqlite-search.ts'
import { publish } from './sqlite-webhooks.ts'
import type { Batch, BatchStore } from './store.ts'

export function sqliteBatches(db: SqliteDatabase): BatchStore {
  const inState = <S extends BatchState>(id: string, state: S): Extract<Batch, { state: S }> => {
    const batch = readBatch(db, id)
    invariant(batch !== undefined && isIn(batch, state), `batch ${id} is not ${state}`)
    return batch
  }
  return {
    openDraft: (batch, lease) => settle(() => db.transaction(() => openDraft(db, batch, lease))),
    findRequest: (key) =>
      settle(() => {
        const sql = 'SELECT id, request_digest FROM batches WHERE idempotency_key = ?'
        const row = db.one(sql, key)
        return row && { id: text(row, 'id'), digest: text(row, 'request_digest') }
      }),
    addDrafts: (id, lease, drafts) =>
      settle(() => {
        db.transaction(() => {
          addDrafts(db, id, lease, drafts)
        })
      }),
    keepFrame: (id, lease, sealed) =>
      settle(() => {
        db.transaction(() => {
          keepFrame(db, id, lease, sealed)
        })
      }),
    frameOf: (id) => settle(() => frameOf(db, id)),
    finishDraft: async (id, lease, order, warnings) => {
      await finishDraft(db, id, lease, order, warnings)
      return inState(id, 'drafted')
    },
    dropDraft: (id) =>
      settle(() => {
        db.transaction(() => {
          const sql = `SELECT 1 FROM batches WHERE id = ? AND state IN ('open', 'drafted')`
          if (db.one(sql, id) === undefined) return
          deleteTags(db, id)
          db.run('DELETE FROM batches WHERE id = ?', id)
        })
        db.emptyLog()
      }),
    claim: (id, lease) =>
      settle(() => {
        const sql = `UPDATE batches SET lease_owner = ?, lease_until = ?
          WHERE id = ? AND (lease_owner IS NULL OR lease_owner = ? OR lease_until <= ?) AND NOT ${AWAITS}`
        return db.run(sql, lease.owner, lease.until, id, lease.owner, lease.now) === 1
      }),
    renew: (id, { owner, until }) =>
      settle(() => {
        const sql = `UPDATE batches SET lease_until = ? WHERE id = ? AND lease_owner = ? AND NOT ${AWAITS}`
        return db.run(sql, until, id, owner) === 1
      }),
    release: (id, lease) =>
      settle(() => {
        const sql = `UPDATE batches SET lease_owner = NULL, lease_until = 0 WHERE id = ? AND lease_owner = ?`
        db.run(sql, id, lease.owner)
      }),
    commitmentsOf: (id) => commitmentsOf(db, id),
    draftsOf: (id, from, limit) =>
      settle(() =>
        db
          .all(
            `SELECT one.row, idx, cid, sealed_seed, draft_credentials.sealed AS sealed_credential
               FROM certificates_by_index one JOIN draft_credentials USING (batch_id, row)
               WHERE batch_id = ? AND idx >= ? ORDER BY idx LIMIT ?`,
            id,
            from,
            limit,
          )
          .map(parseDraft),
      ),
    addSealed: (id, lease, sealed) =>
      settle(() => {
        db.transaction(() => {
          expectState(db, id, lease, 'drafted')
          for (const one of sealed) {
            const changed = db.run(
              `UPDATE sealed SET cid = ?, sealing = ?, server_key = ?, key_auth_hash = ?, owner_hash = ?
                 WHERE batch_id = ? AND idx = ?`,
              one.cid,
              one.sealing,
              one.serverKey ?? null,
              one.keyAuthHash,
              one.ownerHash,
              id,
              one.index,
            )
            invariant(changed === 1, `batch ${id} has no index ${one.index}`)
          }
        })
      }),
    markSealed: async (id, lease, root) => {
      await settle(() => {
        expectState(db, id, lease, 'drafted')
      })
      await enterCids(db, id, lease)
      return settle(() =>
        db.transaction(() => {
          expectState(db, id, lease, 'drafted')
          const sql = `UPDATE batches SET state = 'sealed', root = ?, sealed_at = ? WHERE id = ?`
          db.run(sql, root, lease.now, id)
          return inState(id, 'sealed')
        }),
      )
    },
    markStored: (id, lease, manifest) =>
      settle(() =>
        db.transaction(() => {
          expectState(db, id, lease, 'sealed')
          const sql = `UPDATE batches SET state = 'stored', manifest = ?, stored_at = ? WHERE id = ?`
          db.run(sql, manifest, lease.now, id)
          return inState(id, 'stored')
        }),
      ),
    markAnchored: async (id, lease, { anchoredAt, operator, transaction }) => {
      const guard = (): void => {
        expectState(db, id, lease, 'stored', 'submitted')
      }
      await dropCredentials(db, id, guard)
      return settle(() =>
        db.transaction(() => {
          guard()
          db.run(
            `UPDATE batches SET state = 'anchored', anchored_at = ?, operator = ?, transaction_hash = ?, final_at = ?,
               lease_owner = NULL, lease_until = 0 WHERE id = ?`,
            anchoredAt,
            operator,
            transaction ?? null,
            lease.now,
            id,
          )
          const anchored = inState(id, 'anchored')
          queueOrdered(db, id, lease.now)
          const { issuer } = anchored
          enter(db, { at: lease.now, action: 'anchored', subject: id, actor: 'chain', issuer })
          publish(db, batchAnchored(anchored, anchored.size, anchoredAt, lease.now))
          return anchored
        }),
      )
    },
    forgetSecret: (id) =>
      settle(() => {
        db.run('UPDATE batches SET sealed_secret = NULL WHERE id = ? AND permanent = 1', id)
        db.rewrite()
      }),
    findBatch: (by) =>
      settle(() => {
        const row =
          'id' in by
            ? db.one(`SELECT * FROM batches WHERE id = ? AND state <> 'open'`, by.id)
            : db.one('SELECT * FROM batches WHERE root = ?', by.root)
        return row === undefined ? undefined : parseBatch(row)
      }),
    listUnfinished: (now) =>
      settle(() =>
        db
          .all(
            `SELECT id, issuer, state FROM batches WHERE state <> 'anchored' AND lease_until <= ? AND NOT ${AWAITS}
               ORDER BY created_at`,
            now,
          )
          .map((row) => ({
            id: text(row, 'id'),
            issuer: text(row, 'issuer'),
            isOpenDraft: text(row, 'state') === 'open',
          })),
      ),
  }
}

function readBatch(db: SqliteDatabase, id: string): Batch | undefined {
  const row = db.one('SELECT * FROM batches WHERE id = ?', id)
  return row === undefined ? undefined : parseBatch(row)
}

function isIn<S extends BatchState>(batch: Batch, state: S): batch is Extract<Batch, { state: S }> {
  return batch.state === state
}
