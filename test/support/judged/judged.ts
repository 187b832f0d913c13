/** One certificate with all that it is judged with, at level `reported`, and what that must earn. */
import { parsePolicy, printInstant, utf8 } from '../../../src/index.ts'
import type { Address, Evidence, Outcome } from '../../../src/index.ts'
import { HONEST } from '../attacks/forge.ts'
import type { Ledger } from '../ledger.ts'
import { certificateAt, evidenceOf, HOME, ledgerOf, NOW, policyJson } from '../world.ts'

/** A certificate with all that it is judged with, and the outcome with the check and code that decide it. */
export interface Judged {
  readonly id: string
  readonly comment: string
  readonly text: string
  readonly evidence: Evidence
  readonly policy: Record<string, unknown>
  readonly now: string
  readonly asOf: string | null
  readonly expect: { readonly outcome: Outcome; readonly check?: string; readonly code?: string }
}

export type Link = readonly [accreditor: Address, issuer: Address]
type Given = Partial<Pick<Judged, 'text' | 'evidence' | 'policy' | 'now' | 'asOf'>>

export const VALID = { outcome: 'valid' } as const
export const open = (code: string, check = 'issuer') =>
  ({ outcome: 'undetermined', check, code }) as const
export const bad = (check: string, code: string) => ({ outcome: 'invalid', check, code }) as const

export const account = (address: string, chain: string = HOME.chainId) =>
  `eip155:${chain}:${address}`

/** What an honest provider shows of a ledger to whoever has this policy. */
export async function seen(
  ledger: Ledger,
  policy: Judged['policy'] = policyJson(),
  links: readonly Link[] = [],
  certificate = certificateAt(3),
): Promise<Evidence> {
  return evidenceOf(certificate, ledger, parsePolicy(utf8(JSON.stringify(policy))), links)
}

/** The honest certificate in the honest world, but for what is given. */
export async function judgedOf(
  id: string,
  comment: string,
  expect: Judged['expect'],
  {
    text = HONEST,
    policy = policyJson(),
    now = printInstant(NOW),
    asOf = null,
    ...given
  }: Given = {},
): Promise<Judged> {
  const evidence = given.evidence ?? (await seen(ledgerOf(), policy))
  return { id, comment, text, evidence, policy, now, asOf, expect }
}
