/**
 * Documents on disk: `blocks/<last two letters of the CID>/<CID>`, those of large batches in `packs/` (`packs.ts`), and
 * `cars/<root>.car`.
 */

import { randomBytes } from 'node:crypto'
import { access, constants, mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { FormatError, parseCid } from '../../src/index.ts'
import { documentPathsOf } from '../files.ts'
import { syncFolder } from '../keys/durable.ts'
import { unlessMissing } from '../missing.ts'
import type { Blocks } from './blocks.ts'
import type { Block, Documents, IsErased } from './documents.ts'
import { isBlock } from './hash.ts'
import { removeBeginningWith } from './leftovers.ts'
import { documentsIn } from './open.ts'
import { packsIn } from './packs.ts'
import type { Packs } from './packs.ts'

/** How many block files are written at a time. */
const WRITERS = 16

/** Opens the store in a folder, creating it. */
export async function openDiskDocuments(
  folder: string,
  isErased: IsErased = () => Promise.resolve(false),
): Promise<Documents> {
  const { blocks, packs, cars } = documentPathsOf(folder)
  await mkdir(blocks, { recursive: true, mode: 0o700 })
  return documentsIn({ blocks: blocksIn(blocks, packsIn(packs)), cars, isErased, isShared: false })
}

function blocksIn(folder: string, packs: Packs): Blocks {
  return {
    put: (blocks) => put(folder, blocks),
    packs,
    check: () => access(folder, constants.W_OK),
    read: async (cid) => (await read(folder, cid)) ?? packs.read(cid),
    readMany: async (cids) => {
      const found = await packs.readMany(cids)
      for (const [at, cid] of cids.entries()) found[at] ??= await read(folder, cid)
      return found
    },
    replace: async (block) => {
      if (!(await packs.replace(block))) await put(folder, [block])
    },
    remove: async (cid) => {
      await packs.remove(cid)
      await removeBeginningWith(dirname(blockPath(folder, cid)), cid)
    },
  }
}

/** CIDs are parsed before they become paths: nothing else can name a file here. */
function blockPath(folder: string, cid: string): string {
  const name = parseCid(cid, 'cid').text
  return join(folder, name.slice(-2), name)
}

async function read(folder: string, cid: string): Promise<Uint8Array | undefined> {
  return unlessMissing(readFile(blockPath(folder, cid)))
}

/** All are written beside their names first: where one cannot be, none has its name, and nothing lies about. */
async function put(folder: string, blocks: readonly Block[]): Promise<void> {
  const folders = new Set<string>()
  const renames: [from: string, to: string][] = []
  try {
    for (let start = 0; start < blocks.length; start += WRITERS) {
      const written = blocks.slice(start, start + WRITERS).map(async ({ cid, bytes }) => {
        if (!isBlock(cid, bytes)) {
          throw new FormatError('block-damaged', cid, `these are not the bytes of ${cid}`)
        }
        const path = blockPath(folder, cid)
        const shard = dirname(path)
        if (await isWhole(folder, cid)) {
          // Its name may be there since a moment ago, and not on disk yet.
          folders.add(shard)
          return
        }
        if ((await mkdir(shard, { recursive: true, mode: 0o700 })) !== undefined) {
          folders.add(folder)
        }
        folders.add(shard)
        renames.push([await writeBeside(path, bytes), path])
      })
      // Every write ends before the first failure is told, so that what they left can be taken away.
      for (const result of await Promise.allSettled(written)) {
        if (result.status === 'rejected') throw result.reason
      }
    }
  } catch (error) {
    for (const [from] of renames) await rm(from, { force: true })
    throw error
  }
  for (const [from, to] of renames) await rename(from, to)
  for (const path of folders) await syncFolder(path)
}

async function isWhole(folder: string, cid: string): Promise<boolean> {
  const found = await readFile(blockPath(folder, cid)).catch(() => undefined)
  return found !== undefined && isBlock(cid, found)
}

async function writeBeside(path: string, bytes: Uint8Array): Promise<string> {
  const beside = `${path}.${randomBytes(6).toString('hex')}.tmp`
  const file = await open(beside, 'wx', 0o600)
  try {
    await file.writeFile(bytes)
    await file.sync()
  } catch (error) {
    await rm(beside, { force: true })
    throw error
  } finally {
    await file.close()
  }
  return beside
}
