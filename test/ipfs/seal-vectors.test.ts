/** Defends sealed documents and link secrets by golden vectors, made with jose and Node's own HKDF. */
import { expect } from 'chai'
import { cidOf } from '../../src/ipfs/cid.ts'
import {
  contentKeysOf,
  isPermanent,
  linkSecretOf,
  openDocument,
  ownerTokenOf,
  sealDocument,
  serverKeyAuthOf,
} from '../../src/ipfs/seal.ts'
import type { DocumentKeys } from '../../src/ipfs/seal.ts'
import { base64urlOf, bytesOfHex, hexOf, utf8 } from '../../src/primitives/bytes.ts'
import type { Hex } from '../../src/primitives/bytes.ts'
import { CIPHERS } from '../support/ciphers.ts'
import { refusalOfPromise } from '../support/errors.ts'
import { readVectors } from '../support/json.ts'

interface SealVectors {
  readonly batchSecret: Hex
  readonly links: readonly {
    readonly index: number
    readonly sealing: number
    readonly linkSecret: Hex
    readonly serverKeyAuth: Hex
    readonly ownerToken: Hex
  }[]
  readonly sealed: readonly {
    readonly comment: string
    readonly document: string
    readonly linkSecret: Hex
    readonly serverKey?: Hex
    readonly iv: Hex
    readonly key: Hex
    readonly kc: string
    readonly block: string
    readonly cid: string
  }[]
  readonly refused: readonly {
    readonly comment: string
    readonly linkSecret: Hex
    readonly serverKey?: Hex
    readonly block: string
    readonly code: string
  }[]
}

const vectors = readVectors('seal.json') as SealVectors
const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8')

function keysOf({ linkSecret, serverKey }: { linkSecret: Hex; serverKey?: Hex }): DocumentKeys {
  const half = serverKey === undefined ? undefined : bytesOfHex(serverKey)
  return { linkSecret: bytesOfHex(linkSecret), serverKey: half }
}

describe('link secrets', () => {
  it('and the tokens made of them are the golden ones', () => {
    for (const { index, sealing, linkSecret, serverKeyAuth, ownerToken } of vectors.links) {
      const secret = linkSecretOf(bytesOfHex(vectors.batchSecret), index, sealing)
      expect(hexOf(secret)).to.equal(linkSecret)
      expect(hexOf(serverKeyAuthOf(secret))).to.equal(serverKeyAuth)
      expect(hexOf(ownerTokenOf(secret))).to.equal(ownerToken)
    }
  })

  it('differ for every index and sealing', () => {
    const some = Array.from({ length: 40 }, (_, at) => [at % 8, Math.floor(at / 8)] as const)
    const made = some.map(([index, sealing]) =>
      hexOf(linkSecretOf(new Uint8Array(32), index, sealing)),
    )
    expect(new Set(made)).to.have.length(some.length)
  })
})

for (const [engine, aes] of Object.entries(CIPHERS)) {
  describe(`sealed documents, by the engine "${engine}",`, () => {
    for (const one of vectors.sealed) {
      it(`are the golden ones: ${one.comment}`, async () => {
        const keys = keysOf(one)
        const { key, commitment } = contentKeysOf(keys.linkSecret, keys.serverKey)
        expect(hexOf(key)).to.equal(one.key)
        expect(base64urlOf(commitment)).to.equal(one.kc)
        const block = await sealDocument(utf8(one.document), keys, bytesOfHex(one.iv), aes)
        expect(textOf(block)).to.equal(one.block)
        expect(cidOf(block)).to.equal(one.cid)
        expect(textOf(await openDocument(utf8(one.block), keys, aes))).to.equal(one.document)
        expect(isPermanent(block, keys.linkSecret)).to.equal(one.serverKey === undefined)
      })
    }

    it('each earn the code they must where something is wrong', async () => {
      for (const one of vectors.refused) {
        const answer = await refusalOfPromise(openDocument(utf8(one.block), keysOf(one), aes))
        expect(answer, one.comment).to.equal(`${one.code} at sealed document`)
      }
    })
  })
}
