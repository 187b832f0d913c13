/** Defends what is judged from a file alone: every stored bundle earns its verdict, and no file says more than it shows. */
import { expect } from 'chai'
import fc from 'fast-check'
import {
  bundleOf,
  canonicalText,
  evidenceOfBundle,
  MAX_BUNDLE_BYTES,
  parseBundle,
  parseDocument,
  parsePolicy,
  printCertificate,
  utf8,
} from '../../src/index.ts'
import type { Evidence, Json } from '../../src/index.ts'
import { refusalOf } from '../support/errors.ts'
import { gistOf, judgeOffline } from '../support/evidence/judge.ts'
import type { StoredVector } from '../support/evidence/judge.ts'
import { withProof } from '../support/evidence/spoiling.ts'
import { storedVectors } from '../support/evidence/vectors.ts'
import { certificateAt } from '../support/world.ts'

const RUNS = Number(process.env['INALTERA_PROPERTY_RUNS'] ?? 100)
const vectors = storedVectors()

function vectorNamed(id: string): StoredVector {
  const vector = vectors.find((one) => one.id === id)
  if (vector === undefined) throw new Error(`there is no vector ${id}`)
  return vector
}

function bytesOf({ bundle }: StoredVector): Uint8Array {
  return utf8(canonicalText(bundle as unknown as Json))
}

function evidenceOf(vector: StoredVector): Evidence {
  const policy = parsePolicy(utf8(JSON.stringify(vector.policy)))
  return evidenceOfBundle(parseBundle(bytesOf(vector)), policy)
}

const VALID = vectorNamed('valid')

describe('stored bundles', () => {
  for (const vector of vectors) {
    it(`${vector.id}: ${vector.expect.code ?? vector.expect.outcome}`, () => {
      const verdict = judgeOffline(vector)
      expect(gistOf(verdict)).to.deep.equal(vector.expect)
      expect(JSON.stringify(verdict)).to.equal(JSON.stringify(vector.verdict))
    })
  }

  it('are there for omission, invention, foreign proofs and later revocation', () => {
    const needed = ['omission', 'header-invented', 'wrong-slot', 'other-account', 'revoked-later']
    expect(vectors.map(({ id }) => id)).to.include.members(needed)
  })
})

describe('a bundle', () => {
  it('says nothing of a slot that it leaves out, whichever it is', () => {
    const { storage } = parseBundle(bytesOf(VALID)).proof
    expect(storage).to.have.length.greaterThan(4)
    for (const { slot } of storage) {
      const bundle = withProof(VALID.bundle, (proof) => {
        proof.storage = proof.storage.filter((entry) => entry.slot !== slot)
      })
      expect(judgeOffline({ ...VALID, bundle }).outcome, slot).to.equal('undetermined')
    }
  })

  it('is nothing once any one bit of its headers or nodes is another', () => {
    const hex = /0x(?:[0-9a-f]{2}){33,}/g
    const text = JSON.stringify(VALID.bundle)
    const places = [...text.matchAll(hex)].filter(
      ({ 0: found, index }) => !text.startsWith('finalizedHeader', index - 18) && found.length > 66,
    )
    expect(places).to.have.length.greaterThan(8)
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.nat({ max: 3 }), (which, where, bit) => {
        const { index, 0: found } = places[which % places.length] ?? { index: 0, 0: '' }
        const at = index + 2 + (where % (found.length - 2))
        const digit = (parseInt(text.charAt(at), 16) ^ (1 << bit)).toString(16)
        const bundle = JSON.parse(text.slice(0, at) + digit + text.slice(at + 1)) as object
        const { outcome, checks } = judgeOffline({ ...VALID, bundle: { ...bundle } })
        expect(outcome).to.equal('undetermined')
        expect(['proof-invalid', 'header-not-confirmed']).to.include(
          'code' in checks.anchor ? checks.anchor.code : 'passed',
        )
      }),
      { numRuns: RUNS },
    )
  })

  it('makes the same bundle again from the evidence that it gives', () => {
    for (const id of ['valid', 'accredited', 'profile']) {
      const vector = vectorNamed(id)
      const { certificate } = parseBundle(bytesOf(vector))
      const again = bundleOf(certificate, evidenceOf(vector))
      expect(new TextDecoder().decode(again)).to.equal(canonicalText(vector.bundle as Json))
    }
  })

  it('cannot be made of evidence without a proof, or without a final block', () => {
    const { certificate } = parseBundle(bytesOf(VALID))
    const evidence = evidenceOf(VALID)
    const { chain } = evidence
    if (!chain.observed || chain.proof === undefined) throw new Error('nothing proven')
    const { proof, ...bare } = chain
    const open = { ...chain, proof: { ...proof, finalizedHeader: null } }
    expect(bundleOf(certificate, { ...evidence, chain: bare })).to.equal(undefined)
    expect(bundleOf(certificate, { ...evidence, chain: open })).to.equal(undefined)
  })
})

describe('the form of a bundle', () => {
  const refused = (change: Record<string, unknown>): string =>
    refusalOf(() => parseBundle(utf8(JSON.stringify({ ...VALID.bundle, ...change }))))

  it('is strict in every member', () => {
    expect(refused({})).to.equal('accepted')
    expect(refused({ inaltera: 'evidence/2' })).to.equal('wrong-value at /inaltera')
    expect(refused({ home: 'eip155:1' })).to.equal('bad-account at /home')
    expect(refused({ header: '0x' })).to.equal('not-canonical-hex at /header')
    expect(refused({ header: `0x${'00'.repeat(65_537)}` })).to.equal('too-large at /header')
    expect(refused({ proofs: [] })).to.match(/ at \/proofs/)
    expect(refused({ profile: 'e30=' })).to.equal('not-base64url at /profile')
    expect(refused({ accreditations: [{ accreditor: '0x', issuer: '0x' }] })).to.equal(
      'bad-account at /accreditations/0/accreditor',
    )
    expect(refused({ certificate: {} })).to.match(/^[a-z-]+ at \/certificate/)
  })

  it('has limits that are checked before anything else', () => {
    expect(refusalOf(() => parseBundle(new Uint8Array(MAX_BUNDLE_BYTES + 1)))).to.equal(
      'too-large at ',
    )
    const account = Array.from({ length: 66 }, () => '0xc0')
    expect(refused({ proofs: [{ kind: 'mpt', account, storage: [] }] })).to.equal(
      'out-of-range at /proofs/0/account',
    )
  })

  it('holds certificates of any depth that a certificate may have', () => {
    const nested = (levels: number): Json => (levels === 0 ? 'deep' : { type: nested(levels - 1) })
    const certificate = VALID.bundle['certificate'] as Record<string, unknown>
    const withDepth = (levels: number) =>
      refused({ certificate: { ...certificate, evidence: nested(levels) } })
    expect(withDepth(31)).not.to.match(/^too-deep/)
    expect(withDepth(32)).to.match(/^too-deep/)
  })

  it('is told from a certificate by its first word', () => {
    const document = parseDocument(bytesOf(VALID))
    expect(document.bundle?.home.text).to.equal(VALID.bundle['home'])
    const bytes = printCertificate(certificateAt(3))
    expect(parseDocument(bytes).bundle).to.equal(undefined)
    expect(parseDocument(bytes).certificate.root).to.equal(certificateAt(3).root)
  })
})
