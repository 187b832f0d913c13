/** The library's three verbs with the network and clock of this machine: parse, gather, judge. */

import { setTimeout as sleep } from 'node:timers/promises'
import { gather, instantOfMilliseconds, verify } from '../src/index.ts'
import type { Certificate, Instant, Policy, Verdict } from '../src/index.ts'
import { requestOf } from './rpc.ts'

export type Judging = {
  /** A past moment to judge instead of now. */
  readonly asOf?: Instant | undefined
  /** The bytes of the issuer's profile, for an issuer named by something else than its account. */
  readonly profile?: Uint8Array | undefined
}

/** The verdict on a certificate; a network that does not answer is part of it, never an error. */
export async function judge(
  certificate: Certificate,
  policy: Policy,
  { asOf, profile }: Judging = {},
): Promise<Verdict> {
  const evidence = await gather(certificate, policy, {
    connect: (url) => requestOf(url, policy.timeoutMs),
    delay: (milliseconds) => sleep(milliseconds, undefined, { ref: false }),
    ...(profile === undefined ? {} : { profile: () => Promise.resolve(profile) }),
  })
  return verify(certificate, evidence, policy, instantOfMilliseconds(Date.now()), asOf)
}
