/**
 * CAR files of large batches, read and written a stretch at a time (https://ipld.io/specs/transport/car/carv1/): what a
 * thread does that is given a path.
 */

import { open } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { encode } from '@ipld/dag-cbor'
import { CID } from 'multiformats/cid'
import { bytesOfCid, CID_BYTES, invariant, parseCid } from '../../src/index.ts'
import type { ManifestNode } from '../../src/index.ts'
import { unlessMissing } from '../missing.ts'

const STRETCH_BYTES = 4 * 1024 * 1024
const LONGEST_VARINT = 5

export type Section = { readonly cid: Uint8Array; readonly block: Uint8Array }

/** The beginning of a CAR with this root. */
export function carHeader(root: string): Uint8Array {
  const header = encode({ roots: [CID.parse(root)], version: 1 })
  return Buffer.concat([varint(header.length), header])
}

/** Unsigned LEB128, the lengths of a CAR (https://github.com/multiformats/unsigned-varint). */
export function varint(value: number): Uint8Array {
  const bytes: number[] = []
  let rest = value
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) | 0x80)
  return Uint8Array.from([...bytes, rest])
}

/** The nodes of a manifest as a CAR lists them, the root before all. */
export function* nodeSections(nodes: readonly ManifestNode[]): Generator<Section> {
  for (const { cid, bytes } of nodes.toReversed()) {
    yield { cid: bytesOfCid(parseCid(cid, 'cid')), block: bytes }
  }
}

/** What stands before a raw block in a CAR. */
export function sectionHead(digest: Uint8Array, length: number): Uint8Array {
  return Buffer.concat([varint(CID_BYTES + length), bytesOfCid({ codec: 'raw', digest })])
}

/** Sections one after the other, as they stand in a CAR. */
export function sectionsOf(sections: Iterable<Section>): Uint8Array {
  const parts: Uint8Array[] = []
  for (const { cid, block } of sections) {
    invariant(cid.length === CID_BYTES, 'a CID has 36 bytes')
    parts.push(varint(CID_BYTES + block.length), cid, block)
  }
  return Buffer.concat(parts)
}

/**
 * The sections of a CAR with this root, in its order, not hashed; views that hold until the next is drawn. Undefined in
 * the place of one where the file is not there, cut short, garbled or of another root: nothing behind that can be told
 * apart.
 */
export async function* sectionsIn(path: string, root: string): AsyncGenerator<Section | undefined> {
  const file = await unlessMissing(open(path, 'r'))
  if (file === undefined) {
    yield undefined
    return
  }
  try {
    const reader = readerOf(file, (await file.stat()).size)
    const header = carHeader(root)
    if (!Buffer.from(header).equals(await reader.take(header.length))) {
      yield undefined
      return
    }
    for (;;) {
      const length = await reader.varint()
      if (length === 'end') return
      const bytes = length === undefined || length < CID_BYTES ? undefined : length
      const section = bytes === undefined ? undefined : await reader.take(bytes)
      if (section?.length !== bytes || section === undefined) {
        yield undefined
        return
      }
      yield { cid: section.subarray(0, CID_BYTES), block: section.subarray(CID_BYTES) }
    }
  } finally {
    await file.close()
  }
}

type Reader = {
  /** So many bytes, or as many as are left. */
  take(length: number): Promise<Buffer>
  /** Undefined where it is none. */
  varint(): Promise<number | 'end' | undefined>
}

/** Never asks for memory beyond `size`, the file's: a garbled length may say anything. */
function readerOf(file: FileHandle, size: number): Reader {
  let held = Buffer.alloc(0)
  let at = 0
  let left = size
  const hold = async (length: number): Promise<void> => {
    while (held.length - at < length && left > 0) {
      const kept = held.subarray(at)
      const wanted = Math.min(Math.max(STRETCH_BYTES, length), left)
      const next = Buffer.allocUnsafe(kept.length + wanted)
      kept.copy(next)
      const { bytesRead } = await file.read(next, kept.length, wanted)
      left = bytesRead === 0 ? 0 : left - bytesRead
      held = next.subarray(0, kept.length + bytesRead)
      at = 0
    }
  }
  const take = async (length: number): Promise<Buffer> => {
    if (held.length - at < length) await hold(length)
    const bytes = held.subarray(at, at + length)
    at += bytes.length
    return bytes
  }
  return {
    take,
    varint: async () => {
      if (held.length - at < LONGEST_VARINT) await hold(LONGEST_VARINT)
      if (held.length === at) return 'end'
      let value = 0
      for (let place = 0; place < LONGEST_VARINT; place += 1) {
        const byte = held[at + place]
        if (byte === undefined) return undefined
        value += (byte & 0x7f) * 2 ** (7 * place)
        if (byte >= 0x80) continue
        at += place + 1
        return value
      }
      return undefined
    },
  }
}
