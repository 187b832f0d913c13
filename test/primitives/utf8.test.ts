/** Defends the boundary between bytes and text: what is not well formed is refused at its first byte. */
import { expect } from 'chai'
import fc from 'fast-check'
import { FormatError } from '../../src/primitives/errors.ts'
import { decodeUtf8 } from '../../src/primitives/utf8.ts'

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Sequences whole, cut, overlong, beyond the last character, and bytes that begin none. */
const pieces = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 2 }).map((text) => [...Buffer.from(text)]),
  fc.constantFrom([0xc0, 0xaf], [0xe0, 0x80, 0xaf], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80]),
  fc.constantFrom([0xe2, 0x82], [0xf0, 0x9f, 0x98], [0xc3], [0x80], [0xff], [0xf5, 0x80]),
  fc.constantFrom(
    [0xed, 0x9f, 0xbf],
    [0xee, 0x80, 0x80],
    [0xf0, 0x90, 0x80, 0x80],
    [0xef, 0xbb, 0xbf],
  ),
)

describe('UTF-8', () => {
  it('is decoded as the standard does, or refused where it first goes wrong', () => {
    const seen = { whole: 0, broken: 0 }
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 6 }), (some) => {
        const bytes = Uint8Array.from(some.flat())
        try {
          expect(decodeUtf8(bytes)).to.equal(strict.decode(bytes))
          seen.whole += 1
        } catch (error) {
          if (!(error instanceof FormatError)) throw error
          seen.broken += 1
          expect(error.code).to.equal('not-utf8')
          const at = Number(/^byte (\d+)$/.exec(error.field)?.[1])
          expect(() => strict.decode(bytes.subarray(0, at)), 'before it').not.to.throw()
          const lengths = [1, 2, 3, 4].filter((length) => at + length <= bytes.length)
          expect(lengths, 'something stands there').not.to.be.empty
          for (const length of lengths) {
            expect(() => strict.decode(bytes.subarray(at, at + length))).to.throw()
          }
        }
      }),
      { numRuns: 2000 },
    )
    expect(Math.min(seen.whole, seen.broken)).to.be.greaterThan(100)
  })

  it('keeps a byte order mark, for the reader to see', () => {
    expect(decodeUtf8(Uint8Array.of(0xef, 0xbb, 0xbf, 0x41))).to.equal('\ufeffA')
  })
})
