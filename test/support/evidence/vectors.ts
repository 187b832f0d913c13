/** Evidence bundles of every fate, and what each must earn: how they are judged, and how they are kept. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
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

const FOLDER = fileURLToPath(new URL('../../vectors/evidence/', import.meta.url))

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

export function storedVectors(): StoredVector[] {
  if (!existsSync(FOLDER)) return []
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as StoredVector)
}

/** Writes each vector to its file, beside those that are there. */
export function storeVectors(vectors: readonly EvidenceVector[]): void {
  mkdirSync(FOLDER, { recursive: true })
  for (const vector of vectors) {
    const whole: StoredVector = { ...vector, verdict: judgeOffline(vector) }
    writeFileSync(join(FOLDER, `${vector.id}.json`), `${JSON.stringify(whole, null, 1)}\n`)
  }
}
