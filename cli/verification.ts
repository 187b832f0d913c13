/** The library's three verbs with the network and clock of this machine: parse, gather, judge. */

import { setTimeout as sleep } from 'node:timers/promises'
import { gather, instantOfMilliseconds, verify } from '../src/index.ts'
import type { Certificate, Evidence, Instant, Policy, Verdict } from '../src/index.ts'
import { requestOf } from './rpc.ts'

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
export function observe(
  certificate: Certificate,
  policy: Policy,
  profile?: Uint8Array,
): Promise<Evidence> {
  return gather(certificate, policy, {
    connect: (url) => requestOf(url, policy.timeoutMs),
    delay: (milliseconds) => sleep(milliseconds, undefined, { ref: false }),
    ...(profile === undefined ? {} : { profile: () => Promise.resolve(profile) }),
  })
}
