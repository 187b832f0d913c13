/**
 * Drafts of a large batch, many to a page: one encryption for some dozens, where each by itself takes as long as its
 * credential takes to be committed to. Each draft falls into a bucket at random, and the tree has bucket after bucket, each
 * in a random order: which is every order equally likely (Rao 1961, Sandelius 1962), and has those that are sealed together
 * lie together, though nobody knows how many rows there are before the last one is read.
 *
 * A page in the clear is one draft after the other: its row (u32), its seed, the length of its credential (u32), then that,
 * packed (`frames.ts`). Numbers are big-endian.
 */

import { invariant } from '../../src/index.ts'
import { freshBytes } from '../keys/fresh.ts'
import { shuffler } from './shuffle.ts'

const BUCKETS = 256
const PAGE_BYTES = 32 * 1024
const SEED_BYTES = 32
const HEAD_BYTES = 4 + SEED_BYTES + 4

export type PagedDraft = {
  readonly row: number
  readonly seed: Uint8Array
  readonly credential: Uint8Array
}

/** A page in the clear; its bytes are there until the next draft is added. */
export type DraftPage = {
  readonly bucket: number
  readonly page: number
  readonly drafts: number
  readonly bytes: Uint8Array
}

export type DraftPages = {
  /** Adds the next draft in the order of the file; answers with a page where that fills one. */
  add(draft: PagedDraft): DraftPage | undefined
  /** The pages that are not full, at the end. */
  rest(): DraftPage[]
  /** Of each draft, in the order in which they were added, its index in the tree. */
  order(): Uint32Array
}

type Open = { page: number; drafts: number; bytes: Buffer<ArrayBuffer>; length: number }

export function draftPages(): DraftPages {
  const open = Array.from({ length: BUCKETS }, (): Open => {
    return { page: 0, drafts: 0, bytes: Buffer.alloc(0), length: 0 }
  })
  let bucketOf = Buffer.alloc(4096)
  let count = 0
  const filled = (bucket: number): DraftPage | undefined => {
    const held = open[bucket]
    if (held === undefined || held.drafts === 0) return undefined
    const { page, drafts, bytes, length } = held
    open[bucket] = { page: page + 1, drafts: 0, bytes, length: 0 }
    return { bucket, page, drafts, bytes: bytes.subarray(0, length) }
  }
  return {
    add: ({ row, seed, credential }) => {
      invariant(seed.length === SEED_BYTES, 'a seed has 32 bytes')
      const [bucket = 0] = freshBytes(1)
      bucketOf = withRoomFor(bucketOf, count + 1)
      bucketOf[count] = bucket
      count += 1
      const held = open[bucket]
      invariant(held !== undefined, 'a byte names a bucket')
      const at = held.length
      held.length += HEAD_BYTES + credential.length
      held.bytes = withRoomFor(held.bytes, held.length)
      held.bytes.writeUInt32BE(row, at)
      held.bytes.set(seed, at + 4)
      held.bytes.writeUInt32BE(credential.length, at + 4 + SEED_BYTES)
      held.bytes.set(credential, at + HEAD_BYTES)
      held.drafts += 1
      return held.length < PAGE_BYTES ? undefined : filled(bucket)
    },
    rest: () => open.flatMap((_, bucket) => filled(bucket) ?? []),
    order: () => orderOf(bucketOf.subarray(0, count)),
  }
}

/** The same bytes with room for so many, which grows in few steps; a page's is used for the next page of its bucket. */
function withRoomFor(bytes: Buffer<ArrayBuffer>, length: number): Buffer<ArrayBuffer> {
  if (bytes.length >= length) return bytes
  const larger = Buffer.allocUnsafeSlow(Math.max(2 * bytes.length, length))
  bytes.copy(larger)
  return larger
}

/** Bucket after bucket, each in a random order. */
function orderOf(bucketOf: Uint8Array): Uint32Array {
  const ends = new Uint32Array(BUCKETS)
  for (const bucket of bucketOf) ends[bucket] = (ends[bucket] ?? 0) + 1
  for (let bucket = 1; bucket < BUCKETS; bucket += 1) {
    ends[bucket] = (ends[bucket] ?? 0) + (ends[bucket - 1] ?? 0)
  }
  const filled = new Uint32Array(BUCKETS)
  filled.set(ends.subarray(0, -1), 1)
  const placed = new Uint32Array(bucketOf.length)
  for (let at = 0; at < bucketOf.length; at += 1) {
    const bucket = bucketOf[at] ?? 0
    const place = filled[bucket] ?? 0
    placed[place] = at
    filled[bucket] = place + 1
  }
  const shuffle = shuffler()
  for (let bucket = 0; bucket < BUCKETS; bucket += 1) {
    shuffle(placed.subarray(bucket === 0 ? 0 : ends[bucket - 1], ends[bucket]))
  }
  const order = new Uint32Array(bucketOf.length)
  for (let index = 0; index < placed.length; index += 1) order[placed[index] ?? 0] = index
  return order
}

/** The drafts of a page in the clear. Throws `InvariantError` for what is none. */
export function draftsIn(bytes: Uint8Array): PagedDraft[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const drafts: PagedDraft[] = []
  for (let at = 0; at < bytes.length;) {
    invariant(at + HEAD_BYTES <= bytes.length, 'a page has every draft, whole')
    const from = at + HEAD_BYTES
    const end = from + view.getUint32(at + 4 + SEED_BYTES)
    invariant(end <= bytes.length, 'a page has every draft, whole')
    drafts.push({
      row: view.getUint32(at),
      seed: bytes.subarray(at + 4, at + 4 + SEED_BYTES),
      credential: bytes.subarray(from, end),
    })
    at = end
  }
  return drafts
}
