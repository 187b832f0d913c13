/** Defends the shape of the tree: the same root and paths for ever, whoever's library computes or checks them. */
import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import fc from 'fast-check'
import { leafOf, pathLeadsTo, pathLength } from '../../src/merkle/path.ts'
import { growCrown, growSubtree, heapBytes, subtreesOf } from '../../src/merkle/heap.ts'
import { growTree, treeOf, treeOfHeap } from '../../src/merkle/tree.ts'
import type { Tree } from '../../src/merkle/tree.ts'
import type { BatchRoot, Commitment, Hash32 } from '../../src/primitives/bytes.ts'
import { InvariantError } from '../../src/primitives/errors.ts'
import { refusalOf } from '../support/errors.ts'
import { inventedCommitment, inventedCommitments } from '../support/merkle.ts'
import {
  merkleTreeJsAccepts,
  merkleTreeJsRoot,
  naiveRoot,
  openZeppelinAccepts,
  openZeppelinNodes,
  openZeppelinPath,
  openZeppelinTree,
  referenceLeaf,
} from '../support/oracles.ts'

const LARGEST = 2 ** 16 + 1
const SMALL_SIZES = Array.from({ length: 300 }, (_, at) => at + 1)
const LARGE_SIZES = [9, 10, 11, 12, 13, 14, 15, 16].flatMap((k) => [2 ** k - 1, 2 ** k, 2 ** k + 1])

const all = inventedCommitments(LARGEST)
const leaves = all.map((commitment, index) => referenceLeaf(index, commitment))

function commitmentAt(index: number): Commitment {
  const commitment = all[index]
  if (commitment === undefined) throw new Error(`no commitment ${index}`)
  return commitment
}

/** First, last, the two beside the edge between the heap's rows, and some between. */
function sampledIndices(size: number): number[] {
  const edge = 2 * (size - 2 ** Math.floor(Math.log2(size)))
  const candidates = [0, 1, edge - 1, edge, Math.floor(size / 3), Math.floor(size / 2), size - 1]
  return [...new Set(candidates.filter((index) => index >= 0 && index < size))]
}

function expectProven(tree: Tree, index: number): void {
  const { root, size } = tree
  const commitment = commitmentAt(index)
  const path = tree.pathOf(index)
  expect(path).to.have.length(pathLength(size, index))
  expect(pathLeadsTo({ root, size, index, commitment, path })).to.equal(true)
  expect(openZeppelinAccepts(root, index, commitment, path)).to.equal(true)
  expect(merkleTreeJsAccepts(root, index, commitment, path)).to.equal(true)
}

describe('a tree beside the trees of others', function () {
  this.timeout(120_000)

  it('has the leaves of the keccak256 package', () => {
    for (const index of [0, 1, 255, 256, LARGEST - 1]) {
      expect(leafOf(index, commitmentAt(index))).to.equal(`0x${leaves[index]?.toString('hex')}`)
    }
  })

  it('has OpenZeppelin’s root and paths at every size from 1 to 300', () => {
    for (const size of SMALL_SIZES) {
      const tree = treeOf(all.slice(0, size))
      const theirs = openZeppelinTree(all.slice(0, size)).dump().tree as `0x${string}`[]
      expect(tree.root, `size ${size}`).to.equal(theirs[0])
      for (let index = 0; index < size; index++) {
        const path = tree.pathOf(index)
        expect(path, `size ${size}, index ${index}`).to.deep.equal(openZeppelinPath(theirs, index))
        expect(path).to.have.length(pathLength(size, index))
      }
    }
  })

  it('has merkletreejs’ root, and the slow reference’s, at every size from 1 to 300', () => {
    for (const size of SMALL_SIZES) {
      const { root } = treeOf(all.slice(0, size))
      expect(merkleTreeJsRoot(leaves.slice(0, size)), `size ${size}`).to.equal(root)
      expect(naiveRoot(leaves.slice(0, size)), `size ${size}`).to.equal(root)
    }
  })

  it('proves to all of them at sizes around powers of two', () => {
    for (const size of SMALL_SIZES.filter((size) => size < 20 || size % 64 <= 1)) {
      const tree = treeOf(all.slice(0, size))
      for (const index of sampledIndices(size)) expectProven(tree, index)
    }
  })

  for (const size of LARGE_SIZES) {
    it(`has the same root and paths as both at size ${size}`, () => {
      const tree = treeOf(all.slice(0, size))
      const theirs = openZeppelinNodes(leaves.slice(0, size))
      expect(tree.root).to.equal(theirs[0])
      expect(merkleTreeJsRoot(leaves.slice(0, size))).to.equal(tree.root)
      for (const index of sampledIndices(size)) {
        expect(tree.pathOf(index)).to.deep.equal(openZeppelinPath(theirs, index))
        expectProven(tree, index)
      }
    })
  }

  it(`is StandardMerkleTree itself at size ${LARGEST}`, () => {
    const tree = treeOf(all)
    const theirs = openZeppelinTree(all)
    expect(tree.root).to.equal(theirs.root)
    for (const index of sampledIndices(LARGEST)) {
      expect(tree.pathOf(index)).to.deep.equal(theirs.getProof(index))
    }
  })
})

