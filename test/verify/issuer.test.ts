import { expect } from 'chai'
import { base64urlOf, hexOf, sha256, utf8, verify } from '../../src/index.ts'
import type { Hash32 } from '../../src/index.ts'
import { addressFor, withChain, ZERO } from '../support/ledger.ts'
import {
  ACCREDITOR,
  ANCHORED_AT,
  BATCH,
  certificateAt,
  credentialJson,
  evidenceOf,
  ISSUER,
  issueBatch,
  judged,
  ledgerOf,
  NOW,
  OPERATOR,
  policyOf,
} from '../support/world.ts'

const account = (address: string) => `eip155:31337:${address}`
const always = { from: ANCHORED_AT - 1000, until: ANCHORED_AT + 1000 }
const vouchedBy = (...accreditors: string[]) =>
  policyOf({
    issuers: [],
    accreditors: accreditors.map((address) => ({ account: account(address), name: 'Ministry' })),
  })

describe('the issuer', () => {
  it('is vouched for by an accreditor whom the policy names, at the time of the anchor', async () => {
    const policy = vouchedBy(ACCREDITOR)
    const ledger = ledgerOf().accredit(ACCREDITOR, ISSUER, [always])
    expect((await judged(certificateAt(3), { ledger, policy })).outcome).to.equal('valid')
  })

  const periods = {
    'began later': { from: ANCHORED_AT + 1, until: ANCHORED_AT + 2 },
    'ended just then': { from: 1, until: ANCHORED_AT },
    'was withdrawn just then': { ...always, withdrawnSince: ANCHORED_AT },
  }
  for (const [what, period] of Object.entries(periods)) {
    it(`is not where the accreditation ${what}`, async () => {
      const policy = vouchedBy(ACCREDITOR)
      const ledger = ledgerOf().accredit(ACCREDITOR, ISSUER, [period])
      const verdict = await judged(certificateAt(3), { ledger, policy })
      expect(verdict.checks.issuer).to.deep.equal({
        outcome: 'undetermined',
        code: 'issuer-unvouched',
      })
    })
  }

  it('keeps an old accreditation that was renewed, or withdrawn later', async () => {
    const policy = vouchedBy(ACCREDITOR)
    const ledger = ledgerOf().accredit(ACCREDITOR, ISSUER, [
      { ...always, withdrawnSince: ANCHORED_AT + 1 },
      { from: ANCHORED_AT + 500, until: ANCHORED_AT + 900 },
    ])
    expect((await judged(certificateAt(3), { ledger, policy })).outcome).to.equal('valid')
  })

  it('may be accredited through two others, and not through three', async () => {
    const chain = ['a', 'b', 'c'].map(addressFor) as [typeof ISSUER, typeof ISSUER, typeof ISSUER]
    const links = [
      [chain[0], ISSUER],
      [chain[1], chain[0]],
      [chain[2], chain[1]],
      [ACCREDITOR, chain[2]],
    ] as const
    const ledger = ledgerOf()
    for (const [accreditor, issuer] of links) ledger.accredit(accreditor, issuer, [always])
    const options = { ledger, hints: links }
    const near = await judged(certificateAt(3), { ...options, policy: vouchedBy(chain[2]) })
    expect(near.outcome).to.equal('valid')
    const far = await judged(certificateAt(3), { ...options, policy: vouchedBy(ACCREDITOR) })
    expect(far.checks.issuer).to.deep.equal({ outcome: 'undetermined', code: 'issuer-unvouched' })
  })

  it('is not vouched for by a circle, nor by an accreditor retired by then', async () => {
    const [a, b] = [addressFor('a'), addressFor('b')]
    const circle = [
      [a, ISSUER],
      [b, a],
      [a, b],
      [ISSUER, b],
    ] as const
    const ledger = ledgerOf()
    for (const [accreditor, issuer] of circle) ledger.accredit(accreditor, issuer, [always])
    const round = await judged(certificateAt(3), {
      ledger,
      hints: circle,
      policy: vouchedBy(ACCREDITOR),
    })
    expect(round.checks.issuer).to.deep.equal({ outcome: 'undetermined', code: 'issuer-unvouched' })
    const retired = ledgerOf()
      .accredit(ACCREDITOR, ISSUER, [always])
      .close(ACCREDITOR, ACCREDITOR, ANCHORED_AT)
    const verdict = await judged(certificateAt(3), {
      ledger: retired,
      policy: vouchedBy(ACCREDITOR),
    })
    expect(verdict.checks.issuer).to.deep.equal({
      outcome: 'undetermined',
      code: 'issuer-unvouched',
    })
  })

  it('is vouched for though strangers accredit it, and each other, more often than is looked at', async () => {
    const middle = addressFor('middle')
    const strangers = Array.from({ length: 100 }, (_, at) => addressFor(`stranger ${at}`))
    const hint = (accreditor: string, issuer: string) => ({
      accreditor: account(accreditor),
      issuer: account(issuer),
      record: null,
    })
    const spam = strangers.flatMap((one, at) => [
      hint(one, ISSUER),
      hint(one, middle),
      hint(strangers[(at + 1) % 100] ?? one, one),
    ])
    const ledger = ledgerOf()
      .accredit(ACCREDITOR, middle, [always])
      .accredit(middle, ISSUER, [always])
    const policy = vouchedBy(ACCREDITOR)
    const links = [
      [middle, ISSUER],
      [ACCREDITOR, middle],
    ] as const
    const evidence = await evidenceOf(certificateAt(3), ledger, policy, links)
    const accreditations = [...spam, ...evidence.accreditations]
    const verdict = verify(certificateAt(3), { ...evidence, accreditations }, policy, NOW)
    expect(verdict.outcome).to.equal('valid')
  })

  it('is named by the policy within its dates only', async () => {
    const named = (from: string, until: string) =>
      policyOf({ issuers: [{ account: account(ISSUER), name: 'School', from, until }] })
    const within = named('2026-06-15T05:06:40Z', '2026-06-15T05:06:41Z')
    expect((await judged(certificateAt(3), { policy: within })).outcome).to.equal('valid')
    const after = named('2026-06-15T05:06:41Z', '2027-01-01T00:00:00Z')
    expect((await judged(certificateAt(3), { policy: after })).outcome).to.equal('undetermined')
    const before = named('2020-01-01T00:00:00Z', '2026-06-15T05:06:40Z')
    expect((await judged(certificateAt(3), { policy: before })).outcome).to.equal('undetermined')
  })

  it('may use an identifier that its profile lists, by digest', async () => {
    const json = {
      ...credentialJson(0),
      issuer: { id: 'did:web:school.example', type: ['Profile'], name: 'School' },
    }
    const batch = issueBatch([json])
    const certificate = batch.certificates[0] ?? certificateAt(0)
    const profile = (identifiers: string[]) =>
      utf8(
        JSON.stringify({
          inaltera: 'profile/1',
          account: account(ISSUER),
          name: 'School',
          identifiers,
        }),
      )
    const check = async (bytes: Uint8Array, served: Uint8Array | null) => {
      const ledger = ledgerOf(batch).profile(ISSUER, hexOf(sha256(bytes)) as Hash32)
      const evidence = await evidenceOf(certificate, ledger)
      const answer = { ...evidence, profile: served === null ? null : base64urlOf(served) }
      return verify(certificate, answer, policyOf(), NOW).checks.issuer
    }
    const listed = profile(['did:web:school.example'])
    const other = profile(['did:web:other.example'])
    expect(await check(listed, listed)).to.deep.equal({ outcome: 'passed' })
    expect(await check(other, other)).to.deep.equal({ outcome: 'failed', code: 'issuer-mismatch' })
    const unavailable = { outcome: 'undetermined', code: 'profile-unavailable' }
    expect(await check(listed, null)).to.deep.equal(unavailable)
    expect(await check(other, listed)).to.deep.equal(unavailable)
    const text = new TextDecoder().decode(listed)
    for (const [from, to] of [
      ['"name"', '"verified":true,"name"'],
      ['profile/1', 'profile/2'],
      ['"name":"School"', '"name":""'],
      [account(ISSUER), ISSUER],
      ['["did:web:school.example"]', '"did:web:school.example"'],
    ] as const) {
      const unsound = utf8(text.replace(from, to))
      expect(await check(unsound, unsound), to).to.deep.equal(unavailable)
    }
  })

  it('may rest on a domain that the policy lists, and on no other', async () => {
    const policy = policyOf({ issuers: [], domains: ['school.example'] })
    const evidence = await evidenceOf(certificateAt(3), ledgerOf(), policy)
    const answered = (accounts: string[] | null, domain = 'school.example') =>
      verify(certificateAt(3), { ...evidence, domains: [{ domain, accounts }] }, policy, NOW)
    expect(answered([account(ISSUER)]).outcome).to.equal('valid')
    expect(answered([account(OPERATOR)]).checks.issuer).to.deep.equal({
      outcome: 'undetermined',
      code: 'domain-disagrees',
    })
    expect(answered(null).checks.issuer).to.deep.equal({
      outcome: 'undetermined',
      code: 'domain-unavailable',
    })
    const own = answered([account(ISSUER)], 'stranger.example')
    expect(own.checks.issuer.outcome).to.equal('undetermined')
    expect(own.issuer?.domain).to.equal('stranger.example')
  })

  it('keeps the ground that it has where a domain names others, which is noted', async () => {
    const policy = { ...vouchedBy(ACCREDITOR), domains: ['school.example', 'mute.example'] }
    const ledger = ledgerOf().accredit(ACCREDITOR, ISSUER, [always])
    const domains = [
      { domain: 'school.example', accounts: [account(OPERATOR)] },
      { domain: 'mute.example', accounts: null },
    ]
    const evidence = { ...(await evidenceOf(certificateAt(3), ledger, policy)), domains }
    const verdict = verify(certificateAt(3), evidence, policy, NOW)
    expect(verdict.outcome).to.equal('valid')
    expect(verdict.notes.map(({ code }) => code)).to.include('domain-disagrees')
    const unread = withChain(evidence, { storage: {} })
    expect(verify(certificateAt(3), unread, policy, NOW).checks.issuer).to.deep.equal({
      outcome: 'undetermined',
      code: 'evidence-missing',
    })
  })

  it('rests on no domain where there is no anchor, and a domain does not stand in for a profile', async () => {
    const policy = policyOf({ issuers: [], domains: ['school.example'] })
    const domains = [{ domain: 'school.example', accounts: [account(ISSUER)] }]
    const evidence = { ...(await evidenceOf(certificateAt(3), ledgerOf(), policy)), domains }
    const unseen = withChain(evidence, { storage: {} })
    expect(verify(certificateAt(3), unseen, policy, NOW).checks.issuer).to.deep.equal({
      outcome: 'undetermined',
      code: 'evidence-missing',
    })
    const other = ledgerOf({ ...BATCH, root: ZERO as typeof BATCH.root })
    const none = { ...(await evidenceOf(certificateAt(3), other, policy)), domains }
    expect(verify(certificateAt(3), none, policy, NOW).checks.issuer).to.deep.equal({
      outcome: 'undetermined',
      code: 'not-checked',
    })
    const json = { ...credentialJson(0), issuer: 'did:web:school.example' }
    const batch = issueBatch([json])
    const certificate = batch.certificates[0] ?? certificateAt(0)
    const ledger = ledgerOf(batch).profile(ISSUER, hexOf(sha256(utf8('a profile'))) as Hash32)
    const unserved = { ...(await evidenceOf(certificate, ledger, policy)), domains }
    expect(verify(certificate, unserved, policy, NOW).checks.issuer).to.deep.equal({
      outcome: 'undetermined',
      code: 'profile-unavailable',
    })
  })
})
