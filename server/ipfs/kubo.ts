/**
 * Documents in Kubo, which several servers share, with a CAR of each batch on the disk of the server that issued it
 * (docs/decisions/kubo-pins.md).
 */

import { setTimeout as wait } from 'node:timers/promises'
import { FormatError, parseCid, UnavailableError } from '../../src/index.ts'
import { documentPathsOf } from '../files.ts'
import type { Blocks } from './blocks.ts'
import type { Block, Documents, IsErased } from './documents.ts'
import { isBlock } from './hash.ts'
import { kuboRpc } from './kubo-rpc.ts'
import type { KuboEndpoint, KuboRpc } from './kubo-rpc.ts'
import { documentsIn } from './open.ts'

/** How many blocks are under way to Kubo at a time. */
const WRITERS = 8
/** How often a node is put again that a collector took before it was pinned. */
const TRIES = 3
const RETRY_MS = 50

/** Opens the documents of a Kubo, their CARs in this folder. Kubo is asked nothing yet. */
export async function openKuboDocuments(
  endpoint: KuboEndpoint,
  folder: string,
  isErased: IsErased = () => Promise.resolve(false),
): Promise<Documents> {
  const { cars } = documentPathsOf(folder)
  const blocks = blocksIn(kuboRpc(endpoint))
  return documentsIn({ blocks, cars, isErased, isShared: true })
}

/** Throws `UnavailableError` where no Kubo answers. */
export async function checkKubo(endpoint: KuboEndpoint): Promise<void> {
  await kuboRpc(endpoint).version()
}

function blocksIn(kubo: KuboRpc): Blocks {
  return {
    put: (blocks) => putAll(kubo, blocks),
    check: async () => {
      await kubo.version()
    },
    read: (cid) => kubo.getBlock(parseCid(cid, 'cid').text),
    readMany: (cids) => readMany(kubo, cids),
    replace: (block, root) => replace(kubo, block, root),
    remove: async (cid, root) => {
      await unpinBatch(kubo, root)
      await take(kubo, cid)
    },
    pins: {
      addBatch: async (root) => {
        if (!(await kubo.hasPin(root, 'recursive'))) await kubo.addPin(root, 'recursive')
      },
      has: (cid) => isPinned(kubo, cid),
    },
  }
}

async function readMany(
  kubo: KuboRpc,
  cids: readonly string[],
): Promise<(Uint8Array | undefined)[]> {
  const found: (Uint8Array | undefined)[] = []
  for (let start = 0; start < cids.length; start += WRITERS) {
    const some = cids.slice(start, start + WRITERS)
    const asked = some.map((cid) => kubo.getBlock(parseCid(cid, 'cid').text))
    found.push(...(await Promise.all(asked)))
  }
  return found
}

async function isPinned(kubo: KuboRpc, cid: string): Promise<boolean> {
  return (await kubo.hasPin(cid, 'recursive')) || kubo.hasPin(cid, 'direct')
}

async function putAll(kubo: KuboRpc, blocks: readonly Block[]): Promise<void> {
  for (const { cid, bytes } of blocks) {
    if (isBlock(cid, bytes)) continue
    throw new FormatError('block-damaged', cid, `these are not the bytes of ${cid}`)
  }
  for (let start = 0; start < blocks.length; start += WRITERS) {
    const sent = blocks.slice(start, start + WRITERS).map((block) => putChecked(kubo, block))
    await Promise.all(sent)
  }
}

/** Kubo keeps what it has under a name without looking at the bytes, so a damaged block goes first. */
async function putChecked(kubo: KuboRpc, block: Block): Promise<void> {
  await putPinned(kubo, block)
  if (!(await isWhole(kubo, block.cid))) await replace(kubo, block)
}

/** Batches that were pinned are again if all is there; otherwise blocks keep their own pins until an audit heals them. */
async function replace(kubo: KuboRpc, block: Block, root?: string): Promise<void> {
  // First: below a damaged node Kubo cannot tell what it keeps, and then lets go of nothing.
  const roots = root !== undefined && (await unpinBatch(kubo, root)) ? [root] : []
  roots.push(...(await take(kubo, block.cid)))
  await putPinned(kubo, block)
  if (!(await isWhole(kubo, block.cid))) throw otherBytes(block.cid)
  for (const one of roots) {
    await kubo.addPin(one, 'recursive').catch((error: unknown) => {
      if (!(error instanceof UnavailableError) || error.code !== 'bad-answer') throw error
    })
  }
}

function otherBytes(cid: string): UnavailableError {
  return new UnavailableError('bad-answer', `Kubo gives other bytes for ${cid}`)
}

async function isWhole(kubo: KuboRpc, cid: string): Promise<boolean> {
  const found = await kubo.getBlock(cid)
  return found !== undefined && isBlock(cid, found)
}

/**
 * Every block has a pin of its own: a certificate from the moment that it is put, under Kubo's own lock against its
 * collector; a node, whose pin must not reach down to what an erasure takes away, a moment later and directly.
 */
async function putPinned(kubo: KuboRpc, block: Block): Promise<void> {
  if (parseCid(block.cid, 'cid').codec === 'raw') {
    await kubo.putBlock(block, true)
    return
  }
  for (let attempt = 1; ; attempt += 1) {
    await kubo.putBlock(block, false)
    try {
      if (await kubo.hasPin(block.cid, 'recursive')) return
      await kubo.addPin(block.cid, 'direct')
      return
    } catch (error) {
      if (attempt === TRIES || !(error instanceof UnavailableError)) throw error
      if (error.code !== 'bad-answer') throw error
      await wait(RETRY_MS)
    }
  }
}

/**
 * Takes a block away with its pin, and first the pins of batches below whose roots it is, since Kubo lets go of nothing
 * else; answers with those roots. A root keeps a pin of its own like every other node.
 */
async function take(kubo: KuboRpc, cid: string): Promise<string[]> {
  const roots: string[] = []
  if (await unpinBatch(kubo, cid)) roots.push(cid)
  if (await isPinned(kubo, cid)) await kubo.removePin(cid)
  for (;;) {
    const root = await kubo.removeBlock(cid)
    if (root === undefined) return roots
    if (!(await unpinBatch(kubo, root))) {
      throw new UnavailableError('bad-answer', `Kubo keeps ${cid} for ${root}, which is not pinned`)
    }
    roots.push(root)
  }
}

/** Whether the batch was pinned. A raw block, which has nothing below it, is none. */
async function unpinBatch(kubo: KuboRpc, root: string): Promise<boolean> {
  if (parseCid(root, 'root').codec === 'raw') return false
  if (!(await kubo.hasPin(root, 'recursive'))) return false
  const bytes = await kubo.getBlock(root)
  await kubo.removePin(root)
  if (bytes !== undefined && isBlock(root, bytes)) await putPinned(kubo, { cid: root, bytes })
  return true
}
