/** How an evidence vector is judged, in Node and in a browser alike. */
import {
  evidenceOfBundle,
  FormatError,
  momentOf,
  parseBundle,
  parseInstant,
  parsePolicy,
  utf8,
  verdictOfMalformed,
  verify,
} from '../../../src/index.ts'
import type { Outcome, Verdict } from '../../../src/index.ts'

/** One bundle, whom its reader trusts, and the verdict: the outcome and the one check and code that decide it. */
export interface EvidenceVector {
  readonly id: string
  readonly comment: string
  readonly bundle: Readonly<Record<string, unknown>>
  readonly policy: Readonly<Record<string, unknown>>
  readonly now: string
  readonly asOf: string | null
  readonly expect: { readonly outcome: Outcome; readonly check?: string; readonly code?: string }
}

/** As stored: with the whole verdict, which every implementation gives to the letter. */
export interface StoredVector extends EvidenceVector {
  readonly verdict: Verdict
}

/** As every reader of bundles does it, from bytes to the verdict (SPEC section 14.2). */
export function judgeOffline({ bundle, policy, now, asOf }: EvidenceVector): Verdict {
  const trust = parsePolicy(utf8(JSON.stringify(policy)))
  const at = parseInstant(now, 'now')
  try {
    const parsed = parseBundle(utf8(JSON.stringify(bundle)))
    const evidence = evidenceOfBundle(parsed, trust)
    const moment = asOf === null ? momentOf(evidence) : parseInstant(asOf, 'asOf')
    return verify(parsed.certificate, evidence, trust, at, moment)
  } catch (error) {
    if (error instanceof FormatError) return verdictOfMalformed(error, trust, at)
    throw error
  }
}

/** The outcome, and the check and code that decided it. */
export function gistOf({ outcome, checks }: Verdict): EvidenceVector['expect'] {
  const wanted = outcome === 'invalid' ? 'failed' : 'undetermined'
  for (const [name, check] of Object.entries(checks)) {
    if (check.outcome === wanted && 'code' in check)
      return { outcome, check: name, code: check.code }
  }
  return { outcome }
}
