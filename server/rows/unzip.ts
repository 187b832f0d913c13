/**
 * The parts of a ZIP archive (APPNOTE.TXT 6.3: end record, central directory, local headers; stored or deflated),
 * with the unpacked size judged from the directory before anything is inflated and enforced again while inflating.
 */

import { crc32, inflateRawSync } from 'node:zlib'
import { fatal } from './problems.ts'

const END_SIGNATURE = 0x06054b50
const ENTRY_SIGNATURE = 0x02014b50
const LOCAL_SIGNATURE = 0x04034b50
const END_BYTES = 22
const MAX_COMMENT = 0xffff
const ENTRY_BYTES = 46
const LOCAL_BYTES = 30
const MAX_PARTS = 2000
const ENCRYPTED = 0x0001

export type Part = { readonly name: string; readonly bytes: Uint8Array }

type Entry = {
  readonly name: string
  readonly method: number
  readonly crc: number
  readonly packed: number
  readonly unpacked: number
  readonly offset: number
}

/**
 * Inflates the parts that `wanted` accepts. Throws `RowsError` `unpacked-too-large` where the directory announces more
 * than `maxUnpacked` bytes in all, or a part holds more than it announces; `not-xlsx` where the archive is damaged.
 */
export function unzip(
  archive: Buffer,
  maxUnpacked: number,
  wanted: (name: string) => boolean,
): Part[] {
  const entries = directoryOf(archive)
  const total = entries.reduce((sum, entry) => sum + entry.unpacked, 0)
  if (total > maxUnpacked) {
    throw fatal('unpacked-too-large', `unpacks to ${total} bytes; at most ${maxUnpacked}`)
  }
  return entries
    .filter((entry) => wanted(entry.name))
    .map((entry) => ({ name: entry.name, bytes: inflate(archive, entry) }))
}

function directoryOf(archive: Buffer): Entry[] {
  const end = endRecordOf(archive)
  const count = archive.readUInt16LE(end + 10)
  const size = archive.readUInt32LE(end + 12)
  let at = archive.readUInt32LE(end + 16)
  if (count > MAX_PARTS || at + size > end) throw damaged('the directory does not fit')
  const entries: Entry[] = []
  const names = new Set<string>()
  for (let i = 0; i < count; i += 1) {
    if (at + ENTRY_BYTES > end || archive.readUInt32LE(at) !== ENTRY_SIGNATURE) {
      throw damaged('the directory is cut short')
    }
    const entry = entryAt(archive, at)
    if (names.has(entry.name)) throw damaged(`${entry.name} stands in it twice`)
    names.add(entry.name)
    entries.push(entry)
    at += ENTRY_BYTES + [28, 30, 32].reduce((sum, o) => sum + archive.readUInt16LE(at + o), 0)
  }
  return entries
}

function endRecordOf(archive: Buffer): number {
  const lowest = Math.max(0, archive.length - END_BYTES - MAX_COMMENT)
  for (let at = archive.length - END_BYTES; at >= lowest; at -= 1) {
    if (archive.readUInt32LE(at) !== END_SIGNATURE) continue
    if (at + END_BYTES + archive.readUInt16LE(at + 20) === archive.length) return at
  }
  throw damaged('no end of the archive')
}

function entryAt(archive: Buffer, at: number): Entry {
  if ((archive.readUInt16LE(at + 8) & ENCRYPTED) !== 0) throw damaged('it is encrypted')
  const nameLength = archive.readUInt16LE(at + 28)
  return {
    method: archive.readUInt16LE(at + 10),
    crc: archive.readUInt32LE(at + 16),
    packed: archive.readUInt32LE(at + 20),
    unpacked: archive.readUInt32LE(at + 24),
    offset: archive.readUInt32LE(at + 42),
    name: archive.toString('utf8', at + ENTRY_BYTES, at + ENTRY_BYTES + nameLength),
  }
}

function inflate(archive: Buffer, entry: Entry): Uint8Array {
  const { name, offset, packed, unpacked } = entry
  if (offset + LOCAL_BYTES > archive.length || archive.readUInt32LE(offset) !== LOCAL_SIGNATURE) {
    throw damaged(`${name} has no local header`)
  }
  const start =
    offset + LOCAL_BYTES + archive.readUInt16LE(offset + 26) + archive.readUInt16LE(offset + 28)
  if (start + packed > archive.length) throw damaged(`${name} is cut short`)
  const bytes = expanded(entry, archive.subarray(start, start + packed))
  if (bytes.length !== unpacked || crc32(bytes) !== entry.crc) throw damaged(`${name} is damaged`)
  return bytes
}

function expanded(entry: Entry, packed: Uint8Array): Uint8Array {
  if (entry.method === 0) return packed
  if (entry.method !== 8) throw damaged(`${entry.name} is compressed by method ${entry.method}`)
  try {
    // One byte of room more than announced: a part that holds more is caught, not cut.
    return inflateRawSync(packed, { maxOutputLength: entry.unpacked + 1 })
  } catch (error) {
    if (error instanceof RangeError) {
      throw fatal('unpacked-too-large', `${entry.name} unpacks to more than it announces`)
    }
    throw damaged(`${entry.name} does not inflate`)
  }
}

function damaged(why: string): Error {
  return fatal('not-xlsx', `not a readable XLSX file: ${why}`)
}

/** An archive of the same parts, stored: what a streaming reader then sees is exactly what was judged here. */
export function zipStored(parts: readonly Part[]): Buffer {
  const locals: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, bytes } of parts) {
    const fields = Buffer.alloc(26)
    fields.writeUInt16LE(20, 0)
    fields.writeUInt32LE(crc32(bytes), 10)
    fields.writeUInt32LE(bytes.length, 14)
    fields.writeUInt32LE(bytes.length, 18)
    fields.writeUInt16LE(Buffer.byteLength(name), 22)
    const path = Buffer.from(name)
    locals.push(signature(LOCAL_SIGNATURE), fields, path, Buffer.from(bytes))
    const place = Buffer.alloc(14)
    place.writeUInt32LE(offset, 10)
    directory.push(signature(ENTRY_SIGNATURE), Buffer.from([20, 0]), fields, place, path)
    offset += LOCAL_BYTES + path.length + bytes.length
  }
  const list = Buffer.concat(directory)
  const end = Buffer.alloc(END_BYTES)
  end.writeUInt32LE(END_SIGNATURE, 0)
  end.writeUInt16LE(parts.length, 8)
  end.writeUInt16LE(parts.length, 10)
  end.writeUInt32LE(list.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...locals, list, end])
}

function signature(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value, 0)
  return bytes
}
