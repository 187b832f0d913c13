/**
 * Before the irreversible step the whole batch is read back from storage and proven against its root by the way that a
 * holder and a verifier go: link secret, sealed block, certificate, commitment, path. Nothing that sealing kept in
 * memory is used.
 */

import { createHash } from 'node:crypto'
import { bytesOfCid, cidOfDigest, equalBytes, invariant, layManifest } from '../../src/index.ts'
import type { ManifestNode, Tree } from '../../src/index.ts'
import { beginsCar } from '../ipfs/car-copy.ts'
import type { PartFiles } from '../ipfs/documents.ts'
import { lengthOfHead } from '../ipfs/growing-car.ts'
import { sectionBytes } from '../ipfs/segment.ts'
import type { StoredBatch } from '../storage/store.ts'
import { carOrder, digestsOf, parseRoot } from './deliver.ts'
import type { CarEntry } from './deliver.ts'
import type { Hands } from './hands.ts'
import { inTurn } from './in-turn.ts'
import { breathingFor, whileRenewing } from './parts.ts'
import type { IssuingParts, Work } from './parts.ts'
import { CHUNK, chunkOf } from './steps.ts'
import { HASH_BYTES } from './paths.ts'
import type { ReadBack } from './proving-task.ts'
import { factsOf, filesFor } from './seal.ts'
import type { BatchFacts } from './sealing-task.ts'

/**
 * Throws `BlockError` where a copy is missing or damaged, `FormatError` where a document does not open or parse, and
 * `InvariantError` where it is not the certificate that the root stands for. The batch is then not anchored.
 */
export async function proveBatch(
  parts: IssuingParts,
  work: Work,
  batch: StoredBatch,
): Promise<void> {
  await parts.lender.lend(batch.size, async (hands) => {
    const copied = await proveParts(parts, work, batch, hands)
    await proveCar(parts, work, batch, hands, copied)
  })
}

/**
 * Ends before the second copy is read as a whole: the tree of a million certificates is not kept for that. Answers with
 * where the certificates end in that copy, if every one of them stands in it where it has to.
 */
async function proveParts(
  parts: IssuingParts,
  work: Work,
  batch: StoredBatch,
  hands: Hands,
): Promise<number | undefined> {
  const facts = factsOf(parts, batch, parseRoot(batch.root))
  const commitments = await whileRenewing(work, parts.store.commitmentsOf(batch.id))
  const breathe = breathingFor(parts, work)
  const together = await togetherOf(parts, batch, commitments, hands, breathe)
  const start = async (from: number): Promise<boolean> => {
    await breathe()
    return provePart(parts, hands, { batch, facts, commitments, together, from })
  }
  let copied = together?.places.at(-1)
  await inTurn(batch.size, hands.ahead, start, (isCopied, done) => {
    if (!isCopied) copied = undefined
    work.progress({ step: 'prove', done, total: batch.size })
    return Promise.resolve()
  })
  return copied
}

/** Of a large batch, whose documents lie together and whose paths are known again from its commitments. */
type Together = {
  readonly files: PartFiles
  readonly tree: Tree
  /** From which byte of the second copy on each part stands, and where the last one ends. */
  readonly places: Float64Array
}

/** Undefined where each document lies by itself, and each path is climbed. */
async function togetherOf(
  parts: IssuingParts,
  batch: StoredBatch,
  commitments: Uint8Array,
  hands: Hands,
  breathe: () => Promise<void>,
): Promise<Together | undefined> {
  const files = filesFor(parts, batch)
  if (files === undefined) return undefined
  const tree = await hands.grow(commitments, breathe)
  invariant(tree.root === batch.root, `the commitments of batch ${batch.id} lead to its root`)
  return { files, tree, places: await placesInCar(files, batch) }
}

/** As the files of the parts say by their lengths. */
async function placesInCar(files: PartFiles, { id, size }: StoredBatch): Promise<Float64Array> {
  const chunk = chunkOf(size)
  const places = new Float64Array(Math.ceil(size / chunk) + 1)
  places[0] = lengthOfHead(size)
  for (let part = 0; part + 1 < places.length; part += 1) {
    const from = chunk * part
    const path = files.pathOf({ batchId: id, from })
    const length = await sectionBytes(path, Math.min(chunk, size - from))
    places[part + 1] = (places[part] ?? 0) + length
  }
  return places
}

type Part = {
  readonly batch: StoredBatch
  readonly facts: BatchFacts
  /** Of the whole batch. */
  readonly commitments: Uint8Array
  readonly together: Together | undefined
  readonly from: number
}

/**
 * Rows of one part, from one file where they lie together; what is not whole there is looked for as a reader would. Answers
 * whether they stand in the second copy.
 */
