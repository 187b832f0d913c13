import { expect } from 'chai'
import { gather, hideClaims, parseInstant, UnavailableError, verify } from '../../src/index.ts'
import type { Hash32, Json, Request } from '../../src/index.ts'
import { withChain } from '../support/ledger.ts'
import { providerOf } from '../support/provider.ts'
import {
  ANCHORED_AT,
  BATCH,
  certificateAt,
  credentialJson,
  evidenceOf,
  HEAD_TIME,
  ISSUER,
  issueBatch,
  judged,
  ledgerOf,
  NOW,
  OPERATOR,
  policyOf,
  POINTERS,
} from '../support/world.ts'

function withSubject(members: Record<string, Json>): Json {
  const json = credentialJson(3)
  return {
    ...json,
    credentialSubject: { ...(json['credentialSubject'] as Record<string, Json>), ...members },
  }
}

describe('as of a past moment', () => {
  const asOf = parseInstant('2026-06-15T12:00:00Z', 'asOf')
  const later = parseInstant('2026-07-01T00:00:00Z', 'now')

  it('is a verdict of its own, however old the evidence', async () => {
    const verdict = await judged(certificateAt(3), { asOf, now: later })
    expect(verdict.outcome).to.equal('valid')
    expect(verdict.asOf).to.equal('2026-06-15T12:00:00Z')
  })

  it('does not know since when a certificate is revoked or suspended', async () => {
    const unknown = { outcome: 'undetermined', code: 'status-date-unknown' }
    const revoked = await judged(certificateAt(3), {
      asOf,
      ledger: ledgerOf().revoke(ISSUER, BATCH.root, 3),
    })
    expect(revoked.checks.status).to.deep.equal(unknown)
    const suspended = await judged(certificateAt(3), {
      asOf,
      ledger: ledgerOf().suspend(ISSUER, BATCH.root, 3),
    })
    expect(suspended.checks.status).to.deep.equal(unknown)
  })

  it('refuses a moment before the anchor, and one after the evidence', async () => {
    const early = parseInstant('2026-06-15T05:06:39Z', 'asOf')
    const before = await judged(certificateAt(3), { asOf: early })
    expect(before.checks.anchor).to.deep.equal({ outcome: 'failed', code: 'anchored-later' })
    const after = await judged(certificateAt(3), { asOf: later, now: later })
    expect(after.checks.anchor).to.deep.equal({
      outcome: 'undetermined',
      code: 'as-of-after-evidence',
    })
  })
})

describe('a rotation of keys', () => {
  it('leaves what the old key anchored standing, whatever became of the key since', async () => {
    const closed = ledgerOf().close(ISSUER, OPERATOR, ANCHORED_AT + 1)
    expect((await judged(certificateAt(3), { ledger: closed })).outcome).to.equal('valid')
    const retired = ledgerOf().close(ISSUER, ISSUER, ANCHORED_AT + 1)
    expect((await judged(certificateAt(3), { ledger: retired })).outcome).to.equal('valid')
  })
})

describe('dates', () => {
  for (const [now, check] of [
    ['2026-06-14T23:59:59.999999999Z', { outcome: 'failed', code: 'not-yet-valid' }],
    ['2026-06-15T00:00:00Z', { outcome: 'passed' }],
    ['2029-06-14T23:59:59Z', { outcome: 'passed' }],
    ['2029-06-15T00:00:00Z', { outcome: 'failed', code: 'expired' }],
  ] as const) {
    it(`at ${now}: ${'code' in check ? check.code : 'valid'}`, async () => {
      const verdict = await judged(certificateAt(3), { now: parseInstant(now, 'now') })
      expect(verdict.checks.validity).to.deep.equal(check)
    })
  }
})

describe('a policy that requires a claim', () => {
  const hidden = { outcome: 'undetermined', code: 'required-claim-hidden' }
  const integrityFor = async (name: string, certificate = certificateAt(3)) => {
    const policy = policyOf({ required: [`/credentialSubject/${name}`] })
    const verdict = await judged(certificate, { policy })
    expect(verdict.outcome === 'valid').to.equal(verdict.checks.integrity.outcome === 'passed')
    return verdict.checks.integrity
  }

  it('passes a certificate that shows it, whether or not it could be hidden', async () => {
    expect(await integrityFor('familyName')).to.deep.equal({ outcome: 'passed' })
    const role = issueBatch([withSubject({ role: 'Welder' })])
    const [certificate] = role.certificates
    const policy = policyOf({ required: ['/credentialSubject/role'] })
    const verdict = await judged(certificate ?? certificateAt(3), {
      policy,
      ledger: ledgerOf(role),
    })
    expect(verdict.outcome).to.equal('valid')
  })

  it('leaves one that hides it, lacks it or shows its absence undetermined', async () => {
    const presentation = hideClaims(certificateAt(3), POINTERS.slice(0, 3))
    expect(await integrityFor('familyName', presentation)).to.deep.equal(hidden)
    expect(certificateAt(3).disclosed.has(`/credentialSubject/birthDate` as never)).to.equal(true)
    expect(await integrityFor('birthDate')).to.deep.equal(hidden)
    expect(await integrityFor('role')).to.deep.equal(hidden)
  })
})

