/** The verdict on a vector as the text of its JSON: the same file judges in Node and, bundled, in Chromium. */
import {
  bytesOfHex,
  FormatError,
  parseCertificate,
  parseInstant,
  parsePolicy,
  utf8,
  verdictOfMalformed,
  verify,
} from '../../src/index.ts'
import type { Evidence, Verdict } from '../../src/index.ts'
import { judgeOffline } from '../support/evidence/judge.ts'
import type { EvidenceVector } from '../support/evidence/judge.ts'

/** What attacks are judged with where they bring nothing of their own. */
export interface World {
  readonly now: string
  readonly policy: Record<string, unknown>
  readonly evidence: Evidence
}

/** An attack as stored: a certificate's text or bytes, and what differs from the honest world. */
export interface StoredAttack extends Partial<World> {
  readonly id: string
  readonly text?: string
  readonly hex?: string
  readonly asOf?: string | null
}

export function bundleVerdicts(vectors: readonly EvidenceVector[]): string[] {
  return vectors.map((vector) => JSON.stringify(judgeOffline(vector)))
}

export function attackVerdicts(attacks: readonly StoredAttack[], world: World): string[] {
  return attacks.map((attack) => JSON.stringify(judge({ ...world, ...attack })))
}

function judge({ text, hex, now, policy, evidence, asOf }: World & StoredAttack): Verdict {
  const trust = parsePolicy(utf8(JSON.stringify(policy)))
  const at = parseInstant(now, 'now')
  const past = asOf == null ? undefined : parseInstant(asOf, 'asOf')
  try {
    const bytes = hex === undefined ? utf8(text ?? '') : bytesOfHex(`0x${hex}`)
    return verify(parseCertificate(bytes), evidence, trust, at, past)
  } catch (error) {
    if (error instanceof FormatError) return verdictOfMalformed(error, trust, at)
    throw error
  }
}
