/** Documents of two copies, whatever keeps the blocks: what the drivers for disk and Kubo have in common. */

import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { parseCid, UnavailableError } from '../../src/index.ts'
import { breathing } from '../breathing.ts'
import { syncFolder } from '../keys/durable.ts'
import { withLock } from '../lock.ts'
import { auditCopies } from './audit.ts'
import type { Blocks } from './blocks.ts'
import { readCarFile } from './car.ts'
import {
  carPath,
  get,
  getMany,
  healAll,
  inspect,
  lockPath,
  writeCar,
  writeCarAnew,
  placeCar,
} from './copies.ts'
import type { Copies } from './copies.ts'
import { inCarOrderBelow } from './dag.ts'
import { BlockError } from './documents.ts'
import type { Block, Documents, PartFiles } from './documents.ts'
import { growCar, growingName } from './growing-car.ts'
import { removeBeginningWith } from './leftovers.ts'

/** How many blocks are read ahead while a CAR is written. */
const AHEAD = 256

export async function documentsIn(copies: Copies): Promise<Documents> {
  await mkdir(copies.cars, { recursive: true, mode: 0o700 })
  return {
    put: (blocks) => copies.blocks.put(blocks),
    ...(copies.blocks.packs && { parts: partFiles(copies, copies.blocks.packs) }),
    get: (cid, batchRoot) => get(copies, cid, batchRoot),
    getMany: (cids, batchRoot) => getMany(copies, cids, batchRoot),
    writeCar: (root, cids, breathe) => storeBatch(copies, root, cids, breathe),
    readCar: (root) => (copies.isShared ? readOrMake(copies, root) : read(copies, root)),
    remove: (cid, root, blocks) =>
      withLock(lockPath(copies, root), () => remove(copies, cid, root, blocks)),
    dropCar: (root, nodes) => withLock(lockPath(copies, root), () => dropCar(copies, root, nodes)),
    check: () => copies.blocks.check(),
    inspect: (cid) => inspect(copies, cid),
    audit: (root, blocks, { heal }) => auditCopies({ copies, root, cids: blocks, heal }),
  }
}

function partFiles(copies: Copies, packs: NonNullable<Blocks['packs']>): PartFiles {
  return {
    put: (part, segment) => packs.put(part, segment),
    close: (batchId) => packs.close(batchId),
    pathOf: (part) => packs.pathOf(part),
    carPathOf: (root) => carPath(copies, root),
    beginCar: (batchId, size) => growCar(join(copies.cars, growingName(batchId)), size),
    finishCar: async (car, root, nodes) => {
      await car.place(carPath(copies, root), root, nodes)
      await syncFolder(copies.cars)
    },
    forgetCar: (batchId) => removeBeginningWith(copies.cars, growingName(batchId)),
    placeCar: (root, write) => placeCar(copies, root, write),
  }
}

async function storeBatch(
  copies: Copies,
  root: string,
  cids: AsyncIterable<string>,
  breathe: () => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  const whole = async function* (): AsyncGenerator<Block> {
    for await (const some of chunksOf(cids)) {
      const found = await getMany(copies, some, root)
      for (const [at, bytes] of found.entries()) yield { cid: some[at] ?? '', bytes }
    }
  }
  await writeCar(copies, root, whole())
  const { pins } = copies.blocks
  if (pins === undefined) return
  await breathing(pinned(copies, pins, root), breathe)
}

async function* chunksOf(cids: AsyncIterable<string>): AsyncGenerator<string[]> {
  let chunk: string[] = []
  for await (const cid of cids) {
    chunk.push(cid)
    if (chunk.length < AHEAD) continue
    yield chunk
    chunk = []
  }
  if (chunk.length > 0) yield chunk
}

/** What the store lost between putting and pinning is taken from the CAR, once. */
async function pinned(
  copies: Copies,
  pins: NonNullable<Blocks['pins']>,
  root: string,
): Promise<void> {
  try {
    await pins.addBatch(root)
  } catch (error) {
    if (!(error instanceof UnavailableError) || error.code !== 'bad-answer') throw error
    await healAll(copies, root)
    await pins.addBatch(root)
  }
}

function read(copies: Copies, root: string): AsyncGenerator<Block> {
  return readCarFile(carPath(copies, root), root)
}

/** What this server's CAR lacks is read from one that is made of the shared blocks. */
async function* readOrMake(copies: Copies, root: string): AsyncGenerator<Block> {
  let given = 0
  try {
    for await (const block of read(copies, root)) {
      yield block
      given += 1
    }
    return
  } catch (error) {
    if (!(error instanceof BlockError)) throw error
  }
  const ordered = await inCarOrderBelow(root, (cid) => get(copies, cid, root))
  await withLock(lockPath(copies, root), () => writeCarAnew(copies, root, ordered))
  let at = 0
  for await (const block of read(copies, root)) {
    if (at >= given) yield block
    at += 1
  }
}

/** The lock stays: whoever waits for it must find the same. */
async function dropCar(copies: Copies, root: string, nodes: readonly string[]): Promise<void> {
  await removeBeginningWith(copies.cars, `${parseCid(root, 'root').text}.car`)
  for (const cid of nodes) await copies.blocks.remove(parseCid(cid, 'cid').text, root)
}

/**
 * Both copies of one block, and what writes that were cut short left of it. Who writes a CAR at the same time, without
 * the lock, has lost his file or does not find the block.
 */
async function remove(
  copies: Copies,
  cid: string,
  root: string,
  blocks: readonly string[],
): Promise<string[]> {
  await copies.blocks.remove(parseCid(cid, 'cid').text, root)
  await removeBeginningWith(copies.cars, `${root}.car.`)
  return writeCarAnew(
    copies,
    root,
    blocks.filter((one) => one !== cid),
  )
}
