/** Parse, gather, judge, with the browser's network and clock: the library's three verbs and nothing else. */
import {
  evidenceOfBundle,
  FormatError,
  gather,
  instantOfMilliseconds,
  momentOf,
  parseDocument,
  printReport,
  verdictOfMalformed,
  verify,
} from '../../src/index.ts'
import type { Bundle, Certificate, Evidence, Instant, Policy, Verdict } from '../../src/index.ts'
import { domainPortOf } from './domain.ts'
import { requestOf } from './rpc.ts'

/** A verdict and all that went into it. */
export type Judged = {
  /** As they were read. */
  readonly bytes: Uint8Array
  /** Undefined where the bytes are no certificate. */
  readonly document: ReturnType<typeof parseDocument> | undefined
  readonly verdict: Verdict
  readonly evidence: Evidence | null
  readonly policy: ReadPolicy
  readonly now: Instant
  readonly asOf: Instant | undefined
}

/** A policy and its bytes, which reports hold and whose digest verdicts name. */
export type ReadPolicy = { readonly bytes: Uint8Array; readonly policy: Policy }

export type JudgeOptions = {
  /** A past moment to judge instead of now. */
  readonly asOf?: Instant | undefined
  /** The bytes of the issuer's profile, from wherever the page has them. */
  readonly profile?: (account: string) => Promise<Uint8Array | null>
  /** Judge a bundle by what is in it, and ask nobody. */
  readonly isOffline?: boolean
}

/** Which providers have shown the pinned chain: what one look finds out spares the next of this page a question. */
const pins = new Set<string>()

/** The verdict on any bytes; a network that does not answer is part of it, never an error. */
export async function judge(
  bytes: Uint8Array,
  chosen: ReadPolicy,
  options: JudgeOptions = {},
): Promise<Judged> {
  const { policy } = chosen
  const { asOf } = options
  const document = parsed(bytes)
  if (document instanceof FormatError) {
    const now = instantOfMilliseconds(Date.now())
    const verdict = verdictOfMalformed(document, policy, now)
    return { bytes, document: undefined, verdict, evidence: null, policy: chosen, now, asOf }
  }
  const { certificate, bundle } = document
  const evidence =
    options.isOffline === true && bundle !== undefined
      ? evidenceOfBundle(bundle, policy)
      : await observe(certificate, bundle, policy, options)
  const now = instantOfMilliseconds(Date.now())
  const moment = asOf ?? (options.isOffline === true ? momentOf(evidence) : undefined)
  const verdict = verify(certificate, evidence, policy, now, moment)
  return { bytes, document, verdict, evidence, policy: chosen, now, asOf: moment }
}

/** The bytes of a report that `inaltera verify --replay` judges again. */
export function reportOf({ bytes, verdict, evidence, policy, now, asOf }: Judged): Uint8Array {
  return printReport({ certificate: bytes, policy: policy.bytes, evidence, now, asOf, verdict })
}

/** What the policy's providers and domains say now; where they say nothing, what a bundle proves. */
async function observe(
  certificate: Certificate,
  bundle: Bundle | undefined,
  policy: Policy,
  { profile }: JudgeOptions,
): Promise<Evidence> {
  const ended = new AbortController()
  try {
    const evidence = await gather(certificate, policy, {
      connect: (url) => requestOf(url, policy.timeoutMs, ended.signal),
      delay: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
      pins,
      domain: domainPortOf(policy, ended.signal),
      ...(profile === undefined ? {} : { profile }),
    })
    const isSilent = !evidence.chain.observed && bundle !== undefined
    return isSilent ? evidenceOfBundle(bundle, policy) : evidence
  } finally {
    ended.abort()
  }
}

/** What is wrong with the bytes, where anything is: a fault found later is ours, and no verdict on them. */
function parsed(bytes: Uint8Array): ReturnType<typeof parseDocument> | FormatError {
  try {
    return parseDocument(bytes)
  } catch (error) {
    if (error instanceof FormatError) return error
    throw error
  }
}
