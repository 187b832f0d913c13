/** Defends the hashes by published vectors, and by Node's own engine. */
import { createHash, createHmac, hkdfSync } from 'node:crypto'
import { expect } from 'chai'
import fc from 'fast-check'
import keccakOfPackage from 'keccak256'
import { hexOf, utf8 } from '../../src/primitives/bytes.ts'
import { hkdfExpand, hkdfExtract, keccak256, sha256 } from '../../src/primitives/hash.ts'

const bytesOf = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'))
const range = (from: number, length: number): Uint8Array =>
  Uint8Array.from({ length }, (_, at) => from + at)
const hex = (bytes: Uint8Array): string => hexOf(bytes).slice(2)

/** RFC 5869, appendix A, the three cases with SHA-256. */
const RFC_5869 = [
  {
    ikm: new Uint8Array(22).fill(0x0b),
    salt: range(0x00, 13),
    info: range(0xf0, 10),
    prk: '077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5',
    okm:
      '3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf' + '34007208d5b887185865',
  },
  {
    ikm: range(0x00, 80),
    salt: range(0x60, 80),
    info: range(0xb0, 80),
    prk: '06a6b88c5853361a06104c9ceb35b45cef760014904671014a193f40c15fc244',
    okm:
      'b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c' +
      '59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71' +
      'cc30c58179ec3e87c14c01d5c1f3434f1d87',
  },
  {
    ikm: new Uint8Array(22).fill(0x0b),
    salt: new Uint8Array(0),
    info: new Uint8Array(0),
    prk: '19ef24a32c717b167f33a91d6f648bdf96596776afdb6377ac434c1c293ccb04',
    okm:
      '8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d' + '9d201395faa4b61a96c8',
  },
]

describe('SHA-256', () => {
  it('has the value of FIPS 180 for "abc" and for nothing', () => {
    expect(hex(sha256(utf8('abc')))).to.equal(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    )
    expect(hex(sha256(utf8('')))).to.equal(
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    )
  })

  it('is that of Node for any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(hex(sha256(bytes))).to.equal(createHash('sha256').update(bytes).digest('hex'))
      }),
    )
  })
})

describe('Keccak-256', () => {
  it('has the value that Ethereum knows for nothing', () => {
    expect(hex(keccak256(utf8('')))).to.equal(
      'c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470',
    )
  })

  it('is that of another implementation, and never SHA3-256', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const ours = hex(keccak256(bytes))
        expect(ours).to.equal(keccakOfPackage(Buffer.from(bytes)).toString('hex'))
        expect(ours).not.to.equal(createHash('sha3-256').update(bytes).digest('hex'))
      }),
    )
  })
})

describe('HKDF-SHA-256', () => {
  for (const [at, { ikm, salt, info, prk, okm }] of RFC_5869.entries()) {
    it(`has the values of RFC 5869, test case ${at + 1}`, () => {
      expect(hex(hkdfExtract(salt, ikm))).to.equal(prk)
      expect(hex(hkdfExpand(bytesOf(prk), info, okm.length / 2))).to.equal(okm)
    })
  }

  it('extract is HMAC under the salt, and both together are what Node derives', () => {
    const some = fc.uint8Array({ minLength: 1, maxLength: 80 })
    fc.assert(
      fc.property(some, some, some, fc.integer({ min: 1, max: 300 }), (salt, ikm, info, length) => {
        const prk = hkdfExtract(salt, ikm)
        expect(hex(prk)).to.equal(createHmac('sha256', salt).update(ikm).digest('hex'))
        const derived = Buffer.from(hkdfSync('sha256', ikm, salt, info, length))
        expect(hex(hkdfExpand(prk, info, length))).to.equal(derived.toString('hex'))
      }),
    )
  })
})
