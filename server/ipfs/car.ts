/** CAR version 1 files (https://ipld.io/specs/transport/car/carv1/): a batch as one file, each block once. */

import { createReadStream } from 'node:fs'
import type { FileHandle } from 'node:fs/promises'
import { open } from 'node:fs/promises'
import { CarBlockIterator, CarWriter } from '@ipld/car'
import { CID } from 'multiformats/cid'
import type { Block } from './documents.ts'
import { carHeader, varint } from './car-sections.ts'
import { BlockError } from './documents.ts'
import { isBlock } from './hash.ts'

/** Writes a CAR to a new file and forces it to disk; the caller renames it. */
export async function writeCarFile(
  path: string,
  root: string,
  blocks: AsyncIterable<Block>,
): Promise<void> {
  const file = await open(path, 'wx', 0o600)
  try {
    const { writer, out } = CarWriter.create([CID.parse(root)])
    const draining = drain(out, file)
    // The failure is taken where the writer is closed; until then it must not count as unhandled.
    draining.catch(() => undefined)
    for await (const { cid, bytes } of blocks) {
      await Promise.race([writer.put({ cid: CID.parse(cid), bytes }), draining])
    }
    await Promise.race([writer.close(), draining])
    await draining
    await file.sync()
  } finally {
    await file.close()
  }
}

/** A CAR as a stream, a block at a time as it is drawn. */
export async function* carStream(
  root: string,
  blocks: AsyncIterable<Block>,
): AsyncGenerator<Uint8Array> {
  yield carHeader(root)
  for await (const { cid, bytes } of blocks) {
    const name = CID.parse(cid).bytes
    yield Buffer.concat([varint(name.length + bytes.length), name, bytes])
  }
}

async function drain(out: AsyncIterable<Uint8Array>, file: FileHandle): Promise<void> {
  for await (const chunk of out) await file.write(chunk)
}

/** The blocks of a CAR file, each hashed. Throws `BlockError` `missing` for the root where there is no readable CAR. */
export async function* readCarFile(path: string, root: string): AsyncGenerator<Block> {
  const stream = createReadStream(path)
  try {
    const blocks = await openCar(stream, root)
    for await (const { cid, bytes } of blocks) {
      const name = cid.toString()
      if (!isBlock(name, bytes)) throw new BlockError('damaged', name)
      yield { cid: name, bytes }
    }
  } catch (error) {
    // A file cut short or garbled fails in the reader, which cannot say where.
    throw error instanceof BlockError ? error : new BlockError('damaged', root)
  } finally {
    stream.destroy()
  }
}

/** The blocks of a CAR file that are whole, and nothing of the others; none where there is no readable CAR. */
export async function* intactBlocks(path: string, root: string): AsyncGenerator<Block> {
  for await (const block of carContents(path, root)) {
    if (isBlock(block.cid, block.bytes)) yield block
  }
}

/** The blocks of a CAR file as far as it can be read, whole or not; none where there is no readable CAR. */
export async function* carContents(path: string, root: string): AsyncGenerator<Block> {
  const stream = createReadStream(path)
  try {
    for await (const { cid, bytes } of await openCar(stream, root)) {
      yield { cid: cid.toString(), bytes }
    }
  } catch {
    // Cut short or garbled: what comes behind cannot be told apart any more.
    return
  } finally {
    stream.destroy()
  }
}

async function openCar(
  stream: AsyncIterable<Uint8Array>,
  root: string,
): Promise<Awaited<ReturnType<typeof CarBlockIterator.fromIterable>>> {
  let roots: string[]
  let blocks
  try {
    blocks = await CarBlockIterator.fromIterable(stream)
    roots = (await blocks.getRoots()).map((cid) => cid.toString())
  } catch {
    throw new BlockError('missing', root)
  }
  if (roots.length !== 1 || roots[0] !== root) throw new BlockError('damaged', root)
  return blocks
}
