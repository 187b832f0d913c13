/**
 * Which segment of a batch a block is in: "INSEGX01", the count (u32), 256 counts of the blocks whose digest begins with
 * that byte or a lower one, then the first eight bytes of every digest in ascending order, then likewise the number of
 * its segment (u32). Numbers are big-endian. A block is looked up in three short reads, however many there are.
 */

import { open } from 'node:fs/promises'
import { setImmediate as otherWork } from 'node:timers/promises'
import { readAt } from './segment.ts'

const MAGIC = Buffer.from('INSEGX01')
const FAN = 256
const HEAD_BYTES = MAGIC.length + 4 + 4 * FAN
const KEY_BYTES = 8
const NUMBER_BYTES = 4

export type Entry = { readonly digest: Uint8Array; readonly segment: number }

/** Others get their turn between the buckets: sorting a million takes a while. */
export async function indexOf(entries: Iterable<Entry>): Promise<Uint8Array> {
  const buckets = Array.from({ length: FAN }, (): { key: bigint; segment: number }[] => [])
  let count = 0
  for (const { digest, segment } of entries) {
    const key = Buffer.from(digest.buffer, digest.byteOffset, KEY_BYTES).readBigUInt64BE()
    buckets[digest[0] ?? 0]?.push({ key, segment })
    count += 1
  }
  const bytes = Buffer.alloc(HEAD_BYTES + (KEY_BYTES + NUMBER_BYTES) * count)
  MAGIC.copy(bytes)
  bytes.writeUInt32BE(count, MAGIC.length)
  let place = 0
  for (const [first, bucket] of buckets.entries()) {
    await otherWork()
    bucket.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.segment - b.segment))
    for (const { key, segment } of bucket) {
      bytes.writeBigUInt64BE(key, HEAD_BYTES + KEY_BYTES * place)
      bytes.writeUInt32BE(segment, HEAD_BYTES + KEY_BYTES * count + NUMBER_BYTES * place)
      place += 1
    }
    bytes.writeUInt32BE(place, MAGIC.length + 4 + 4 * first)
  }
  return bytes
}

/** The segments that may hold a block: one, or none, but for digests that begin alike. */
export async function segmentsFor(path: string, digest: Uint8Array): Promise<number[]> {
  const file = await open(path, 'r').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  })
  if (file === undefined) return []
  try {
    const head = bufferOf(await readAt(file, 0, HEAD_BYTES))
    if (head.length < HEAD_BYTES || !head.subarray(0, MAGIC.length).equals(MAGIC)) return []
    const count = head.readUInt32BE(MAGIC.length)
    const end = (first: number): number =>
      first < 0 ? 0 : head.readUInt32BE(MAGIC.length + 4 + 4 * first)
    const first = digest[0] ?? 0
    const from = end(first - 1)
    const size = Math.max(0, end(first) - from)
    const keys = bufferOf(await readAt(file, HEAD_BYTES + KEY_BYTES * from, KEY_BYTES * size))
    const places = placesOf(keys, Buffer.from(digest.subarray(0, KEY_BYTES)))
    const numbers = HEAD_BYTES + KEY_BYTES * count
    const found: number[] = []
    for (const place of places) {
      const at = numbers + NUMBER_BYTES * (from + place)
      const number = bufferOf(await readAt(file, at, NUMBER_BYTES))
      if (number.length === NUMBER_BYTES) found.push(number.readUInt32BE())
    }
    return found
  } finally {
    await file.close()
  }
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

function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
