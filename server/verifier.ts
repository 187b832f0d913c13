/** The library's verifier with the server's network and clock: parse, gather, judge. */

import { createHash } from 'node:crypto'
import { portsOf } from '../node/ports.ts'
import {
  evidenceOfBundle,
  FormatError,
  gather,
  instantOfMilliseconds,
  parseDocument,
  printInstant,
  verdictOfMalformed,
  verify,
} from '../src/index.ts'
import type {
  Bundle,
  Certificate,
  Evidence,
  GatherPorts,
  Instant,
  Policy,
  Verdict,
} from '../src/index.ts'
import { queueOf } from './http/queue.ts'
import type { Queue } from './http/queue.ts'

export type Verifier = {
  /**
   * The verdict on any bytes: a certificate, a presentation, or an evidence bundle, which speaks where the network does
   * not answer. A network that does not answer is part of the verdict, never an error. `asOf` is a past moment to judge
   * instead of now. Throws `Refusal` `busy` where too many wait.
   */
  verdictOn(bytes: Uint8Array, asOf?: Instant): Promise<Verdict>
  /** The same, with the root that the certificate names, where the bytes are one. */
  judge(bytes: Uint8Array, asOf?: Instant): Promise<Judgement>
  readonly queue: Pick<Queue, 'running' | 'waiting'>
}

export type Judgement = { readonly verdict: Verdict; readonly root: string | undefined }

/** More at a time would only make all of them late. */
const LIMITS = { running: 32, waiting: 256 }

type Document = { readonly certificate: Certificate; readonly bundle: Bundle | undefined }

export function verifierOf(policy: Policy, now: () => number, limits = LIMITS): Verifier {
  const ports = shared(portsOf(policy, new Set()))
  const queue = queueOf(limits)
  const flights = new Map<string, Promise<Judgement>>()
  const judged = async (bytes: Uint8Array, asOf: Instant | undefined): Promise<Judgement> => {
    const document = parsed(bytes)
    if (document instanceof FormatError) {
      const verdict = verdictOfMalformed(document, policy, instantOfMilliseconds(now()))
      return { verdict, root: undefined }
    }
    const { certificate } = document
    const evidence = await evidenceOf(document, policy, ports)
    const verdict = verify(certificate, evidence, policy, instantOfMilliseconds(now()), asOf)
    return { verdict, root: certificate.root }
  }
  const judge = (bytes: Uint8Array, asOf?: Instant): Promise<Judgement> => {
    const moment = asOf === undefined ? '' : printInstant(asOf)
    const name = createHash('sha256').update(bytes).update(moment).digest('base64')
    const known = flights.get(name)
    if (known !== undefined) return known
    const flight = queue.run(() => judged(bytes, asOf)).finally(() => flights.delete(name))
    flights.set(name, flight)
    return flight
  }
  return { queue, judge, verdictOn: async (bytes, asOf) => (await judge(bytes, asOf)).verdict }
}

async function evidenceOf(
  { certificate, bundle }: Document,
  policy: Policy,
  ports: GatherPorts,
): Promise<Evidence> {
  const evidence = await gather(certificate, policy, ports)
  return evidence.chain.observed || bundle === undefined
    ? evidence
    : evidenceOfBundle(bundle, policy)
}

/**
 * The same question to the same provider, asked by several at a time, is asked once: certificates of one batch need the
 * same words of the chain, and a crowd that checks a batch costs what one visitor costs.
 */
function shared(ports: GatherPorts): GatherPorts {
  const asked = new Map<string, Promise<unknown>>()
  return {
    ...ports,
    connect: (url) => {
      const request = ports.connect(url)
      return (call) => {
        const name = `${url} ${JSON.stringify(call)}`
        const known = asked.get(name)
        if (known !== undefined) return known
        const answer = Promise.resolve(request(call)).finally(() => asked.delete(name))
        asked.set(name, answer)
        return answer
      }
    },
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
