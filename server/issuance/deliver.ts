/** From sealed to anchored: the CAR, the proof by reading back, the anchor; and the links once it is final. */

import { holderLink, invariant, layManifest, linkSecretOf, parseHash32 } from '../../src/index.ts'
import type { BatchRoot, ManifestNode } from '../../src/index.ts'
import type { AnchoredBatch, SealedBatch, StoredBatch, SubmittedBatch } from '../storage/store.ts'
import type { Trouble } from './anchor-port.ts'
import { IssuingError } from './errors.ts'
import { breathingFor, CHUNK, parseLearner, places } from './parts.ts'
import type { IssuingParts, Work } from './parts.ts'
import { secretOf } from './seal.ts'
import type { IssuedLink, IssueReport, RowWarning } from './types.ts'

/** Lays the manifest over the sealed certificates and writes the second copy, both durable when it resolves. */
export async function storeBatch(
  parts: IssuingParts,
  work: Work,
  batch: SealedBatch,
): Promise<StoredBatch> {
  const cids = await cidsOf(parts, batch.id)
  invariant(cids.length === batch.size, `batch ${batch.id} has every certificate`)
  const manifest = await layManifest(cids, breathingFor(parts, work))
  await parts.documents.put(manifest.blocks)
  let done = 0
  const inOrder = async function* (): AsyncGenerator<string> {
    for (const cid of inCarOrder(manifest.blocks, cids)) {
      if (done % CHUNK === 0) {
        await work.renew()
        work.progress({ step: 'store', done: Math.min(done, batch.size), total: batch.size })
      }
      done += 1
      yield cid
    }
  }
  await parts.documents.writeCar(manifest.root, inOrder(), () => work.renew())
  work.progress({ step: 'store', done: batch.size, total: batch.size })
  return parts.store.markStored(batch.id, work.lease(), manifest.root)
}

/** A batch's blocks as its CAR lists them: nodes first, the root before all, then the certificates. */
export function inCarOrder(nodes: readonly ManifestNode[], cids: readonly string[]): string[] {
  return [...nodes.toReversed().map(({ cid }) => cid), ...cids]
}

/** The CIDs of a batch's sealed certificates, in index order. */
export async function cidsOf(
  { store }: Pick<IssuingParts, 'store'>,
  batchId: string,
): Promise<string[]> {
  const cids: string[] = []
  for (;;) {
    const chunk = await store.certificatesOf(batchId, cids.length, CHUNK)
    if (chunk.length === 0) return cids
    cids.push(...chunk.map(({ cid }) => cid))
  }
}

/** The irreversible step: the root goes to the registry, and the batch is done when it is final there. */
export async function anchorBatch(
  parts: IssuingParts,
  work: Work,
  batch: StoredBatch | SubmittedBatch,
): Promise<AnchoredBatch> {
  work.progress({ step: 'anchor', done: 0, total: 1 })
  const anchor = await parts.anchor.anchor({
    batchId: batch.id,
    lease: work.lease().owner,
    issuer: parts.issuer,
    root: parseRoot(batch.root),
    size: batch.size,
    onPoll: () => work.renew(),
    onTrouble: troubleNotes(parts, batch.id),
    onStanding: () => {
      work.progress({ step: 'anchor', done: 1, total: 1 })
      work.progress({ step: 'final', done: 0, total: 1 })
    },
  })
  await work.renew()
  await parts.store.noteTrouble(batch.id, undefined, parts.now())
  const anchored = await parts.store.markAnchored(batch.id, work.lease(), anchor)
  work.progress({ step: 'final', done: 1, total: 1 })
  return anchored
}

/** Keeps why a batch waits, for whoever asks; each change is written once. */
function troubleNotes(
  { store, now, issuer }: IssuingParts,
  batchId: string,
): (trouble: Trouble | undefined) => Promise<void> {
  let noted: Trouble | 'unknown' | undefined = 'unknown'
  return async (trouble) => {
    if (trouble === noted) return
    await store.noteTrouble(batchId, trouble, now())
    if (trouble !== undefined) {
      await store.audit({
        at: now(),
        action: `trouble:${trouble}`,
        subject: batchId,
        actor: 'chain',
        issuer,
      })
    }
    noted = trouble
  }
}

export function parseRoot(text: string): BatchRoot {
  return parseHash32(text, 'root') as BatchRoot
}

/** What the issuer hands out, derived anew; erased certificates have no link any more. */
export async function reportOf(
  parts: IssuingParts,
  batch: AnchoredBatch,
  linkBase = parts.publicUrl,
): Promise<IssueReport> {
  if (batch.sealedSecret === undefined) {
    throw new IssuingError('delivered', 'these permanent links were delivered and forgotten')
  }
  const secret = secretOf(parts, batch)
  const links: IssuedLink[] = []
  for (let from = 0; from < batch.size; from += CHUNK) {
    for (const one of await parts.store.certificatesOf(batch.id, from, CHUNK)) {
      const { row, index, cid, sealing, sealedLearner } = one
      if (sealedLearner === undefined) continue
      const link = holderLink(linkBase, cid, linkSecretOf(secret, index, sealing))
      const place = places.learner(batch.id, row)
      links.push({
        row,
        index,
        cid,
        link,
        learner: parseLearner(parts.vaultAt(batch.masterVersion).open(sealedLearner, place)),
      })
    }
  }
  const { id, root, size, home, issuer, operator, anchoredAt, transaction } = batch
  return {
    batchId: id,
    root,
    size,
    home,
    issuer,
    operator,
    anchoredAt,
    ...(transaction === undefined ? {} : { transaction }),
    warnings: parseWarnings(batch.warnings),
    links: links.sort((a, b) => a.row - b.row),
  }
}

/** JSON that this service wrote. */
export function parseWarnings(text: string): RowWarning[] {
  return JSON.parse(text) as RowWarning[]
}
