import { FormatError, invariant } from '../primitives/errors.ts'
import { hashKernel } from '../primitives/kernel.ts'
import { HASH_LENGTH, MAX_SIZE } from './path.ts'

/** One or two milliseconds, with SIMD. */
const NODES_A_STEP = 4096

/**
 * A tree under way: a heap of 2n−1 nodes in one flat array, node i's children at 2i+1 and 2i+2, the leaf of index k at
 * 2n−2−k. Both arrays may lie over shared memory, so that several threads can grow a subtree each.
 */
export interface Heap {
  /** 32 bytes each, in index order. */
  readonly commitments: Uint8Array
  /** 32 bytes each. */
  readonly nodes: Uint8Array
}

/** The bytes that a heap over so many commitments takes. @throws FormatError `out-of-range` for an empty or oversized batch */
export function heapBytes(size: number): number {
  if (size >= 1 && size <= MAX_SIZE) return (2 * size - 1) * HASH_LENGTH
  const message = `a batch holds 1 to ${MAX_SIZE}, not ${size}`
  throw new FormatError('out-of-range', 'commitments', message)
}

/** How many commitments a heap is over. Promises that its arrays fit each other. */
export function sizeOf({ commitments, nodes }: Heap): number {
  const size = commitments.length / HASH_LENGTH
  invariant(
    Number.isInteger(size) && nodes.length === heapBytes(size),
    'a heap over whole commitments',
  )
  return size
}

/**
 * The positions of the subtrees that can be grown apart: 2^`depth` of them, or fewer where the heap is not that deep.
 * What lies above them is grown by `growCrown`, once all of them stand.
 */
export function subtreesOf(size: number, depth: number): number[] {
  const row = Math.min(depth, Math.floor(Math.log2(size)))
  return Array.from({ length: 2 ** row }, (_, at) => 2 ** row - 1 + at)
}

/** Hashes every node at and below `position`, lowest row first; yields after every few thousand of them. */
export function* growSubtree(heap: Heap, position: number): Generator<undefined, void> {
  const size = sizeOf(heap)
  const rows: [from: number, to: number][] = []
  for (let from = position, to = position + 1; from < 2 * size - 1; from = 2 * from + 1) {
    rows.push([from, Math.min(to, 2 * size - 1)])
    to = 2 * to + 1
  }
  for (const [from, to] of rows.toReversed()) {
    for (let at = from; at < to; at += NODES_A_STEP) {
      growNodes(heap, size, at, Math.min(at + NODES_A_STEP, to))
      yield
    }
  }
}

/** Hashes the nodes above the subtrees of `subtreesOf`, which stand. */
export function growCrown(heap: Heap, depth: number): void {
  const size = sizeOf(heap)
  const below = subtreesOf(size, depth)[0] ?? 0
  for (let at = below - 1; at >= 0; at--) growNodes(heap, size, at, at + 1)
}

/** Nodes of one row, from `from` to before `to`: leaves come last in a heap. */
function growNodes({ commitments, nodes }: Heap, size: number, from: number, to: number): void {
  const kernel = hashKernel()
  const firstLeaf = size - 1
  const [leavesFrom, innerTo] = [Math.max(from, firstLeaf), Math.min(to, firstLeaf)]
  if (leavesFrom < to) {
    const index = 2 * size - 1 - to
    const rows = slots(commitments, index, index + to - leavesFrom)
    kernel.leaves(rows, index, slots(nodes, leavesFrom, to))
  }
  if (from < innerTo) {
    kernel.parents(slots(nodes, 2 * from + 1, 2 * innerTo + 1), slots(nodes, from, innerTo))
  }
}

function slots(bytes: Uint8Array, from: number, to: number): Uint8Array {
  return bytes.subarray(from * HASH_LENGTH, to * HASH_LENGTH)
}

/**
 * Looks for a commitment that stands twice; yields after every few thousand. @throws FormatError `wrong-value`
 *
 * A table of twice as many places, each with the number of a commitment, found by its first bytes: they are hashes, so
 * that few fall on one place.
 */
export function* refuseDuplicates(commitments: Uint8Array): Generator<undefined, void> {
  const size = commitments.length / HASH_LENGTH
  const bits = 32 - Math.clz32(size)
  const places = new Uint32Array(2 ** (bits + 1))
  const view = new DataView(commitments.buffer, commitments.byteOffset, commitments.length)
  for (let index = 0; index < size; index++) {
    let place = view.getUint32(index * HASH_LENGTH) >>> (31 - bits)
    for (;;) {
      const other = (places[place] ?? 0) - 1
      if (other < 0) break
      if (isSame(view, other, index)) throw twice(other, index)
      place = (place + 1) & (places.length - 1)
    }
    places[place] = index + 1
    if (index % NODES_A_STEP === NODES_A_STEP - 1) yield
  }
}

function isSame(view: DataView, a: number, b: number): boolean {
  for (let at = 0; at < HASH_LENGTH; at += 4) {
    if (view.getUint32(a * HASH_LENGTH + at) !== view.getUint32(b * HASH_LENGTH + at)) return false
  }
  return true
}

function twice(first: number, index: number): FormatError {
  const message = `the same commitment stands at ${first} and at ${index}`
  return new FormatError('wrong-value', `commitments/${index}`, message)
}
