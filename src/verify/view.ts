import type { Certificate } from '../certificate.ts'
import { accountOf } from '../primitives/account.ts'
import type { Hash32 } from '../primitives/bytes.ts'
import { LEVELS } from '../primitives/codes.ts'
import type { UndeterminedCode } from '../primitives/codes.ts'
import { compareInstants, instantOfSeconds } from '../primitives/time.ts'
import type { Instant } from '../primitives/time.ts'
import { anchorSlot, decodeAnchor } from '../registry/slots.ts'
import type { AnchorRecord } from '../registry/slots.ts'
import type { ChainEvidence, ObservedChain } from '../registry/ports.ts'
import type { Evidence } from './evidence.ts'
import type { Policy, RegistryPin } from './policy.ts'

/** Something seen, or the reason why it was not. */
export type Observed<T> =
  | { readonly known: true; readonly value: T }
  | { readonly known: false; readonly code: UndeterminedCode }

/** How far a block's clock may run ahead of the reader's before the head counts as invented (seconds). */
export const MAX_CLOCK_SKEW = 60

/** What the checks on the chain look at: the evidence as far as the policy lets it count. */
export interface ChainView {
  readonly pin: RegistryPin
  readonly chain: ObservedChain
  /** The head is too old to say anything of now; never set when a past moment is asked for. */
  readonly stale: boolean
  /** The moment at which the certificate is judged. */
  readonly at: Instant
  readonly asOf: Instant | undefined
  readonly anchor: Observed<AnchorRecord>
}

export interface Question {
  readonly certificate: Certificate
  readonly evidence: Evidence
  readonly policy: Policy
  readonly now: Instant
  readonly asOf: Instant | undefined
}

/** Lets the evidence count as far as the policy allows (SPEC section 6.3), or says why it does not. */
export function viewChain(question: Question): Observed<ChainView> {
  const { certificate, evidence, policy, now, asOf } = question
  const home = certificate.home.text
  if (policy.endedHomes.includes(home)) return unknown('succession-unsupported')
  const pin = policy.registries.find((candidate) => candidate.home.text === home)
  if (pin === undefined) return unknown('unknown-home')
  if (evidence.home !== home) return unknown('evidence-missing')
  const { chain } = evidence
  const refusal = refusalOf(chain, policy, now, asOf)
  if (!chain.observed || refusal !== undefined) return unknown(refusal ?? 'evidence-missing')
  const age = secondsBetween(chain.block.timestamp, now)
  return known({
    pin,
    chain,
    stale: asOf === undefined && age > pin.maxHeadAge,
    at: asOf ?? now,
    asOf,
    anchor: anchorIn(chain, certificate),
  })
}

/** The word at `slot`, or `evidence-missing`: a slot that was not read is never taken for zero. */
export function wordAt(chain: ObservedChain, slot: Hash32): Observed<Hash32> {
  const word = Object.hasOwn(chain.storage, slot) ? chain.storage[slot] : undefined
  return word === undefined ? unknown('evidence-missing') : known(word)
}

/** The word at `slot`, decoded. */
export function decodedAt<T>(
  chain: ObservedChain,
  slot: Hash32,
  decode: (word: Hash32) => T,
): Observed<T> {
  const word = wordAt(chain, slot)
  return word.known ? known(decode(word.value)) : word
}

/** The account of the certificate's issuer on the certificate's chain, CAIP-10. */
export function issuerAccount(certificate: Certificate): string {
  return accountOf(certificate.home.chainId, certificate.issuer)
}

export function known<T>(value: T): Observed<T> {
  return { known: true, value }
}

export function unknown(code: UndeterminedCode): {
  readonly known: false
  readonly code: UndeterminedCode
} {
  return { known: false, code }
}

function anchorIn(chain: ObservedChain, certificate: Certificate): Observed<AnchorRecord> {
  return decodedAt(chain, anchorSlot(certificate.issuer, certificate.root), decodeAnchor)
}

function refusalOf(
  chain: ChainEvidence,
  policy: Policy,
  now: Instant,
  asOf: Instant | undefined,
): UndeterminedCode | undefined {
  if (!chain.observed) return chain.code
  if (LEVELS.indexOf(chain.level) > LEVELS.indexOf(policy.level)) return 'level-too-low'
  if (secondsBetween(chain.block.timestamp, now) < -MAX_CLOCK_SKEW) return 'head-from-future'
  if (asOf === undefined) return undefined
  const after = compareInstants(asOf, instantOfSeconds(chain.block.timestamp)) > 0
  return after ? 'as-of-after-evidence' : undefined
}

/** Seconds from a block's time to `now`, negative for a block of the future. */
function secondsBetween(timestamp: number, now: Instant): number {
  return Number((now - instantOfSeconds(timestamp)) / 1_000_000_000n)
}
