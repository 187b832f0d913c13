/** Defends the way from an old holder link to its successor by golden vectors, made with Node's own HMAC and cipher. */
import { expect } from 'chai'
import { holderLink } from '../../src/ipfs/link.ts'
import { openSuccessor, sealSuccessor } from '../../src/ipfs/successor.ts'
import { base64urlOf, bytesOfHex, parseBase64url } from '../../src/primitives/bytes.ts'
import type { Hex } from '../../src/primitives/bytes.ts'
import { CIPHERS } from '../support/ciphers.ts'
import { refusalOfPromise } from '../support/errors.ts'
import { readVectors } from '../support/json.ts'

interface Envelope {
  readonly comment: string
  readonly cid: string
  readonly linkSecret: Hex
  readonly envelope: string
}
interface SuccessorVectors {
  readonly opened: readonly (Envelope & { readonly iv: Hex; readonly link: string })[]
  readonly refused: readonly (Envelope & { readonly code: string })[]
}

const vectors = readVectors('successor.json') as SuccessorVectors
const oldOf = ({ cid, linkSecret }: Envelope) => ({ cid, linkSecret: bytesOfHex(linkSecret) })
const bytesOf = ({ envelope }: Envelope): Uint8Array => parseBase64url(envelope, 'envelope')

for (const [engine, aes] of Object.entries(CIPHERS)) {
  describe(`the envelope of a successor, by the engine "${engine}",`, () => {
    for (const one of vectors.opened) {
      it(`is the golden one: ${one.comment}`, async () => {
        const { origin, cid, linkSecret } = await openSuccessor(bytesOf(one), oldOf(one), aes)
        expect(holderLink(origin, cid, linkSecret)).to.equal(one.link)
        const made = await sealSuccessor(one.link, oldOf(one), bytesOfHex(one.iv), aes)
        expect(base64urlOf(made)).to.equal(one.envelope)
      })
    }

    it('earns the code it must where something is wrong', async () => {
      for (const one of vectors.refused) {
        const answer = await refusalOfPromise(openSuccessor(bytesOf(one), oldOf(one), aes))
        expect(answer, one.comment).to.equal(`${one.code} at successor`)
      }
    })
  })
}