async function provePart(
  parts: IssuingParts,
  hands: Hands,
  { batch, facts, commitments, together, from }: Part,
): Promise<boolean> {
  const rows = await rowsOf(parts, batch, commitments, from)
  if (together === undefined) {
    const read = await withBlocks(parts, batch, rows)
    await hands.prove({ kind: 'prove', batch: facts, rows: read })
    return false
  }
  const segment = together.files.pathOf({ batchId: batch.id, from })
  const paths = together.tree.pathsOf(from, from + rows.length)
  const copy = {
    path: together.files.carPathOf(batch.manifest),
    from: together.places[from / chunkOf(batch.size)] ?? 0,
  }
  const task = { kind: 'prove', batch: facts, rows, segment, paths, copy } as const
  const { missing, isCopied } = await hands.prove(task)
  const others = missing.flatMap((place) => rows[place] ?? [])
  if (others.length === 0) return isCopied
  const read = await withBlocks(parts, batch, others)
  await hands.prove({ kind: 'prove', batch: facts, rows: read })
  return false
}

async function withBlocks(
  { documents }: IssuingParts,
  { manifest }: StoredBatch,
  rows: readonly ReadBack[],
): Promise<ReadBack[]> {
  const cids = rows.map(({ cid }) => cid)
  const blocks = await documents.getMany(cids, manifest)
  return rows.map((row, at) => ({ ...row, block: blocks[at] ?? new Uint8Array() }))
}

/** One part's rows, every index of it. */
async function rowsOf(
  { store }: IssuingParts,
  { id, size }: StoredBatch,
  commitments: Uint8Array,
  from: number,
): Promise<ReadBack[]> {
  const chunk = chunkOf(size)
  const stored = await store.sealedOf(id, from, chunk)
  invariant(stored.length === Math.min(chunk, size - from), `batch ${id} has every index`)
  return stored.map((row, i) => {
    const { index } = row
    invariant(index === from + i, `batch ${id} has index ${from + i}`)
    return {
      ...row,
      commitment: commitments.subarray(HASH_BYTES * index, HASH_BYTES * (index + 1)),
    }
  })
}

/** The second copy: every node and certificate of the manifest, once, in order. */
async function proveCar(
  parts: IssuingParts,
  work: Work,
  batch: StoredBatch,
  hands: Hands,
  copied: number | undefined,
): Promise<void> {
  const digests = await whileRenewing(work, digestsOf(parts, batch))
  const manifest = await layManifest(digests, breathingFor(parts, work))
  invariant(manifest.root === batch.manifest, `the manifest of batch ${batch.id} is its own`)
  const expected = (): Generator<CarEntry> => carOrder(manifest.blocks, digests)
  if (copied !== undefined && (await isHeadWhole(parts, batch, manifest.blocks, copied))) return
  if (await isCarWhole(parts, work, batch, hands, expected())) return
  const rest = expected()
  let at = 0
  for await (const { cid } of parts.documents.readCar(batch.manifest)) {
    const next = rest.next()
    const wanted = next.done === true ? 'no more' : cidOfDigest(next.value.codec, next.value.digest)
    invariant(cid === wanted, `the CAR of batch ${batch.id} has ${wanted}`)
    at += 1
    if (at % CHUNK === 0) await work.renew()
  }
  invariant(rest.next().done === true, `the CAR of batch ${batch.id} is whole`)
}

/** Before the certificates of a large batch stands what has to, and behind them nothing. */
async function isHeadWhole(
  parts: IssuingParts,
  batch: StoredBatch,
  nodes: readonly ManifestNode[],
  length: number,
): Promise<boolean> {
  const files = filesFor(parts, batch)
  if (files === undefined) return false
  return beginsCar(files.carPathOf(batch.manifest), batch.manifest, nodes, length)
}

/** Large batches have theirs read by a thread; what is wrong with one that is not whole is then found out as for others. */
async function isCarWhole(
  parts: IssuingParts,
  work: Work,
  batch: StoredBatch,
  hands: Hands,
  expected: Iterable<CarEntry>,
): Promise<boolean> {
  const files = filesFor(parts, batch)
  if (files === undefined) return false
  const path = files.carPathOf(batch.manifest)
  const reading = hands.readCar({ kind: 'read-car', path, root: batch.manifest })
  const order = createHash('sha256')
  const breathe = breathingFor(parts, work)
  const hashing = async (): Promise<void> => {
    let at = 0
    for (const entry of expected) {
      order.update(bytesOfCid(entry))
      if (at % CHUNK === 0) await breathe()
      at += 1
    }
  }
  const [seen] = await whileRenewing(work, Promise.all([reading, hashing()]))
  return seen.isWhole && equalBytes(seen.order, order.digest())
}
