import { commitmentOf, claimDigest, MAX_POINTERS } from './credential/commitment.ts'
import { parseCredential } from './credential/credential.ts'
import type { Credential } from './credential/credential.ts'
import { splitCredential, subjectOf, withoutClaims } from './credential/disclosure.ts'
import { nameOf } from './credential/pointer.ts'
import type { HidablePointer } from './credential/pointer.ts'
import type { Commitment, Hash32 } from './primitives/bytes.ts'
import { FormatError, invariant } from './primitives/errors.ts'
import { canonicalBytes, parseJson } from './primitives/json.ts'
import type { Json, JsonObject } from './primitives/json.ts'
import { CRYPTOSUITE, parseProofEntry, proofEntryOf } from './proof.ts'
import type { Proof } from './proof.ts'

/** Largest certificate, in bytes; checked before anything is parsed. */
export const MAX_CERTIFICATE_BYTES = 640 * 1024
/** Most entries of `proof`, ours among them. */
export const MAX_PROOFS = 8

/** The file a holder keeps, parsed: a credential, our proof, and other proofs that nobody here checks. */
export interface Certificate extends Proof {
  /** Without `proof`; a hidden claim is not in it. */
  readonly credential: Credential
  readonly otherProofs: readonly Json[]
}

/**
 * Reads a certificate or presentation (SPEC section 5). Trailing white space is allowed, as sealing pads with it.
 * @throws FormatError naming what is wrong and, as a JSON Pointer, where
 */
export function parseCertificate(bytes: Uint8Array): Certificate {
  if (bytes.length > MAX_CERTIFICATE_BYTES) {
    throw new FormatError(
      'too-large',
      '',
      `a certificate has at most ${MAX_CERTIFICATE_BYTES} bytes`,
    )
  }
  return certificateOfJson(parseJson(bytes))
}

/** The same from parsed JSON, as an evidence bundle holds it. */
export function certificateOfJson(json: Json): Certificate {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw new FormatError('wrong-type', '', 'a certificate is a JSON object')
  }
  const { proof: proofs, ...rest } = json as JsonObject
  const { ours, others } = partProofs(proofs)
  const credential = parseCredential(Object.assign(emptyObject(), rest))
  return certificateOf(credential, parseProofEntry(ours.entry, ours.field), others)
}

/** Joins a parsed credential and its proof, checking what ties the two: the limits, and that what is hidden is absent. */
export function certificateOf(
  credential: Credential,
  proof: Proof,
  otherProofs: readonly Json[] = [],
): Certificate {
  if (proof.disclosed.size + proof.hidden.size > MAX_POINTERS) {
    throw new FormatError('too-many-pointers', '/proof', `at most ${MAX_POINTERS} hidable claims`)
  }
  const subject = subjectOf(credential)
  for (const pointer of proof.hidden.keys()) {
    if (proof.disclosed.has(pointer)) {
      throw new FormatError('pointer-twice', pointer, 'a claim is both disclosed and hidden')
    }
    if (Object.hasOwn(subject, nameOf(pointer))) {
      throw new FormatError(
        'hidden-member-present',
        pointer,
        'a hidden claim stands in the document',
      )
    }
  }
  return { ...proof, credential, otherProofs }
}

/** Recomputes the commitment that the credential, its shown claims and the hidden digests give. */
export function commitmentOfCertificate(certificate: Certificate): Commitment {
  const { disclosed, hidden } = certificate
  const pointers = [...disclosed.keys(), ...hidden.keys()]
  const { visible, claims } = splitCredential(certificate.credential, pointers)
  const digests = new Map<HidablePointer, Hash32>(hidden)
  for (const [pointer, salt] of disclosed) {
    digests.set(pointer, claimDigest(salt, pointer, claims.get(pointer) ?? null))
  }
  const { home, issuer, salt } = certificate
  return commitmentOf({ home: home.text, issuer, salt, credential: visible, digests })
}

/** The certificate's bytes: JCS, UTF-8. What a certificate's CID seals is exactly this, padded. */
export function printCertificate(certificate: Certificate): Uint8Array {
  return canonicalBytes(documentOf(certificate))
}

function documentOf(certificate: Certificate): JsonObject {
  const { credential, otherProofs } = certificate
  return { ...credential, proof: [proofEntryOf(certificate), ...otherProofs] }
}

/**
 * Makes a presentation: hides the claims at `pointers` for good, and drops the other proofs, which would not hold any
 * more. Hiding what is hidden already changes nothing.
 * @throws FormatError `bad-pointer` for a claim that this batch does not let its holder hide
 */
export function hideClaims(
  certificate: Certificate,
  pointers: Iterable<HidablePointer>,
): Certificate {
  const disclosed = new Map(certificate.disclosed)
  const hidden = new Map(certificate.hidden)
  const toHide = [...pointers]
  const { claims } = splitCredential(certificate.credential, toHide)
  for (const pointer of toHide) {
    const salt = disclosed.get(pointer)
    if (salt === undefined) {
      if (hidden.has(pointer)) continue
      throw new FormatError('bad-pointer', pointer, 'this certificate has no hidable claim here')
    }
    hidden.set(pointer, claimDigest(salt, pointer, claims.get(pointer) ?? null))
    disclosed.delete(pointer)
  }
  const presentation = certificateOf(
    parseCredential(withoutClaims(certificate.credential, toHide)),
    { ...certificate, disclosed, hidden },
  )
  invariant(
    commitmentOfCertificate(presentation) === commitmentOfCertificate(certificate),
    'hiding a claim keeps the commitment',
  )
  return presentation
}

function partProofs(proofs: Json | undefined): {
  ours: { entry: JsonObject; field: string }
  others: Json[]
} {
  if (proofs === undefined) throw new FormatError('no-proof', '/proof', 'the document has no proof')
  if (!Array.isArray(proofs)) throw new FormatError('wrong-type', '/proof', 'proof is not an array')
  if (proofs.length > MAX_PROOFS) {
    throw new FormatError('too-many-proofs', '/proof', `at most ${MAX_PROOFS} proofs`)
  }
  const ours: { entry: JsonObject; field: string }[] = []
  const others: Json[] = []
  proofs.forEach((entry: Json, position) => {
    if (isOurs(entry)) ours.push({ entry, field: `/proof/${position}` })
    else others.push(entry)
  })
  const [first, second] = ours
  if (first === undefined) throw new FormatError('no-proof', '/proof', `no ${CRYPTOSUITE} proof`)
  if (second !== undefined) {
    throw new FormatError('several-proofs', second.field, `more than one ${CRYPTOSUITE} proof`)
  }
  return { ours: first, others }
}

function isOurs(entry: Json): entry is JsonObject {
  return (
    typeof entry === 'object' &&
    entry !== null &&
    !Array.isArray(entry) &&
    (entry as JsonObject)['cryptosuite'] === CRYPTOSUITE
  )
}

function emptyObject(): Record<string, Json> {
  return Object.create(null) as Record<string, Json>
}
