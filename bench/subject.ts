/** Certificates verified with warm anchors, by the library alone: Node imports this file, Chromium gets it bundled. */
import {
  hashKernel,
  instantOfSeconds,
  parseBase64url,
  parseCertificate,
  parsePolicy,
  verify,
} from '../src/index.ts'
import type { Evidence } from '../src/index.ts'

/** What `bench/chromium.ts` serves: documents and policy as base64url. */
export type Served = {
  readonly documents: readonly string[]
  readonly policy: string
  /** What was seen of the chain, for all of them. */
  readonly evidence: Evidence
  /** Seconds since 1970. */
  readonly now: number
}

export type Rates = {
  readonly kernel: string
  /** Certificates a second, of each round. */
  readonly perSecond: readonly number[]
}

/**
 * Each round verifies all documents, from bytes to a verdict: parse, commitment, path, judge. A verdict that is not
 * `valid` throws: a bench of failures measures nothing. The first round warms up and is not told.
 */
export function verifyRounds(served: Served, rounds: number): Rates {
  const documents = served.documents.map((text) => parseBase64url(text, 'document'))
  const policy = parsePolicy(parseBase64url(served.policy, 'policy'))
  const now = instantOfSeconds(served.now)
  const perSecond: number[] = []
  for (let round = 0; round <= rounds; round += 1) {
    const since = performance.now()
    for (const document of documents) {
      const { outcome } = verify(parseCertificate(document), served.evidence, policy, now)
      if (outcome !== 'valid') throw new Error(`a sample is ${outcome}`)
    }
    if (round > 0) perSecond.push((1000 * documents.length) / (performance.now() - since))
  }
  return { kernel: hashKernel().kind, perSecond }
}

/** In a page: the sample comes from the page's own server. */
export async function verifyServed(rounds: number): Promise<Rates> {
  const answer = await fetch('/sample.json')
  return verifyRounds((await answer.json()) as Served, rounds)
}
