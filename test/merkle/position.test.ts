/** Defends inclusion against what stands elsewhere in the tree: attacks M1 to M4 of the project's threat tables. */
import { expect } from 'chai'
import { leafOf, MAX_SIZE, pathLeadsTo, rootOf } from '../../src/merkle/path.ts'
import { treeOf } from '../../src/merkle/tree.ts'
import { hexOf, parseHash32 } from '../../src/primitives/bytes.ts'
import type { Commitment, Hash32, LeafHash } from '../../src/primitives/bytes.ts'
import { InvariantError } from '../../src/primitives/errors.ts'
import { keccak256 } from '../../src/primitives/hash.ts'
import { refusalOf } from '../support/errors.ts'
import {
  everyInclusion,
  faultWith,
  inclusionAt,
  inclusionsOf,
  inventedCommitment,
  inventedCommitments,
  SIZES,
} from '../support/merkle.ts'
import { openZeppelinNodes, openZeppelinTree, referenceLeaf } from '../support/oracles.ts'

/** Every node of a tree of some size by OpenZeppelin's code, root first. */
function nodesOf(size: number): Hash32[] {
  const leaves = inventedCommitments(size).map((commitment, at) => referenceLeaf(at, commitment))
  return openZeppelinNodes(leaves).map((node) => parseHash32(node, 'node'))
}

/** The siblings above a position of the heap, up to the root. */
function siblingsAbove(nodes: readonly Hash32[], position: number): Hash32[] {
  const path: Hash32[] = []
  for (let at = position; at > 0; at = Math.floor((at - 1) / 2)) {
    const sibling = nodes[at % 2 === 0 ? at - 1 : at + 1]
    if (sibling === undefined) throw new Error(`no sibling of ${at}`)
    path.push(sibling)
  }
  return path
}

describe('M1: an inner node, or the root itself, presented as a commitment', () => {
  it('is refused for every node of every tree, at every index, with the path of its own place', () => {
    for (const size of SIZES) {
      const nodes = nodesOf(size)
      const { root } = treeOf(inventedCommitments(size))
      expect(nodes[0]).to.equal(root)
      nodes.forEach((node, position) => {
        const commitment = node as unknown as Commitment
        const path = siblingsAbove(nodes, position)
        expect(rootOf(node as unknown as LeafHash, path), 'the attack is real').to.equal(root)
        for (let index = 0; index < size; index++) {
          expect(pathLeadsTo({ root, size, index, commitment, path })).to.equal(false)
        }
      })
    }
  })
})

describe('M2: the 64 bytes under an inner node presented as a row', () => {
  it('are no row: a leaf is hashed twice, a node once', () => {
    const nodes = nodesOf(8)
    const [root, left, right] = nodes as [Hash32, Hash32, Hash32]
    const children = [left, right].sort().map((node) => Buffer.from(node.slice(2), 'hex'))
    const preimage = Buffer.concat(children)
    expect(hexOf(keccak256(preimage)), 'the attack is real').to.equal(root)
    expect(hexOf(keccak256(keccak256(preimage)))).to.not.equal(root)
    const index = children[0]?.readUInt32BE(28) ?? 0
    const commitment = parseHash32(`0x${children[1]?.toString('hex')}`, 'child')
    expect(
      faultWith(inclusionAt(8, 0), {
        index,
        commitment: commitment as unknown as Commitment,
        path: [],
      }),
    ).to.equal('index-beyond-size')
  })

  it('leave no index that reads as a hash: only 0 to size−1 are indices', () => {
    expect(() => leafOf(MAX_SIZE, inventedCommitment('any'))).to.throw(InvariantError)
    expect(() => leafOf(-1, inventedCommitment('any'))).to.throw(InvariantError)
    expect(() => leafOf(0.5, inventedCommitment('any'))).to.throw(InvariantError)
  })
})

describe('M3: the last leaf doubled to fill a row', () => {
  it('gives another root, in OpenZeppelin’s tree as in a padded one', () => {
    for (const size of [1, 3, 5, 7, 25]) {
      const batch = inventedCommitments(size)
      const { root } = treeOf(batch)
      const doubled = [...batch, ...batch.slice(-1)]
      expect(openZeppelinTree(doubled).root).to.not.equal(root)
      expect(refusalOf(() => treeOf(doubled))).to.equal(`wrong-value at commitments/${size}`)
    }
  })

  it('proves nothing at the index behind the last', () => {
    for (const inclusion of everyInclusion()) {
      const { size } = inclusion
      expect(faultWith(inclusion, { index: size })).to.equal('index-beyond-size')
    }
  })
})

describe('M4: places exchanged', () => {
  it('a sibling’s path with one’s own index, or one’s own path with a sibling’s index', () => {
    for (const inclusion of inclusionsOf(8)) {
      const sibling = inclusionAt(8, inclusion.index ^ 1)
      expect(faultWith(inclusion, { index: sibling.index })).to.equal('root-differs')
      expect(faultWith(inclusion, { path: sibling.path })).to.equal('root-differs')
      expect(faultWith(inclusion, { commitment: sibling.commitment })).to.equal('root-differs')
    }
  })

  it('no commitment holds at any index but its own', () => {
    for (const inclusion of everyInclusion()) {
      for (let index = 0; index < inclusion.size; index++) {
        const holds = pathLeadsTo({ ...inclusion, index })
        expect(holds, `${inclusion.index} as ${index}`).to.equal(index === inclusion.index)
      }
    }
  })

  it('the order of the path is part of it', () => {
    for (const inclusion of everyInclusion().filter(({ path }) => path.length > 1)) {
      const path = inclusion.path.toReversed()
      expect(faultWith(inclusion, { path })).to.equal('root-differs')
    }
  })
})
