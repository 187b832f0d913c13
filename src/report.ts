import * as z from 'zod'
import { bundleOfJson, isBundleJson, MAX_BUNDLE_BYTES } from './bundle.ts'
import type { Bundle } from './bundle.ts'
import { parseCertificate } from './certificate.ts'
import type { Certificate } from './certificate.ts'
import { parseAccount } from './primitives/account.ts'
import { base64urlOf, parseBase64url } from './primitives/bytes.ts'
import { LEVELS, UNDETERMINED_CODES } from './primitives/codes.ts'
import { FormatError } from './primitives/errors.ts'
import { canonicalBytes, canonicalText, MAX_DEPTH, parseJson } from './primitives/json.ts'
import type { Json } from './primitives/json.ts'
import { parseShape } from './primitives/shape.ts'
import { parseInstant, printInstant } from './primitives/time.ts'
import type { Instant } from './primitives/time.ts'
import type { Evidence } from './verify/evidence.ts'
import { parsePolicy } from './verify/policy.ts'
import type { Policy } from './verify/policy.ts'
import type { Verdict } from './verify/verdict.ts'
import { verdictOfMalformed, verify } from './verify/verify.ts'

/** Largest report, in bytes; checked before anything is parsed. */
export const MAX_REPORT_BYTES = 16 * 1024 * 1024

/** A verdict with all that went into it (SPEC section 15). */
export interface Report {
  /** The bytes judged: a certificate, or a bundle. */
  readonly certificate: Uint8Array
  readonly policy: Uint8Array
  /** `null` where the bytes judged did not parse. */
  readonly evidence: Evidence | null
  readonly now: Instant
  readonly asOf: Instant | undefined
  readonly verdict: Verdict
}

/** What a report's own inputs give today, and whether that is the verdict it states. */
export interface Replay {
  readonly verdict: Verdict
  readonly same: boolean
}

const hash = z.string().regex(/^0x[0-9a-f]{64}$/)
const hex = z.string().regex(/^0x([0-9a-f]{2})*$/)
const base64url = z.string().regex(/^[A-Za-z0-9_-]*$/)
const code = z.enum(UNDETERMINED_CODES)
const block = z.strictObject({
  number: z.int().min(0),
  hash,
  timestamp: z
    .int()
    .min(0)
    .max(2 ** 40 - 1),
})
const providers = z.array(
  z.strictObject({
    provider: z.string(),
    outcome: z.union([z.literal('answered'), code]),
    detail: z.string().optional(),
  }),
)
const chain = z.discriminatedUnion('observed', [
  z.strictObject({
    observed: z.literal(true),
    level: z.enum(LEVELS),
    block,
    finalized: block.nullable(),
    storage: z.record(hash, hash),
    shortfalls: z.array(z.enum(['header-not-rehashed', 'no-storage-proof'])).optional(),
    proof: z
      .strictObject({
        header: hex,
        finalizedHeader: hex.nullable(),
        account: z.array(hex),
        storage: z.array(z.strictObject({ slot: hash, nodes: z.array(hex) })),
      })
      .optional(),
    providers,
  }),
  z.strictObject({ observed: z.literal(false), code, providers }),
])
const evidenceSchema = z.strictObject({
  home: z.string(),
  chain,
  profile: base64url.nullable(),
  accreditations: z.array(
    z.strictObject({ accreditor: z.string(), issuer: z.string(), record: base64url.nullable() }),
  ),
  domains: z.array(
    z.strictObject({ domain: z.string(), accounts: z.array(z.string()).nullable() }),
  ),
})
const reportSchema = z.strictObject({
  inaltera: z.literal('report/1'),
  certificate: base64url,
  policy: base64url,
  evidence: evidenceSchema.nullable(),
  now: z.string(),
  asOf: z.string().nullable(),
  verdict: z.record(z.string(), z.unknown()),
})

/**
 * Reads what may be judged: a certificate, or an evidence bundle with one in it.
 * @throws FormatError naming what is wrong and where
 */
export function parseDocument(bytes: Uint8Array): {
  readonly certificate: Certificate
  readonly bundle: Bundle | undefined
} {
  if (bytes.length > MAX_BUNDLE_BYTES) {
    throw new FormatError('too-large', '', `a bundle has at most ${MAX_BUNDLE_BYTES} bytes`)
  }
  const json = parseJson(bytes, MAX_DEPTH + 1)
  if (!isBundleJson(json)) return { certificate: parseCertificate(bytes), bundle: undefined }
  const bundle = bundleOfJson(json)
  return { certificate: bundle.certificate, bundle }
}

/** Writes a report, JCS. */
export function printReport(report: Report): Uint8Array {
  return canonicalBytes({
    inaltera: 'report/1',
    certificate: base64urlOf(report.certificate),
    policy: base64urlOf(report.policy),
    evidence: plain(report.evidence),
    now: printInstant(report.now),
    asOf: report.asOf === undefined ? null : printInstant(report.asOf),
    verdict: plain(report.verdict),
  })
}

/** Reads a report. @throws FormatError naming what is wrong and where */
export function parseReport(bytes: Uint8Array): Report {
  if (bytes.length > MAX_REPORT_BYTES) {
    throw new FormatError('too-large', '', `a report has at most ${MAX_REPORT_BYTES} bytes`)
  }
  const raw = parseShape(reportSchema, parseJson(bytes))
  for (const [at, hint] of (raw.evidence?.accreditations ?? []).entries()) {
    parseAccount(hint.accreditor, `/evidence/accreditations/${at}/accreditor`)
    parseAccount(hint.issuer, `/evidence/accreditations/${at}/issuer`)
  }
  return {
    certificate: parseBase64url(raw.certificate, '/certificate'),
    policy: parseBase64url(raw.policy, '/policy'),
    // The schema holds the evidence to its form; which of its texts are addresses and hashes is a matter of type only.
    evidence: raw.evidence as Evidence | null,
    now: parseInstant(raw.now, '/now'),
    asOf: raw.asOf === null ? undefined : parseInstant(raw.asOf, '/asOf'),
    verdict: raw.verdict as unknown as Verdict,
  }
}

/**
 * Judges again what a report holds. It shows that the verdict follows from what that verifier saw, not that the chain says
 * so: the evidence is its maker's word.
 * @throws FormatError where the policy does not parse, or evidence is missing though the bytes parse
 */
export function replay(report: Report): Replay {
  const policy = parsePolicy(report.policy)
  const verdict = judgedAgain(report, policy)
  return { verdict, same: canonicalText(plain(verdict)) === canonicalText(plain(report.verdict)) }
}

function judgedAgain({ certificate, evidence, now, asOf }: Report, policy: Policy): Verdict {
  let document: Certificate
  try {
    document = parseDocument(certificate).certificate
  } catch (error) {
    if (error instanceof FormatError) return verdictOfMalformed(error, policy, now)
    throw error
  }
  if (evidence === null) {
    throw new FormatError('missing-member', '/evidence', 'the report has no evidence')
  }
  return verify(document, evidence, policy, now, asOf)
}

/** Our own plain data as the JSON that it is, without members that are `undefined`. */
function plain(value: Evidence | Verdict | null): Json {
  return JSON.parse(JSON.stringify(value)) as Json
}