describe('gathering', () => {
  const honest = providerOf(ledgerOf(), { headTime: HEAD_TIME })
  const never = () => new Promise<void>(() => undefined)
  const codeWith = async (request: Request, delay = never) => {
    const policy = policyOf()
    const evidence = await gather(certificateAt(3), policy, { connect: () => request, delay })
    const verdict = verify(certificateAt(3), evidence, policy, NOW)
    expect(verdict.outcome).to.equal('undetermined')
    expect(verdict.checks.inclusion.outcome).to.equal('passed')
    const { status } = verdict.checks
    return 'code' in status ? status.code : 'passed'
  }
  const lying =
    (method: string, answer: unknown): Request =>
    (call) =>
      call.method === method ? Promise.resolve(answer) : honest(call)

  it('names what a provider did, and never takes it for an answer', async () => {
    expect(await codeWith(() => Promise.reject(new Error('refused')))).to.equal('unreachable')
    expect(await codeWith(() => Promise.reject(new UnavailableError('timeout', 'slow')))).to.equal(
      'timeout',
    )
    expect(
      await codeWith(
        () => never(),
        () => Promise.resolve(),
      ),
    ).to.equal('timeout')
    expect(await codeWith(lying('eth_chainId', '0x1'))).to.equal('wrong-network')
    expect(await codeWith(lying('eth_getCode', '0x'))).to.equal('registry-differs')
    expect(await codeWith(lying('eth_getCode', '0x6001'))).to.equal('registry-differs')
    for (const answer of [
      '0x',
      '0x1',
      null,
      `0x${'0'.repeat(63)}`,
      `0x${'0'.repeat(66)}`,
      2,
      true,
    ]) {
      expect(await codeWith(lying('eth_getStorageAt', answer))).to.equal('unreachable')
    }
    expect(await codeWith(lying('eth_getBlockByNumber', { number: '0x64' }))).to.equal(
      'unreachable',
    )
  })

  it('asks the next provider where the first is dead, and says so', async () => {
    const policy = policyOf({
      providers: { '31337': ['http://dead.example/key', 'http://good.example/'] },
    })
    const evidence = await gather(certificateAt(3), policy, {
      connect: (url) => (url.includes('dead') ? () => Promise.reject(new Error('dead')) : honest),
      delay: never,
    })
    expect(verify(certificateAt(3), evidence, policy, NOW).outcome).to.equal('valid')
    expect(
      evidence.chain.providers.map(({ provider, outcome }) => [provider, outcome]),
    ).to.deep.equal([
      ['dead.example', 'unreachable'],
      ['good.example', 'answered'],
    ])
    expect(JSON.stringify(evidence)).not.to.include('key')
  })

  it('sees a block replaced while it reads', async () => {
    let asked = 0
    const reorganised: Request = async (call) => {
      const answer = await honest(call)
      if (call.method !== 'eth_getBlockByNumber' || call.params[0] !== '0x64' || asked++ === 0)
        return answer
      return { ...(answer as object), hash: `0x${'9'.repeat(64)}` }
    }
    expect(await codeWith(reorganised)).to.equal('providers-disagree')
  })
})

describe('a stale head', () => {
  it('says nothing of today, though the anchor is still known', async () => {
    const evidence = await evidenceOf(certificateAt(3))
    const old = withChain(evidence, {
      block: { number: 100, hash: `0x${'1'.repeat(64)}` as Hash32, timestamp: HEAD_TIME - 90_000 },
    })
    const verdict = verify(certificateAt(3), old, policyOf(), NOW)
    const stale = { outcome: 'undetermined', code: 'stale' }
    expect(verdict.checks).to.deep.include({
      operator: stale,
      issuer: stale,
      status: stale,
      anchor: { outcome: 'passed' },
    })
  })
})
