/** The library's verifier with the server's network and clock: parse, gather, judge. */

import { portsOf } from '../node/ports.ts'
import {
  FormatError,
  gather,
  instantOfMilliseconds,
  parseCertificate,
  verdictOfMalformed,
  verify,
} from '../src/index.ts'
import type { Certificate, Policy, Verdict } from '../src/index.ts'

export type Verifier = {
  /** The verdict on any bytes; a network that does not answer is part of it, never an error. */
  verdictOn(bytes: Uint8Array): Promise<Verdict>
}

export function verifierOf(policy: Policy, now: () => number): Verifier {
  const ports = portsOf(policy, new Set())
  return {
    verdictOn: async (bytes) => {
      const at = instantOfMilliseconds(now())
      const certificate = parsed(bytes)
      if (certificate instanceof FormatError) return verdictOfMalformed(certificate, policy, at)
      const evidence = await gather(certificate, policy, ports)
      return verify(certificate, evidence, policy, instantOfMilliseconds(now()))
    },
  }
}

/** The certificate, or what is wrong with the bytes: a fault found anywhere later is ours, and no verdict on them. */
function parsed(bytes: Uint8Array): Certificate | FormatError {
  try {
    return parseCertificate(bytes)
  } catch (error) {
    if (error instanceof FormatError) return error
    throw error
  }
}
