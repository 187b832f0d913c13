/**
 * Merkle trees that others wrote: OpenZeppelin's and merkletreejs over the `keccak256` package, plus a reference that
 * is slow and short enough to be read at a glance.
 */
import { createRequire } from 'node:module'
import { StandardMerkleTree } from '@openzeppelin/merkle-tree'
import keccak256 from 'keccak256'
import { MerkleTree } from 'merkletreejs'

export type Text = `0x${string}`

const ROW_TYPES = ['uint256', 'bytes32']

export function openZeppelinTree(commitments: readonly Text[]): StandardMerkleTree<[number, Text]> {
  const rows = commitments.map((commitment, index): [number, Text] => [index, commitment])
  return StandardMerkleTree.of(rows, ROW_TYPES, { sortLeaves: false })
}

export function openZeppelinAccepts(
  root: Text,
  index: number,
  commitment: Text,
  path: readonly Text[],
): boolean {
  return StandardMerkleTree.verify(root, ROW_TYPES, [index, commitment], [...path])
}

interface Core {
  makeMerkleTree(leaves: readonly Uint8Array[]): Text[]
  getProof(tree: readonly Text[], position: number): Text[]
}

/** OpenZeppelin's shape and path code by themselves: its public tree hashes every path again before giving it out. */
const openZeppelinCore = createRequire(import.meta.url)(
  '@openzeppelin/merkle-tree/dist/core.js',
) as Core

export function openZeppelinNodes(leaves: readonly Uint8Array[]): Text[] {
  return openZeppelinCore.makeMerkleTree(leaves)
}

export function openZeppelinPath(nodes: readonly Text[], index: number): Text[] {
  return openZeppelinCore.getProof(nodes, nodes.length - 1 - index)
}

/** The leaf by the `keccak256` package: neither our encoder nor our hash. */
export function referenceLeaf(index: number, commitment: Text): Buffer {
  const row = index.toString(16).padStart(64, '0') + commitment.slice(2)
  return keccak256(keccak256(Buffer.from(row, 'hex')))
}

/** How many leaves stand in a heap's last row: the first ones; the others stand one row above. */
function lastRow(size: number): number {
  return 2 * (size - 2 ** Math.floor(Math.log2(size)))
}

/**
 * merkletreejs pairs from the left and puts the last row first, where OpenZeppelin's heap reads from the right: given
 * each row's leaves in the heap's order it builds the same tree.
 */
export function merkleTreeJsRoot(leaves: readonly Buffer[]): Text {
  const edge = lastRow(leaves.length)
  const inHeapOrder = [...leaves.slice(0, edge).reverse(), ...leaves.slice(edge).reverse()]
  const tree = new MerkleTree(inHeapOrder, keccak256, { sortPairs: true, complete: true })
  return `0x${tree.getRoot().toString('hex')}`
}

export function merkleTreeJsAccepts(
  root: Text,
  index: number,
  commitment: Text,
  path: readonly Text[],
): boolean {
  const leaf = referenceLeaf(index, commitment)
  return MerkleTree.verify([...path], leaf, root, keccak256, { sortPairs: true })
}

/** The root of leaves in index order: the last row's pairs follow the leaves of the row above, then row by row. */
export function naiveRoot(leaves: readonly Buffer[]): Text {
  const edge = lastRow(leaves.length)
  let row = [...leaves.slice(edge), ...joined(leaves.slice(0, edge))]
  while (row.length > 1) row = joined(row)
  const [root] = row
  if (root === undefined) throw new Error('no leaves, no root')
  return `0x${root.toString('hex')}`
}

function joined(row: readonly Buffer[]): Buffer[] {
  const pairs = Array.from({ length: row.length / 2 }, (_, at) => row.slice(2 * at, 2 * at + 2))
  return pairs.map((pair) => keccak256(Buffer.concat(pair.sort((a, b) => Buffer.compare(a, b)))))
}
