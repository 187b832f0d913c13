/** Defends the one spelling of our proof: every member there, none besides, each within its bounds. */
import { expect } from 'chai'
import { base64urlOf, parseCertificate, parseJson, printCertificate, utf8 } from '../src/index.ts'
import type { JsonObject } from '../src/index.ts'
import {
  entryOf,
  HONEST,
  parsed,
  withDocument,
  withProof,
  withProofText,
} from './support/attacks/forge.ts'
import type { Mutable } from './support/attacks/forge.ts'
import { refusalOf } from './support/errors.ts'
import { certificateAt, HOME, ISSUER } from './support/world.ts'

const ENTRY = '/proof/0'
const VALUE = `${ENTRY}/proofValue`
const HASH = `0x${'1'.repeat(64)}`
const reading = (text: string): string => refusalOf(() => parseCertificate(utf8(text)))

function withEntry(change: (entry: Mutable) => unknown): string {
  return reading(withDocument((document) => void change(entryOf(document))))
}

function withMember(name: string, value: unknown): string {
  return reading(
    withProof((members) => {
      members[name] = value
    }),
  )
}

describe('the entry of a proof', () => {
  const members = ['type', 'proofPurpose', 'verificationMethod', 'proofValue']

  it('has its five members and no other', () => {
    expect(withEntry(() => undefined)).to.equal('accepted')
    expect(Object.keys(entryOf(parsed())).sort()).to.deep.equal([...members, 'cryptosuite'].sort())
    for (const name of members) {
      const refusal = withEntry((entry) => Reflect.deleteProperty(entry, name))
      expect(refusal).to.equal(`missing-member at ${ENTRY}/${name}`)
    }
    for (const name of ['created', 'domain', 'expires']) {
      const refusal = withEntry((entry) => (entry[name] = '2026-01-01T00:00:00Z'))
      expect(refusal).to.equal(`unknown-member at ${ENTRY}/${name}`)
    }
  })

  it('says what kind of proof it is, and for what, in one way', () => {
    for (const value of ['dataIntegrityProof', 'Ed25519Signature2020', 1]) {
      expect(withEntry((entry) => (entry['type'] = value))).to.equal(`wrong-value at ${ENTRY}/type`)
    }
    for (const value of ['authentication', ['assertionMethod']]) {
      expect(withEntry((entry) => (entry['proofPurpose'] = value))).to.equal(
        `wrong-value at ${ENTRY}/proofPurpose`,
      )
    }
  })

  const method = (text: unknown) => withEntry((entry) => (entry['verificationMethod'] = text))
  const account = `did:pkh:eip155:31337:${ISSUER}`

  it('names the issuer on the chain of home, and otherwise is another proof', () => {
    expect(method(`${account}#blockchainAccountId`)).to.equal('accepted')
    const at = `${ENTRY}/verificationMethod`
    expect(method(`did:pkh:eip155:1:${ISSUER}#blockchainAccountId`)).to.equal(
      `proof-mismatch at ${at}`,
    )
    for (const text of [
      account,
      `${account}#key-1`,
      `${account}#blockchainAccountId `,
      `did:pkh:eip155:31337:${ISSUER.toUpperCase()}#blockchainAccountId`,
      `did:pkh:eip155:031337:${ISSUER}#blockchainAccountId`,
      `did:web:school.example#blockchainAccountId`,
      `${account}#blockchainAccountId\n`,
    ]) {
      expect(method(text), text).to.equal(`bad-account at ${at}`)
    }
    expect(method(7)).to.equal(`wrong-type at ${at}`)
  })
})

