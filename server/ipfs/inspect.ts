/** Looking at the blocks on disk without healing any: what `fsck` finds must still be there when it tells of it. */

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseCid } from '../../src/index.ts'
import { documentPathsOf } from '../files.ts'
import { BlockError } from './documents.ts'
import type { Documents } from './documents.ts'
import { isBlock } from './hash.ts'

/** What the first copy of a block is; the bytes where it is whole. */
export type InspectedBlock =
  | { readonly state: 'whole'; readonly bytes: Uint8Array }
  | { readonly state: 'damaged' | 'missing' }

export type BlockInspector = { inspect(cid: string): Promise<InspectedBlock> }

export function inspectorOf(folder: string): BlockInspector {
  const { blocks } = documentPathsOf(folder)
  return {
    inspect: async (cid) => {
      const name = parseCid(cid, 'cid').text
      const found = await readFile(join(blocks, name.slice(-2), name)).catch((error: unknown) => {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
        throw error
      })
      if (found === undefined) return { state: 'missing' }
      return isBlock(cid, found) ? { state: 'whole', bytes: found } : { state: 'damaged' }
    },
  }
}

/** Where blocks are not files of this folder, what the store itself gives; a block that it heals counts as whole. */
export function inspectorBy(documents: Pick<Documents, 'get'>): BlockInspector {
  return {
    inspect: async (cid) => {
      try {
        return { state: 'whole', bytes: await documents.get(cid) }
      } catch (error) {
        if (error instanceof BlockError) return { state: error.code }
        throw error
      }
    },
  }
}
