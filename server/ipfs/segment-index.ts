/**
 * Which segment of a batch a block is in: "INSEGX01", the count (u32), 256 counts of the blocks whose digest begins with
 * that byte or a lower one, then the first eight bytes of every digest in ascending order, then likewise the number of
 * its segment (u32). Numbers are big-endian. A block is looked up in three short reads, however many there are.
 */

import type { FileHandle } from 'node:fs/promises'
import { setImmediate as otherWork } from 'node:timers/promises'
import { readAt, withFile } from './segment.ts'

const MAGIC = Buffer.from('INSEGX01')
const FAN = 256
const HEAD_BYTES = MAGIC.length + 4 + 4 * FAN
const KEY_BYTES = 8
const NUMBER_BYTES = 4

const ENTRY_BYTES = KEY_BYTES + NUMBER_BYTES
const FIRST_ROOM = 1024

export type Indexing = {
  /** Notes that the block of this digest is in that segment. */
  add(digest: Uint8Array, segment: number): void
  /** The index of what was noted. Others get their turn between the buckets: sorting a million takes a while. */
  index(): Promise<Uint8Array>
}

/** Twelve bytes a block, and a bucket of them as objects while it is sorted: a million would take half a gigabyte. */
export function indexing(): Indexing {
  let held = Buffer.alloc(ENTRY_BYTES * FIRST_ROOM)
  let count = 0
  return {
    add: (digest, segment) => {
      const at = ENTRY_BYTES * count
      if (at === held.length) held = Buffer.concat([held, Buffer.alloc(held.length)])
      held.set(digest.subarray(0, KEY_BYTES), at)
      held.writeUInt32BE(segment, at + KEY_BYTES)
      count += 1
    },
    index: () => indexOf(held.subarray(0, ENTRY_BYTES * count)),
  }
}

async function indexOf(entries: Buffer): Promise<Uint8Array> {
  const count = entries.length / ENTRY_BYTES
  const bytes = Buffer.alloc(HEAD_BYTES + ENTRY_BYTES * count)
  MAGIC.copy(bytes)
  bytes.writeUInt32BE(count, MAGIC.length)
  let place = 0
  for (const [first, bucket] of bucketsOf(entries).entries()) {
    await otherWork()
    const places = Array.from({ length: bucket.length / ENTRY_BYTES }, (_, at) =>
      bucket.subarray(ENTRY_BYTES * at, ENTRY_BYTES * (at + 1)),
    )
    // Key, then segment: the order of their bytes.
    for (const entry of places.sort((a, b) => Buffer.compare(a, b))) {
      entry.copy(bytes, HEAD_BYTES + KEY_BYTES * place, 0, KEY_BYTES)
      entry.copy(bytes, HEAD_BYTES + KEY_BYTES * count + NUMBER_BYTES * place, KEY_BYTES)
      place += 1
    }
    bytes.writeUInt32BE(place, MAGIC.length + 4 + 4 * first)
  }
  return bytes
}

/** Entries by their first byte, in the order in which they were noted. */
function bucketsOf(entries: Buffer): Buffer[] {
  const sizes = new Uint32Array(FAN)
  for (let at = 0; at < entries.length; at += ENTRY_BYTES) {
    const first = entries[at] ?? 0
    sizes[first] = (sizes[first] ?? 0) + ENTRY_BYTES
  }
  const buckets = Array.from(sizes, (size) => Buffer.alloc(size))
  const filled = new Uint32Array(FAN)
  for (let at = 0; at < entries.length; at += ENTRY_BYTES) {
    const first = entries[at] ?? 0
    const to = filled[first] ?? 0
    entries.copy(buckets[first] ?? entries, to, at, at + ENTRY_BYTES)
    filled[first] = to + ENTRY_BYTES
  }
  return buckets
}

/** The segments that may hold a block: one, or none, but for digests that begin alike. */
export async function segmentsFor(path: string, digest: Uint8Array): Promise<number[]> {
  return (await withFile(path, (file) => segmentsIn(file, digest))) ?? []
}

async function segmentsIn(file: FileHandle, digest: Uint8Array): Promise<number[]> {
  const head = await readAt(file, 0, HEAD_BYTES)
  if (head.length < HEAD_BYTES || !head.subarray(0, MAGIC.length).equals(MAGIC)) return []
  const count = head.readUInt32BE(MAGIC.length)
  const end = (first: number): number =>
    first < 0 ? 0 : head.readUInt32BE(MAGIC.length + 4 + 4 * first)
  const first = digest[0] ?? 0
  const from = end(first - 1)
  const size = Math.max(0, end(first) - from)
  const keys = await readAt(file, HEAD_BYTES + KEY_BYTES * from, KEY_BYTES * size)
  const places = placesOf(keys, Buffer.from(digest.subarray(0, KEY_BYTES)))
  const numbers = HEAD_BYTES + KEY_BYTES * count
  const found: number[] = []
  for (const place of places) {
    const number = await readAt(file, numbers + NUMBER_BYTES * (from + place), NUMBER_BYTES)
    if (number.length === NUMBER_BYTES) found.push(number.readUInt32BE())
  }
  return found
}

/** Where a key stands among those of its bucket. */
function placesOf(keys: Buffer, wanted: Buffer): number[] {
  const keyAt = (place: number): Buffer => keys.subarray(KEY_BYTES * place, KEY_BYTES * (place + 1))
  const count = Math.floor(keys.length / KEY_BYTES)
  let [low, high] = [0, count]
  while (low < high) {
    const middle = (low + high) >> 1
    if (Buffer.compare(keyAt(middle), wanted) < 0) low = middle + 1
    else high = middle
  }
  const places: number[] = []
  for (let place = low; place < count && keyAt(place).equals(wanted); place += 1) places.push(place)
  return places
}
