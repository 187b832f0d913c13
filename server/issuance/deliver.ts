/** From sealed to anchored: the manifest and the CAR, then the anchor. */

import { setImmediate as otherWork } from 'node:timers/promises'
import { cidOfDigest, invariant, layManifest, parseCid, parseHash32 } from '../../src/index.ts'
import type { BatchRoot, Cid, Manifest, ManifestNode } from '../../src/index.ts'
import { nodeSections } from '../ipfs/car-sections.ts'
import type { PartFiles } from '../ipfs/documents.ts'
import type { GrowingCar } from '../ipfs/growing-car.ts'
import type { AnchoredBatch, SealedBatch, StoredBatch, SubmittedBatch } from '../storage/store.ts'
import type { Trouble } from './anchor-port.ts'
import { breathingFor, whileChanging, whileRenewing } from './parts.ts'
import type { IssuingParts, Work } from './parts.ts'
import { CHUNK, chunkOf } from './steps.ts'
import { filesFor } from './seal.ts'

const DIGEST_BYTES = 32
const CIDS_A_STEP = 2048

/**
 * Lays the manifest over the sealed certificates and writes the second copy, both durable when it resolves.
 * @param copy what sealing wrote of it; it is placed here or dropped
 */
export async function storeBatch(
  parts: IssuingParts,
  work: Work,
  batch: SealedBatch,
  copy?: GrowingCar,
): Promise<StoredBatch> {
  try {
    const digests = copy?.digests ?? (await whileRenewing(work, digestsOf(parts, batch)))
    const manifest = await layManifest(digests, breathingFor(parts, work))
    await parts.documents.put(manifest.blocks)
    work.progress({ step: 'store', done: 0, total: batch.size })
    const { root, blocks } = manifest
    const files = filesFor(parts, batch)
    if (copy !== undefined) await whileRenewing(work, placed(files, copy, root, blocks))
    else if (!(await isCarWritten(parts, work, batch, manifest, digests))) {
      const cids = inOrder(work, batch, manifest, digests)
      await parts.documents.writeCar(root, cids, () => work.renew())
    }
    work.progress({ step: 'store', done: batch.size, total: batch.size })
    return await parts.store.markStored(batch.id, work.lease(), root)
  } finally {
    await copy?.drop()
  }
}

function placed(
  files: PartFiles | undefined,
  copy: GrowingCar,
  root: string,
  nodes: readonly ManifestNode[],
): Promise<void> {
  invariant(files !== undefined, 'a copy that grew is of a batch that lies in files')
  return files.finishCar(copy, root, nodes)
}

async function* inOrder(
  work: Work,
  { size }: SealedBatch,
  { blocks }: Manifest,
  digests: Uint8Array,
): AsyncGenerator<string> {
  let done = 0
  for (const { codec, digest } of carOrder(blocks, digests)) {
    if (done % CHUNK === 0) {
      await work.renew()
      work.progress({ step: 'store', done: Math.min(done, size), total: size })
    }
    done += 1
    yield cidOfDigest(codec, digest)
  }
}

/** Large batches have theirs written by a thread, straight from the files; false where something is missing there. */
async function isCarWritten(
  parts: IssuingParts,
  work: Work,
  batch: SealedBatch,
  { root, blocks }: Manifest,
  digests: Uint8Array,
): Promise<boolean> {
  const files = filesFor(parts, batch)
  if (files === undefined) return false
  await files.forgetCar(batch.id)
  const nodes = [...nodeSections(blocks)]
  const segments: string[] = []
  const each = chunkOf(batch.size)
  for (let from = 0; from < batch.size; from += each) {
    segments.push(files.pathOf({ batchId: batch.id, from }))
  }
  const write = (path: string): Promise<boolean> =>
    parts.lender.lend(batch.size, (hands) =>
      hands.writeCar({ kind: 'write-car', path, root, nodes, segments, each, digests }),
    )
  return whileRenewing(work, files.placeCar(root, write))
}

/** A batch's blocks as its CAR lists them: nodes first, the root before all, then the certificates. */
export function inCarOrder(nodes: readonly ManifestNode[], cids: readonly string[]): string[] {
  return [...nodes.toReversed().map(({ cid }) => cid), ...cids]
}

export type CarEntry = Pick<Cid, 'codec' | 'digest'>

/** The same of digests, one by one: the CIDs of a million certificates take up several times as much as these. */
export function* carOrder(
  nodes: readonly ManifestNode[],
  digests: Uint8Array,
): Generator<CarEntry> {
  for (const { cid } of nodes.toReversed()) yield parseCid(cid, 'cid')
  for (let from = 0; from < digests.length; from += DIGEST_BYTES) {
    yield { codec: 'raw', digest: digests.subarray(from, from + DIGEST_BYTES) }
  }
}

/** Of a batch's sealed certificates, 32 bytes each, in index order. */
export async function digestsOf(
  { store }: Pick<IssuingParts, 'store'>,
  { id, size }: SealedBatch | StoredBatch,
): Promise<Uint8Array> {
  const digests = new Uint8Array(DIGEST_BYTES * size)
  let count = 0
  for await (const cids of cidsInSteps({ store }, id)) {
    for (const text of cids) {
      const { codec, digest } = parseCid(text, 'cid')
      invariant(codec === 'raw' && count < size, `batch ${id} has ${size} raw blocks`)
      digests.set(digest, DIGEST_BYTES * count)
      count += 1
    }
  }
  invariant(count === size, `batch ${id} has every certificate`)
  return digests
}

/** The CIDs of a batch's sealed certificates, in index order. */
export async function cidsOf(
  parts: Pick<IssuingParts, 'store'>,
  batchId: string,
): Promise<string[]> {
  const all: string[] = []
  for await (const cids of cidsInSteps(parts, batchId)) all.push(...cids)
  return all
}

async function* cidsInSteps(
  { store }: Pick<IssuingParts, 'store'>,
  batchId: string,
): AsyncGenerator<readonly string[]> {
  for (let from = 0; ;) {
    const cids = await store.cidsOf(batchId, from, CIDS_A_STEP)
    if (cids.length === 0) return
    yield cids
    from += cids.length
    // A store in the process answers at once: nobody else would get a turn.
    await otherWork()
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
  const anchored = await whileChanging(
    work,
    parts.store.markAnchored(batch.id, work.lease(), anchor),
  )
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
