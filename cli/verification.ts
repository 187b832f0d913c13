/** The library's three verbs with the network and clock of this machine: parse, gather, judge. */

import { INTERNET } from '../node/domain.ts'
import { portsOf } from '../node/ports.ts'
import { gather, instantOfMilliseconds, verify } from '../src/index.ts'
import type { Certificate, Evidence, Instant, Policy, Verdict } from '../src/index.ts'

/** Which providers have shown the pinned chain: what one look finds out spares the next of this process a question. */
const pins = new Set<string>()

export type Judging = {
  /** A past moment to judge instead of now. */
  readonly asOf?: Instant | undefined
  /** The bytes of the issuer's profile, for an issuer named by something else than its account. */
  readonly profile?: Uint8Array | undefined
}

/** A verdict and all that went into it. */
export type Judged = {
  readonly verdict: Verdict
  readonly evidence: Evidence
  readonly now: Instant
}

/** The verdict on a certificate; a network that does not answer is part of it, never an error. */
export async function judge(
  certificate: Certificate,
  policy: Policy,
  { asOf, profile }: Judging = {},
): Promise<Judged> {
  const evidence = await observe(certificate, policy, profile)
  const now = instantOfMilliseconds(Date.now())
  return { verdict: verify(certificate, evidence, policy, now, asOf), evidence, now }
}

/** What the policy's providers and domains say now. */
export async function observe(
  certificate: Certificate,
  policy: Policy,
  profile?: Uint8Array,
): Promise<Evidence> {
  const ended = new AbortController()
  try {
    return await gather(certificate, policy, {
      ...portsOf(policy, pins, INTERNET, ended.signal),
      ...(profile === undefined ? {} : { profile: () => Promise.resolve(profile) }),
    })
  } finally {
    ended.abort()
  }
}
