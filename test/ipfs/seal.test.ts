/** Defends sealed documents: who has both halves of the key reads them, nobody else, and another reader agrees. */
import { expect } from 'chai'
import fc from 'fast-check'
import { compactDecrypt, CompactEncrypt } from 'jose'
import {
  contentKeysOf,
  isPermanent,
  linkSecretOf,
  MAX_BLOCK_BYTES,
  openDocument,
  sealDocument,
} from '../../src/ipfs/seal.ts'
import type { Aes256Gcm, DocumentKeys } from '../../src/ipfs/seal.ts'
import { base64urlOf, utf8 } from '../../src/primitives/bytes.ts'
import { InvariantError } from '../../src/primitives/errors.ts'
import { CIPHERS } from '../support/ciphers.ts'
import { refusalOf, refusalOfPromise } from '../support/errors.ts'

const cipher = CIPHERS['node'] ?? expect.fail('there is a cipher')

const KEYS = {
  linkSecret: new Uint8Array(32).fill(1),
  serverKey: new Uint8Array(32).fill(2),
}
const secrets = fc.uint8Array({ minLength: 32, maxLength: 32 })
const ivs = fc.uint8Array({ minLength: 12, maxLength: 12 })
const allKeys = fc.record(
  { linkSecret: secrets, serverKey: secrets },
  { requiredKeys: ['linkSecret'] },
)
/** Documents as certificates are: they end in no space. */
const documents = fc
  .oneof(fc.uint8Array({ minLength: 1, maxLength: 40 }), fc.nat({ max: 3000 }).map(utf8Of))
  .filter((bytes) => bytes.at(-1) !== 0x20)

function utf8Of(length: number): Uint8Array {
  return utf8('x'.repeat(length))
}

