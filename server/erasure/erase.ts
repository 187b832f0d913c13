/**
 * Erasing, so that it is finished whatever happens in between, and done again where an older copy of store or documents
 * is put back: the journal first, then the store, then both copies of the document.
 */

import { instantOfMilliseconds, invariant, manifestOf, printInstant } from '../../src/index.ts'
import { reasonNumber } from '../chain/status.ts'
import type { Documents } from '../ipfs/documents.ts'
import { cidsOf, inCarOrder } from '../issuance/deliver.ts'
import { IssuingError } from '../issuance/errors.ts'
import { holding } from '../issuance/holding.ts'
import { finishAll } from '../issuance/reseal.ts'
import type { EraseReport } from '../issuance/types.ts'
import type { AnchoredBatch, Lease, Store, StoredCertificate, Tombstone } from '../storage/store.ts'
import type { ErasureEntry, Journal, JournalEntry } from './journal.ts'
import { withholdReplaced } from './withhold.ts'

export type ErasingParts = {
  readonly store: Store
  readonly documents: Documents
  readonly journal: Journal
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly leaseMs: number
}

/**
 * Deletes seed, server key, learner, tags and both copies of the document, and leaves a tombstone; what names the file
 * that the batch came from goes too, since it could be guessed at. Done again it finishes what was cut short, and answers
 * with the first date. The caller holds the batch. Copies in others' hands are out of reach.
 */
export async function eraseCertificate(
  parts: ErasingParts,
  lease: () => Lease,
  { cid, batchId, index }: StoredCertificate,
  batch: AnchoredBatch,
  by: { readonly reason: Parameters<typeof reasonNumber>[0]; readonly actor: string },
): Promise<EraseReport> {
  if (batch.permanent) {
    throw new IssuingError('permanent', 'a permanent certificate cannot be erased')
  }
  const { store, journal } = parts
  const known = (await journal.read()).filter((one) => one.cid === cid)
  const first = known.find(isErasure)
  const entry: ErasureEntry = first ?? {
    kind: 'erase',
    cid,
    batchId,
    index,
    reason: reasonNumber(by.reason),
    at: (await store.findTombstone(cid))?.erasedAt ?? parts.now(),
  }
  if (first === undefined) await journal.append(entry)
  const { damaged } = await carryOut(parts, lease, entry)
  const { actor } = by
  await store.audit({ at: parts.now(), action: 'erase', subject: cid, actor, issuer: batch.issuer })
  if (!known.some(({ kind }) => kind === 'done')) await journal.append({ ...entry, kind: 'done' })
  const { erasedAt } = (await store.findTombstone(cid)) ?? { erasedAt: entry.at }
  return { cid, batchId, index, erasedAt: printInstant(instantOfMilliseconds(erasedAt)), damaged }
}

/** What is to be erased again, and what waits for its batch to be anchored. */
export type Reapplied = { readonly erased: readonly string[]; readonly waiting: readonly string[] }

function isErasure(entry: JournalEntry): entry is ErasureEntry {
  return entry.kind === 'erase'
}

/**
 * Makes journal and store agree: what the journal says is erased where the store does not know it, or where it was not
 * finished; links that it says are replaced are withheld; and what only the store knows is entered. `all` trusts neither,
 * for a copy that was put back. An entry whose batch an older copy lacks has nothing to erase; one whose batch is not
 * anchored there waits for `eraseWaiting`.
 */
export async function applyJournal(parts: ErasingParts, all = false): Promise<Reapplied> {
  const { store, journal } = parts
  const entries = await journal.read()
  const done = new Set(entries.flatMap(({ kind, cid }) => (kind === 'done' ? [cid] : [])))
  const erased: string[] = []
  const waiting: string[] = []
  for (const entry of entries.filter(isErasure)) {
    const { cid, batchId, index } = entry
    const batch = await store.findBatch({ id: batchId })
    if (batch === undefined) continue
    const [row] = await store.certificatesOf(batchId, index, 1)
    const isKnown = row !== undefined && (await store.findTombstone(row.cid)) !== undefined
    if (isKnown && done.has(cid) && !all) continue
    if (batch.state !== 'anchored') {
      waiting.push(cid)
      continue
    }
    await eraseAgain(parts, entry, batch.issuer)
    if (!done.has(cid)) await journal.append({ ...entry, kind: 'done' })
    erased.push(cid)
  }
  await withholdReplaced(parts, entries)
  await enterUnknown(parts, new Set(entries.filter(isErasure).map(({ cid }) => cid)))
  return { erased, waiting }
}

