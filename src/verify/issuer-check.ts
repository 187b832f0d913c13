import type { Certificate } from '../certificate.ts'
import { issuerId } from '../credential/credential.ts'
import { accountOf, didPkh } from '../primitives/account.ts'
import { compareInstants, instantOfSeconds } from '../primitives/time.ts'
import { ZERO_WORD, profileSlot } from '../registry/slots.ts'
import { edgesOf, findVoucher } from './accreditation.ts'
import type { Voucher } from './accreditation.ts'
import { anchoredIn } from './chain-checks.ts'
import type { Evidence } from './evidence.ts'
import type { Policy } from './policy.ts'
import { boundRecord, parseAccreditationRecord, parseProfile } from './records.ts'
import type { Check } from './verdict.ts'
import { PASSED, failed, undetermined } from './verdict.ts'
import { issuerAccount, wordAt } from './view.ts'
import type { ChainView, Observed } from './view.ts'

/** What the policy makes of the issuer, beside the check itself: the name for the headline, and who gave it. */
export interface IssuerJudgement {
  readonly check: Check
  readonly name: string | null
  readonly namedBy: 'policy' | 'accreditation' | null
  /** A domain that names this account now, listed by the policy or not. */
  readonly domain: string | null
  /** Domains that name other accounts only. */
  readonly disagreeing: readonly string[]
}

/** SPEC section 6.5: `issuer.id` is this account's, and someone whom the policy trusts stands behind the account. */
export function judgeIssuer(
  certificate: Certificate,
  evidence: Evidence,
  policy: Policy,
  view: Observed<ChainView>,
): IssuerJudgement {
  const account = issuerAccount(certificate)
  const confirming = evidence.domains.filter(({ accounts }) => accounts?.includes(account))
  const disagreeing = evidence.domains.filter(
    ({ accounts }) => accounts !== null && accounts.length > 0 && !accounts.includes(account),
  )
  const grounds = groundsOf(certificate, evidence, policy, view)
  const listed = confirming.find(({ domain }) => policy.domains.includes(domain))
  const domain = listed?.domain ?? confirming[0]?.domain ?? null
  const isVouchedByDomain = listed !== undefined && anchoredIn(view).known
  const ground = isVouchedByDomain
    ? PASSED
    : withDomains(grounds.check, evidence, policy, disagreeing.length > 0)
  return {
    check: mergedWith(ground, checkIdentifier(certificate, evidence, view)),
    name: grounds.name,
    namedBy: grounds.namedBy,
    domain,
    disagreeing: disagreeing.map((answer) => answer.domain),
  }
}

interface Grounds {
  readonly check: Check
  readonly name: string | null
  readonly namedBy: 'policy' | 'accreditation' | null
}

/** The policy names the account, or accreditors of the policy lead down to it, at the time of the anchor. */
function groundsOf(
  certificate: Certificate,
  evidence: Evidence,
  policy: Policy,
  view: Observed<ChainView>,
): Grounds {
  const ready = anchoredIn(view)
  if (!ready.known) return { check: undetermined(ready.code), name: null, namedBy: null }
  const { anchoredAt } = ready.value.anchor
  const named = policy.issuers.find(
    ({ account, from, until }) =>
      account.text === issuerAccount(certificate) &&
      (from === undefined || compareInstants(from, instantOfSeconds(anchoredAt)) <= 0) &&
      (until === undefined || compareInstants(instantOfSeconds(anchoredAt), until) < 0),
  )
  if (named !== undefined) return { check: PASSED, name: named.name, namedBy: 'policy' }
  const { chainId } = certificate.home
  const edges = edgesOf(certificate.issuer, chainId, policy, evidence.accreditations)
  const { chain } = ready.value.view
  const found = findVoucher(chain, policy, chainId, edges, certificate.issuer, anchoredAt)
  if (!found.known) return { check: undetermined(found.code), name: null, namedBy: null }
  if (found.value === undefined) {
    return { check: undetermined('issuer-unvouched'), name: null, namedBy: null }
  }
  const name = nameGivenBy(found.value, evidence, chainId)
  return { check: PASSED, name, namedBy: name === null ? null : 'accreditation' }
}

/** `issuer.id` is the account's own did:pkh, or stands in the profile whose digest the account holds on chain. */
function checkIdentifier(
  certificate: Certificate,
  evidence: Evidence,
  view: Observed<ChainView>,
): Check {
  const id = issuerId(certificate.credential)
  if (id === didPkh(certificate.home.chainId, certificate.issuer)) return PASSED
  if (!view.known) return undetermined(view.code)
  if (view.value.stale) return undetermined('stale')
  const digest = wordAt(view.value.chain, profileSlot(certificate.issuer))
  if (!digest.known) return undetermined(digest.code)
  if (digest.value === ZERO_WORD) return failed('issuer-mismatch')
  const profile = boundRecord(evidence.profile, digest.value, parseProfile)
  if (profile === undefined) return undetermined('profile-unavailable')
  const listed = profile.account === issuerAccount(certificate) && profile.identifiers.includes(id)
  return listed ? PASSED : failed('issuer-mismatch')
}

/** A failed identifier decides; else what the grounds lack; else what the identifier lacks. */
function mergedWith(grounds: Check, identity: Check): Check {
  if (identity.outcome === 'failed') return identity
  return grounds.outcome === 'passed' ? identity : grounds
}

/** Where the domain is the policy's only ground, its answer, or its silence, is the reason given. */
function withDomains(
  grounds: Check,
  evidence: Evidence,
  policy: Policy,
  disagrees: boolean,
): Check {
  if (grounds.outcome !== 'undetermined' || grounds.code !== 'issuer-unvouched') return grounds
  if (disagrees) return undetermined('domain-disagrees')
  const silent = policy.domains.filter(
    (domain) => !evidence.domains.some((answer) => answer.domain === domain && answer.accounts),
  )
  return silent.length > 0 ? undetermined('domain-unavailable') : grounds
}

/** The name in the record of the last accreditation, if its bytes are there and speak of these two accounts. */
function nameGivenBy(voucher: Voucher, evidence: Evidence, chainId: string): string | null {
  const accreditor = accountOf(chainId, voucher.last.accreditor)
  const issuer = accountOf(chainId, voucher.last.issuer)
  for (const hint of evidence.accreditations) {
    if (hint.accreditor !== accreditor || hint.issuer !== issuer) continue
    const record = boundRecord(hint.record, voucher.digest, parseAccreditationRecord)
    if (record?.accreditor === accreditor && record.issuer === issuer) return record.name
  }
  return null
}
