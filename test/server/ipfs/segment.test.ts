/** Defends segments that grow block by block: the same bytes as those laid out at once, in whatever room. */
import { createHash } from 'node:crypto'
import { expect } from 'chai'
import fc from 'fast-check'
import { InvariantError } from '../../../src/index.ts'
import { blocksIn, digestKey, growSegment, layOut } from '../../../server/ipfs/segment.ts'

function digestOf(block: Uint8Array): Uint8Array {
  return createHash('sha256').update(block).digest()
}

describe('a segment that grows', () => {
  it('is the one that is laid out at once, in room that is too small, large or used before', () => {
    const blocks = fc.uniqueArray(fc.uint8Array({ maxLength: 400 }), {
      maxLength: 12,
      selector: (block) => Buffer.from(block).toString('hex'),
    })
    fc.assert(
      fc.property(blocks, fc.nat({ max: 8000 }), fc.nat({ max: 255 }), (list, room, used) => {
        const segment = growSegment(list.length, new Uint8Array(room).fill(used).buffer)
        for (const block of list) {
          segment.roomFor(block.length).set(block)
          segment.add(digestOf(block))
        }
        const keyed = list.map((block) => [digestKey(digestOf(block)), block] as const)
        const written = segment.written()
        expect(Buffer.from(written).equals(layOut(new Map(keyed)))).to.equal(true)
        const found = [...blocksIn(written)].map(([key, bytes]) => [key, Uint8Array.from(bytes)])
        expect(found).to.deep.equal(keyed)
      }),
    )
  })

  it('has as many blocks as it was begun for, no fewer and no more', () => {
    const segment = growSegment(1, new ArrayBuffer(0))
    expect(() => segment.written()).to.throw(InvariantError)
    segment.roomFor(3).set([1, 2, 3])
    segment.add(digestOf(Uint8Array.of(1, 2, 3)))
    segment.roomFor(0)
    expect(() => {
      segment.add(new Uint8Array(32))
    }).to.throw(InvariantError)
  })
})
