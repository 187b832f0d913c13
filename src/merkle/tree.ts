import { hexOf } from '../primitives/bytes.ts'
import type { BatchRoot, Commitment, Hash32 } from '../primitives/bytes.ts'
import { FormatError, invariant } from '../primitives/errors.ts'
import { HASH_LENGTH, leafBytesOf, MAX_SIZE, parentOf } from './path.ts'

/** Some tens of milliseconds. */
const HASHES_A_STEP = 4096

/** A batch's hashes; paths are computed when asked for, since a million of them weigh ten times the tree. */
export interface Tree {
  readonly size: number
  readonly root: BatchRoot
  /** The siblings from the leaf at `index` to the root: ⌊log₂(2·size−1−index)⌋ of them. */
  pathOf(index: number): Hash32[]
}

/**
 * The tree over commitments in index order, shaped as OpenZeppelin's `StandardMerkleTree.of(rows, ["uint256",
 * "bytes32"], {sortLeaves: false})` shapes it: a heap of 2n−1 nodes in one flat array, node i's children at 2i+1 and
 * 2i+2, the leaf of index k at 2n−2−k.
 *
 * Throws `FormatError` `out-of-range` for an empty or oversized batch, `wrong-value` for a commitment given twice
 * (two credentials never share a salt, so it is the same one).
 */
export function treeOf(commitments: readonly Commitment[]): Tree {
  const growing = grow(commitments)
  for (;;) {
    const step = growing.next()
    if (step.done === true) return step.value
  }
}

/**
 * The same tree; every few thousand hashes `breathe` is waited for, so that whoever shares the thread is not kept from
 * it for the seconds that a million leaves take. What it throws ends the work.
 */
export async function growTree(
  commitments: readonly Commitment[],
  breathe: () => Promise<void>,
): Promise<Tree> {
  const growing = grow(commitments)
  for (;;) {
    const step = growing.next()
    if (step.done === true) return step.value
    await breathe()
  }
}

/** Yields after every `HASHES_A_STEP` nodes. */
function* grow(commitments: readonly Commitment[]): Generator<undefined, Tree> {
  const size = commitments.length
  if (size < 1 || size > MAX_SIZE) {
    throw new FormatError(
      'out-of-range',
      'commitments',
      `a batch holds 1 to ${MAX_SIZE}, not ${size}`,
    )
  }
  refuseDuplicates(commitments)
  const nodes = new Uint8Array((2 * size - 1) * HASH_LENGTH)
  for (const [index, commitment] of commitments.entries()) {
    nodes.set(leafBytesOf(index, commitment), (2 * size - 2 - index) * HASH_LENGTH)
    if (index % HASHES_A_STEP === HASHES_A_STEP - 1) yield
  }
  for (let position = size - 2; position >= 0; position--) {
    const parent = parentOf(nodeAt(nodes, 2 * position + 1), nodeAt(nodes, 2 * position + 2))
    nodes.set(parent, position * HASH_LENGTH)
    if (position % HASHES_A_STEP === 0) yield
  }
  return {
    size,
    root: hexOf(nodeAt(nodes, 0)) as BatchRoot,
    pathOf: (index) => pathIn(nodes, size, index),
  }
}

function refuseDuplicates(commitments: readonly Commitment[]): void {
  const firstIndices = new Map<Commitment, number>()
  commitments.forEach((commitment, index) => {
    const first = firstIndices.get(commitment)
    if (first !== undefined) {
      const message = `the same commitment stands at ${first} and at ${index}`
      throw new FormatError('wrong-value', `commitments/${index}`, message)
    }
    firstIndices.set(commitment, index)
  })
}

function nodeAt(nodes: Uint8Array, position: number): Uint8Array {
  return nodes.subarray(position * HASH_LENGTH, (position + 1) * HASH_LENGTH)
}

function pathIn(nodes: Uint8Array, size: number, index: number): Hash32[] {
  const isInside = Number.isSafeInteger(index) && index >= 0 && index < size
  invariant(isInside, `no index ${index} in a batch of ${size}`)
  const path: Hash32[] = []
  for (
    let position = 2 * size - 2 - index;
    position > 0;
    position = Math.floor((position - 1) / 2)
  ) {
    const sibling = position % 2 === 0 ? position - 1 : position + 1
    path.push(hexOf(nodeAt(nodes, sibling)) as Hash32)
  }
  return path
}
