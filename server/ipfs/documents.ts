/**
 * Blocks keyed by their CID and not trusted for it: every block is hashed when it is written and when it is read. Of
 * each batch there are two copies, its blocks and its CAR, and the one heals the other.
 */

import type { ManifestNode } from '../../src/index.ts'
import type { GrowingCar } from './growing-car.ts'

export type Block = { readonly cid: string; readonly bytes: Uint8Array }

/** A part of a large batch, whose blocks are kept together: `from` is its first index. */
export type PackPart = { readonly batchId: string; readonly from: number }

/** The files of large batches, for threads that read and write them by themselves. */
export type PartFiles = {
  /** Lays a segment (`segment.ts`) down, durably; the same part again takes the place of what was there. */
  put(part: PackPart, segment: Uint8Array): Promise<void>
  /** The blocks of a batch's parts need not be found before this resolves; after it they are. Twice is once. */
  close(batchId: string): Promise<void>
  /** Where a part lies, if it does. */
  pathOf(part: PackPart): string
  carPathOf(root: string): string
  /** Begins the CAR of a batch of so many certificates, before they are sealed. */
  beginCar(batchId: string, size: number): Promise<GrowingCar>
  /** Puts one in its place, durably, with what stands before the certificates. */
  finishCar(car: GrowingCar, root: string, nodes: readonly ManifestNode[]): Promise<void>
  /** Takes away what was begun of a batch's CAR by a process that is gone. */
  forgetCar(batchId: string): Promise<void>
  /** `write` makes a CAR in a file that is not there yet; only where it answers true is it put in its place. */
  placeCar(root: string, write: (path: string) => Promise<boolean>): Promise<boolean>
}

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

/** Which documents were erased; whatever a copy still holds of one is neither given out nor healed. */
export type IsErased = (cid: string) => Promise<boolean>

/** What a copy can be but intact: `kept` is an erased document that is still there, `misplaced` no document of its place. */
export type CopyFault = 'missing' | 'damaged' | 'kept' | 'misplaced'

/** One copy of one block as an audit leaves it. */
export type AuditedCopy = {
  readonly cid: string
  /** The block itself, its place in the batch's CAR, or Kubo's promise to keep it. */
  readonly copy: 'block' | 'car' | 'pin'
  readonly state: 'intact' | 'healed' | CopyFault
  /** What was wrong before it was healed. */
  readonly was?: CopyFault
}

/** A block as it is kept, its CAR aside. */
export type InspectedBlock =
  | { readonly state: 'intact'; readonly bytes: Uint8Array }
  | { readonly state: 'missing' | 'damaged' }

/** Every verb throws `UnavailableError` where the blocks are in a store that does not answer. */
export type Documents = {
  /** When it resolves the blocks are on disk, whole; blocks that are there stay. Throws `FormatError` `block-damaged`. */
  put(blocks: readonly Block[]): Promise<void>
  /** Undefined where blocks are not on a disk of ours. */
  readonly parts?: PartFiles
  /**
   * The bytes of one block. A damaged one, and a missing one where the root of its batch is given, is first taken anew
   * from the CAR. Throws `BlockError`.
   */
  get(cid: string, batchRoot?: string): Promise<Uint8Array>
  /** As `get` of each: quicker for blocks that were put together. */
  getMany(cids: readonly string[], batchRoot: string): Promise<Uint8Array[]>
  /**
   * Writes the second copy: a CAR (version 1) of these blocks in this order with this root, durably. Then the whole
   * batch is pinned, where blocks are in a store that collects garbage; `breathe` is called every few seconds of that.
   */
  writeCar(root: string, cids: AsyncIterable<string>, breathe?: () => Promise<void>): Promise<void>
  /**
   * The blocks of a CAR in its order, each hashed; its root is checked first. Where servers share the blocks, one that
   * has no whole CAR makes it of them. Throws `BlockError`.
   */
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
  /** Looks at the first copy of a block and heals nothing. */
  inspect(cid: string): Promise<InspectedBlock>
  /**
   * Looks at every copy of every block, `blocks` being those of the whole batch in the order of its CAR. With `heal`
   * the one is healed from the other on the way, and what an interrupted erasure left is taken away; without it nothing
   * is changed.
   */
  audit(
    batchRoot: string,
    blocks: readonly string[],
    options: { readonly heal: boolean },
  ): AsyncIterable<AuditedCopy>
  /** Throws where blocks cannot be kept at the moment. */
  check(): Promise<void>
}
