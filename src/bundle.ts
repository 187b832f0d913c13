import * as z from 'zod'
import { certificateOfJson, MAX_CERTIFICATE_BYTES, printCertificate } from './certificate.ts'
import type { Certificate } from './certificate.ts'
import { digestOfContext } from './credential/contexts.ts'
import { parseAccount, parseHome } from './primitives/account.ts'
import type { Home } from './primitives/account.ts'
import { hexOf, parseBase64url, parseHash32 } from './primitives/bytes.ts'
import type { Hash32, Hex } from './primitives/bytes.ts'
import { FormatError } from './primitives/errors.ts'
import { sha256 } from './primitives/hash.ts'
import { canonicalBytes, canonicalText, MAX_DEPTH, parseJson } from './primitives/json.ts'
import type { Json } from './primitives/json.ts'
import { parseShape } from './primitives/shape.ts'
import type { StateProof } from './registry/ports.ts'
import { MAX_HINTS } from './verify/accreditation.ts'
import type { AccreditationHint, Evidence } from './verify/evidence.ts'

/** Largest bundle, in bytes; checked before anything is parsed. */
export const MAX_BUNDLE_BYTES = 8 * 1024 * 1024
/** Far more than Ethereum's 600 or so: some networks keep lists of validators and transactions in `extraData`. */
const MAX_HEADER_BYTES = 65_536
const MAX_NODE_BYTES = 1_024

/** A JSON-LD context as it was when the bundle was made: kept for later readers, decides nothing. */
export interface ContextBytes {
  readonly url: string
  /** base64url. */
  readonly content: string
}

/** Certificate and evidence from one file (SPEC section 14), parsed and not judged. */
export interface Bundle {
  readonly home: Home
  readonly certificate: Certificate
  /** RLP of the header whose state is proven, and of the chain's final block when the bundle was made. */
  readonly header: Hex
  readonly finalizedHeader: Hex
  readonly proof: StateProof
  /** The bytes of the issuer's profile, base64url. */
  readonly profile: string | null
  readonly accreditations: readonly AccreditationHint[]
  readonly contexts: readonly ContextBytes[]
}

const nodes = z.array(z.string()).max(65)
const bundleSchema = z.strictObject({
  inaltera: z.literal('evidence/1'),
  home: z.string(),
  certificate: z.record(z.string(), z.unknown()),
  header: z.string(),
  finalizedHeader: z.string(),
  proofs: z.tuple([
    z.strictObject({
      kind: z.literal('mpt'),
      account: nodes,
      storage: z.array(z.strictObject({ slot: z.string(), nodes })).max(1_024),
    }),
  ]),
  profile: z.string().optional(),
  accreditations: z
    .array(
      z.strictObject({ accreditor: z.string(), issuer: z.string(), record: z.string().optional() }),
    )
    .max(MAX_HINTS),
  contexts: z.array(z.strictObject({ url: z.string(), content: z.string() })).max(8),
})
type RawBundle = z.infer<typeof bundleSchema>

/**
 * Reads an evidence bundle.
 * @throws FormatError naming what is wrong and, as a JSON Pointer, where
 */
export function parseBundle(bytes: Uint8Array): Bundle {
  if (bytes.length > MAX_BUNDLE_BYTES) {
    throw new FormatError('too-large', '', `a bundle has at most ${MAX_BUNDLE_BYTES} bytes`)
  }
  return bundleOfJson(parseJson(bytes, MAX_DEPTH + 1))
}

/** Whether JSON says that it is a bundle; whether it is a sound one, parsing tells. */
export function isBundleJson(json: Json): boolean {
  return typeof json === 'object' && json !== null && Object.hasOwn(json, 'inaltera')
}

export function bundleOfJson(json: Json): Bundle {
  const raw = parseShape(bundleSchema, json)
  const home = parseHome(raw.home, '/home')
  const certificate = certificateIn(raw.certificate as Json)
  return {
    home,
    certificate,
    header: parseBytes(raw.header, MAX_HEADER_BYTES, '/header'),
    finalizedHeader: parseBytes(raw.finalizedHeader, MAX_HEADER_BYTES, '/finalizedHeader'),
    proof: proofIn(raw.proofs[0]),
    profile: raw.profile === undefined ? null : parseEncoded(raw.profile, '/profile'),
    accreditations: raw.accreditations.map(hintIn),
    contexts: raw.contexts.map((context, at) => contextIn(context, certificate, at)),
  }
}

