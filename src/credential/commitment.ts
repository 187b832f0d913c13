import type { Address, Commitment, Hash32, Hex } from '../primitives/bytes.ts'
import { hexOf, bytesOfHex, utf8 } from '../primitives/bytes.ts'
import { hkdfExpand, sha256Text } from '../primitives/hash.ts'
import { canonicalText } from '../primitives/json.ts'
import type { Json, JsonObject } from '../primitives/json.ts'
import { invariant } from '../primitives/errors.ts'
import type { HidablePointer } from './pointer.ts'

/** One batch names at most so many hidable claims (DESIGN section 2, limits). */
export const MAX_POINTERS = 64

const SEED_LENGTH = 32
export const SALT_LENGTH = 32
export const CLAIM_SALT_LENGTH = 16
const SALTS_LABEL = utf8('inaltera/salts/1')

/** The salts of one credential: `salt` for the commitment (32 bytes), one of 16 bytes for each hidable pointer. */
export interface Salts {
  readonly salt: Hash32
  readonly byPointer: ReadonlyMap<HidablePointer, Hex>
}

/** The whole of what a commitment binds beside the visible part of the credential. */
export interface CommitmentParts {
  /** `eip155:<chain>:0x<registry>` */
  readonly home: string
  readonly issuer: Address
  readonly salt: Hash32
  /** The credential without `proof` and without its hidable claims. */
  readonly credential: JsonObject
  readonly digests: ReadonlyMap<HidablePointer, Hash32>
}

/** Pointers in JCS key order: by UTF-16 code units, the order of plain `<` (RFC 8785 section 3.2.3). */
export function inKeyOrder<P extends string>(pointers: Iterable<P>): P[] {
  return [...pointers].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
}

/**
 * Derives a credential's salts from its random 32-byte seed (SPEC section 3.2):
 * `HKDF-Expand-SHA-256(seed, "inaltera/salts/1", 32 + 16·h)`, first `salt`, then 16 bytes a pointer in JCS key order.
 */
export function saltsOf(seed: Uint8Array, pointers: Iterable<HidablePointer>): Salts {
  const ordered = inKeyOrder(pointers)
  const stream = saltBytesOf(seed, ordered.length)
  const byPointer = new Map<HidablePointer, Hex>()
  ordered.forEach((pointer, position) => {
    const start = SALT_LENGTH + CLAIM_SALT_LENGTH * position
    byPointer.set(pointer, hexOf(stream.subarray(start, start + CLAIM_SALT_LENGTH)))
  })
  return { salt: hash32Of(stream.subarray(0, SALT_LENGTH)), byPointer }
}

/** The same as bytes, one after the other, for so many pointers. */
export function saltBytesOf(seed: Uint8Array, pointers: number): Uint8Array<ArrayBuffer> {
  invariant(seed.length === SEED_LENGTH, 'a seed has 32 bytes')
  invariant(pointers <= MAX_POINTERS, 'at most 64 hidable pointers')
  return hkdfExpand(seed, SALTS_LABEL, SALT_LENGTH + CLAIM_SALT_LENGTH * pointers)
}

/** `digest(p) = SHA-256(JCS([salt(p), p, value]))`; a claim that the row lacks has the value `null`. */
export function claimDigest(salt: Hex, pointer: HidablePointer, value: Json): Hash32 {
  return hash32Of(sha256Text(canonicalText(claimPreimage(salt, pointer, value))))
}

/** What a claim's digest is made of. */
export function claimPreimage(salt: string, pointer: HidablePointer, value: Json): Json {
  return [salt, pointer, value]
}

/** The 32 bytes that stand for one credential (SPEC section 3.3); `committer` is for many of one batch. */
export function commitmentOf(parts: CommitmentParts): Commitment {
  return hexOf(sha256Text(canonicalText(commitmentPreimage(parts)))) as Commitment
}

/** What a commitment is made of. */
export function commitmentPreimage(parts: {
  readonly home: string
  readonly issuer: string
  readonly salt: string
  readonly credential: Json
  readonly digests: ReadonlyMap<HidablePointer, string>
}): Json {
  const { home, issuer, salt, credential } = parts
  const digests = Object.fromEntries(parts.digests)
  return { inaltera: 'commitment/1', home, issuer, salt, credential, digests }
}

/** Bytes of a commitment, as leaves take them. */
export function bytesOfCommitment(commitment: Commitment): Uint8Array {
  return bytesOfHex(commitment)
}

function hash32Of(bytes: Uint8Array): Hash32 {
  invariant(bytes.length === 32, 'a hash has 32 bytes')
  return hexOf(bytes) as Hash32
}
