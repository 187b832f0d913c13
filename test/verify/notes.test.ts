/** Defends what a verdict says beside its outcome: by whose rules, on whose word, on what network, in whose name. */
import { expect } from 'chai'
import {
  canonicalText,
  hexOf,
  hideClaims,
  parseCertificate,
  parseJson,
  parsePolicy,
  printCertificate,
  sha256,
  utf8,
  verify,
} from '../../src/index.ts'
import type { Certificate, Json, JsonObject, Note, Verdict } from '../../src/index.ts'
import {
  ACCREDITOR,
  ANCHORED_AT,
  certificateAt,
  credentialJson,
  evidenceOf,
  HOME,
  ISSUER,
  issueBatch,
  judged,
  ledgerOf,
  NOW,
  OPERATOR,
  policyJson,
  policyOf,
  POINTERS,
} from '../support/world.ts'

const codesOf = ({ notes }: Verdict): string[] => notes.map(({ code }) => code)
const about = (verdict: Verdict, code: Note['code']): (string | undefined)[] =>
  verdict.notes.filter((note) => note.code === code).map((note) => note.about)

/** The registry's pin of the test policy with another kind. */
function policyOfKind(kind: 'main' | 'test' | 'local') {
  const registries = policyJson()['registries'] as Record<string, unknown>[]
  return policyOf({ registries: registries.map((pin) => ({ ...pin, kind })) })
}

/** The certificate with one more proof, of somebody else's making. */
function withForeignProof(certificate: Certificate): Certificate {
  const { proof, ...rest } = parseJson(printCertificate(certificate)) as JsonObject
  const proofs = [...(proof as Json[]), { type: 'DataIntegrityProof', cryptosuite: 'other' }]
  return parseCertificate(utf8(canonicalText({ ...rest, proof: proofs })))
}

describe('a verdict', () => {
  it('names the policy and the digest of its bytes', async () => {
    const bytes = utf8(JSON.stringify(policyJson({ name: 'Another policy' }), null, 2))
    const verdict = await judged(certificateAt(3), { policy: parsePolicy(bytes) })
    expect(verdict.policy).to.deep.equal({ name: 'Another policy', digest: hexOf(sha256(bytes)) })
  })

  it('names the block, the time and the level that it rests on', async () => {
    const verdict = await judged(certificateAt(3))
    expect(verdict).to.deep.include({
      home: HOME.text,
      network: 'local',
      level: 'reported',
      judgedAt: '2026-06-16T08:54:00Z',
      anchoredAt: '2026-06-15T05:06:40Z',
    })
    expect(verdict.block).to.deep.include({ number: 100, time: '2026-06-16T08:53:20Z' })
  })

  it('says that it rests on one provider’s word', async () => {
    expect(codesOf(await judged(certificateAt(3)))).to.include('one-provider')
  })

  it('says of a test network and of a local one that it is none of consequence', async () => {
    for (const [kind, note] of [
      ['test', 'test-network'],
      ['local', 'local-network'],
    ] as const) {
      const verdict = await judged(certificateAt(3), { policy: policyOfKind(kind) })
      expect([verdict.network, codesOf(verdict)[0]]).to.deep.equal([kind, note])
    }
    const main = await judged(certificateAt(3), { policy: policyOfKind('main') })
    expect(codesOf(main)).not.to.include('test-network')
    expect(codesOf(main)).not.to.include('local-network')
  })

  it('gives the issuer the name of the policy, and the document’s own as its claim', async () => {
    const verdict = await judged(certificateAt(3))
    expect(verdict.issuer).to.deep.include({
      account: `eip155:31337:${ISSUER}`,
      name: 'Organisme Exemple (policy)',
      namedBy: 'policy',
      claimedName: 'Organisme Exemple',
    })
    expect(about(verdict, 'issuer-name-is-its-own-claim')).to.deep.equal(['Organisme Exemple'])
  })

  it('gives no name to an issuer whom nobody vouches for, or whose record is not served', async () => {
    const stranger = await judged(certificateAt(3), { policy: policyOf({ issuers: [] }) })
    expect(stranger.issuer).to.deep.include({ name: null, namedBy: null })
    const accreditors = [{ account: `eip155:31337:${ACCREDITOR}`, name: 'Ministry' }]
    const vouched = await judged(certificateAt(3), {
      policy: policyOf({ issuers: [], accreditors }),
      ledger: ledgerOf().accredit(ACCREDITOR, ISSUER, [
        { from: ANCHORED_AT - 1, until: ANCHORED_AT + 1 },
      ]),
    })
    expect(vouched.outcome).to.equal('valid')
    expect(vouched.issuer).to.deep.include({ name: null, namedBy: null })
  })

  it('says what is hidden, and when nothing says who the learner is', async () => {
    const all = await judged(hideClaims(certificateAt(3), POINTERS))
    expect(all.hidden).to.deep.equal([...POINTERS].sort())
    expect(about(all, 'claims-hidden')).to.deep.equal(all.hidden)
    expect(codesOf(all)).to.include('no-identity-shown')
    const some = await judged(hideClaims(certificateAt(3), POINTERS.slice(0, 3)))
    expect(codesOf(some)).not.to.include('no-identity-shown')
    expect(some.shown).to.deep.equal([...POINTERS.slice(3)].sort())
  })

  it('says where validity is claimed from more than a day before the one proven date', async () => {
    const noted = async (validFrom: string) => {
      const batch = issueBatch([{ ...credentialJson(0), validFrom }])
      const [certificate] = batch.certificates
      const verdict = await judged(certificate ?? certificateAt(0), { ledger: ledgerOf(batch) })
      expect(verdict).to.deep.include({ outcome: 'valid', anchoredAt: '2026-06-15T05:06:40Z' })
      return about(verdict, 'valid-from-before-anchor')
    }
    expect(await noted('2024-06-15T00:00:00+02:00')).to.deep.equal(['2024-06-14T22:00:00Z'])
    expect(await noted('2026-06-14T05:06:39.999Z')).to.deep.equal(['2026-06-14T05:06:39.999Z'])
    expect(await noted('2026-06-14T05:06:40Z')).to.deep.equal([])
  })

  it('says that other proofs were not checked, and stays as it is', async () => {
    const verdict = await judged(withForeignProof(certificateAt(3)))
    expect(verdict.outcome).to.equal('valid')
    expect(codesOf(verdict)).to.include('other-proofs-not-checked')
  })

  it('says which domains name the account and which name others', async () => {
    const policy = policyOf()
    const evidence = await evidenceOf(certificateAt(3), ledgerOf(), policy)
    const domains = [
      { domain: 'other.example', accounts: [`eip155:31337:${OPERATOR}`] },
      { domain: 'own.example', accounts: [`eip155:31337:${ISSUER}`] },
    ]
    const verdict = verify(certificateAt(3), { ...evidence, domains }, policy, NOW)
    expect(verdict.outcome).to.equal('valid')
    expect(about(verdict, 'domain-confirms')).to.deep.equal(['own.example'])
    expect(about(verdict, 'domain-disagrees')).to.deep.equal(['other.example'])
  })
})
