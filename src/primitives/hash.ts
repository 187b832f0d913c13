import { expand, extract } from '@noble/hashes/hkdf.js'
import { sha256 as nobleSha256 } from '@noble/hashes/sha2.js'
import { keccak_256 } from '@noble/hashes/sha3.js'

/** SHA-256 (FIPS 180-4), 32 bytes. */
export function sha256(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return nobleSha256(bytes)
}

/** Keccak-256 as Ethereum uses it: not SHA3-256 of FIPS 202, which pads otherwise. 32 bytes. */
export function keccak256(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return keccak_256(bytes)
}

/** HKDF-Extract with SHA-256 (RFC 5869 section 2.2), 32 bytes. */
export function hkdfExtract(salt: Uint8Array, inputKey: Uint8Array): Uint8Array<ArrayBuffer> {
  return extract(nobleSha256, inputKey, salt)
}

/** HKDF-Expand with SHA-256 (RFC 5869 section 2.3) to `length` bytes, at most 8,160. */
export function hkdfExpand(
  key: Uint8Array,
  info: Uint8Array,
  length: number,
): Uint8Array<ArrayBuffer> {
  return expand(nobleSha256, key, info, length)
}
