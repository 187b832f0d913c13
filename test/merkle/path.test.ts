/** Defends inclusion against paths of the wrong length, many-leaf proofs and other spellings: attacks M6, M9 and M10. */
import { expect } from 'chai'
import fc from 'fast-check'
import keccakOfPackage from 'keccak256'
import {
  inclusionFault,
  leafOf,
  MAX_PATH,
  MAX_SIZE,
  pathLength,
  rootOf,
} from '../../src/merkle/path.ts'
import type { Inclusion } from '../../src/merkle/path.ts'
import { hexOf, parseHash32 } from '../../src/primitives/bytes.ts'
import type { Commitment, Hash32 } from '../../src/primitives/bytes.ts'
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
} from '../support/merkle.ts'
import { openZeppelinTree } from '../support/oracles.ts'

describe('a true inclusion', () => {
  it('holds at every index of every size', () => {
    for (const inclusion of everyInclusion()) expect(inclusionFault(inclusion)).to.equal(undefined)
  })

  it('does not hold when one bit of root, commitment or path changes', () => {
    const inclusion = fc.constantFrom(...everyInclusion())
    const bit = fc.record({ byte: fc.nat({ max: 31 }), mask: fc.constantFrom(1, 2, 4, 128) })
    fc.assert(
      fc.property(inclusion, bit, fc.nat(), (whole, { byte, mask }, at) => {
        const flip = (hex: string): Hash32 => {
          const bytes = Buffer.from(hex.slice(2), 'hex')
          bytes.writeUInt8(bytes.readUInt8(byte) ^ mask, byte)
          return parseHash32(`0x${bytes.toString('hex')}`, 'flipped')
        }
        const commitment = flip(whole.commitment) as unknown as Commitment
        expect(faultWith(whole, { commitment })).to.equal('root-differs')
        const root = flip(whole.root) as unknown as Inclusion['root']
        expect(faultWith(whole, { root })).to.equal('root-differs')
        if (whole.path.length === 0) return
        const place = at % whole.path.length
        const path = whole.path.map((node, level) => (level === place ? flip(node) : node))
        expect(faultWith(whole, { path })).to.equal('root-differs')
      }),
    )
  })
})

describe('M6: a path of the wrong length', () => {
  it('is refused for its length, at every length from 0 to 40 but the one that is right', () => {
    for (const inclusion of everyInclusion()) {
      const filler = inclusion.path.at(-1) ?? parseHash32(inclusion.root, 'root')
      const right = inclusion.path.length
      for (let length = 0; length <= 40; length++) {
        const path = Array.from({ length }, (_, level) => inclusion.path[level] ?? filler)
        expect(faultWith(inclusion, { path })).to.equal(
          length === right ? undefined : 'path-length',
        )
      }
    }
  })

  it('of 100,000 siblings is refused before the first of them is read', () => {
    let read = 0
    const counting = new Proxy(new Array<Hash32>(100_000), {
      get(siblings, key) {
        if (key === 'length') return siblings.length
        read += 1
        return undefined
      },
    })
    const inclusion = inclusionAt(25, 0)
    expect(faultWith(inclusion, { path: counting })).to.equal('path-length')
    expect(read).to.equal(0)
    expect(() => rootOf(leafOf(0, inclusion.commitment), counting)).to.throw(InvariantError)
  })

  it('has one right length for each index: the ⌊log₂(2n−1−index)⌋ of the specification', () => {
    for (let size = 1; size <= 300; size++) {
      for (let index = 0; index < size; index++) {
        const length = pathLength(size, index)
        const reached = 2 * size - 1 - index
        expect(2 ** length <= reached && reached < 2 ** (length + 1)).to.equal(true)
      }
    }
    expect(pathLength(1, 0)).to.equal(0)
    expect(pathLength(2 ** 20, 0)).to.equal(20)
    expect(pathLength(MAX_SIZE, 0)).to.equal(MAX_PATH)
    expect(pathLength(MAX_SIZE, MAX_SIZE - 1)).to.equal(31)
  })

  it('has no length where there is no such index', () => {
    const impossible = [
      [0, 0],
      [1, 1],
      [5, -1],
      [5, 0.5],
      [2 ** 32, 0],
      [NaN, 0],
      [5, NaN],
    ] as const
    for (const [size, index] of impossible) {
      expect(() => pathLength(size, index), `${index} of ${size}`).to.throw(InvariantError)
      expect(faultWith(inclusionAt(5, 0), { size, index })).to.equal('index-beyond-size')
    }
  })
})

describe('M9: many leaves proven at once', () => {
  it('OpenZeppelin’s multiproof of a pair is no path here', () => {
    const { proof } = openZeppelinTree(inventedCommitments(8)).getMultiProof([2, 3])
    const path = proof.map((node) => parseHash32(node, 'multiproof'))
    expect(path.length, 'shorter than a path').to.be.lessThan(pathLength(8, 2))
    for (const inclusion of inclusionsOf(8)) {
      expect(faultWith(inclusion, { path })).to.equal('path-length')
    }
  })

  it('a zero node at depth 1 leads nowhere', () => {
    const zero = parseHash32(`0x${'0'.repeat(64)}`, 'zero')
    for (const inclusion of everyInclusion().filter(({ path }) => path.length > 0)) {
      const path = inclusion.path.with(-1, zero)
      expect(faultWith(inclusion, { path })).to.equal('root-differs')
    }
  })
})

describe('M10: another hash, another spelling', () => {
  it('keccak-256 it is, not SHA3-256', () => {
    const ofNothing = 'c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470'
    expect(hexOf(keccak256(new Uint8Array()))).to.equal(`0x${ofNothing}`)
    const abc = new TextEncoder().encode('abc')
    expect(hexOf(keccak256(abc))).to.equal(`0x${keccakOfPackage('abc').toString('hex')}`)
  })

  const hash = inventedCommitment('spelled').slice(2)
  const spellings: Record<string, unknown> = {
    'upper case': `0x${hash.toUpperCase()}`,
    'an upper-case prefix': `0X${hash}`,
    'no prefix': hash,
    '31 bytes': `0x${hash.slice(2)}`,
    '33 bytes': `0x${hash}00`,
    'half a byte more': `0x${hash}0`,
    'a space before': ` 0x${hash}`,
    'a line end after': `0x${hash}\n`,
    'a letter that is no digit': `0x${hash.slice(1)}g`,
    'a full-width digit': `0x${hash.slice(1)}１`,
    nothing: '',
    bytes: Buffer.from(hash, 'hex'),
    'a number': 1,
  }
  for (const [name, spelling] of Object.entries(spellings)) {
    it(`refuses a hash spelled with ${name}`, () => {
      expect(refusalOf(() => parseHash32(spelling, 'root'))).to.equal('not-canonical-hex at root')
    })
  }

  it('accepts the one spelling', () => {
    expect(parseHash32(`0x${hash}`, 'root')).to.equal(`0x${hash}`)
  })
})
