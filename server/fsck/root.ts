/**
 * The root of a batch, computed anew by a way of its own: leaves come one after the other, and pairs are hashed in the
 * order of a queue, so that 32 bytes a certificate are all that is held.
 */

import { keccak_256 } from '@noble/hashes/sha3.js'
import { hexOf } from '../../src/index.ts'

const HASH = 32

export type RootBuilder = {
  /** Commitments in the order of indexes, 32 bytes each, at most `size` of them. */
  add(commitment: Uint8Array): void
  /** Undefined unless exactly `size` were added. */
  root(): string | undefined
}

/**
 * Positions of the heap (SPEC "Tree") are taken from the last to the second: the node of a pair lies before every node
 * that is still to be paired, so it joins the queue at its end.
 */
export function rootBuilder(size: number): RootBuilder {
  const queue = new Uint8Array(size * HASH)
  let count = 0
  return {
    add: (commitment) => {
      if (count < size) queue.set(leafOfRow(count, commitment), count * HASH)
      count += 1
    },
    root: () => {
      if (count !== size) return undefined
      let head = 0
      let length = size
      const pair = new Uint8Array(2 * HASH)
      const node = (place: number): Uint8Array => {
        const at = (place % size) * HASH
        return queue.subarray(at, at + HASH)
      }
      while (length > 1) {
        const [a, b] = [node(head), node(head + 1)]
        const isOrdered = Buffer.compare(a, b) <= 0
        pair.set(isOrdered ? a : b, 0)
        pair.set(isOrdered ? b : a, HASH)
        node(head + length).set(keccak_256(pair))
        head += 2
        length -= 1
        head %= size
      }
      return hexOf(node(head))
    },
  }
}

function leafOfRow(index: number, commitment: Uint8Array): Uint8Array {
  const row = new Uint8Array(2 * HASH)
  new DataView(row.buffer).setUint32(HASH - 4, index)
  row.set(commitment, HASH)
  return keccak_256(keccak_256(row))
}
