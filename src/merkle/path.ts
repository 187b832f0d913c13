import { bytesOfHex, hexOf, uint32be } from '../primitives/bytes.ts'
import type { BatchRoot, Commitment, Hash32, LeafHash } from '../primitives/bytes.ts'
import { invariant } from '../primitives/errors.ts'
import { keccak256 } from '../primitives/hash.ts'

/** The registry stores a size in 32 bits, so no batch is larger. */
export const MAX_SIZE = 2 ** 32 - 1

/** ⌊log₂(2n−1)⌋ for the largest n: no path is longer, and none this long or longer is hashed unseen. */
export const MAX_PATH = 32

export const HASH_LENGTH = 32

/** What a certificate says of its place in a batch. */
export interface Inclusion {
  readonly root: BatchRoot
  readonly size: number
  readonly index: number
  readonly commitment: Commitment
  readonly path: readonly Hash32[]
}

export type InclusionFault = 'index-beyond-size' | 'path-length' | 'root-differs'

function isSize(size: number): boolean {
  return Number.isSafeInteger(size) && size >= 1 && size <= MAX_SIZE
}

function isIndex(index: number, size: number): boolean {
  return Number.isSafeInteger(index) && index >= 0 && index < size
}

/**
 * `keccak256(keccak256(abi.encode(uint256 index, bytes32 commitment)))`: the leaf of OpenZeppelin's
 * `StandardMerkleTree` for the row `[index, commitment]`. Hashing twice keeps a leaf from ever being an inner node,
 * whose preimage is 64 bytes too.
 */
export function leafOf(index: number, commitment: Commitment): LeafHash {
  return hexOf(leafBytesOf(index, commitment)) as LeafHash
}

/** The leaf as bytes, for a tree of many. */
export function leafBytesOf(index: number, commitment: Commitment): Uint8Array {
  invariant(isIndex(index, MAX_SIZE), `no leaf has the index ${index}`)
  const row = new Uint8Array(2 * HASH_LENGTH)
  row.set(uint32be(index), HASH_LENGTH - 4)
  row.set(bytesOfHex(commitment), HASH_LENGTH)
  return keccak256(keccak256(row))
}

/**
 * How many siblings lead from the leaf at `index` to the root of a batch of `size`: ⌊log₂(2·size−1−index)⌋, the depth of
 * position 2·size−2−index in a binary heap. Promises to be called with 0 ≤ index < size ≤ 2³²−1.
 */
export function pathLength(size: number, index: number): number {
  invariant(isSize(size) && isIndex(index, size), `no index ${index} in a batch of ${size}`)
  return (2 * size - 1 - index).toString(2).length - 1
}

/** `keccak256` of two nodes, the lesser first, as OpenZeppelin's `Hashes.commutativeKeccak256`. */
export function parentOf(left: Uint8Array, right: Uint8Array): Uint8Array {
  const pair = new Uint8Array(2 * HASH_LENGTH)
  const leftFirst = isAtMost(left, right)
  pair.set(leftFirst ? left : right)
  pair.set(leftFirst ? right : left, HASH_LENGTH)
  return keccak256(pair)
}

function isAtMost(left: Uint8Array, right: Uint8Array): boolean {
  for (let at = 0; at < HASH_LENGTH; at++) {
    const difference = (left[at] ?? 0) - (right[at] ?? 0)
    if (difference !== 0) return difference < 0
  }
  return true
}

/** The root to which a path leads; says nothing of its length, which `inclusionFault` checks first. */
export function rootOf(leaf: LeafHash, path: readonly Hash32[]): BatchRoot {
  invariant(path.length <= MAX_PATH, `a path of ${path.length} siblings was not refused`)
  let node: Uint8Array = bytesOfHex(leaf)
  for (const sibling of path) node = parentOf(node, bytesOfHex(sibling))
  return hexOf(node) as BatchRoot
}

/**
 * The first thing wrong with a certificate's place in its batch, or `undefined`. Index and length are judged before
 * anything is hashed, so a path of any length costs nothing; each index has one length, so a path has one reading.
 */
export function inclusionFault(inclusion: Inclusion): InclusionFault | undefined {
  const { root, size, index, commitment, path } = inclusion
  if (!isSize(size) || !isIndex(index, size)) return 'index-beyond-size'
  if (path.length !== pathLength(size, index)) return 'path-length'
  return rootOf(leafOf(index, commitment), path) === root ? undefined : 'root-differs'
}

/** Whether the path leads from this commitment, at this index of a batch of this size, to the root. */
export function pathLeadsTo(inclusion: Inclusion): boolean {
  return inclusionFault(inclusion) === undefined
}
