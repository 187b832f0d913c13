/** Defends names of blocks: one spelling for each, the same as multiformats gives. */
import { createHash } from 'node:crypto'
import { expect } from 'chai'
import fc from 'fast-check'
import { base58btc } from 'multiformats/bases/base58'
import { CID } from 'multiformats/cid'
import * as Digest from 'multiformats/hashes/digest'
import { bytesOfCid, cidOf, cidOfDigest, cidOfNode, parseCid } from '../../src/ipfs/cid.ts'
import { utf8 } from '../../src/primitives/bytes.ts'
import { InvariantError } from '../../src/primitives/errors.ts'
import { refusalOf } from '../support/errors.ts'

const RAW = 0x55
const DAG_CBOR = 0x71
const SHA_256 = 0x12

function sha256(bytes: Uint8Array): Uint8Array {
  return createHash('sha256').update(bytes).digest()
}

describe('a CID', () => {
  it('is the one that multiformats gives, and comes back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        for (const [codec, code, text] of [
          ['raw', RAW, cidOf(bytes)],
          ['dag-cbor', DAG_CBOR, cidOfNode(bytes)],
        ] as const) {
          const theirs = CID.createV1(code, Digest.create(SHA_256, sha256(bytes)))
          expect(text).to.equal(theirs.toString())
          const cid = parseCid(text, 'cid')
          expect(cid).to.include({ codec, text })
          expect(Buffer.from(cid.digest)).to.deep.equal(sha256(bytes))
          expect(Buffer.from(bytesOfCid(cid))).to.deep.equal(Buffer.from(theirs.bytes))
          expect(cidOfDigest(codec, cid.digest)).to.equal(text)
        }
      }),
    )
  })

  it('of known bytes is known', () => {
    expect(cidOf(utf8(''))).to.equal('bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku')
    const node = Uint8Array.of(0x80)
    expect(cidOfNode(node)).to.equal(
      CID.createV1(DAG_CBOR, Digest.create(SHA_256, sha256(node))).toString(),
    )
  })

  it('has one spelling, one version, one hash and two codecs', () => {
    const good = cidOf(utf8('a block'))
    const { multihash } = CID.parse(good)
    const digest = multihash.digest
    const others: Record<string, unknown> = {
      'version 0': CID.createV0(Digest.create(SHA_256, digest)).toString(),
      'version 1 in base58': CID.parse(good).toString(base58btc),
      'upper case': `B${good.slice(1).toUpperCase()}`,
      'no multibase': good.slice(1),
      'one letter less': good.slice(0, -1),
      'one letter more': `${good}a`,
      padding: `${good}=`,
      'white space': ` ${good}`,
      'a line feed': `${good}\n`,
      'a path': `${good}/0`,
      'a dot': good.replace(/.$/, '.'),
      'the digit 1': good.replace(/.$/, '1'),
      'dag-pb': CID.createV1(0x70, multihash).toString(),
      identity: CID.createV1(RAW, Digest.create(0x00, digest)).toString(),
      'SHA-512 cut short': CID.createV1(RAW, Digest.create(0x13, digest)).toString(),
      'a digest of 31 bytes': CID.createV1(
        RAW,
        Digest.create(SHA_256, digest.subarray(1)),
      ).toString(),
      nothing: '',
      'no text': [good],
      undefined,
    }
    for (const [name, other] of Object.entries(others)) {
      expect(
        refusalOf(() => parseCid(other, '/cid')),
        name,
      ).to.equal('bad-cid at /cid')
    }
    expect(refusalOf(() => parseCid('', ''))).to.equal('bad-cid at ')
  })

  it('that ends in bits no encoder writes is refused', () => {
    const good = cidOf(utf8('a block'))
    const letters = [...'abcdefghijklmnopqrstuvwxyz234567'] // eslint-disable-line @typescript-eslint/no-misused-spread
    const last = letters.map((letter) => good.slice(0, -1) + letter)
    const accepted = last.filter((text) => refusalOf(() => parseCid(text, '')) === 'accepted')
    // 58 letters hold 290 bits, two more than a CID has: every fourth letter leaves them 0.
    expect(accepted).to.have.length(8).and.include(good)
    for (const text of accepted) expect(CID.parse(text).toString()).to.equal(text)
  })

  it('names no digest of another length', () => {
    expect(() => cidOfDigest('raw', new Uint8Array(31))).to.throw(InvariantError)
  })
})
