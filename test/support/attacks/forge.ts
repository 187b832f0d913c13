import {
  base64urlOf,
  canonicalText,
  parseBase64url,
  parseJson,
  printCertificate,
} from '../../../src/index.ts'
import type { Certificate, Evidence } from '../../../src/index.ts'
import { certificateAt } from '../world.ts'

/** A forged certificate, what a verifier saw of the chain, and the one code that it must earn. */
export interface Attack {
  readonly id: string
  readonly comment: string
  /** The certificate's text; where it is no text, its bytes in `hex`. */
  readonly text?: string
  readonly hex?: string
  /** Only where it is not the evidence of the honest world. */
  readonly evidence?: Evidence
  /** Only where it is not the policy of the honest world. */
  readonly policy?: Record<string, unknown>
  readonly now?: string
  readonly expect: { readonly check: string; readonly outcome: string; readonly code: string }
}

export type Expect = Attack['expect']
export type Mutable = Record<string, unknown>

export const failed = (check: string, code: string): Expect => ({ check, outcome: 'failed', code })
export const undetermined = (check: string, code: string): Expect => ({
  check,
  outcome: 'undetermined',
  code,
})

/** The text of the certificate under attack. */
export const HONEST = new TextDecoder().decode(printCertificate(certificateAt(3)))

export function parsed(text = HONEST): Mutable {
  return JSON.parse(text) as Mutable
}

export function entryOf(document: Mutable): Mutable {
  return (document['proof'] as Mutable[])[0] ?? {}
}

/** The honest certificate with `change` made to the document. */
export function withDocument(change: (document: Mutable) => void): string {
  const document = parsed()
  change(document)
  return JSON.stringify(document)
}

/** The honest certificate with the text of its proof value replaced. */
export function withProofText(change: (text: string) => string, text = HONEST): string {
  const document = parsed(text)
  const entry = entryOf(document)
  const value = String(entry['proofValue']).slice(1)
  const inner = new TextDecoder().decode(parseBase64url(value, ''))
  entry['proofValue'] = `u${base64urlOf(new TextEncoder().encode(change(inner)))}`
  return JSON.stringify(document)
}

/** The same, `change` made to the members of the proof value, in canonical form. */
export function withProof(change: (value: Mutable) => void, text = HONEST): string {
  return withProofText((inner) => {
    const value = JSON.parse(inner) as Mutable
    change(value)
    return canonicalText(parseJson(new TextEncoder().encode(JSON.stringify(value))))
  }, text)
}

export function textOf(certificate: Certificate): string {
  return new TextDecoder().decode(printCertificate(certificate))
}

/** One attack on the certificate's text. */
export function forged(id: string, comment: string, expect: Expect, text: string): Attack {
  return { id, comment, text, expect }
}
