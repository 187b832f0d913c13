import type { Certificate } from '../certificate.ts'
import type { FormatError } from '../primitives/errors.ts'
import { instantOfSeconds, printInstant } from '../primitives/time.ts'
import type { Instant } from '../primitives/time.ts'
import { checkAnchor, checkOperator, checkStatus } from './chain-checks.ts'
import { checkInclusion, checkIntegrity, checkValidity } from './document-checks.ts'
import type { Evidence } from './evidence.ts'
import { judgeIssuer } from './issuer-check.ts'
import type { IssuerJudgement } from './issuer-check.ts'
import { claimedNameOf, notesOf } from './notes.ts'
import type { Policy } from './policy.ts'
import { failed, outcomeOf, undetermined } from './verdict.ts'
import type { Checks, Verdict } from './verdict.ts'
import { issuerAccount, viewChain } from './view.ts'
import type { ChainView, Observed } from './view.ts'

/**
 * Judges a certificate (SPEC section 6). Pure: the same arguments give the same verdict for ever.
 * @param now the moment of judging, by the caller's clock
 * @param asOf a past moment to judge instead of `now`; not after the block of the evidence
 */
export function verify(
  certificate: Certificate,
  evidence: Evidence,
  policy: Policy,
  now: Instant,
  asOf?: Instant,
): Verdict {
  const view = viewChain({ certificate, evidence, policy, now, asOf })
  const issuer = judgeIssuer(certificate, evidence, policy, view)
  const checks: Checks = {
    integrity: checkIntegrity(certificate, policy), // §6.1
    inclusion: checkInclusion(certificate), // §6.2
    anchor: checkAnchor(certificate, view), // §6.3
    operator: checkOperator(certificate, view), // §6.4
    issuer: issuer.check, // §6.5
    status: checkStatus(certificate, view), // §6.6
    validity: checkValidity(certificate, asOf ?? now), // §6.7
  }
  return verdictOf({ certificate, policy, now, asOf, view, issuer, checks })
}

/** The verdict on bytes that do not parse: invalid, with nothing else looked at. */
export function verdictOfMalformed(error: FormatError, policy: Policy, now: Instant): Verdict {
  const notChecked = undetermined('not-checked')
  return {
    inaltera: 'verdict/1',
    outcome: 'invalid',
    checks: {
      integrity: failed(error.code),
      inclusion: notChecked,
      anchor: notChecked,
      operator: notChecked,
      issuer: notChecked,
      status: notChecked,
      validity: notChecked,
    },
    asOf: null,
    judgedAt: printInstant(now),
    policy: { name: policy.name, digest: policy.digest },
    home: null,
    network: null,
    block: null,
    level: null,
    anchoredAt: null,
    issuer: null,
    shown: [],
    hidden: [],
    notes: [],
  }
}

interface Judged {
  readonly certificate: Certificate
  readonly policy: Policy
  readonly now: Instant
  readonly asOf: Instant | undefined
  readonly view: Observed<ChainView>
  readonly issuer: IssuerJudgement
  readonly checks: Checks
}

function verdictOf(judged: Judged): Verdict {
  const { certificate, policy, now, asOf, view, issuer, checks } = judged
  const chain = view.known ? view.value.chain : undefined
  const anchor = view.known && view.value.anchor.known ? view.value.anchor.value : undefined
  const anchoredAt = anchor === undefined || anchor.anchoredAt === 0 ? undefined : anchor.anchoredAt
  return {
    inaltera: 'verdict/1',
    outcome: outcomeOf(checks),
    checks,
    asOf: asOf === undefined ? null : printInstant(asOf),
    judgedAt: printInstant(now),
    policy: { name: policy.name, digest: policy.digest },
    home: certificate.home.text,
    network: view.known ? view.value.pin.kind : null,
    block: chain === undefined ? null : blockOf(chain.block),
    level: chain?.level ?? null,
    anchoredAt: anchoredAt === undefined ? null : timeOf(anchoredAt),
    issuer: {
      account: issuerAccount(certificate),
      name: issuer.name,
      namedBy: issuer.namedBy,
      domain: issuer.domain,
      claimedName: claimedNameOf(certificate),
    },
    shown: [...certificate.disclosed.keys()].sort(),
    hidden: [...certificate.hidden.keys()].sort(),
    notes: notesOf(certificate, view, issuer, anchoredAt),
  }
}

function blockOf(block: { number: number; hash: string; timestamp: number }) {
  return { number: block.number, hash: block.hash, time: timeOf(block.timestamp) }
}

function timeOf(seconds: number): string {
  return printInstant(instantOfSeconds(seconds))
}
