/** The CAR of a large batch, written from its segments and read back: what a thread can do by itself. */

import { createHash } from 'node:crypto'
import { open, readFile } from 'node:fs/promises'
import { bytesOfCid, CID_BYTES, equalBytes, sha256 } from '../../src/index.ts'
import { carHeader, sectionsIn, sectionsOf } from './car-sections.ts'
import type { Section } from './car-sections.ts'
import { blocksIn, digestKey } from './segment.ts'

const DIGEST_BYTES = 32
/** Some 30 MB: the store, on the same disk, would wait for all that lies in memory to be written before its own. */
const SEGMENTS_A_SYNC = 16

export type WriteCarTask = {
  readonly kind: 'write-car'
  /** Of a file that is not there. */
  readonly path: string
  readonly root: string
  /** The nodes of the manifest as they stand in the CAR. */
  readonly nodes: readonly Section[]
  /** One after the other, each with so many of the certificates; the last one with the rest. */
  readonly segments: readonly string[]
  readonly each: number
  /** SHA-256 of every sealed certificate, in index order. */
  readonly digests: Uint8Array
}

/**
 * Writes the file and forces it to disk. Answers false where a segment lacks a certificate or has it damaged; what is
 * written then is no CAR.
 */
export async function writeCarFrom(task: WriteCarTask): Promise<boolean> {
  const { path, root, nodes, segments, each, digests } = task
  const file = await open(path, 'wx', 0o600)
  try {
    await file.writeFile(Buffer.concat([carHeader(root), sectionsOf(nodes)]))
    for (const [number, segment] of segments.entries()) {
      const from = DIGEST_BYTES * each * number
      const part = digests.subarray(from, from + DIGEST_BYTES * each)
      const sections = wholeSections(await readFile(segment).catch(() => Buffer.alloc(0)), part)
      if (sections === undefined) return false
      await file.writeFile(sectionsOf(sections))
      if (number % SEGMENTS_A_SYNC === SEGMENTS_A_SYNC - 1) await file.datasync()
    }
    await file.sync()
    return true
  } finally {
    await file.close()
  }
}

/** The blocks of a segment that these digests name, in their order, each hashed; undefined where one is not whole. */
function wholeSections(segment: Uint8Array, digests: Uint8Array): Section[] | undefined {
  const blocks = blocksIn(segment)
  const sections: Section[] = []
  for (let at = 0; at < digests.length; at += DIGEST_BYTES) {
    const digest = digests.subarray(at, at + DIGEST_BYTES)
    const block = blocks.get(digestKey(digest))
    if (block === undefined || !equalBytes(sha256(block), digest)) return undefined
    sections.push({ cid: bytesOfCid({ codec: 'raw', digest }), block })
  }
  return sections
}

export type ReadCarTask = {
  readonly kind: 'read-car'
  readonly path: string
  readonly root: string
}

/** What was found in a CAR: how many whole blocks up to the first fault, and the SHA-256 of their CIDs in order. */
export type CarSeen = {
  readonly count: number
  readonly order: Uint8Array
  readonly isWhole: boolean
}

/** Reads a CAR to its end or its first fault, every block hashed. */
export async function readCarWhole({ path, root }: ReadCarTask): Promise<CarSeen> {
  const order = createHash('sha256')
  let count = 0
  let isWhole = true
  for await (const section of sectionsIn(path, root)) {
    const digest = section?.cid.subarray(CID_BYTES - DIGEST_BYTES)
    isWhole = section !== undefined && equalBytes(sha256(section.block), digest ?? section.cid)
    if (!isWhole || section === undefined) break
    order.update(section.cid)
    count += 1
  }
  return { count, order: new Uint8Array(order.digest()), isWhole }
}
