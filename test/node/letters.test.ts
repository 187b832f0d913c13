/** Defends Node's letters: they read and refuse what the library reads and refuses, in the one spelling. */
import { expect } from 'chai'
import fc from 'fast-check'
import { writeWithNode } from '../../node/letters.ts'
import { hexOf, useLetters } from '../../src/index.ts'
import { InvariantError } from '../../src/primitives/errors.ts'
import { expectOneSpelling, expectRoundTrip } from '../support/base64url.ts'

/** So long that the engine is asked. */
const LONG = 'Aw-_'.repeat(40)

describe('the letters of Node', () => {
  before(writeWithNode)

  it('are those of any bytes, and lead back to them', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 60, maxLength: 400 }), (bytes) => {
        expect(hexOf(bytes)).to.equal(`0x${Buffer.from(bytes).toString('hex')}`)
        expectRoundTrip(bytes)
      }),
    )
  })

  it('are read in one spelling, wherever another letter stands', () => {
    // Node takes the last ones for letters: their last eight bits are those of one.
    const others = fc.constantFrom(
      '+',
      '/',
      '=',
      ' ',
      '\n',
      '.',
      'é',
      '\u0141',
      '\u{1f641}',
      'A',
      '5',
    )
    const at = fc.nat({ max: LONG.length })
    fc.assert(
      fc.property(at, fc.nat({ max: 3 }), others, fc.nat({ max: 3 }), (place, gone, put, more) => {
        expectOneSpelling(
          LONG.slice(0, place) + put + LONG.slice(place + gone) + LONG.slice(0, more),
        )
      }),
      { numRuns: 3000 },
    )
  })

  it('are refused of an engine that takes more than one spelling', () => {
    const engine = {
      hex: (bytes: Uint8Array) => Buffer.from(bytes).toString('hex'),
      base64url: (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url'),
      fromBase64url: (text: string) => new Uint8Array(Buffer.from(text, 'base64url')),
    }
    expect(() => {
      useLetters(engine)
    }).to.throw(InvariantError)
    writeWithNode()
  })
})
