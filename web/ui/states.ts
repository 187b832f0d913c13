/** The states that a seal can show: one shape, one word and one sentence each. */
import type { FailureCode, UndeterminedCode, Verdict } from '../../src/index.ts'

export const SEAL_STATES = [
  'checking',
  'valid',
  'valid-as-of',
  'invalid',
  'revoked',
  'suspended',
  'expired',
  'unvouched',
  'undetermined',
  'replaced',
  'erased',
] as const
export type SealState = (typeof SEAL_STATES)[number]

const REVOKED: readonly FailureCode[] = ['revoked', 'batch-revoked']
const UNVOUCHED: readonly UndeterminedCode[] = ['issuer-unvouched', 'domain-disagrees']

const GOOD: readonly SealState[] = ['checking', 'valid', 'valid-as-of']

/** Whether a certificate stands in it without a word of doubt on the paper itself. */
export function isGood(state: SealState): boolean {
  return GOOD.includes(state)
}

/** Which of them a verdict is. What decides is the one reason that a reader must know first. */
export function sealStateOf({ outcome, checks, asOf }: Verdict): SealState {
  if (outcome === 'valid') return asOf === null ? 'valid' : 'valid-as-of'
  const failures = Object.values(checks).flatMap((check) =>
    check.outcome === 'failed' ? [check.code] : [],
  )
  if (outcome === 'invalid') {
    const [first] = failures
    const isOnly = (codes: readonly string[]): boolean =>
      failures.every((code) => codes.includes(code))
    if (isOnly(REVOKED)) return 'revoked'
    if (isOnly([...REVOKED, 'expired']) && failures.some((code) => code !== 'expired')) {
      return 'revoked'
    }
    if (isOnly(['suspended', 'expired']) && failures.includes('suspended')) return 'suspended'
    return first === 'expired' && failures.length === 1 ? 'expired' : 'invalid'
  }
  const open = Object.entries(checks).filter(([, check]) => check.outcome === 'undetermined')
  const isUnvouched = open.every(
    ([name, check]) =>
      name === 'issuer' && check.outcome === 'undetermined' && isOneOf(UNVOUCHED, check.code),
  )
  return isUnvouched ? 'unvouched' : 'undetermined'
}

/**
 * Who is trusted to be the issuer, as every headline names it: by the policy or an accreditor, else by its domain, never
 * by the document's own word. Undefined over what is forged or altered, since that is not its issuer's, and over what
 * nobody saw anchored: until then, anybody may have named that account.
 */
export function headlineOf(verdict: Verdict): string | undefined {
  return headlineIn(sealStateOf(verdict), verdict)
}

/** The same where a state is shown that may be another than the verdict's own: replaced, still to be checked. */
export function headlineIn(state: SealState, named: Named | undefined): string | undefined {
  if (!mayBeNamed(state, named?.checks)) return undefined
  return named?.issuer?.name ?? named?.issuer?.domain ?? undefined
}

export type Named = Pick<Verdict, 'issuer'> & Partial<Pick<Verdict, 'checks'>>

/** Whether a trusted name may stand over a document that is in this state. */
function mayBeNamed(state: SealState, checks: Verdict['checks'] | undefined): boolean {
  if (state === 'undetermined') return checks?.anchor.outcome === 'passed'
  return state !== 'invalid'
}

function isOneOf(codes: readonly string[], code: string): boolean {
  return codes.includes(code)
}
