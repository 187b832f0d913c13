/** Defends spellings: hex and base64url have one each, and bytes compare as bytes. */
import { expect } from 'chai'
import fc from 'fast-check'
import {
  bytesOfHex,
  concat,
  equalBytes,
  hexOf,
  parseAddress,
  parseBase64url,
  parseHash32,
  parseHex,
  uint32be,
  utf8,
} from '../../src/primitives/bytes.ts'
import type { Hex } from '../../src/primitives/bytes.ts'
import { InvariantError } from '../../src/primitives/errors.ts'
import { expectOneSpelling, expectRoundTrip } from '../support/base64url.ts'
import { refusalOf } from '../support/errors.ts'

const byteStrings = fc.uint8Array({ maxLength: 70 })

describe('hex', () => {
  it('is what Buffer writes, and comes back', () => {
    fc.assert(
      fc.property(byteStrings, (bytes) => {
        const hex = hexOf(bytes)
        expect(hex).to.equal(`0x${Buffer.from(bytes).toString('hex')}`)
        expect(bytesOfHex(hex)).to.deep.equal(new Uint8Array(bytes))
        expect(parseHex(hex, bytes.length, 'hex')).to.equal(hex)
      }),
    )
  })

  it('has one spelling and one length', () => {
    const good = `0x${'ab'.repeat(32)}`
    expect(parseHash32(good, 'root')).to.equal(good)
    const others: unknown[] = [
      good.toUpperCase(),
      good.replace('0x', '0X'),
      good.slice(2),
      good.slice(0, -1),
      good.slice(0, -2),
      `${good}00`,
      `${good.slice(0, -1)}g`,
      `${good.slice(0, -1)}\n`,
      ` ${good.slice(1)}`,
      'ab'.repeat(33),
      '',
      undefined,
      null,
      12,
      [good],
    ]
    for (const other of others) {
      expect(refusalOf(() => parseHash32(other, '/root'))).to.equal('not-canonical-hex at /root')
    }
    expect(refusalOf(() => parseHash32('', ''))).to.equal('not-canonical-hex at ')
  })

  it('of an address has 20 bytes and no checksum', () => {
    const address = '0x52908400098527886e0f7030069857d2e4169ee7'
    expect(parseAddress(address, 'issuer')).to.equal(address)
    for (const other of ['0x52908400098527886E0F7030069857D2E4169EE7', `${address}00`]) {
      expect(refusalOf(() => parseAddress(other, 'issuer'))).to.equal('not-canonical-hex at issuer')
    }
  })

  it('that is none is a fault of our own', () => {
    for (const text of ['0xzz', '0xAB', '0x0', '0x0é', '0xé0'] as Hex[]) {
      expect(() => bytesOfHex(text), text).to.throw(InvariantError)
    }
  })
})

describe('base64url', () => {
  it('is what Buffer writes, and comes back', () => {
    fc.assert(fc.property(byteStrings, expectRoundTrip))
  })

  it('has one spelling: what is read prints as it was', () => {
    const letters = fc.constantFrom(
      'A',
      'Q',
      'g',
      'w',
      'Z',
      'z',
      '0',
      '9',
      '-',
      '_',
      '+',
      '/',
      '=',
      ' ',
    )
    fc.assert(fc.property(fc.string({ unit: letters, maxLength: 9 }), expectOneSpelling), {
      numRuns: 2000,
    })
  })

  it('is refused with padding, stray bits, one letter over, other letters, or where it is no text', () => {
    const others = [
      'AA==',
      'AB',
      'AAB',
      'A',
      'AAAAA',
      'A+A',
      'A/A',
      'A A',
      'AAé',
      'AA\u0100',
      7,
      null,
    ]
    for (const other of others) {
      expect(refusalOf(() => parseBase64url(other, ''))).to.equal('not-base64url at ')
    }
  })
})

describe('bytes', () => {
  it('follow one another', () => {
    fc.assert(
      fc.property(fc.array(byteStrings, { maxLength: 5 }), (parts) => {
        expect(Buffer.from(concat(...parts))).to.deep.equal(Buffer.concat(parts))
      }),
    )
    expect(concat()).to.have.length(0)
  })

  it('are equal if every one is', () => {
    fc.assert(
      fc.property(byteStrings, byteStrings, fc.nat(), (a, b, at) => {
        expect(equalBytes(a, Uint8Array.from(a))).to.equal(true)
        expect(equalBytes(a, b)).to.equal(Buffer.from(a).equals(Buffer.from(b)))
        if (a.length === 0) return
        const place = at % a.length
        const flipped = a.map((byte, i) => (i === place ? byte ^ 1 : byte))
        expect(equalBytes(a, flipped)).to.equal(false)
        expect(equalBytes(a, a.subarray(1))).to.equal(false)
      }),
    )
  })

  it('of a 32-bit number stand with the most significant first', () => {
    expect(uint32be(0x01020304)).to.deep.equal(Uint8Array.of(1, 2, 3, 4))
    expect(uint32be(0xffffffff)).to.deep.equal(Uint8Array.of(255, 255, 255, 255))
    for (const other of [-1, 0x1_0000_0000, 1.5, Number.NaN]) {
      expect(() => uint32be(other), String(other)).to.throw(InvariantError)
    }
  })

  it('of a text are its UTF-8', () => {
    expect(hexOf(utf8('Aé€😂'))).to.equal('0x41c3a9e282acf09f9882')
  })
})
