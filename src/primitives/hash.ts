import { invariant } from './errors.ts'
import { hashKernel } from './kernel.ts'

const HASH_BYTES = 32
/** A block of SHA-256. */
const BLOCK_BYTES = 64
/** Ours are labels of a few words. */
const MOST_INFO_BYTES = 1024

/** SHA-256 (FIPS 180-4), 32 bytes. */
export function sha256(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return hashKernel().sha256(bytes)
}

/** SHA-256 of the UTF-8 of a well-formed text, 32 bytes. */
export function sha256Text(text: string): Uint8Array<ArrayBuffer> {
  return hashKernel().sha256Text(text)
}

/** Keccak-256 as Ethereum uses it: not SHA3-256 of FIPS 202, which pads otherwise. 32 bytes. */
export function keccak256(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return hashKernel().keccak256(bytes)
}

/** HMAC-SHA-256 (RFC 2104) of the message's parts, one after the other. 32 bytes. */
export function hmacSha256(
  key: Uint8Array,
  ...parts: readonly Uint8Array[]
): Uint8Array<ArrayBuffer> {
  return hashKernel().hmac(blockKeyOf(key), parts)
}

/** The same of the UTF-8 of a well-formed text. */
export function hmacSha256Text(key: Uint8Array, text: string): Uint8Array<ArrayBuffer> {
  return hashKernel().hmacText(blockKeyOf(key), text)
}

/** HKDF-Extract with SHA-256 (RFC 5869 section 2.2), 32 bytes. */
export function hkdfExtract(salt: Uint8Array, inputKey: Uint8Array): Uint8Array<ArrayBuffer> {
  return hmacSha256(salt, inputKey)
}

/** HKDF-Expand with SHA-256 (RFC 5869 section 2.3) to `length` bytes, at most 8,160; `info` has at most 1,024. */
export function hkdfExpand(
  key: Uint8Array,
  info: Uint8Array,
  length: number,
): Uint8Array<ArrayBuffer> {
  invariant(length <= 255 * HASH_BYTES, `HKDF gives at most 255 hashes, not ${length} bytes`)
  invariant(info.length <= MOST_INFO_BYTES, `HKDF is told at most ${MOST_INFO_BYTES} bytes`)
  return hashKernel().expand(blockKeyOf(key), info, length)
}

/** A key as HMAC takes it: one that is longer than a block is hashed (RFC 2104 section 2). */
function blockKeyOf(key: Uint8Array): Uint8Array {
  return key.length > BLOCK_BYTES ? sha256(key) : key
}
