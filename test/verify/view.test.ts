/** Defends how far evidence counts: of the right registry, of a head young enough, judged at the moment asked for. */
import { expect } from 'chai'
import { gather, hexOf, parseInstant, sha256, utf8, verify } from '../../src/index.ts'
import type {
  Certificate,
  Check,
  Evidence,
  Hash32,
  Instant,
  Request,
  Verdict,
} from '../../src/index.ts'
import { withChain, ZERO } from '../support/ledger.ts'
import { providerOf } from '../support/provider.ts'
import {
  ACCREDITOR,
  ANCHORED_AT,
  BATCH,
  certificateAt,
  credentialJson,
  evidenceOf,
  HEAD_TIME,
  HOME,
  ISSUER,
  issueBatch,
  judged,
  ledgerOf,
  NOW,
  policyJson,
  policyOf,
  STRANGER,
} from '../support/world.ts'

const STALE: Check = { outcome: 'undetermined', code: 'stale' }
const MISSING: Check = { outcome: 'undetermined', code: 'evidence-missing' }
const account = `eip155:31337:${ISSUER}`
const never = () => new Promise<void>(() => undefined)
/** The head of `evidenceOf` is of 2026-06-16T08:53:20Z; the policy's `maxHeadAge` an hour. */
const at = (text: string): Instant => parseInstant(text, 'now')
const YOUNG = at('2026-06-16T09:53:20.999999999Z')
const OLD = at('2026-06-16T09:53:21Z')

/** A certificate whose issuer is named by an identifier of its profile. */
function byIdentifier(): {
  certificate: Certificate
  profile: Uint8Array
  ledger: ReturnType<typeof ledgerOf>
} {
  const batch = issueBatch([{ ...credentialJson(0), issuer: 'did:web:school.example' }])
  const [certificate] = batch.certificates
  if (certificate === undefined) throw new Error('an empty batch')
  const identifiers = ['did:web:school.example']
  const profile = utf8(
    JSON.stringify({ inaltera: 'profile/1', account, name: 'School', identifiers }),
  )
  const ledger = ledgerOf(batch).profile(ISSUER, hexOf(sha256(profile)) as Hash32)
  return { certificate, profile, ledger }
}

describe('evidence about another registry', () => {
  it('says nothing of this one', async () => {
    const home = HOME.text.replace(HOME.registry, STRANGER)
    const evidence = { ...(await evidenceOf(certificateAt(3))), home }
    const { outcome, checks } = verify(certificateAt(3), evidence, policyOf(), NOW)
    expect(outcome).to.equal('undetermined')
    const { anchor, operator, issuer, status } = checks
    for (const check of [anchor, operator, issuer, status]) expect(check).to.deep.equal(MISSING)
  })
})

describe('a head', () => {
  it('is old one second after the policy’s limit, and not before', async () => {
    expect((await judged(certificateAt(3), { now: YOUNG })).outcome).to.equal('valid')
    const old = await judged(certificateAt(3), { now: OLD })
    expect(old.checks).to.deep.include({ operator: STALE, issuer: STALE, status: STALE })
  })

  it('may be a minute ahead of the reader’s clock, and no second more', async () => {
    const inTime = await judged(certificateAt(3), { now: at('2026-06-16T08:52:20Z') })
    expect(inTime.outcome).to.equal('valid')
    const early = await judged(certificateAt(3), { now: at('2026-06-16T08:52:19Z') })
    expect(early.checks.status).to.deep.equal({ outcome: 'undetermined', code: 'head-from-future' })
  })

  const changes = {
    'an anchor that it does not show': ledgerOf({ ...BATCH, root: ZERO as typeof BATCH.root }),
    'a size that it does not show': ledgerOf({ ...BATCH, size: 8 }),
  }
  for (const [what, ledger] of Object.entries(changes)) {
    it(`that is old says nothing of ${what}: it may have come since`, async () => {
      const young = await judged(certificateAt(3), { ledger, now: YOUNG })
      expect(young.checks.anchor.outcome).to.equal('failed')
      const old = await judged(certificateAt(3), { ledger, now: OLD })
      expect(old.checks.anchor).to.deep.equal(STALE)
      expect(old.outcome).to.equal('undetermined')
    })
  }

  it('that is old leaves an anchor that it shows as it is, final or not', async () => {
    const old = await judged(certificateAt(3), { now: OLD })
    expect(old.checks.anchor).to.deep.equal({ outcome: 'passed' })
    const open = withChain(await evidenceOf(certificateAt(3)), { finalized: null })
    expect(verify(certificateAt(3), open, policyOf(), OLD).checks.anchor).to.deep.equal({
      outcome: 'undetermined',
      code: 'not-final',
    })
  })

  it('that is old leaves no ground to stand on: named, accredited or by a domain', async () => {
    const accreditors = [{ account: `eip155:31337:${ACCREDITOR}`, name: 'Ministry' }]
    const period = { from: ANCHORED_AT - 1, until: ANCHORED_AT + 1 }
    const ledger = ledgerOf().accredit(ACCREDITOR, ISSUER, [period])
    const accredited = policyOf({ issuers: [], accreditors })
    const domains = [{ domain: 'school.example', accounts: [account] }]
    const vouched = policyOf({ issuers: [], domains: ['school.example'] })
    for (const policy of [policyOf(), accredited, vouched]) {
      const evidence = { ...(await evidenceOf(certificateAt(3), ledger, policy)), domains }
      const issuerAt = (now: Instant) =>
        verify(certificateAt(3), evidence, policy, now).checks.issuer
      expect(issuerAt(YOUNG)).to.deep.equal({ outcome: 'passed' })
      expect(issuerAt(OLD)).to.deep.equal(STALE)
    }
  })

  it('that is old says nothing of a profile either, not even that it differs', async () => {
    const { certificate, profile, ledger } = byIdentifier()
    const evidence = await evidenceOf(certificate, ledger)
    const served = { ...evidence, profile: Buffer.from(profile).toString('base64url') }
    const issuerAt = (seen: Evidence, now: Instant) =>
      verify(certificate, seen, policyOf(), now).checks.issuer
    expect(issuerAt(served, YOUNG)).to.deep.equal({ outcome: 'passed' })
    expect(issuerAt(served, OLD)).to.deep.equal(STALE)
    const none = await evidenceOf(certificate, ledgerOf({ ...BATCH, ...certificate }))
    expect(issuerAt(none, YOUNG)).to.deep.equal({ outcome: 'failed', code: 'issuer-mismatch' })
    expect(issuerAt(none, OLD)).to.deep.equal(STALE)
  })
})