/**
 * Makes the file of a certificate and its evidence; `undefined` where the evidence has no proof, or no final block,
 * to make one of.
 * @param contexts those of the certificate's contexts whose bytes are to hand
 */
export function bundleOf(
  certificate: Certificate,
  { home, chain, profile, accreditations }: Evidence,
  contexts: readonly ContextBytes[] = [],
): Uint8Array | undefined {
  if (!chain.observed || chain.proof === undefined) return undefined
  const { header, finalizedHeader, account, storage } = chain.proof
  if (finalizedHeader === null) return undefined
  const bytes = canonicalBytes({
    inaltera: 'evidence/1',
    home,
    certificate: parseJson(printCertificate(certificate)),
    header,
    finalizedHeader,
    proofs: [{ kind: 'mpt', account, storage: storage.map((entry) => ({ ...entry })) }],
    ...(profile === null ? {} : { profile }),
    accreditations: accreditations
      .slice(0, MAX_HINTS)
      .map(({ record, ...edge }) => (record === null ? edge : { ...edge, record })),
    contexts: contexts.map(({ url, content }) => ({ url, content })),
  })
  // Whoever makes a thing checks it before handing it over.
  parseBundle(bytes)
  return bytes
}

function certificateIn(json: Json): Certificate {
  try {
    const { length } = canonicalText(json)
    if (length > MAX_CERTIFICATE_BYTES || canonicalBytes(json).length > MAX_CERTIFICATE_BYTES) {
      throw new FormatError('too-large', '', 'the certificate is too large')
    }
    return certificateOfJson(json)
  } catch (error) {
    if (!(error instanceof FormatError)) throw error
    throw new FormatError(error.code, `/certificate${error.field}`, error.message)
  }
}

function proofIn({ account, storage }: RawBundle['proofs'][0]): StateProof {
  const accountNodes = nodesIn(account, '/proofs/0/account')
  const seen = new Set<Hash32>()
  const slots = storage.map((entry, at) => {
    const field = `/proofs/0/storage/${at}`
    const slot = parseHash32(entry.slot, `${field}/slot`)
    if (seen.has(slot)) throw new FormatError('wrong-value', `${field}/slot`, 'a slot stands twice')
    seen.add(slot)
    return { slot, nodes: nodesIn(entry.nodes, `${field}/nodes`) }
  })
  return { account: accountNodes, storage: slots }
}

function nodesIn(texts: readonly string[], field: string): Hex[] {
  return texts.map((text, at) => parseBytes(text, MAX_NODE_BYTES, `${field}/${at}`))
}

/** Hex of 1 to `most` bytes. */
function parseBytes(text: string, most: number, field: string): Hex {
  if (!/^0x([0-9a-f]{2})+$/.test(text)) {
    throw new FormatError('not-canonical-hex', field, `${field} is not bytes in lower-case hex`)
  }
  if (text.length > 2 + 2 * most) {
    throw new FormatError('too-large', field, `${field} has more than ${most} bytes`)
  }
  return text as Hex
}

function parseEncoded(text: string, field: string): string {
  parseBase64url(text, field)
  return text
}

function hintIn(raw: RawBundle['accreditations'][0], at: number): AccreditationHint {
  const field = `/accreditations/${at}`
  return {
    accreditor: parseAccount(raw.accreditor, `${field}/accreditor`).text,
    issuer: parseAccount(raw.issuer, `${field}/issuer`).text,
    record: raw.record === undefined ? null : parseEncoded(raw.record, `${field}/record`),
  }
}

function contextIn(
  { url, content }: ContextBytes,
  { credential }: Certificate,
  at: number,
): ContextBytes {
  const field = `/contexts/${at}`
  const named = credential['@context'] as Json
  const isNamed = Array.isArray(named) && named.includes(url)
  const digest = hexOf(sha256(parseBase64url(content, `${field}/content`)))
  if (!isNamed || digest !== digestOfContext(url)) {
    throw new FormatError('bad-context', field, `${url} is no context of the certificate`)
  }
  return { url, content }
}
