import { hexesOf, hexInto, hexOf } from '../primitives/bytes.ts'
import type { BatchRoot, Commitment, Hash32 } from '../primitives/bytes.ts'
import { invariant } from '../primitives/errors.ts'
import { growSubtree, heapBytes, refuseDuplicates, sizeOf } from './heap.ts'
import type { Heap } from './heap.ts'
import { HASH_LENGTH, pathLength } from './path.ts'

const HASH_WORDS = HASH_LENGTH / 4
/** A few milliseconds. */
const COMMITMENTS_A_STEP = 4096

/** Commitments in index order: as texts, or as bytes, 32 each, one after the other. */
export type Commitments = readonly Commitment[] | Uint8Array

/** A batch's hashes; paths are computed when asked for, since a million of them weigh ten times the tree. */
export interface Tree {
  readonly size: number
  readonly root: BatchRoot
  /** The siblings from the leaf at `index` to the root: ⌊log₂(2·size−1−index)⌋ of them. */
  pathOf(index: number): Hash32[]
  /** The same as bytes, 32 each, one after the other. */
  pathBytesOf(index: number): Uint8Array<ArrayBuffer>
  /**
   * The paths of the indices from `from` to before `to`, one after the other; `pathLength` says where each ends. Some
   * hundreds at a time take a seventh of what as many calls of `pathBytesOf` do: making room costs more than filling it.
   */
  pathsOf(from: number, to: number): Uint8Array<ArrayBuffer>
}

/**
 * The tree over commitments in index order, shaped as OpenZeppelin's `StandardMerkleTree.of(rows, ["uint256",
 * "bytes32"], {sortLeaves: false})` shapes it.
 *
 * Throws `FormatError` `out-of-range` for an empty or oversized batch, `wrong-value` for a commitment given twice
 * (two credentials never share a salt, so it is the same one).
 */
export function treeOf(commitments: Commitments): Tree {
  const growing = grow(commitments)
  for (;;) {
    const step = growing.next()
    if (step.done === true) return step.value
  }
}

/**
 * The same tree; every few thousand hashes `breathe` is waited for, so that whoever shares the thread is not kept from
 * it for as long as a million leaves take. What it throws ends the work.
 */
export async function growTree(
  commitments: Commitments,
  breathe: () => Promise<void>,
): Promise<Tree> {
  const growing = grow(commitments)
  for (;;) {
    const step = growing.next()
    if (step.done === true) return step.value
    await breathe()
  }
}

/** A tree whose nodes all stand, by whoever's work; they begin at a multiple of four bytes. */
export function treeOfHeap(heap: Heap): Tree {
  const size = sizeOf(heap)
  const { nodes } = heap
  const words = new Uint32Array(nodes.buffer, nodes.byteOffset, nodes.length / 4)
  const pathsOf = (from: number, to: number): Uint8Array<ArrayBuffer> =>
    pathsIn(words, size, from, to)
  const pathBytesOf = (index: number): Uint8Array<ArrayBuffer> => pathsOf(index, index + 1)
  return {
    size,
    root: hexOf(nodes.subarray(0, HASH_LENGTH)) as BatchRoot,
    pathsOf,
    pathBytesOf,
    pathOf: (index) => hexesOf(pathBytesOf(index), HASH_LENGTH).map((hex) => hex as Hash32),
  }
}

/** Yields every few thousand hashes. */
function* grow(commitments: Commitments): Generator<undefined, Tree> {
  const isPacked = commitments instanceof Uint8Array
  const size = isPacked ? commitments.length / HASH_LENGTH : commitments.length
  const nodes = new Uint8Array(heapBytes(size))
  const heap = { nodes, commitments: isPacked ? commitments : yield* packed(commitments) }
  yield* refuseDuplicates(heap.commitments)
  yield* growSubtree(heap, 0)
  return treeOfHeap(heap)
}

function* packed(commitments: readonly Commitment[]): Generator<undefined, Uint8Array> {
  const bytes = new Uint8Array(commitments.length * HASH_LENGTH)
  for (const [index, commitment] of commitments.entries()) {
    hexInto(commitment, bytes, index * HASH_LENGTH)
    if (index % COMMITMENTS_A_STEP === COMMITMENTS_A_STEP - 1) yield
  }
  return bytes
}

function pathsIn(
  nodes: Uint32Array,
  size: number,
  from: number,
  to: number,
): Uint8Array<ArrayBuffer> {
  const isInside = Number.isSafeInteger(from) && Number.isSafeInteger(to) && 0 <= from && to <= size
  invariant(isInside && from < to, `no indices ${from} to ${to} in a batch of ${size}`)
  const paths = new Uint32Array(siblingsOf(size, from, to) * HASH_WORDS)
  let at = 0
  for (let index = from; index < to; index++) {
    const leaf = 2 * size - 2 - index
    const length = pathLength(size, index)
    const own = index === from ? length : Math.min(length, ownSiblings(leaf))
    const until = at + own * HASH_WORDS
    const end = at + length * HASH_WORDS
    if (until < end) paths.copyWithin(until, at - (end - until), at)
    copyPath(nodes, leaf, paths, { from: at, until })
    at = end
  }
  return new Uint8Array(paths.buffer)
}

/** How many siblings these paths have: the further an index, the shorter its path, by one at most. */
function siblingsOf(size: number, from: number, to: number): number {
  const length = pathLength(size, from)
  if (pathLength(size, to - 1) === length) return (to - from) * length
  const firstShorter = 2 * size - 2 ** length
  return (to - from) * length - (to - firstShorter)
}

/**
 * How many siblings stand below where the ways from a leaf and from the one behind it in the heap meet; both paths end with
 * the same ones. Numbered from 1, a node's parent is its half: the ways meet where all differing bits are gone.
 */
function ownSiblings(leaf: number): number {
  return 32 - Math.clz32((leaf + 1) ^ (leaf + 2))
}

/**
 * Copies word by word: some nanoseconds each, where a view of the part and its `set` take a hundred. A position is below
 * 2³²: no array holds as many nodes.
 */
function copyPath(
  nodes: Uint32Array,
  leaf: number,
  paths: Uint32Array,
  { from, until }: { readonly from: number; readonly until: number },
): void {
  let position = leaf
  for (let to = from; to < until; position = (position - 1) >>> 1) {
    const sibling = ((position & 1) === 0 ? position - 1 : position + 1) * HASH_WORDS
    for (let at = sibling; at < sibling + HASH_WORDS; at++) paths[to++] = nodes[at] ?? 0
  }
}
