import { bytesOfHex, hexInto, hexOf } from '../primitives/bytes.ts'
import type { BatchRoot, Commitment, Hash32, LeafHash } from '../primitives/bytes.ts'
import { invariant } from '../primitives/errors.ts'
import { hashKernel } from '../primitives/kernel.ts'

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
  invariant(isIndex(index, MAX_SIZE), `no leaf has the index ${index}`)
  const leaf = new Uint8Array(HASH_LENGTH)
  hashKernel().leaves(bytesOfHex(commitment), index, leaf)
  return hexOf(leaf) as LeafHash
}

/**
 * How many siblings lead from the leaf at `index` to the root of a batch of `size`: ⌊log₂(2·size−1−index)⌋, the depth of
 * position 2·size−2−index in a binary heap. Promises to be called with 0 ≤ index < size ≤ 2³²−1.
 */
export function pathLength(size: number, index: number): number {
  invariant(isSize(size) && isIndex(index, size), `no index ${index} in a batch of ${size}`)
  const place = 2 * size - 1 - index
  return place < 2 ** 32 ? 31 - Math.clz32(place) : 32
}

/**
 * The root to which a path leads, each parent being `keccak256` of two nodes, the lesser first, as OpenZeppelin's
 * `Hashes.commutativeKeccak256`; says nothing of the path's length, which `inclusionFault` checks first.
 */
export function rootOf(leaf: LeafHash, path: readonly Hash32[]): BatchRoot {
  invariant(path.length <= MAX_PATH, `a path of ${path.length} siblings was not refused`)
  const siblings = new Uint8Array(path.length * HASH_LENGTH)
  path.forEach((sibling, at) => {
    hexInto(sibling, siblings, at * HASH_LENGTH)
  })
  return hexOf(hashKernel().climb(bytesOfHex(leaf), siblings)) as BatchRoot
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
