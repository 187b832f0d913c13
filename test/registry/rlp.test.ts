/** Defends headers and nodes against a second spelling: what is read encodes again to the same bytes. */
import { expect } from 'chai'
import { decodeRlp as decodeByEthers } from 'ethers'
import fc from 'fast-check'
import { hexOf } from '../../src/primitives/bytes.ts'
import { FormatError } from '../../src/primitives/errors.ts'
import { decodeRlp, encodeRlp, isList } from '../../src/registry/rlp.ts'
import type { RlpItem } from '../../src/registry/rlp.ts'

const RUNS = Number(process.env['INALTERA_PROPERTY_RUNS'] ?? 100) * 10

/** Bytes near RLP: short, with length bytes where they matter, and sound encodings torn. */
const nearlyRlp = fc.oneof(
  fc.uint8Array({ maxLength: 12 }),
  fc
    .tuple(
      fc.constantFrom(0x00, 0x7f, 0x80, 0x81, 0xb7, 0xb8, 0xb9, 0xbf, 0xc0, 0xc1, 0xf7, 0xf8, 0xf9),
      fc.uint8Array({ maxLength: 70 }),
    )
    .map(([first, rest]) => Uint8Array.of(first, ...rest)),
  fc
    .tuple(fc.array(fc.uint8Array({ maxLength: 60 }), { maxLength: 4 }), fc.nat(), fc.nat())
    .map(([items, at, byte]) => {
      const bytes = Uint8Array.from(encodeRlp(items))
      if (byte % 3 > 0) bytes[at % bytes.length] = byte % 256
      return bytes
    }),
)

type Hexes = string | Hexes[]

function hexesOf(item: RlpItem): Hexes {
  return isList(item) ? item.map(hexesOf) : hexOf(item)
}

function read(bytes: Uint8Array): RlpItem | undefined {
  try {
    return decodeRlp(bytes, 'bytes')
  } catch (error) {
    if (error instanceof FormatError) return undefined
    throw error
  }
}

describe('RLP', () => {
  it('has one spelling for everything that is read, and ethers reads the same', () => {
    let whole = 0
    fc.assert(
      fc.property(nearlyRlp, (bytes) => {
        const item = read(bytes)
        if (item === undefined) return
        whole += 1
        expect(hexOf(encodeRlp(item))).to.equal(hexOf(bytes))
        expect(hexesOf(item)).to.deep.equal(decodeByEthers(bytes))
      }),
      { numRuns: RUNS },
    )
    expect(whole).to.be.greaterThan(RUNS / 10)
  })

  it('is not nothing, and nothing follows it', () => {
    for (const bytes of [
      [],
      [0xc0, 0x00],
      [0x81, 0x05],
      [0xb8, 0x01, 0xff],
      [0xf8, 0x00],
      [0xc1],
    ]) {
      expect(read(Uint8Array.from(bytes)), String(bytes)).to.equal(undefined)
    }
  })
})
