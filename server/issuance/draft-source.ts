/** The drafts of a batch again, opened, in the order of the tree. */

import { invariant } from '../../src/index.ts'
import { setImmediate as otherWork } from 'node:timers/promises'
import type { DraftedBatch } from '../storage/store.ts'
import { draftsIn } from './draft-pages.ts'
import { parseFrame } from './frames.ts'
import type { Frame } from './frames.ts'
import { places } from './parts.ts'
import type { IssuingParts } from './parts.ts'
import { STEP } from './steps.ts'

/** A draft that is not sealed yet; its credential is packed, or whole. */
export type WaitingDraft = {
  readonly index: number
  readonly credential: Uint8Array
  readonly seed: Uint8Array
}

export type DraftSource = {
  /** What drafts are packed with. */
  readonly frame: Frame | undefined
  /** Those of the indexes from `from` to before `end` that are not sealed. */
  waiting(from: number, end: number): Promise<WaitingDraft[]>
}

type SourceParts = Pick<IssuingParts, 'store' | 'vaultAt'>
type Drafts = ReadonlyMap<number, Omit<WaitingDraft, 'index'>>
type Bucket = { readonly bucket: number; readonly from: number; readonly end: number }

/** Buckets that are open at a time: several parts are worked on, and each may lie in two. */
const MOST_OPEN = 4

export async function draftSource(parts: SourceParts, batch: DraftedBatch): Promise<DraftSource> {
  const { id, masterVersion, size } = batch
  const sealed = await parts.store.frameOf(id)
  const frame = sealed && parseFrame(parts.vaultAt(masterVersion).open(sealed, places.frame(id)))
  const buckets: Bucket[] = []
  let end = 0
  for (const { bucket, drafts } of await parts.store.bucketsOf(id)) {
    buckets.push({ bucket, from: end, end: end + drafts })
    end += drafts
  }
  if (buckets.length === 0) return { frame, waiting: rowsOf(parts, batch) }
  invariant(end === size, `the pages of batch ${id} have ${size} drafts`)
  return { frame, waiting: pagesOf(parts, batch, buckets) }
}

/** Of a batch whose drafts lie in rows of their own. */
function rowsOf({ store, vaultAt }: SourceParts, batch: DraftedBatch): DraftSource['waiting'] {
  const { id, masterVersion } = batch
  const vault = vaultAt(masterVersion)
  return async (from, end) => {
    const waiting: WaitingDraft[] = []
    for (let next = from; next < end; next += STEP) {
      if (next > from) await otherWork()
      const drafts = await store.draftsOf(id, next, Math.min(STEP, end - next))
      for (const [i, { index, row, isSealed, sealedCredential, sealedSeed }] of drafts.entries()) {
        invariant(index === next + i, `batch ${id} has index ${next + i}`)
        if (isSealed) continue
        const credential = vault.open(sealedCredential, places.credential(id, row))
        waiting.push({ index, credential, seed: vault.open(sealedSeed, places.seed(id, row)) })
      }
    }
    return waiting
  }
}

function pagesOf(
  parts: SourceParts,
  { id, masterVersion }: DraftedBatch,
  buckets: readonly Bucket[],
): DraftSource['waiting'] {
  const open = new Map<number, Promise<Drafts>>()
  const draftsOf = (bucket: number): Promise<Drafts> => {
    const known = open.get(bucket)
    if (known !== undefined) return known
    const [oldest] = open.keys()
    if (open.size >= MOST_OPEN && oldest !== undefined) open.delete(oldest)
    const opening = openBucket(parts, { id, masterVersion }, bucket)
    open.set(bucket, opening)
    return opening
  }
  return async (from, end) => {
    const waiting: WaitingDraft[] = []
    const rows = await parts.store.placesOf(id, from, end - from)
    invariant(rows.length === end - from, `batch ${id} has every index`)
    for (const bucket of buckets) {
      if (bucket.end <= from || bucket.from >= end) continue
      const drafts = await draftsOf(bucket.bucket)
      for (const { index, row, isSealed } of rows) {
        if (isSealed || index < bucket.from || index >= bucket.end) continue
        const draft = drafts.get(row)
        invariant(draft !== undefined, `batch ${id} has the draft of row ${row}`)
        waiting.push({ index, ...draft })
      }
    }
    return waiting
  }
}

async function openBucket(
  { store, vaultAt }: SourceParts,
  { id, masterVersion }: Pick<DraftedBatch, 'id' | 'masterVersion'>,
  bucket: number,
): Promise<Drafts> {
  const vault = vaultAt(masterVersion)
  const drafts = new Map<number, Omit<WaitingDraft, 'index'>>()
  for (const { page, sealed } of await store.pagesOf(id, bucket)) {
    await otherWork()
    for (const { row, ...draft } of draftsIn(
      vault.open(sealed, places.draftPage(id, bucket, page)),
    )) {
      drafts.set(row, draft)
    }
  }
  return drafts
}