describe('validity', () => {
  const asOf = at('2026-06-16T08:00:00Z')
  const expired = at('2029-06-15T00:00:00Z')

  it('is judged at the past moment asked for, not now', async () => {
    expect((await judged(certificateAt(3), { now: expired, asOf })).outcome).to.equal('valid')
    const now = await judged(certificateAt(3), { now: expired })
    expect(now.checks.validity).to.deep.equal({ outcome: 'failed', code: 'expired' })
    const before = at('2026-06-14T00:00:00Z')
    const early = await judged(certificateAt(3), { asOf: before })
    expect(early.checks.validity).to.deep.equal({ outcome: 'failed', code: 'not-yet-valid' })
  })
})

describe('finality by depth', () => {
  const policyAt = (finality: number) => {
    const [pin] = policyJson()['registries'] as Record<string, unknown>[]
    return policyOf({ registries: [{ ...pin, finality }] })
  }
  /** The head is block 102; blocks come every 12 seconds, block 100 at the head's time. */
  const anchoredIn = (block: number) =>
    ledgerOf().anchor(ISSUER, BATCH.root, {
      operator: ISSUER,
      anchoredAt: HEAD_TIME + (block - 100) * 12,
      size: BATCH.size,
    })
  const anchorCheck = async (block: number, finality: number): Promise<Check> => {
    const ledger = anchoredIn(block)
    return (await judged(certificateAt(3), { ledger, policy: policyAt(finality) })).checks.anchor
  }

  it('lets an anchor count so many blocks below the head, and not one fewer', async () => {
    const notFinal = { outcome: 'undetermined', code: 'not-final' }
    expect(await anchorCheck(89, 12)).to.deep.equal({ outcome: 'passed' })
    expect(await anchorCheck(90, 12)).to.deep.equal(notFinal)
    expect(await anchorCheck(90, 11)).to.deep.equal({ outcome: 'passed' })
    expect(await anchorCheck(1, 103)).to.deep.equal(notFinal)
  })
})

describe('gathering, beside the chain', () => {
  it('asks for the profile of the issuer, and says that nobody served it', async () => {
    const { certificate, profile, ledger } = byIdentifier()
    const asked: string[] = []
    const verdictWith = async (
      serve: ((account: string) => Promise<Uint8Array | null>) | undefined,
    ): Promise<Verdict> => {
      const evidence = await gather(certificate, policyOf(), {
        connect: () => providerOf(ledger, { headTime: HEAD_TIME }),
        delay: never,
        ...(serve === undefined ? {} : { profile: serve }),
      })
      return verify(certificate, evidence, policyOf(), NOW)
    }
    const served = await verdictWith((name) => {
      asked.push(name)
      return Promise.resolve(profile)
    })
    expect(asked).to.deep.equal([account])
    expect(served.outcome).to.equal('valid')
    const unavailable = { outcome: 'undetermined', code: 'profile-unavailable' }
    for (const serve of [
      undefined,
      () => Promise.resolve(null),
      () => Promise.reject(new Error('gone')),
      () => Promise.resolve(utf8('{}')),
    ]) {
      expect((await verdictWith(serve)).checks.issuer).to.deep.equal(unavailable)
    }
  })

  it('asks nobody who accredits an issuer whom the policy names for all time', async () => {
    const methodsFor = async (issuers: unknown, chain = '31337'): Promise<Set<string>> => {
      const accreditors = [{ account: `eip155:${chain}:${ACCREDITOR}`, name: 'Ministry' }]
      const honest = providerOf(ledgerOf(), { headTime: HEAD_TIME })
      const asked: string[] = []
      const request: Request = (call) => {
        asked.push(call.method === 'eth_getStorageAt' ? String(call.params[1]) : call.method)
        return honest(call)
      }
      const policy = policyOf({ accreditors, ...(issuers === undefined ? {} : { issuers }) })
      const evidence = await gather(certificateAt(3), policy, {
        connect: () => request,
        delay: never,
      })
      expect(evidence.chain.observed).to.equal(true)
      return new Set(asked)
    }
    const named = await methodsFor(undefined)
    const unnamed = await methodsFor([])
    expect(named).not.to.include('eth_getLogs')
    expect(unnamed).to.include('eth_getLogs')
    expect(unnamed.size).to.be.greaterThan(named.size + 1)
    // Nor where the policy's accreditors are accounts of another chain.
    expect(await methodsFor([], '1')).to.deep.equal(named)
  })
})
