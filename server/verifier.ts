/** The library's verifier with the server's network and clock: parse, gather, judge. */

import { portsOf } from '../node/ports.ts'
import {
  evidenceOfBundle,
  FormatError,
  instantOfMilliseconds,
  parseDocument,
  verdictOfMalformed,
  verify,
} from '../src/index.ts'
import type { Bundle, Certificate, Evidence, Instant, Policy, Verdict } from '../src/index.ts'
import { admissionOf, turnsOf } from './http/queue.ts'
import type { Queue } from './http/queue.ts'
import { evidencesOf } from './verifier-evidence.ts'

export type Verifier = {
  /**
   * The verdict on any bytes: a certificate, a presentation, or an evidence bundle, which speaks where the network does
   * not answer. A network that does not answer is part of the verdict, never an error. `asOf` is a past moment to judge
   * instead of now. Throws `Refusal` `busy` where too many wait.
   */
  verdictOn(bytes: Uint8Array, asOf?: Instant): Promise<Verdict>
  /** The same, with the root that the certificate names, where the bytes are one. */
  judge(bytes: Uint8Array, asOf?: Instant): Promise<Judgement>
  /** Observations that run, and requests that wait for one. */
  readonly queue: Pick<Queue, 'running' | 'waiting'>
}

export type Judgement = { readonly verdict: Verdict; readonly root: string | undefined }

/**
 * Observations at a time: more would only make all of them late. Requests that wait for one, and bytes of them: a
 * thousand connections may all ask at once.
 */
const LIMITS = { running: 128, waiting: 1500, waitingBytes: 64 * 1024 * 1024 }

type Document = { readonly certificate: Certificate; readonly bundle: Bundle | undefined }

export function verifierOf(
  policy: Policy,
  now: () => number,
  limits: Partial<typeof LIMITS> = {},
): Verifier {
  const { running, waiting, waitingBytes } = { ...LIMITS, ...limits }
  const evidences = evidencesOf(policy, portsOf(policy, new Set()), now, running)
  const admission = admissionOf({ count: waiting, bytes: waitingBytes })
  const turns = turnsOf()
  const evidenceFor = async (certificate: Certificate, size: number): Promise<Evidence> => {
    const warm = evidences.warm(certificate)
    if (warm !== undefined && !turns.isCrowded) return warm
    return admission.run(size, async () => {
      const evidence = warm ?? (await evidences.observe(certificate))
      await turns.next()
      return evidence
    })
  }
  const judge = async (bytes: Uint8Array, asOf?: Instant): Promise<Judgement> => {
    const document = parsed(bytes)
    if (document instanceof FormatError) {
      const verdict = verdictOfMalformed(document, policy, instantOfMilliseconds(now()))
      return { verdict, root: undefined }
    }
    const { certificate, bundle } = document
    const evidence = await evidenceFor(certificate, bytes.length)
    const telling = evidence.chain.observed || bundle === undefined
    const seen = telling ? evidence : evidenceOfBundle(bundle, policy)
    const verdict = verify(certificate, seen, policy, instantOfMilliseconds(now()), asOf)
    return { verdict, root: certificate.root }
  }
  return {
    queue: {
      get running() {
        return evidences.running
      },
      get waiting() {
        return admission.inside
      },
    },
    judge,
    verdictOn: async (bytes, asOf) => (await judge(bytes, asOf)).verdict,
  }
}

/** The document, or what is wrong with the bytes: a fault found anywhere later is ours, and no verdict on them. */
function parsed(bytes: Uint8Array): Document | FormatError {
  try {
    return parseDocument(bytes)
  } catch (error) {
    if (error instanceof FormatError) return error
    throw error
  }
}
