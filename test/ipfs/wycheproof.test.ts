/** Defends the ciphers under sealed documents by vectors that look for known mistakes (test/vectors/wycheproof/). */
import { expect } from 'chai'
import { bytesOfHex, hexOf } from '../../src/primitives/bytes.ts'
import type { Hex } from '../../src/primitives/bytes.ts'
import { hkdfExpand, hkdfExtract } from '../../src/primitives/hash.ts'
import { CIPHERS } from '../support/ciphers.ts'
import { readVectors } from '../support/json.ts'

interface Vectors<Test> {
  readonly testGroups: readonly {
    readonly keySize: number
    readonly ivSize?: number
    readonly tagSize?: number
    readonly tests: readonly (Test & {
      readonly tcId: number
      readonly comment: string
      readonly result: 'valid' | 'invalid' | 'acceptable'
    })[]
  }[]
}

type Aead = Readonly<Record<'key' | 'iv' | 'aad' | 'msg' | 'ct' | 'tag', string>>
type Hkdf = Readonly<Record<'ikm' | 'salt' | 'info' | 'okm', string>> & { readonly size: number }

const bytes = (hex: string): Uint8Array<ArrayBuffer> => bytesOfHex(`0x${hex}`)
const plain = (some: Uint8Array): Hex => hexOf(new Uint8Array(some))

describe('Wycheproof’s vectors', () => {
  const aead = readVectors('wycheproof/aes_gcm_test.json') as Vectors<Aead>
  const sealing = aead.testGroups
    .filter((one) => one.keySize === 256 && one.ivSize === 96 && one.tagSize === 128)
    .flatMap(({ tests }) => tests)

  for (const [engine, aes] of Object.entries(CIPHERS)) {
    it(`of AES-256-GCM hold for the engine "${engine}"`, async () => {
      const results = new Set<string>()
      for (const { tcId, comment, key, iv, aad, msg, ct, tag, result } of sealing) {
        const name = `${tcId} ${comment}`
        const opened = await aes.decrypt(bytes(key), bytes(iv), bytes(ct), bytes(tag), bytes(aad))
        results.add(result)
        if (result !== 'valid') {
          expect(opened, name).to.equal(undefined)
          continue
        }
        expect(opened && plain(opened), name).to.equal(`0x${msg}`)
        const sealed = await aes.encrypt(bytes(key), bytes(iv), bytes(msg), bytes(aad))
        expect([plain(sealed.ciphertext), plain(sealed.tag)], name).to.deep.equal([
          `0x${ct}`,
          `0x${tag}`,
        ])
      }
      expect([...results].sort()).to.deep.equal(['invalid', 'valid'])
    })
  }

  it('of HKDF-SHA-256 hold, and more than it can give is refused', () => {
    const { testGroups } = readVectors('wycheproof/hkdf_sha256_test.json') as Vectors<Hkdf>
    const results = new Set<string>()
    for (const { tcId, comment, ikm, salt, info, size, okm, result } of testGroups.flatMap(
      ({ tests }) => tests,
    )) {
      const name = `${tcId} ${comment}`
      const derive = (): Hex =>
        hexOf(hkdfExpand(hkdfExtract(bytes(salt), bytes(ikm)), bytes(info), size))
      results.add(result)
      if (result === 'valid') expect(derive(), name).to.equal(`0x${okm}`)
      else expect(derive, name).to.throw(Error, '255')
    }
    expect([...results].sort()).to.deep.equal(['invalid', 'valid'])
  })
})
