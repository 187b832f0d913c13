/** Documents on disk: `blocks/<last two letters of the CID>/<CID>` and `cars/<root>.car`. */

import { randomBytes } from 'node:crypto'
import { mkdir, open, readFile, readdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { FormatError, parseCid } from '../../src/index.ts'
import { documentPathsOf } from '../files.ts'
import type { DocumentPaths } from '../files.ts'
import { syncFolder } from '../keys/durable.ts'
import { withLock } from '../lock.ts'
import { intactBlocks, readCarFile, writeCarFile } from './car.ts'
import { BlockError } from './documents.ts'
import type { Block, Documents } from './documents.ts'
import { isBlock } from './hash.ts'

/** How many block files are written at a time. */
const WRITERS = 16

/** Which documents were erased; whatever a copy still holds of one is neither given out nor healed. */
export type IsErased = (cid: string) => Promise<boolean>

type Disk = DocumentPaths & { readonly isErased: IsErased }

/** Opens the store in a folder, creating it. */
export async function openDiskDocuments(
  folder: string,
  isErased: IsErased = () => Promise.resolve(false),
): Promise<Documents> {
  const disk = { ...documentPathsOf(folder), isErased }
  for (const path of [disk.blocks, disk.cars]) await mkdir(path, { recursive: true, mode: 0o700 })
  return {
    put: (blocks) => put(disk, blocks),
    get: (cid, batchRoot) => get(disk, cid, batchRoot),
    writeCar: (root, cids) => writeCar(disk, root, blocksOf(disk, cids)),
    readCar: (root) => readCarFile(carPath(disk, root), root),
    remove: (cid, batchRoot, blocks) =>
      withLock(lockPath(disk, batchRoot), () => remove(disk, cid, batchRoot, blocks)),
    dropCar: (root, nodes) => withLock(lockPath(disk, root), () => dropCar(disk, root, nodes)),
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

/** Held while a block is removed from a batch or healed from its CAR: these go one after the other. */
function lockPath(paths: DocumentPaths, root: string): string {
  return join(paths.cars, `${parseCid(root, 'root').text}.lock`)
}

async function put(paths: DocumentPaths, blocks: readonly Block[]): Promise<void> {
  const folders = new Set<string>()
  const renames: [from: string, to: string][] = []
  for (let start = 0; start < blocks.length; start += WRITERS) {
    const written = blocks.slice(start, start + WRITERS).map(async ({ cid, bytes }) => {
      if (!isBlock(cid, bytes)) {
        throw new FormatError('block-damaged', cid, `these are not the bytes of ${cid}`)
      }
      if ((await intact(paths, cid)) !== undefined) return
      const path = blockPath(paths, cid)
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

async function get(disk: Disk, cid: string, batchRoot?: string): Promise<Uint8Array> {
  const found = await readFile(blockPath(disk, cid)).catch((error: unknown) => {
    if (isMissing(error)) return undefined
    throw error
  })
  if (found !== undefined && isBlock(cid, found)) return found
  const roots = batchRoot === undefined ? await carsFor(disk, found) : [batchRoot]
  for (const root of roots) {
    for await (const block of intactBlocks(carPath(disk, root), root)) {
      if (block.cid !== cid) continue
      const isHealed = await withLock(lockPath(disk, root), () => heal(disk, block))
      if (isHealed) return block.bytes
    }
  }
  throw new BlockError(found === undefined ? 'missing' : 'damaged', cid)
}

/** A block that is damaged was ours, so some CAR has it; one that is missing may never have been, and nobody looks. */
async function carsFor(paths: DocumentPaths, damaged: Uint8Array | undefined): Promise<string[]> {
  if (damaged === undefined) return []
  return (await readdir(paths.cars))
    .filter((name) => name.endsWith('.car'))
    .map((name) => name.slice(0, -'.car'.length))
}

/** False, and nothing written, where the document was erased: asked under the lock, so that it is not erased now. */
async function heal(disk: Disk, block: Block): Promise<boolean> {
  if (await disk.isErased(block.cid)) return false
  await put(disk, [block])
  return true
}

async function* blocksOf(disk: Disk, cids: AsyncIterable<string>): AsyncGenerator<Block> {
  for await (const cid of cids) yield { cid, bytes: await get(disk, cid) }
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

/**
 * Both copies of one block, and what writes that were cut short left of it. The CAR is made anew of what may stay; who
 * writes one at the same time, without the lock, has lost his file or does not find the block.
 */
async function remove(
  disk: Disk,
  cid: string,
  root: string,
  blocks: readonly string[],
): Promise<string[]> {
  await removeBeginningWith(dirname(blockPath(disk, cid)), cid)
  await removeBeginningWith(disk.cars, `${root}.car.`)
  const others = blocks.filter((one) => one !== cid)
  const lost: string[] = []
  let isHealed = false
  const kept = async function* (): AsyncGenerator<Block> {
    for (const one of others) {
      if (await disk.isErased(one)) continue
      let bytes = await intact(disk, one)
      if (bytes === undefined && !isHealed) {
        await healAll(disk, root, new Set(others))
        isHealed = true
        bytes = await intact(disk, one)
      }
      if (bytes === undefined) lost.push(one)
      else yield { cid: one, bytes }
    }
  }
  await writeCar(disk, root, kept())
  return lost
}

/** The lock stays: whoever waits for it must find the same. */
async function dropCar(disk: Disk, root: string, nodes: readonly string[]): Promise<void> {
  await removeBeginningWith(disk.cars, `${parseCid(root, 'root').text}.car`)
  for (const cid of nodes) await removeBeginningWith(dirname(blockPath(disk, cid)), cid)
}

async function intact(paths: DocumentPaths, cid: string): Promise<Uint8Array | undefined> {
  const found = await readFile(blockPath(paths, cid)).catch(() => undefined)
  return found !== undefined && isBlock(cid, found) ? found : undefined
}

/** Every block that only the CAR still holds whole goes back to the blocks. */
async function healAll(disk: Disk, root: string, wanted: ReadonlySet<string>): Promise<void> {
  for await (const block of intactBlocks(carPath(disk, root), root)) {
    if (wanted.has(block.cid)) await heal(disk, block)
  }
}

async function removeBeginningWith(folder: string, beginning: string): Promise<void> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (isMissing(error)) return undefined
    throw error
  })
  if (names === undefined) return
  for (const name of names.filter((one) => one.startsWith(beginning))) {
    await rm(join(folder, name), { force: true })
  }
  await syncFolder(folder)
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}
