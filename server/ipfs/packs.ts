/**
 * The blocks of large batches on disk: `packs/<batch>/<part>.segment`, a part at a time as it is sealed, and
 * `packs/<batch>/index` once all are there.
 */

import { mkdir, readdir } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { invariant, parseCid } from '../../src/index.ts'
import { syncFolder, writeDurably } from '../keys/durable.ts'
import { unlessMissing } from '../missing.ts'
import type { Block, PackPart } from './documents.ts'
import { removeBeginningWith } from './leftovers.ts'
import { digestKey, layOut, readBlocks, readDirectory, readFrom } from './segment.ts'
import type { DigestKey } from './segment.ts'
import { indexing, segmentsFor } from './segment-index.ts'

const INDEX = 'index'
const SEGMENT = /^(\d{10})\.segment$/
/** A batch as a folder: an id of ours, never a path. */
const BATCH = /^[A-Za-z0-9_-]{1,64}$/

export type Packs = {
  /** See `PartFiles.put`. */
  put(part: PackPart, segment: Uint8Array): Promise<void>
  /** See `PartFiles.close`. */
  close(batchId: string): Promise<void>
  pathOf(part: PackPart): string
  /** The bytes under this name, whole or not. */
  read(cid: string): Promise<Uint8Array | undefined>
  /** As `read` of each, those that lie together in one read. */
  readMany(cids: readonly string[]): Promise<(Uint8Array | undefined)[]>
  /** False where no pack knows the block: it is somewhere else. */
  replace(block: Block): Promise<boolean>
  remove(cid: string): Promise<void>
}

/** Packs in a folder, which need not be there. */
export function packsIn(folder: string): Packs {
  return {
    put: async ({ batchId, from }, segment) => {
      const pack = packPath(folder, batchId)
      if ((await mkdir(pack, { recursive: true, mode: 0o700 })) !== undefined) {
        await syncFolder(folder)
      }
      await writeDurably(segmentPath(pack, from), segment)
    },
    pathOf: ({ batchId, from }) => segmentPath(packPath(folder, batchId), from),
    close: (batchId) => close(folder, batchId),
    read: async (cid) => {
      const { digest } = parseCid(cid, 'cid')
      for (const path of await segmentsOf(folder, digest)) {
        const found = await readFrom(path, digest)
        if (found !== undefined) return found
      }
      return undefined
    },
    readMany: (cids) => readMany(folder, cids),
    replace: async ({ cid, bytes }) => {
      const [path] = await segmentsOf(folder, parseCid(cid, 'cid').digest)
      if (path === undefined) return false
      await rewrite(path, cid, bytes)
      return true
    },
    remove: async (cid) => {
      for (const path of await segmentsOf(folder, parseCid(cid, 'cid').digest)) {
        await rewrite(path, cid, undefined)
      }
    },
  }
}

function packPath(folder: string, batchId: string): string {
  invariant(BATCH.test(batchId), 'a pack is of a batch')
  return join(folder, batchId)
}

function segmentPath(pack: string, from: number): string {
  return join(pack, `${String(from).padStart(10, '0')}.segment`)
}

/** The names of segments of a pack, in order; what a write that was cut short left goes. */
async function close(folder: string, batchId: string): Promise<void> {
  const pack = packPath(folder, batchId)
  const blocks = indexing()
  for (const name of await namesIn(pack)) {
    const segment = SEGMENT.exec(name)?.[1]
    if (segment === undefined) {
      if (name !== INDEX) await removeBeginningWith(pack, name)
      continue
    }
    const directory = await readDirectory(join(pack, name))
    for (const key of directory?.keys() ?? []) {
      blocks.add(Buffer.from(key, 'latin1'), Number(segment))
    }
  }
  await writeDurably(join(pack, INDEX), await blocks.index())
}

/** Where the blocks of this digest may be. */
async function segmentsOf(folder: string, digest: Uint8Array): Promise<string[]> {
  const paths: string[] = []
  for (const batchId of await namesIn(folder)) {
    if (!BATCH.test(batchId)) continue
    const pack = join(folder, batchId)
    for (const segment of await segmentsFor(join(pack, INDEX), digest)) {
      paths.push(segmentPath(pack, segment))
    }
  }
  return paths
}

async function readMany(
  folder: string,
  cids: readonly string[],
): Promise<(Uint8Array | undefined)[]> {
  const loaded = new Map<DigestKey, Uint8Array>()
  const seen = new Set<string>()
  const found: (Uint8Array | undefined)[] = []
  for (const cid of cids) {
    const { digest } = parseCid(cid, 'cid')
    const key = digestKey(digest)
    if (!loaded.has(key)) {
      for (const path of await segmentsOf(folder, digest)) {
        if (seen.has(path)) continue
        seen.add(path)
        for (const [one, bytes] of await readBlocks(path)) loaded.set(one, bytes)
      }
    }
    found.push(loaded.get(key))
  }
  return found
}

/** With this block in the place of what stands under its name, or without it. */
async function rewrite(path: string, cid: string, bytes: Uint8Array | undefined): Promise<void> {
  const blocks = await readBlocks(path)
  const key = digestKey(parseCid(cid, 'cid').digest)
  if (bytes === undefined) blocks.delete(key)
  else blocks.set(key, bytes)
  await removeBeginningWith(dirname(path), `${basename(path)}.`)
  await writeDurably(path, layOut(blocks))
}

async function namesIn(folder: string): Promise<string[]> {
  return ((await unlessMissing(readdir(folder))) ?? []).toSorted()
}
