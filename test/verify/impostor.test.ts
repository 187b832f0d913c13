/** Defends a school's name: whoever has a domain, a profile and the name of another earns a mismatch or nobody's word. */
import { expect } from 'chai'
import { base64urlOf, gather, hexOf, sha256, utf8, verify } from '../../src/index.ts'
import type { Certificate, Check, DomainAnswer, Hash32 } from '../../src/index.ts'
import { providerOf } from '../support/provider.ts'
import {
  credentialJson,
  evidenceOf,
  HEAD_TIME,
  ISSUER,
  issueBatch,
  judged,
  ledgerOf,
  NOW,
  policyOf,
  STRANGER,
} from '../support/world.ts'

const DOMAIN = 'school.example'
const OWN_DOMAIN = 'schoo1.example'
const IMPOSTOR = `eip155:31337:${STRANGER}`
const SCHOOL = `eip155:31337:${ISSUER}`

/** A certificate that the stranger anchored himself, its issuer named as he likes. */
function forgery(
  id: string,
  name = 'Organisme Exemple',
): { certificate: Certificate; ledger: ReturnType<typeof ledgerOf> } {
  const json = {
    ...credentialJson(3),
    issuer: { id, type: ['Profile'], name },
  }
  const batch = issueBatch([json], { issuer: STRANGER, label: 'impostor' })
  const [certificate] = batch.certificates
  if (certificate === undefined) throw new Error('an empty batch')
  return { certificate, ledger: ledgerOf(batch, STRANGER) }
}

interface Disguise {
  readonly id: string
  readonly profile?: string
  readonly domains?: readonly DomainAnswer[]
}

async function issuerCheck({ id, profile, domains = [] }: Disguise): Promise<Check> {
  const { certificate, ledger } = forgery(id)
  const bytes = profile === undefined ? undefined : utf8(profile)
  if (bytes !== undefined) ledger.profile(STRANGER, hexOf(sha256(bytes)) as Hash32)
  const policy = policyOf({ domains: [DOMAIN] })
  const evidence = await evidenceOf(certificate, ledger, policy)
  const shown = { ...evidence, profile: bytes === undefined ? null : base64urlOf(bytes), domains }
  const verdict = verify(certificate, shown, policy, NOW)
  expect(verdict.outcome).not.to.equal('valid')
  expect(verdict.issuer?.name).to.equal(null)
  return verdict.checks.issuer
}

const UNVOUCHED = { outcome: 'undetermined', code: 'issuer-unvouched' }
const MISMATCH = { outcome: 'failed', code: 'issuer-mismatch' }
const school: DomainAnswer = { domain: DOMAIN, accounts: [] }
const own: DomainAnswer = { domain: OWN_DOMAIN, accounts: [IMPOSTOR] }

describe('an impostor with a domain of his own', () => {
  it('who names his own account is vouched for by nobody', async () => {
    expect(await issuerCheck({ id: `did:pkh:${IMPOSTOR}`, domains: [own, school] })).to.deep.equal(
      UNVOUCHED,
    )
  })

  it('who names the school’s account, or its domain, is not that issuer', async () => {
    for (const id of [`did:pkh:${SCHOOL}`, `did:web:${DOMAIN}`]) {
      expect(await issuerCheck({ id, domains: [own, school] })).to.deep.equal(MISMATCH)
    }
  })

  it('who lists the school’s domain in his profile is vouched for by nobody all the same', async () => {
    const id = `did:web:${DOMAIN}`
    const profile = JSON.stringify({
      inaltera: 'profile/1',
      account: IMPOSTOR,
      name: 'Organisme Exemple',
      identifiers: [id],
    })
    expect(await issuerCheck({ id, profile, domains: [own, school] })).to.deep.equal(UNVOUCHED)
    const foreign = profile.replace(IMPOSTOR, SCHOOL)
    expect(await issuerCheck({ id, profile: foreign, domains: [own] })).to.deep.equal(MISMATCH)
  })

  it('is told apart where the school’s domain names the school', async () => {
    const named = { domain: DOMAIN, accounts: [SCHOOL] }
    expect(await issuerCheck({ id: `did:pkh:${IMPOSTOR}`, domains: [own, named] })).to.deep.equal({
      outcome: 'undetermined',
      code: 'domain-disagrees',
    })
  })
})

describe('an impostor whose name, or domain, looks like that of another', () => {
  it('has no name in the headline, in whatever letters he writes it', async () => {
    // A Cyrillic а, a digit for a letter, a mark that turns the text around.
    for (const name of ['Org\u0430nisme Exemple', '0rganisme Exemple', '\u202eelpmexE emsinagrO']) {
      const { certificate, ledger } = forgery(`did:pkh:${IMPOSTOR}`, name)
      const verdict = await judged(certificate, { ledger })
      expect(verdict.checks.issuer).to.deep.equal(UNVOUCHED)
      expect(verdict.issuer).to.deep.include({ name: null, namedBy: null, claimedName: name })
    }
  })

  it('is confirmed by no domain but the very one that the policy lists', async () => {
    for (const domain of ['h\u0430rvard.example', 'xn--hrvard-3fe.example', 'Harvard.example']) {
      const { certificate, ledger } = forgery(`did:pkh:${IMPOSTOR}`)
      const policy = policyOf({ domains: ['harvard.example'] })
      const evidence = await evidenceOf(certificate, ledger, policy)
      const domains = [
        { domain: 'harvard.example', accounts: [] },
        { domain, accounts: [IMPOSTOR] },
      ]
      const verdict = verify(certificate, { ...evidence, domains }, policy, NOW)
      expect(verdict.checks.issuer, domain).to.deep.equal(UNVOUCHED)
    }
  })
})

describe('a verifier', () => {
  it('asks the domains of the policy and no other, and survives their silence', async () => {
    const { certificate, ledger } = forgery(`did:web:${OWN_DOMAIN}`)
    const policy = policyOf({ issuers: [], domains: [DOMAIN, 'mute.example', 'torn.example'] })
    const asked: string[] = []
    const evidence = await gather(certificate, policy, {
      connect: () => providerOf(ledger, { headTime: HEAD_TIME }),
      delay: () => new Promise(() => undefined),
      domain: (domain) => {
        asked.push(domain)
        if (domain === 'torn.example') return Promise.reject(new Error('refused'))
        // What a port says of another domain than the one asked is not that domain's answer.
        return Promise.resolve({
          domain: OWN_DOMAIN,
          accounts: domain === DOMAIN ? [SCHOOL] : null,
        })
      },
    })
    expect(asked).to.deep.equal(policy.domains)
    expect(evidence.domains).to.deep.equal([
      { domain: DOMAIN, accounts: [SCHOOL] },
      { domain: 'mute.example', accounts: null },
      { domain: 'torn.example', accounts: null },
    ])
  })
})