describe('a sealed document', () => {
  it('opens with its keys, by either engine, and with jose', async () => {
    await fc.assert(
      fc.asyncProperty(documents, allKeys, ivs, async (document, keys, iv) => {
        const block = await sealDocument(document, keys, iv, cipher)
        for (const aes of Object.values(CIPHERS)) {
          const opened = await openDocument(block, keys, aes)
          expect(Buffer.from(opened).equals(document)).to.equal(true)
        }
        const { key } = contentKeysOf(keys.linkSecret, keys.serverKey)
        const { plaintext, protectedHeader } = await compactDecrypt(block, key)
        expect(Object.keys(protectedHeader)).to.deep.equal(['alg', 'enc', 'kc'])
        expect(plaintext.length % 1024).to.equal(0)
        expect(plaintext.length - document.length).to.be.within(0, 1023)
        expect(Buffer.from(plaintext.subarray(0, document.length)).equals(document)).to.equal(true)
        expect(plaintext.subarray(document.length).every((byte) => byte === 0x20)).to.equal(true)
      }),
      { numRuns: 60 },
    )
  })

  it('that jose sealed opens too, whatever its padding', async () => {
    await fc.assert(
      fc.asyncProperty(
        documents,
        allKeys,
        fc.nat({ max: 2000 }),
        async (document, keys, spaces) => {
          const { key, commitment } = contentKeysOf(keys.linkSecret, keys.serverKey)
          const block = await new CompactEncrypt(
            Buffer.concat([document, Buffer.alloc(spaces, 0x20)]),
          )
            .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kc: base64urlOf(commitment) })
            .encrypt(key)
          const opened = await openDocument(utf8(block), keys, cipher)
          expect(Buffer.from(opened).equals(document)).to.equal(true)
        },
      ),
      { numRuns: 60 },
    )
  })

  it('opens with no other link secret or server key, nor with a half too few or too many', async () => {
    await fc.assert(
      fc.asyncProperty(allKeys, allKeys, ivs, async (keys, others, iv) => {
        const block = await sealDocument(utf8('{}'), keys, iv, cipher)
        const permanent = keys.serverKey === undefined
        const attempts: [DocumentKeys, string][] = [
          [others, 'wrong-key at sealed document'],
          [{ ...keys, linkSecret: others.linkSecret }, 'wrong-key at sealed document'],
          [
            { linkSecret: keys.linkSecret },
            permanent ? 'accepted' : 'wrong-key at sealed document',
          ],
          // A link alone opens a permanent document: a server key beside it changes nothing.
          [
            { ...keys, serverKey: new Uint8Array(32) },
            permanent ? 'accepted' : 'wrong-key at sealed document',
          ],
        ]
        for (const [attempt, answer] of attempts) {
          expect(await refusalOfPromise(openDocument(block, attempt, cipher))).to.equal(answer)
        }
      }),
      { numRuns: 50 },
    )
  })

  it('does not open once a letter of it is another, dropped or doubled', async () => {
    const block = await sealDocument(utf8('{"a":1}'), KEYS, new Uint8Array(12), cipher)
    const codes = new Map<string, number>()
    const changes = fc.record({
      at: fc.nat({ max: block.length - 1 }),
      put: fc.constantFrom('other', 'drop', 'double'),
      letter: fc.constantFrom(...Buffer.from('AQgwZz09-_.= ')),
    })
    await fc.assert(
      fc.asyncProperty(changes, async ({ at, put, letter }) => {
        const here = put === 'drop' ? [] : put === 'double' ? block.subarray(at, at + 1) : []
        const rest = put === 'double' ? block.subarray(at) : block.subarray(at + 1)
        const changed = Uint8Array.from([
          ...block.subarray(0, at),
          ...(put === 'other' ? [letter] : here),
          ...rest,
        ])
        fc.pre(!Buffer.from(changed).equals(block))
        const answer = await refusalOfPromise(openDocument(changed, KEYS, cipher))
        codes.set(answer, (codes.get(answer) ?? 0) + 1)
      }),
      { numRuns: 400 },
    )
    const damaged = 'sealed-document-damaged at sealed document'
    const wrong = 'wrong-key at sealed document'
    expect([...codes.keys()]).to.have.members(codes.has(wrong) ? [damaged, wrong] : [damaged])
  })

  it('is never decrypted where kc names another key', async () => {
    const never: Aes256Gcm = { ...cipher, decrypt: () => expect.fail('it was decrypted') }
    const block = await sealDocument(utf8('{}'), KEYS, new Uint8Array(12), cipher)
    const keys = { ...KEYS, linkSecret: new Uint8Array(32) }
    const answer = await refusalOfPromise(openDocument(block, keys, never))
    expect(answer).to.equal('wrong-key at sealed document')
  })

  it('with an IV of another length is damaged, though GCM would take it', async () => {
    const { key, commitment } = contentKeysOf(KEYS.linkSecret, KEYS.serverKey)
    const json = `{"alg":"dir","enc":"A256GCM","kc":"${base64urlOf(commitment)}"}`
    const header = base64urlOf(utf8(json))
    for (const [length, answer] of [
      [12, 'accepted'],
      [16, 'sealed-document-damaged at sealed document'],
    ] as const) {
      const iv = new Uint8Array(length)
      const { ciphertext, tag } = await cipher.encrypt(key, iv, utf8('{}'), utf8(header))
      const block = utf8(`${header}..${[iv, ciphertext, tag].map(base64urlOf).join('.')}`)
      expect(await refusalOfPromise(openDocument(block, KEYS, cipher))).to.equal(answer)
    }
  })

  it('has a length that says only how many times 1,024 bytes the certificate is', async () => {
    const keys = { linkSecret: new Uint8Array(32) }
    const lengthOf = async (length: number): Promise<number> =>
      (await sealDocument(utf8Of(length), keys, new Uint8Array(12), cipher)).length
    const short = await lengthOf(1)
    for (const length of [2, 600, 1023, 1024]) expect(await lengthOf(length)).to.equal(short)
    expect(await lengthOf(1025))
      .to.equal(await lengthOf(2048))
      .and.to.be.greaterThan(short)
  })

  it('is at most 1 MiB: a certificate of 640 KiB fits, more than fits is refused', async () => {
    const keys = { linkSecret: new Uint8Array(32) }
    const iv = new Uint8Array(12)
    const block = await sealDocument(utf8Of(640 * 1024), keys, iv, cipher)
    expect(block.length).to.be.lessThan(MAX_BLOCK_BYTES)
    expect(await openDocument(block, keys, cipher)).to.have.length(640 * 1024)
    const largest = Math.floor(((MAX_BLOCK_BYTES - 200) * 3) / 4 / 1024) * 1024
    const full = await sealDocument(utf8Of(largest), keys, iv, cipher)
    expect(full.length).to.be.at.most(MAX_BLOCK_BYTES)
    const tooLong = sealDocument(utf8Of(largest + 1), keys, iv, cipher)
    expect(await refusalOfPromise(tooLong)).to.equal('too-large at sealed document')
    const padded = new Uint8Array(MAX_BLOCK_BYTES + 1).fill(0x41)
    expect(await refusalOfPromise(openDocument(padded, keys, cipher))).to.equal(
      'too-large at sealed document',
    )
    expect(refusalOf(() => isPermanent(padded, keys.linkSecret))).to.contain('too-large')
  })

  it('lets a fault of the engine through as it is', async () => {
    const broken: Aes256Gcm = {
      ...cipher,
      decrypt: () => Promise.reject(new TypeError('no engine')),
    }
    const block = await sealDocument(utf8('{}'), KEYS, new Uint8Array(12), cipher)
    const error: unknown = await openDocument(block, KEYS, broken).catch((e: unknown) => e)
    expect(error).to.be.instanceOf(TypeError)
  })

  it('takes no key, IV or document that our own code should not give', async () => {
    const keys = { linkSecret: new Uint8Array(32) }
    const iv = new Uint8Array(12)
    const cut: Aes256Gcm = {
      ...cipher,
      encrypt: async (...given) => ({
        ...(await cipher.encrypt(...given)),
        tag: new Uint8Array(12),
      }),
    }
    const faults: (() => Promise<unknown>)[] = [
      () => sealDocument(utf8('{}'), { linkSecret: new Uint8Array(31) }, iv, cipher),
      () => sealDocument(utf8('{}'), { ...keys, serverKey: new Uint8Array(0) }, iv, cipher),
      () => sealDocument(utf8('{}'), keys, new Uint8Array(16), cipher),
      () => sealDocument(utf8('{} '), keys, iv, cipher),
      () => sealDocument(utf8('{}'), keys, iv, cut),
    ]
    for (const fault of faults) {
      const error: unknown = await fault().catch((e: unknown) => e)
      expect(error).to.be.instanceOf(InvariantError)
    }
    for (const index of [-1, 2 ** 32, 0.5]) {
      expect(() => linkSecretOf(keys.linkSecret, index, 0)).to.throw(InvariantError)
    }
  })
})