describe('a proof value', () => {
  const value = (text: unknown) => withEntry((entry) => (entry['proofValue'] = text))
  const honest = String(entryOf(parsed())['proofValue'])

  it('is base64url behind the letter u', () => {
    expect(value(honest)).to.equal('accepted')
    for (const text of [
      honest.slice(1),
      `m${honest.slice(1)}`,
      `U${honest.slice(1)}`,
      `z${honest.slice(1)}`,
      `uu${honest.slice(1)}`,
      `${honest}=`,
      ` ${honest}`,
      `${honest}\n`,
      '',
    ]) {
      expect(value(text), text.slice(0, 4)).to.equal(`not-base64url at ${VALUE}`)
    }
    expect(value(null)).to.equal(`wrong-type at ${VALUE}`)
    expect(value('u')).to.match(/^not-json/)
    expect(value(`u${base64urlOf(utf8('[]'))}`)).to.equal(`wrong-type at ${VALUE}`)
  })

  it('is in canonical form', () => {
    expect(reading(withProofText((text) => text))).to.equal('accepted')
    expect(reading(withProofText((text) => ` ${text}`))).to.equal(`not-canonical at ${VALUE}`)
    expect(reading(withProofText((text) => text.replace('"index"', '"ind\\u0065x"')))).to.equal(
      `not-canonical at ${VALUE}`,
    )
    const reversed = (text: string) =>
      JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(text) as object).reverse()))
    expect(reading(withProofText(reversed))).to.equal(`not-canonical at ${VALUE}`)
    const twice = (text: string) => text.replace('"index":3', '"index":3,"index":3')
    expect(reading(withProofText(twice))).to.match(/^duplicate-key/)
  })

  it('has its eight members and no other', () => {
    const members = ['home', 'root', 'size', 'index', 'path', 'salt', 'disclosed', 'hidden']
    for (const name of members) {
      const text = withProof((proof) => Reflect.deleteProperty(proof, name))
      expect(reading(text)).to.equal(`missing-member at ${VALUE}/${name}`)
    }
    expect(withMember('issuer', ISSUER)).to.equal(`unknown-member at ${VALUE}/issuer`)
  })

  it('has a size from 1 and an index from 0, both up to 2^32 − 1', () => {
    const most = 2 ** 32 - 1
    for (const [name, accepted, refused] of [
      ['size', [1, most], [0, -1, most + 1, 2 ** 53 - 1, 1.5]],
      ['index', [0, most], [-1, most + 1, 2 ** 53 - 1, 0.5]],
    ] as const) {
      for (const count of accepted) expect(withMember(name, count), name).to.equal('accepted')
      for (const count of refused) {
        expect(withMember(name, count), `${name} ${count}`).to.equal(
          `out-of-range at ${VALUE}/${name}`,
        )
      }
      for (const count of ['7', '0x7', null, [7], true]) {
        expect(withMember(name, count)).to.equal(`wrong-type at ${VALUE}/${name}`)
      }
    }
  })

  it('has a path of at most 32 hashes', () => {
    const path = (length: number) => Array.from({ length }, () => HASH)
    expect(withMember('path', path(32))).to.equal('accepted')
    expect(withMember('path', path(33))).to.equal(`path-too-long at ${VALUE}/path`)
    expect(withMember('path', HASH)).to.equal(`wrong-type at ${VALUE}/path`)
    expect(withMember('path', [HASH, HASH.slice(2)])).to.equal(
      `not-canonical-hex at ${VALUE}/path/1`,
    )
  })

  it('has hashes, salts and digests of their one length, and a home', () => {
    for (const name of ['root', 'salt']) {
      for (const hash of [HASH.slice(0, -2), `${HASH}00`, HASH.toUpperCase(), 7]) {
        expect(withMember(name, hash)).to.equal(`not-canonical-hex at ${VALUE}/${name}`)
      }
    }
    const pointer = '/credentialSubject/oneMore'
    const at = '~1credentialSubject~1oneMore'
    expect(withMember('hidden', { [pointer]: `0x${'1'.repeat(32)}` })).to.equal(
      `not-canonical-hex at ${VALUE}/hidden/${at}`,
    )
    expect(withMember('disclosed', { [pointer]: HASH })).to.equal(
      `not-canonical-hex at ${VALUE}/disclosed/${at}`,
    )
    for (const name of ['disclosed', 'hidden']) {
      expect(withMember(name, [])).to.equal(`wrong-type at ${VALUE}/${name}`)
    }
    expect(withMember('home', HOME.registry)).to.equal(`bad-account at ${VALUE}/home`)
    expect(withMember('home', HOME.text.replace('31337', '1'))).to.equal(
      `proof-mismatch at ${ENTRY}/verificationMethod`,
    )
  })

  it('is written as it is read', () => {
    expect(new TextDecoder().decode(printCertificate(certificateAt(3)))).to.equal(HONEST)
    const { proof } = parseJson(utf8(HONEST)) as JsonObject
    expect(proof).to.have.length(1)
  })
})
