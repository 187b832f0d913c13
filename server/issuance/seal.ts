/** A draft becomes certificates, sealed and laid down in the documents. Whether they are what was drafted, proving finds. */

import { invariant, parsePointer, SpareRoom } from '../../src/index.ts'
import type { BatchRoot, Tree } from '../../src/index.ts'
import type { PartFiles } from '../ipfs/documents.ts'
import type { GrowingCar } from '../ipfs/growing-car.ts'
import type { Batch, DraftedBatch, SealedBatch } from '../storage/store.ts'
import { draftSource } from './draft-source.ts'
import type { DraftSource } from './draft-source.ts'
import type { Hands } from './hands.ts'
import { inTurn } from './in-turn.ts'
import { breathingFor, places, whileChanging, whileRenewing } from './parts.ts'
import type { IssuingParts, Work } from './parts.ts'
import { chunkOf } from './steps.ts'
import { pathTaker } from './paths.ts'
import type { BatchFacts, OpenDraft, SealedPart } from './sealing-task.ts'
import { byItself } from './packing.ts'

/** A batch that is sealed, and its second copy where all of it was sealed at once and lies together. */
export type Sealed = { readonly batch: SealedBatch; readonly copy?: GrowingCar | undefined }

/**
 * Seals what is not sealed yet, in index order, and marks the batch. Called again after a crash it goes on. Whoever is
 * given a copy places or drops it.
 */
export async function sealBatch(
  parts: IssuingParts,
  work: Work,
  batch: DraftedBatch,
): Promise<Sealed> {
  const files = filesFor(parts, batch)
  await files?.forgetCar(batch.id)
  const copy = await files?.beginCar(batch.id, batch.size)
  try {
    const { root, isWhole } = await sealParts(parts, work, batch, { files, copy })
    if (files !== undefined) await whileRenewing(work, files.close(batch.id))
    const marking = parts.store.markSealed(batch.id, work.lease(), root)
    const sealed = await whileChanging(work, marking)
    if (isWhole) return { batch: sealed, copy }
    await copy?.drop()
    return { batch: sealed }
  } catch (error) {
    await copy?.drop()
    throw error
  }
}

type Files = { readonly files: PartFiles | undefined; readonly copy: GrowingCar | undefined }

/**
 * Answers with the root, and whether no certificate was sealed before. The tree of a million is not kept for what comes
 * behind.
 */
async function sealParts(
  parts: IssuingParts,
  work: Work,
  batch: DraftedBatch,
  { files, copy }: Files,
): Promise<{ root: BatchRoot; isWhole: boolean }> {
  const { store, documents } = parts
  let isWhole = true
  return parts.lender.lend(batch.size, async (hands) => {
    const tree = await treeFor(parts, work, batch, hands)
    const facts = factsOf(parts, batch, tree.root)
    const source = await draftSource(parts, batch)
    const { frame } = source
    const breathe = breathingFor(parts, work)
    // What a part was laid out in is room for another once it is written.
    const spare = new SpareRoom()
    const start = async (from: number): Promise<SealedPart> => {
      await breathe()
      const drafts = await unsealed(batch, { tree, source, from })
      // What is no whole part would take the place of one.
      const isWholePart = drafts.length === Math.min(chunkOf(batch.size), batch.size - from)
      const room = files !== undefined && isWholePart ? spare.take(0).buffer : undefined
      return hands.seal({ kind: 'seal', batch: facts, drafts, frame, room })
    }
    await inTurn(batch.size, hands.ahead, start, async ({ blocks, rows }, done) => {
      // Blocks first: a row that names a block promises that it is there.
      if ('segment' in blocks) {
        const part = { batchId: batch.id, from: rows[0]?.index ?? 0 }
        const adding = isWhole ? copy?.add(blocks.segment) : undefined
        await Promise.all([files?.put(part, blocks.segment), adding])
        spare.give(blocks.segment)
      } else {
        isWhole = false
        await documents.put(blocks)
      }
      await store.addSealed(batch.id, work.lease(), rows)
      work.progress({ step: 'seal', done, total: batch.size })
    })
    return { root: tree.root, isWhole }
  })
}

async function treeFor(
  parts: IssuingParts,
  work: Work,
  { id }: DraftedBatch,
  hands: Hands,
): Promise<Tree> {
  const commitments = await whileRenewing(work, parts.store.commitmentsOf(id))
  return hands.grow(commitments, breathingFor(parts, work))
}

/** Where the blocks of a large batch lie together; undefined where each is by itself. */
export function filesFor(
  { lender, documents }: Pick<IssuingParts, 'lender' | 'documents'>,
  { size }: Pick<DraftedBatch, 'size'>,
): PartFiles | undefined {
  return size >= lender.largeFrom ? documents.parts : undefined
}

/** What every certificate of a batch says, and the secret of its links. */
export function factsOf(
  parts: Pick<IssuingParts, 'home' | 'issuer' | 'vaultAt'>,
  batch: Batch,
  root: BatchRoot,
): BatchFacts {
  const { home, issuer } = parts
  const { id, size, permanent } = batch
  const pointers = batch.pointers.map((pointer) => parsePointer(pointer, 'pointers'))
  return {
    id,
    home,
    issuer,
    root,
    size,
    pointers,
    permanent,
    secret: byItself(secretOf(parts, batch)),
  }
}

type Wanted = { readonly tree: Tree; readonly source: DraftSource; readonly from: number }

/** Drafts of one part that are not sealed yet, with their paths. */
async function unsealed(
  { size }: DraftedBatch,
  { tree, source, from }: Wanted,
): Promise<OpenDraft[]> {
  const end = Math.min(from + chunkOf(size), size)
  const waiting = await source.waiting(from, end)
  const pathOf = pathTaker(tree.pathsOf(from, end), size)
  const paths = Array.from({ length: end - from }, (_, at) => pathOf(from + at))
  return waiting.map((draft) => ({ ...draft, path: paths[draft.index - from] ?? new Uint8Array() }))
}

/** The batch secret, from under the master key. */
export function secretOf(
  { vaultAt }: Pick<IssuingParts, 'vaultAt'>,
  batch: Pick<Batch, 'id' | 'sealedSecret' | 'masterVersion'>,
): Uint8Array {
  invariant(batch.sealedSecret !== undefined, `batch ${batch.id} still has its secret`)
  return vaultAt(batch.masterVersion).open(batch.sealedSecret, places.batchSecret(batch.id))
}
