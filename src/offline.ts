import type { Bundle } from './bundle.ts'
import type { Hash32, Hex } from './primitives/bytes.ts'
import type { UndeterminedCode } from './primitives/codes.ts'
import { FormatError } from './primitives/errors.ts'
import { instantOfSeconds } from './primitives/time.ts'
import type { Instant } from './primitives/time.ts'
import { headerOfRlp } from './registry/header.ts'
import type { HashedHeader } from './registry/header.ts'
import type { BlockEvidence, ChainEvidence } from './registry/ports.ts'
import { proveState } from './registry/state-proof.ts'
import type { Evidence } from './verify/evidence.ts'
import type { Policy, RegistryPin } from './verify/policy.ts'

/**
 * What a bundle shows to whoever holds the policy, without a network (SPEC section 14.2): headers count where the policy
 * pins them as checkpoints, words where they are proven from such a header. Pure and synchronous.
 */
export function evidenceOfBundle(bundle: Bundle, policy: Policy): Evidence {
  const { home, profile, accreditations } = bundle
  return {
    home: home.text,
    chain: chainOf(bundle, policy),
    profile,
    accreditations,
    // Whoever carries a bundle can write into it what domains say; only asking them counts.
    domains: [],
  }
}

/** The moment that evidence from a file speaks of: its block's, or `undefined` where it shows nothing of a chain. */
export function momentOf({ chain }: Evidence): Instant | undefined {
  return chain.observed ? instantOfSeconds(chain.block.timestamp) : undefined
}

function chainOf(bundle: Bundle, policy: Policy): ChainEvidence {
  const pin = policy.registries.find(({ home }) => home.text === bundle.home.text)
  if (pin === undefined) return unobserved('unknown-home')
  const header = pinned(bundle.header, pin)
  if (header === undefined) return unobserved('header-not-confirmed')
  const state = proveState(header.stateRoot, pin.home.registry, bundle.proof)
  if (!state.holds) return unobserved('proof-invalid')
  if (state.codeHash !== pin.codeHash) return unobserved('registry-differs')
  const final = pinned(bundle.finalizedHeader, pin)
  const isLater = final !== undefined && final.timestamp > header.timestamp
  return {
    observed: true,
    level: 'proven',
    block: blockOf(header),
    finalized: blockOf(isLater ? final : header),
    storage: state.words,
    proof: { header: bundle.header, finalizedHeader: bundle.finalizedHeader, ...bundle.proof },
    providers: [],
  }
}

/** The header, where the policy pins its number and its hash. */
function pinned(rlp: Hex, { checkpoints }: RegistryPin): HashedHeader | undefined {
  const header = readable(rlp)
  const isPinned = (number: number, hash: Hash32): boolean =>
    checkpoints.some((checkpoint) => checkpoint.number === number && checkpoint.hash === hash)
  return header !== undefined && isPinned(header.number, header.hash) ? header : undefined
}

function readable(rlp: Hex): HashedHeader | undefined {
  try {
    return headerOfRlp(rlp)
  } catch (error) {
    if (error instanceof FormatError) return undefined
    throw error
  }
}

function blockOf({ number, hash, timestamp }: HashedHeader): BlockEvidence {
  return { number, hash, timestamp }
}

function unobserved(code: UndeterminedCode): ChainEvidence {
  return { observed: false, code, providers: [] }
}
