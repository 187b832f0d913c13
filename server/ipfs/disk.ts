/** Documents on disk: `blocks/<last two letters of the CID>/<CID>` and `cars/<root>.car`. */

import { randomBytes } from 'node:crypto'
import { mkdir, open, readFile, readdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { FormatError, parseCid } from '../../src/index.ts'
import { documentPathsOf } from '../files.ts'
import type { DocumentPaths } from '../files.ts'
import { syncFolder } from '../keys/durable.ts'
import { readCarFile, writeCarFile } from './car.ts'
import { BlockError } from './documents.ts'
import type { Block, Documents } from './documents.ts'
import { isBlock } from './hash.ts'

/** How many block files are written at a time. */
const WRITERS = 16

/** Opens the store in a folder, creating it. */
export async function openDiskDocuments(folder: string): Promise<Documents> {
  const paths = documentPathsOf(folder)
  for (const path of Object.values(paths)) await mkdir(path, { recursive: true, mode: 0o700 })
  return {
    put: (blocks) => put(paths, blocks),
    get: (cid, batchRoot) => get(paths, cid, batchRoot),
    writeCar: (root, cids) => writeCar(paths, root, blocksOf(paths, cids)),
    readCar: (root) => readCarFile(carPath(paths, root), root),
    remove: (cid, batchRoot) => remove(paths, cid, batchRoot),
  }
}

/** CIDs are parsed before they become paths: nothing else can name a file here. */
function blockPath(paths: DocumentPaths, cid: string): string {
  const name = parseCid(cid, 'cid').text
  return join(paths.blocks, name.slice(-2), name)
}

function carPath(paths: DocumentPaths, root: string): string {
  return join(paths.cars, `${parseCid(root, 'root').text}.car`)
}

async function put(paths: DocumentPaths, blocks: readonly Block[]): Promise<void> {
  const folders = new Set<string>()
  const renames: [from: string, to: string][] = []
  for (let start = 0; start < blocks.length; start += WRITERS) {
    const written = blocks.slice(start, start + WRITERS).map(async ({ cid, bytes }) => {
      if (!isBlock(cid, bytes)) {
        throw new FormatError('block-damaged', cid, `these are not the bytes of ${cid}`)
      }
      const path = blockPath(paths, cid)
      if (await holds(path, cid)) return
      const shard = dirname(path)
      if ((await mkdir(shard, { recursive: true, mode: 0o700 })) !== undefined) {
        folders.add(paths.blocks)
      }
      folders.add(shard)
      renames.push([await writeBeside(path, bytes), path])
    })
    await Promise.all(written)
  }
  for (const [from, to] of renames) await rename(from, to)
  for (const path of folders) await syncFolder(path)
}

async function writeBeside(path: string, bytes: Uint8Array): Promise<string> {
  const beside = `${path}.${randomBytes(6).toString('hex')}.tmp`
  const file = await open(beside, 'wx', 0o600)
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
  return beside
}

async function holds(path: string, cid: string): Promise<boolean> {
  const found = await readFile(path).catch(() => undefined)
  return found !== undefined && isBlock(cid, found)
}

async function get(paths: DocumentPaths, cid: string, batchRoot?: string): Promise<Uint8Array> {
  const path = blockPath(paths, cid)
  const found = await readFile(path).catch((error: unknown) => {
    if (isMissing(error)) return undefined
    throw error
  })
  if (found !== undefined && isBlock(cid, found)) return found
  const roots = batchRoot === undefined ? await carsFor(paths, found) : [batchRoot]
  const healed = await healFrom(paths, cid, roots)
  if (healed !== undefined) return healed
  throw new BlockError(found === undefined ? 'missing' : 'damaged', cid)
}

/** A block that is damaged was ours, so some CAR has it; one that is missing may never have been, and nobody looks. */
async function carsFor(paths: DocumentPaths, damaged: Uint8Array | undefined): Promise<string[]> {
  if (damaged === undefined) return []
  return (await readdir(paths.cars))
    .filter((name) => name.endsWith('.car'))
    .map((name) => name.slice(0, -'.car'.length))
}

async function healFrom(
  paths: DocumentPaths,
  cid: string,
  roots: readonly string[],
): Promise<Uint8Array | undefined> {
  for (const root of roots) {
    try {
      for await (const block of readCarFile(carPath(paths, root), root)) {
        if (block.cid !== cid) continue
        await rm(blockPath(paths, cid), { force: true })
        await put(paths, [block])
        return block.bytes
      }
    } catch (error) {
      // This CAR is no better than the block; another may be.
      if (!(error instanceof BlockError)) throw error
    }
  }
  return undefined
}

async function* blocksOf(paths: DocumentPaths, cids: AsyncIterable<string>): AsyncGenerator<Block> {
  for await (const cid of cids) yield { cid, bytes: await get(paths, cid) }
}

async function writeCar(
  paths: DocumentPaths,
  root: string,
  blocks: AsyncIterable<Block>,
): Promise<void> {
  const path = carPath(paths, root)
  const beside = `${path}.${randomBytes(6).toString('hex')}.tmp`
  try {
    await writeCarFile(beside, root, blocks)
    await rename(beside, path)
  } catch (error) {
    await rm(beside, { force: true })
    throw error
  }
  await syncFolder(paths.cars)
}

async function remove(paths: DocumentPaths, cid: string, batchRoot: string): Promise<void> {
  const path = blockPath(paths, cid)
  await rm(path, { force: true })
  await syncFolder(dirname(path)).catch((error: unknown) => {
    if (!isMissing(error)) throw error
  })
  const kept = async function* (): AsyncGenerator<Block> {
    for await (const block of readCarFile(carPath(paths, batchRoot), batchRoot)) {
      if (block.cid !== cid) yield block
    }
  }
  await writeCar(paths, batchRoot, kept())
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}
