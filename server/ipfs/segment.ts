/**
 * A segment: many raw blocks in one file, so that a large batch is thousands of files and not millions. "INSEGM01", the
 * count (u32), then of each block its SHA-256, its place behind the directory and its length (u32 each), then the blocks
 * one after the other, each as a section of a CAR: a batch's CAR has the same bytes. Numbers of the directory are
 * big-endian. A segment is written whole and never changed: another takes its place.
 */

import { open, stat } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { invariant } from '../../src/index.ts'
import type { RoomFor } from '../../src/index.ts'
import { unlessMissing } from '../missing.ts'
import { sectionHead } from './car-sections.ts'

const MAGIC = Buffer.from('INSEGM01')
const HEAD_BYTES = MAGIC.length + 4
const DIGEST_BYTES = 32
const ENTRY_BYTES = DIGEST_BYTES + 8
/** More blocks than any part of a batch has: a count beyond it is damage, and nothing is allocated for it. */
const MOST_BLOCKS = 65_536
const NO_DIGEST = new Uint8Array(DIGEST_BYTES)
/** Where room does not do, so much more is made at once. */
const ROOM_FACTOR = 1.25

/** A digest as the key of a map. */
export type DigestKey = string

type Place = { readonly at: number; readonly length: number }

/** Where in its file each block stands; the first one where a digest stands twice. */
export type Directory = ReadonlyMap<DigestKey, Place>

export function digestKey(digest: Uint8Array): DigestKey {
  return bufferOf(digest).toString('latin1')
}

function digestOf(key: DigestKey): Uint8Array {
  return Buffer.from(key, 'latin1')
}

function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

export type GrowingSegment = {
  /** Where the next block, of so many bytes, is to be written; until another is asked for. */
  readonly roomFor: RoomFor
  /** That block is written, and has this digest. */
  add(digest: Uint8Array): void
  /** All of it. */
  written(): Uint8Array<ArrayBuffer>
}

/** Begins a segment of so many blocks in `room`, or in more where that does not do. */
export function growSegment(count: number, room: ArrayBuffer): GrowingSegment {
  invariant(count <= MOST_BLOCKS, 'a segment has not too many blocks')
  const from = HEAD_BYTES + ENTRY_BYTES * count
  let whole = withRoom(new Uint8Array(room), from)
  let [entry, at, length] = [HEAD_BYTES, from, 0]
  const head = bufferOf(whole)
  MAGIC.copy(head)
  head.writeUInt32BE(count, MAGIC.length)
  return {
    roomFor: (bytes) => {
      length = bytes
      const start = at + headLength(length)
      whole = withRoom(whole, start + length)
      return whole.subarray(start, start + length)
    },
    add: (digest) => {
      invariant(entry < from, `a segment of ${count} blocks has no more`)
      const head = sectionHead(digest, length)
      whole.set(head, at)
      at += head.length
      whole.set(digest, entry)
      const bytes = bufferOf(whole)
      bytes.writeUInt32BE(at - from, entry + DIGEST_BYTES)
      bytes.writeUInt32BE(length, entry + DIGEST_BYTES + 4)
      entry += ENTRY_BYTES
      at += length
    },
    written: () => {
      invariant(entry === from, `a segment of ${count} blocks has every one`)
      return whole.subarray(0, at)
    },
  }
}

/** How many bytes stand before a raw block of so many in a CAR. */
function headLength(length: number): number {
  return sectionHead(NO_DIGEST, length).length
}

/** The same bytes with room for so many. */
function withRoom(bytes: Uint8Array<ArrayBuffer>, length: number): Uint8Array<ArrayBuffer> {
  if (bytes.length >= length) return bytes
  const larger = new Uint8Array(Math.ceil(length * ROOM_FACTOR))
  larger.set(bytes)
  return larger
}

/** A segment of these blocks, whole or not: what is damaged stays for its other copy to heal. */
export function layOut(blocks: ReadonlyMap<DigestKey, Uint8Array>): Uint8Array<ArrayBuffer> {
  const segment = growSegment(blocks.size, new ArrayBuffer(0))
  for (const [key, block] of blocks) {
    segment.roomFor(block.length).set(block)
    segment.add(digestOf(key))
  }
  return segment.written()
}

