import type { Block } from '../../server/ipfs/documents.ts'
import { digestKey, layOut } from '../../server/ipfs/segment.ts'
import { parseCid } from '../../src/index.ts'

/** A segment of these blocks, in their order. */
export function segmentOf(blocks: readonly Block[]): Uint8Array {
  return layOut(
    new Map(blocks.map(({ cid, bytes }) => [digestKey(parseCid(cid, 'cid').digest), bytes])),
  )
}
