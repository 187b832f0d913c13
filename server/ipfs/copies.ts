/** Two copies of each document: a block, wherever blocks are kept, and its place in the batch's CAR on this server's disk. */

import { randomBytes } from 'node:crypto'
import { readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { parseCid } from '../../src/index.ts'
import { syncFolder } from '../keys/durable.ts'
import { withLock } from '../lock.ts'
import type { Blocks } from './blocks.ts'
import { intactBlocks, writeCarFile } from './car.ts'
import { BlockError } from './documents.ts'
import type { Block, InspectedBlock, IsErased } from './documents.ts'
import { isBlock } from './hash.ts'

/** How many blocks are read ahead while a CAR is written anew. */
const AHEAD = 256

export type Copies = {
  readonly blocks: Blocks
  /** Folder of the CARs. */
  readonly cars: string
  readonly isErased: IsErased
  /** Other servers write blocks too, so that this one may lack a batch's CAR. */
  readonly isShared: boolean
}

export function carPath({ cars }: Copies, root: string): string {
  return join(cars, `${parseCid(root, 'root').text}.car`)
}

/** Held while a block is removed from a batch or healed from its CAR: on one server these go one after the other. */
export function lockPath({ cars }: Copies, root: string): string {
  return join(cars, `${parseCid(root, 'root').text}.lock`)
}

/** See `Documents.inspect`. */
export async function inspect({ blocks }: Copies, cid: string): Promise<InspectedBlock> {
  const bytes = await blocks.read(cid)
  if (bytes === undefined) return { state: 'missing' }
  return isBlock(cid, bytes) ? { state: 'intact', bytes } : { state: 'damaged' }
}

/** See `Documents.get`. */
export async function get(copies: Copies, cid: string, batchRoot?: string): Promise<Uint8Array> {
  const name = parseCid(cid, 'cid').text
  const found = await copies.blocks.read(name)
  if (found !== undefined && isBlock(name, found)) return found
  const roots = batchRoot === undefined ? await carsFor(copies, found) : [batchRoot]
  for (const root of roots) {
    for await (const block of intactBlocks(carPath(copies, root), root)) {
      if (block.cid !== name) continue
      const isHealed = await withLock(lockPath(copies, root), () => heal(copies, block, root))
      if (isHealed) return block.bytes
    }
  }
  throw new BlockError(found === undefined ? 'missing' : 'damaged', name)
}

/** See `Documents.getMany`. */
export async function getMany(
  copies: Copies,
  cids: readonly string[],
  batchRoot: string,
): Promise<Uint8Array[]> {
  const found = await wholeMany(copies, cids)
  const whole: Uint8Array[] = []
  for (const [at, cid] of cids.entries()) {
    whole.push(found[at] ?? (await get(copies, cid, batchRoot)))
  }
  return whole
}

/** Blocks as they are kept; undefined in the place of one that is missing or damaged there. */
async function wholeMany(
  { blocks }: Copies,
  cids: readonly string[],
): Promise<(Uint8Array | undefined)[]> {
  const found = await blocks.readMany(cids)
  return cids.map((cid, at) => {
    const bytes = found[at]
    return bytes !== undefined && isBlock(cid, bytes) ? bytes : undefined
  })
}

/** A block that is damaged was ours, so some CAR has it; one that is missing may never have been, and nobody looks. */
async function carsFor({ cars }: Copies, damaged: Uint8Array | undefined): Promise<string[]> {
  if (damaged === undefined) return []
  return (await readdir(cars))
    .filter((name) => name.endsWith('.car'))
    .map((name) => name.slice(0, -'.car'.length))
}

/**
 * False, and nothing left, where the document was erased. It is asked before and after: an erasure by another server,
 * which no lock of this one holds up, leaves its tombstone before it takes the block away.
 */
export async function heal(copies: Copies, block: Block, root: string): Promise<boolean> {
  const { blocks, isErased } = copies
  if (await isErased(block.cid)) return false
  await blocks.replace(block, root)
  if (!(await isErased(block.cid))) return true
  await blocks.remove(block.cid, root)
  return false
}

export async function writeCar(
  copies: Copies,
  root: string,
  blocks: AsyncIterable<Block>,
): Promise<void> {
  await placeCar(copies, root, async (path) => {
    await writeCarFile(path, root, blocks)
    return true
  })
}

/** See `PartFiles.placeCar`. */
export async function placeCar(
  copies: Copies,
  root: string,
  write: (path: string) => Promise<boolean>,
): Promise<boolean> {
  const path = carPath(copies, root)
  const beside = `${path}.${randomBytes(6).toString('hex')}.tmp`
  try {
    if (await write(beside)) await rename(beside, path)
    else return false
  } finally {
    await rm(beside, { force: true })
  }
  await syncFolder(copies.cars)
  return true
}

/**
 * Writes the CAR of what may stay of these blocks, under the lock; each that one copy lost is taken from the other.
 * Answers with those that neither has whole.
 */
export async function writeCarAnew(
  copies: Copies,
  root: string,
  cids: readonly string[],
): Promise<string[]> {
  const lost: string[] = []
  let isHealed = false
  const kept = async function* (): AsyncGenerator<Block> {
    for (let from = 0; from < cids.length; from += AHEAD) {
      const some = cids.slice(from, from + AHEAD)
      const found = await wholeMany(copies, some)
      for (const [at, cid] of some.entries()) {
        if (await copies.isErased(cid)) continue
        if (found[at] === undefined && !isHealed) {
          await healAll(copies, root, new Set(cids))
          isHealed = true
        }
        const bytes = found[at] ?? (await wholeMany(copies, [cid]))[0]
        if (bytes === undefined) lost.push(cid)
        else yield { cid, bytes }
      }
    }
  }
  await writeCar(copies, root, kept())
  return lost
}

/** Every block that only the CAR still holds whole goes back to the blocks; `wanted` leaves out the others. */
export async function healAll(
  copies: Copies,
  root: string,
  wanted?: ReadonlySet<string>,
): Promise<void> {
  for await (const block of intactBlocks(carPath(copies, root), root)) {
    if (wanted?.has(block.cid) === false) continue
    const found = await copies.blocks.read(block.cid)
    if (found === undefined || !isBlock(block.cid, found)) await heal(copies, block, root)
  }
}
