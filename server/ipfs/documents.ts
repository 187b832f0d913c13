/**
 * Blocks keyed by their CID and not trusted for it: every block is hashed when it is written and when it is read. Of
 * each batch there are two copies, its blocks and its CAR, and the one heals the other.
 */

export type Block = { readonly cid: string; readonly bytes: Uint8Array }

/** A block is not there, or its bytes are others; `cid` names it. */
export class BlockError extends Error {
  override readonly name = 'BlockError'
  readonly code: 'missing' | 'damaged'
  readonly cid: string

  constructor(code: 'missing' | 'damaged', cid: string) {
    super(`the block ${cid} is ${code}`)
    this.code = code
    this.cid = cid
  }
}

export type Documents = {
  /** When it resolves the blocks are on disk, whole; blocks that are there stay. Throws `FormatError` `block-damaged`. */
  put(blocks: readonly Block[]): Promise<void>
  /**
   * The bytes of one block. A damaged one, and a missing one where the root of its batch is given, is first taken anew
   * from the CAR. Throws `BlockError`.
   */
  get(cid: string, batchRoot?: string): Promise<Uint8Array>
  /** Writes the second copy: a CAR (version 1) of these blocks in this order with this root, durably. */
  writeCar(root: string, cids: AsyncIterable<string>): Promise<void>
  /** The blocks of a CAR in its order, each hashed; its root is checked first. Throws `BlockError`. */
  readCar(root: string): AsyncIterable<Block>
  /**
   * Deletes both copies of one block for good, whatever state the others are in. `blocks` are the CIDs of the whole
   * batch in the order of its CAR, which is written anew of those that were not erased; each that one copy lost is
   * taken from the other. Answers with those that neither copy has whole any more.
   */
  remove(cid: string, batchRoot: string, blocks: readonly string[]): Promise<string[]>
  /**
   * Deletes the second copy under a root that no batch has any more, and `nodes`, the blocks of its manifest that no
   * other needs. What is not there is not missed.
   */
  dropCar(root: string, nodes: readonly string[]): Promise<void>
}