/** Of a segment that was just laid out: its blocks as they stand in a CAR, and their digests, in their order. */
export function sectionsIn(segment: Uint8Array): {
  readonly sections: Uint8Array
  readonly digests: Uint8Array
} {
  const count = countIn(segment)
  const digests = new Uint8Array(DIGEST_BYTES * count)
  for (let at = 0; at < count; at += 1) {
    const entry = HEAD_BYTES + ENTRY_BYTES * at
    digests.set(segment.subarray(entry, entry + DIGEST_BYTES), DIGEST_BYTES * at)
  }
  return { sections: segment.subarray(HEAD_BYTES + ENTRY_BYTES * count), digests }
}

/** How many bytes the sections of a segment file with so many blocks have; 0 where it is not there. */
export async function sectionBytes(path: string, count: number): Promise<number> {
  const found = await unlessMissing(stat(path))
  return found === undefined ? 0 : Math.max(0, found.size - HEAD_BYTES - ENTRY_BYTES * count)
}

/** Blocks of a segment by digest, whole or not; what lies behind the end of a file that was cut short is not there. */
export function blocksIn(segment: Uint8Array): Map<DigestKey, Uint8Array> {
  const found = new Map<DigestKey, Uint8Array>()
  for (const [key, { at, length }] of directoryIn(segment)) {
    if (length === 0 || at < segment.length) found.set(key, segment.subarray(at, at + length))
  }
  return found
}

/**
 * Blocks of a segment file by digest, whole or not; none where it is not there.
 * @param roomFor where they are read to: so many bytes
 */
export async function readBlocks(
  path: string,
  roomFor?: RoomFor,
): Promise<Map<DigestKey, Uint8Array>> {
  const segment = await withFile(path, (file) => readAt(file, 0, Infinity, roomFor))
  return blocksIn(segment ?? new Uint8Array())
}

/** Nothing where the file is not there, or is no segment as far as its directory. */
export async function readDirectory(path: string): Promise<Directory | undefined> {
  return withFile(path, (file) => directoryOf(file))
}

/** The bytes under one digest, whole or not, without reading the others. */
export async function readFrom(path: string, digest: Uint8Array): Promise<Uint8Array | undefined> {
  return withFile(path, async (file) => {
    const place = (await directoryOf(file)).get(digestKey(digest))
    if (place === undefined) return undefined
    const bytes = await readAt(file, place.at, place.length)
    return place.length > 0 && bytes.length === 0 ? undefined : bytes
  })
}

async function directoryOf(file: FileHandle): Promise<Directory> {
  const count = countIn(await readAt(file, 0, HEAD_BYTES))
  return directoryIn(await readAt(file, 0, HEAD_BYTES + ENTRY_BYTES * count))
}

function countIn(head: Uint8Array): number {
  const bytes = bufferOf(head)
  if (bytes.length < HEAD_BYTES || !bytes.subarray(0, MAGIC.length).equals(MAGIC)) return 0
  return Math.min(bytes.readUInt32BE(MAGIC.length), MOST_BLOCKS)
}

/** Of a segment, or of its beginning. */
function directoryIn(segment: Uint8Array): Directory {
  const directory = new Map<DigestKey, Place>()
  const bytes = bufferOf(segment)
  const count = countIn(segment)
  const from = HEAD_BYTES + ENTRY_BYTES * count
  if (bytes.length < from) return directory
  for (let entry = HEAD_BYTES; entry < from; entry += ENTRY_BYTES) {
    const key = digestKey(bytes.subarray(entry, entry + DIGEST_BYTES))
    const at = from + bytes.readUInt32BE(entry + DIGEST_BYTES)
    const length = bytes.readUInt32BE(entry + DIGEST_BYTES + 4)
    if (!directory.has(key)) directory.set(key, { at, length })
  }
  return directory
}

/** What is made of a file; undefined where it is not there. */
export async function withFile<T>(
  path: string,
  use: (file: FileHandle) => Promise<T>,
): Promise<T | undefined> {
  const file = await unlessMissing(open(path, 'r'))
  try {
    return file && (await use(file))
  } finally {
    await file?.close()
  }
}

/** As many bytes as are there. */
export async function readAt(
  file: FileHandle,
  at: number,
  length: number,
  roomFor: RoomFor = (bytes) => Buffer.allocUnsafeSlow(bytes),
): Promise<Buffer> {
  const { size } = await file.stat()
  // Only what was read over is given out.
  const bytes = bufferOf(roomFor(Math.max(0, Math.min(length, size - at))))
  let read = 0
  while (read < bytes.length) {
    const { bytesRead } = await file.read(bytes, read, bytes.length - read, at + read)
    if (bytesRead === 0) break
    read += bytesRead
  }
  return bytes.subarray(0, read)
}
