/** Domains that name the account, and identifiers by profile (SPEC section 6.5). */
import { base64urlOf, hexOf, sha256, utf8 } from '../../../src/index.ts'
import type { DomainAnswer, Hash32 } from '../../../src/index.ts'
import { textOf } from '../attacks/forge.ts'
import {
  certificateAt,
  credentialJson,
  ISSUER,
  issueBatch,
  ledgerOf,
  OPERATOR,
  policyJson,
} from '../world.ts'
import { account, bad, judgedOf, open, seen, VALID } from './judged.ts'
import type { Judged } from './judged.ts'

export async function domainVectors(): Promise<Judged[]> {
  const policy = policyJson({ issuers: [], domains: ['a.example', 'b.example'] })
  const answer = (domain: string, ...accounts: string[]): DomainAnswer => ({ domain, accounts })
  const mute = (domain: string): DomainAnswer => ({ domain, accounts: null })
  const [ours, other] = [account(ISSUER), account(OPERATOR)]
  const honest = await seen(ledgerOf(), policy)
  const told = (
    id: string,
    comment: string,
    expect: Judged['expect'],
    ...domains: DomainAnswer[]
  ) => judgedOf(id, comment, expect, { policy, evidence: { ...honest, domains } })
  return Promise.all([
    told(
      'domain-confirms',
      'One of two domains names the account.',
      VALID,
      mute('a.example'),
      answer('b.example', other, ours),
    ),
    told(
      'domain-disagrees',
      'One names another account.',
      open('domain-disagrees'),
      answer('a.example', other),
      mute('b.example'),
    ),
    told(
      'domain-unavailable',
      'One could not be asked, the other names nobody.',
      open('domain-unavailable'),
      answer('a.example'),
      mute('b.example'),
    ),
    told('domain-unasked', 'One was not asked.', open('domain-unavailable'), answer('a.example')),
    told(
      'domain-names-nobody',
      'Both were asked and name nobody.',
      open('issuer-unvouched'),
      answer('a.example'),
      answer('b.example'),
    ),
    told(
      'domain-of-its-own',
      'A domain that the policy does not list.',
      open('issuer-unvouched'),
      answer('a.example'),
      answer('b.example'),
      answer('c.example', ours),
    ),
    told(
      'domain-twice',
      'A domain twice: each of its answers counts.',
      VALID,
      answer('a.example', other),
      mute('a.example'),
      answer('a.example', ours),
    ),
  ])
}

export async function profileVectors(): Promise<Judged[]> {
  const json = { ...credentialJson(0), issuer: 'did:web:school.example' }
  const batch = issueBatch([json])
  const certificate = batch.certificates[0] ?? certificateAt(0)
  const profile = (owner: string, ...identifiers: string[]) =>
    utf8(JSON.stringify({ inaltera: 'profile/1', account: owner, name: 'School', identifiers }))
  const listed = profile(account(ISSUER), 'did:web:school.example')
  const lookAt = (digested?: Uint8Array) => {
    const ledger = ledgerOf(batch)
    if (digested !== undefined) ledger.profile(ISSUER, hexOf(sha256(digested)) as Hash32)
    return seen(ledger, policyJson(), [], certificate)
  }
  const served = async (
    id: string,
    comment: string,
    expect: Judged['expect'],
    bytes: Uint8Array,
    given?: Uint8Array,
  ) => {
    const whole = { ...(await lookAt(bytes)), profile: base64urlOf(given ?? bytes) }
    return judgedOf(id, comment, expect, { text: textOf(certificate), evidence: whole })
  }
  const foreign = profile(account(OPERATOR), 'did:web:school.example')
  return Promise.all([
    served('profile-lists', 'The profile lists the identifier.', VALID, listed),
    served(
      'profile-of-another',
      'It is the profile of another account.',
      bad('issuer', 'issuer-mismatch'),
      foreign,
    ),
    served(
      'profile-unlisted',
      'It lists another identifier.',
      bad('issuer', 'issuer-mismatch'),
      profile(account(ISSUER), 'did:web:b.example'),
    ),
    served(
      'profile-other-bytes',
      'Other bytes than those of the digest.',
      open('profile-unavailable'),
      listed,
      foreign,
    ),
    judgedOf('profile-unserved', 'Nobody serves it.', open('profile-unavailable'), {
      text: textOf(certificate),
      evidence: await lookAt(listed),
    }),
    judgedOf('profile-unset', 'The account has none.', bad('issuer', 'issuer-mismatch'), {
      text: textOf(certificate),
      evidence: await lookAt(),
    }),
  ])
}