interface Vectors {
  cases: { size: number; commitments: Commitment[]; root: BatchRoot; paths: Hash32[][] }[]
}

describe('the golden vectors of test/vectors/merkle.json', () => {
  const text = readFileSync(new URL('../vectors/merkle.json', import.meta.url), 'utf8')
  const { cases } = JSON.parse(text) as Vectors

  it('hold the sizes that the contract tests expect', () => {
    expect(cases.map(({ size }) => size)).to.deep.equal([1, 2, 3, 4, 5, 7, 8, 9, 25])
  })

  for (const { size, commitments, root, paths } of cases) {
    it(`size ${size}`, () => {
      const tree = treeOf(commitments)
      expect(tree).to.include({ size, root })
      expect(paths).to.have.length(size)
      expect(commitments.map((_, index) => tree.pathOf(index))).to.deep.equal(paths)
      expect(openZeppelinTree(commitments).root).to.equal(root)
    })
  }
})

describe('laws of a tree', () => {
  const batches = fc
    .integer({ min: 1, max: 70 })
    .chain((size) => fc.record({ size: fc.constant(size), index: fc.nat({ max: size - 1 }) }))

  it('every commitment is proven at its index', () => {
    fc.assert(
      fc.property(batches, ({ size, index }) => {
        expectProven(treeOf(all.slice(0, size)), index)
      }),
    )
  })

  it('one changed commitment, or two that change places, change the root', () => {
    fc.assert(
      fc.property(batches, ({ size, index }) => {
        const batch = all.slice(0, size)
        const { root } = treeOf(batch)
        const changed = batch.with(index, inventedCommitment('another'))
        expect(treeOf(changed).root).to.not.equal(root)
        const other = (index + 1) % size
        const swapped = batch.with(index, commitmentAt(other)).with(other, commitmentAt(index))
        if (size > 1) expect(treeOf(swapped).root).to.not.equal(root)
      }),
    )
  })
})

describe('a tree grown in steps', () => {
  it('is the same tree', async () => {
    for (const size of [1, 2, 4095, 4096, 4097, 20_000]) {
      const batch = all.slice(0, size)
      const grown = await growTree(batch, () => Promise.resolve())
      const tree = treeOf(batch)
      expect(grown.root).to.equal(tree.root)
      expect(grown.pathOf(size - 1)).to.deep.equal(tree.pathOf(size - 1))
    }
  })

  it('lets others work every few thousand hashes, and ends where they say so', async () => {
    let steps = 0
    await growTree(all, () => {
      steps += 1
      return Promise.resolve()
    })
    expect(steps).to.be.at.least(Math.floor((2 * all.length) / 5000))
    const stop = growTree(all, () => Promise.reject(new Error('stop')))
    expect(await stop.catch((error: unknown) => String(error))).to.equal('Error: stop')
  })
})

describe('a tree whose subtrees are grown apart', () => {
  it('is the same tree, in whatever order they are grown, over shared memory', () => {
    for (const size of [1, 2, 3, 4, 5, 7, 8, 9, 100, 5000]) {
      const packed = Buffer.concat(
        all.slice(0, size).map((hex) => Buffer.from(hex.slice(2), 'hex')),
      )
      const commitments = new Uint8Array(new SharedArrayBuffer(packed.length))
      commitments.set(packed)
      for (const depth of [0, 1, 2, 3, 20]) {
        const nodes = new Uint8Array(new SharedArrayBuffer(heapBytes(size)))
        const heap = { commitments, nodes }
        for (const position of subtreesOf(size, depth).reverse()) {
          Array.from(growSubtree(heap, position))
        }
        growCrown(heap, depth)
        const [tree, whole] = [treeOfHeap(heap), treeOf(all.slice(0, size))]
        expect(tree.root, `size ${size}, depth ${depth}`).to.equal(whole.root)
        expect(tree.pathOf(size - 1)).to.deep.equal(whole.pathOf(size - 1))
      }
      expect(treeOf(commitments).root).to.equal(treeOf(all.slice(0, size)).root)
    }
  })
})

describe('a tree is refused or fails', () => {
  it('over no commitments', () => {
    expect(refusalOf(() => treeOf([]))).to.equal('out-of-range at commitments')
  })

  it('over a commitment given twice, wherever it stands', () => {
    const twice = [commitmentAt(0), commitmentAt(1), commitmentAt(2), commitmentAt(1)]
    expect(refusalOf(() => treeOf(twice))).to.equal('wrong-value at commitments/3')
    const last = all.with(-1, commitmentAt(0))
    expect(refusalOf(() => treeOf(last))).to.equal(`wrong-value at commitments/${LARGEST - 1}`)
  })

  it('over bytes that are no whole commitments', () => {
    for (const length of [0, 31, 33]) {
      expect(() => treeOf(new Uint8Array(length)), `${length}`).to.throw()
    }
  })

  it('asked for the path of an index that it does not have', () => {
    const tree = treeOf(all.slice(0, 5))
    for (const index of [-1, 5, 0.5, NaN, Infinity]) {
      expect(() => tree.pathOf(index), `${index}`).to.throw(InvariantError)
    }
  })
})