/** Entries of one batch that had to wait until it was anchored: called before any of its links is given out. */
export async function eraseWaiting(parts: ErasingParts, batch: AnchoredBatch): Promise<void> {
  const entries = await parts.journal.read()
  for (const entry of entries) {
    if (entry.kind !== 'erase' || entry.batchId !== batch.id) continue
    const [row] = await parts.store.certificatesOf(batch.id, entry.index, 1)
    if (row?.sealedLearner === undefined) continue
    await eraseAgain(parts, entry, batch.issuer)
  }
  await withholdReplaced(parts, entries, batch.id)
}

async function eraseAgain(parts: ErasingParts, entry: ErasureEntry, issuer: string): Promise<void> {
  const { batchId } = entry
  const { cid } = await holding(parts, batchId, (lease) => carryOut(parts, lease, entry))
  const noted = { action: 'erase-again', subject: cid, actor: 'journal', issuer }
  await parts.store.audit({ at: parts.now(), ...noted })
}

/** Tombstones without an entry: the journal is new here, or its end was lost. */
async function enterUnknown(
  { store, journal }: ErasingParts,
  known: ReadonlySet<string>,
): Promise<void> {
  for (let after = ''; ;) {
    const chunk = await store.tombstones(after, CHUNK)
    for (const { cid, batchId, index, reason, erasedAt } of chunk) {
      if (known.has(cid)) continue
      const entry = { cid, batchId, index, reason, at: erasedAt }
      await journal.append({ kind: 'erase', ...entry })
      await journal.append({ kind: 'done', ...entry })
    }
    const last = chunk.at(-1)
    if (last === undefined) return
    after = last.cid
  }
}

const CHUNK = 1000

/** A corrected row of the same learner that waits to be issued goes too; what is sealed is a certificate of its own. */
async function dropCorrections(store: Store, batchId: string, index: number): Promise<void> {
  for (const one of await store.queuedOperationsOf(batchId)) {
    if (one.index === index && one.replacement !== undefined) await store.dropDraft(one.replacement)
  }
}

/**
 * By batch and index: where a batch was sealed again from an older copy, its certificate at that index has another CID,
 * and is the same learner's. Answers with the CID it has.
 */
async function carryOut(
  parts: ErasingParts,
  lease: () => Lease,
  { batchId, index, reason, at }: ErasureEntry,
): Promise<{ readonly cid: string; readonly damaged: string[] }> {
  const { store, documents } = parts
  const [row] = await store.certificatesOf(batchId, index, 1)
  invariant(row?.index === index, `batch ${batchId} has index ${index}`)
  const tombstone: Tombstone = { cid: row.cid, batchId, index, reason, erasedAt: at }
  // Before, so that the file is written anew without it; and after, for one that came in between.
  await dropCorrections(store, batchId, index)
  await store.erase(tombstone)
  await dropCorrections(store, batchId, index)
  // A new sealing that was begun is ended before the copies are made anew.
  await finishAll(parts, lease, batchId)
  const batch = await store.findBatch({ id: batchId })
  invariant(batch?.state === 'anchored', `batch ${batchId} is anchored`)
  const cids = await cidsOf({ store }, batchId)
  const { root, blocks } = manifestOf(cids)
  invariant(root === batch.manifest, `the manifest of batch ${batchId} is its own`)
  // The manifest's blocks are laid down again, whatever became of them.
  await documents.put(blocks)
  const damaged = await documents.remove(row.cid, batch.manifest, inCarOrder(blocks, cids))
  return { cid: row.cid, damaged }
}
