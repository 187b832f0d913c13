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
    read: (cid) => kubo.getBlock(parseCid(cid, 'cid').text),
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
  if (await isWhole(kubo, block.cid)) return
  await take(kubo, block.cid)
  await putPinned(kubo, block)
  if (await isWhole(kubo, block.cid)) return
  throw new UnavailableError('bad-answer', `Kubo gives other bytes for ${block.cid}`)
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
  if (parseCid(block.cid, 'cid').codec === 'raw') return kubo.putBlock(block, true)
  for (let attempt = 1; ; attempt += 1) {
    await kubo.putBlock(block, false)
    try {
      if (await kubo.hasPin(block.cid, 'recursive')) return
      return await kubo.addPin(block.cid, 'direct')
    } catch (error) {
      if (attempt === TRIES || !(error instanceof UnavailableError)) throw error
      if (error.code !== 'bad-answer') throw error
      await wait(RETRY_MS)
    }
  }
}

/** The batch's pin goes first, since Kubo lets go of nothing below it; it comes back if all is there again. */
async function replace(kubo: KuboRpc, block: Block, root: string): Promise<void> {
  const wasPinned = await unpinBatch(kubo, root)
  await take(kubo, block.cid)
  await putChecked(kubo, block)
  if (!wasPinned) return
  await kubo.addPin(root, 'recursive').catch((error: unknown) => {
    // Another block is lost too. All keep their own pins, and the audit that heals it pins the batch.
    if (!(error instanceof UnavailableError) || error.code !== 'bad-answer') throw error
  })
}

async function take(kubo: KuboRpc, cid: string): Promise<void> {
  if (await isPinned(kubo, cid)) await kubo.removePin(cid)
  await kubo.removeBlock(cid)
}

/** Takes the recursive pin of a batch; its root keeps one of its own like every other node. */
async function unpinBatch(kubo: KuboRpc, root: string): Promise<boolean> {
  if (!(await kubo.hasPin(root, 'recursive'))) return false
  const bytes = await kubo.getBlock(root)
  await kubo.removePin(root)
  if (bytes !== undefined && isBlock(root, bytes)) await putPinned(kubo, { cid: root, bytes })
  return true
}
