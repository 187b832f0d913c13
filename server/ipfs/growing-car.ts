/**
 * The CAR of a large batch, written while its certificates are sealed: they stand behind the nodes of their manifest, which
 * are known last but have a known length.
 */

import { randomBytes } from 'node:crypto'
import { open, rename, rm } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { CID_BYTES, cidOfDigest, invariant, manifestLengths } from '../../src/index.ts'
import type { ManifestNode } from '../../src/index.ts'
import { carHeader, nodeSections, sectionsOf, varint } from './car-sections.ts'
import { sectionsIn } from './segment.ts'

const DIGEST_BYTES = 32
/** Some 30 MB: the store, on the same disk, would wait for all that lies in memory to be written before its own. */
const SEGMENTS_A_SYNC = 16

export type GrowingCar = {
  /** SHA-256 of every certificate, in index order, as far as they were added. */
  readonly digests: Uint8Array
  /** The next certificates, in index order, as the segment that they were laid out in. */
  add(segment: Uint8Array): Promise<void>
  /** Writes what stands before them, forces all of it to disk and gives it its name. */
  place(path: string, root: string, nodes: readonly ManifestNode[]): Promise<void>
  /** Nothing of it stays, unless it has its name; twice is once. */
  drop(): Promise<void>
}

/** Where one of a batch that is being sealed lies: the beginning of its name. */
export function growingName(batchId: string): string {
  return `${batchId}.growing.`
}

/** Begins a CAR of so many certificates in a file beside `path`, which is the beginning of its name. */
export async function growCar(path: string, size: number): Promise<GrowingCar> {
  const beside = `${path}${randomBytes(6).toString('hex')}.tmp`
  const file = await open(beside, 'wx', 0o600)
  const digests = new Uint8Array(DIGEST_BYTES * size)
  const headBytes = lengthOfHead(size)
  let [count, at, segments] = [0, headBytes, 0]
  let isOpen = true
  const close = async (): Promise<void> => {
    if (isOpen) await file.close()
    isOpen = false
  }
  return {
    digests,
    add: async (segment) => {
      const part = sectionsIn(segment)
      digests.set(part.digests, DIGEST_BYTES * count)
      count += part.digests.length / DIGEST_BYTES
      await writeAt(file, part.sections, at)
      at += part.sections.length
      segments += 1
      if (segments % SEGMENTS_A_SYNC === 0) await file.datasync()
    },
    place: async (name, root, nodes) => {
      invariant(count === size, `the CAR of ${root} has ${size} certificates`)
      let to = 0
      const write = async (head: Uint8Array): Promise<void> => {
        invariant(to + head.length <= headBytes, `the nodes of ${root} fit before its certificates`)
        await writeAt(file, head, to)
        to += head.length
      }
      await write(carHeader(root))
      for (const section of nodeSections(nodes)) await write(sectionsOf([section]))
      invariant(
        to === headBytes,
        `nothing stands between the nodes of ${root} and its certificates`,
      )
      await file.sync()
      await close()
      await rename(beside, name)
    },
    drop: async () => {
      await close()
      await rm(beside, { force: true })
    },
  }
}

/** What stands before the certificates of a CAR: its header, whatever the root is, and the nodes. */
export function lengthOfHead(size: number): number {
  const header = carHeader(cidOfDigest('dag-cbor', new Uint8Array(DIGEST_BYTES)))
  return manifestLengths(size).reduce((sum, length) => {
    const section = CID_BYTES + length
    return sum + varint(section).length + section
  }, header.length)
}

async function writeAt(file: FileHandle, bytes: Uint8Array, from: number): Promise<void> {
  for (let at = 0; at < bytes.length;) {
    const { bytesWritten } = await file.write(bytes, at, bytes.length - at, from + at)
    at += bytesWritten
  }
}
