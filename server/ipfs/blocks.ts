/** Where the blocks of documents are kept: the first of the two copies that `copies.ts` makes documents of. */

import type { Block } from './documents.ts'
import type { Packs } from './packs.ts'

export type Blocks = {
  /**
   * When it resolves every block is kept durably, was read back whole where the store is another program, and is safe
   * from any collector of garbage. Throws `FormatError` `block-damaged` for bytes under another's name.
   */
  put(blocks: readonly Block[]): Promise<void>
  /** Undefined where blocks are not on a disk of ours. */
  readonly packs?: Pick<Packs, 'put' | 'close' | 'pathOf'>
  /** What stands under this name, whole or not, which the caller finds out; undefined where nothing does. */
  read(cid: string): Promise<Uint8Array | undefined>
  /** As `read` of each: quicker for blocks that were put together. */
  readMany(cids: readonly string[]): Promise<(Uint8Array | undefined)[]>
  /** Puts a block in the place of one that is damaged or lost. */
  replace(block: Block, batchRoot: string): Promise<void>
  /** Takes a block of a batch away, and what writes that were cut short left of it. */
  remove(cid: string, batchRoot: string): Promise<void>
  /** Throws where nothing can be kept at the moment. */
  check(): Promise<void>
  /** For stores that collect what nobody asks them to keep. */
  readonly pins?: {
    /** Has the store find the whole batch below its root, and keep it. */
    addBatch(batchRoot: string): Promise<void>
    has(cid: string): Promise<boolean>
  }
}
