/** Defends that the paths of many indices are those of each: where one begins is nowhere written in them. */
import { expect } from 'chai'
import { treeOf } from '../../src/merkle/tree.ts'
import { InvariantError } from '../../src/primitives/errors.ts'
import { inventedCommitments } from '../support/merkle.ts'
import { openZeppelinNodes, openZeppelinPath, referenceLeaf } from '../support/oracles.ts'

/** Between two powers of two: paths of two lengths. */
const SIZE = 2 ** 12 + 100
const all = inventedCommitments(SIZE)
const leaves = all.map((commitment, index) => referenceLeaf(index, commitment))

describe('the paths of several indices', () => {
  it('are those of each, one after the other, wherever the indices begin and end', () => {
    for (const size of [1, 2, 3, 5, 8, 9, 100]) {
      const tree = treeOf(all.slice(0, size))
      const each = all.slice(0, size).map((_, index) => tree.pathBytesOf(index))
      for (let from = 0; from < size; from++) {
        for (let to = from + 1; to <= size; to++) {
          const paths = Buffer.from(tree.pathsOf(from, to))
          expect(paths.equals(Buffer.concat(each.slice(from, to))), `${from} to ${to}`).to.equal(
            true,
          )
        }
      }
    }
  })

  it('are OpenZeppelin’s, across the edge between long and short ones', () => {
    const theirs = openZeppelinNodes(leaves)
    const expected = Array.from({ length: SIZE }, (_, index) => openZeppelinPath(theirs, index))
    const hex = expected.flat().map((sibling) => sibling.slice(2))
    const paths = treeOf(all).pathsOf(0, SIZE)
    expect(Buffer.from(paths).toString('hex') === hex.join('')).to.equal(true)
  })

  it('are refused where the tree does not have those indices', () => {
    const tree = treeOf(all.slice(0, 5))
    const ranges = [
      [0, 6],
      [3, 3],
      [4, 2],
      [-1, 2],
      [0, 1.5],
    ] as const
    for (const [from, to] of ranges) {
      expect(() => tree.pathsOf(from, to), `${from}, ${to}`).to.throw(InvariantError)
    }
  })
})
