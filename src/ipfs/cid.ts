import { concat } from '../primitives/bytes.ts'
import { FormatError, invariant } from '../primitives/errors.ts'
import { sha256 } from '../primitives/hash.ts'
import { lettersOf, valuesOf } from '../primitives/letters.ts'

/** What a block holds: sealed bytes, or a node of a manifest. */
export type Codec = 'raw' | 'dag-cbor'

/** A content identifier of version 1 over SHA-256; `text` is its one spelling, base32. */
export interface Cid {
  readonly codec: Codec
  readonly digest: Uint8Array
  readonly text: string
}

const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567'
const BASE32_VALUES = valuesOf(BASE32)
/** Of ten bits the two letters. */
const BASE32_PAIRS = Array.from(
  { length: 1024 },
  (_, bits) => `${BASE32.charAt(bits >> 5)}${BASE32.charAt(bits & 31)}`,
)
const TEXT = /^b[a-z2-7]{58}$/
/** Of SHA-256. */
export const DIGEST_BYTES = 32
/** Of a CID: version, codec, hash, its length, digest. */
export const CID_BYTES = 36
/** Version 1, codec, then the multihash of SHA-256: its code and its length (https://github.com/multiformats/cid). */
const PREFIXES: Readonly<Record<Codec, Uint8Array>> = {
  raw: Uint8Array.of(0x01, 0x55, 0x12, DIGEST_BYTES),
  'dag-cbor': Uint8Array.of(0x01, 0x71, 0x12, DIGEST_BYTES),
}

/** The CID of a block of raw bytes: `bafkrei…`. */
export function cidOf(block: Uint8Array): string {
  return cidOfDigest('raw', sha256(block))
}

/** The CID of a manifest node: `bafyrei…`. */
export function cidOfNode(block: Uint8Array): string {
  return cidOfDigest('dag-cbor', sha256(block))
}

/** The CID of a block whose SHA-256 the caller has, from a faster engine, say. */
export function cidOfDigest(codec: Codec, digest: Uint8Array): string {
  invariant(digest.length === DIGEST_BYTES, 'a SHA-256 has 32 bytes')
  return `b${base32Of(concat(PREFIXES[codec], digest))}`
}

/** Reads a CIDv1, raw or dag-cbor, SHA-256, in base32 in its one spelling. @throws FormatError `bad-cid` */
export function parseCid(text: unknown, field: string): Cid {
  const bytes = typeof text === 'string' && TEXT.test(text) ? bytesOfBase32(text.slice(1)) : null
  const codec = bytes === null ? undefined : codecOf(bytes)
  if (typeof text !== 'string' || bytes === null || codec === undefined) {
    const wanted = 'a CID of version 1 over SHA-256 in base32'
    throw new FormatError('bad-cid', field, `${field || 'the value'} is not ${wanted}`)
  }
  return { codec, digest: bytes.subarray(bytes.length - DIGEST_BYTES), text }
}

/** The 36 bytes of a CID. */
export function bytesOfCid({
  codec,
  digest,
}: Pick<Cid, 'codec' | 'digest'>): Uint8Array<ArrayBuffer> {
  return concat(PREFIXES[codec], digest)
}

function codecOf(bytes: Uint8Array): Codec | undefined {
  const codecs: readonly Codec[] = ['raw', 'dag-cbor']
  return codecs.find((codec) => PREFIXES[codec].every((byte, at) => bytes[at] === byte))
}

/** RFC 4648 section 6 in lower case, without padding. */
function base32Of(bytes: Uint8Array): string {
  let text = ''
  let word = 0
  let bits = 0
  for (const byte of bytes) {
    word = ((word << 8) | byte) & 0x3ffff
    bits += 8
    if (bits < 10) continue
    bits -= 10
    text += BASE32_PAIRS[(word >> bits) & 1023] ?? ''
  }
  if (bits >= 5) {
    bits -= 5
    text += BASE32.charAt((word >> bits) & 31)
  }
  return bits === 0 ? text : text + BASE32.charAt((word << (5 - bits)) & 31)
}

/** The bytes, or null where bits are left over that no encoder writes. */
function bytesOfBase32(text: string): Uint8Array | null {
  const bytes = new Uint8Array((text.length * 5) >> 3)
  let word = 0
  let bits = 0
  let at = 0
  for (const letter of lettersOf(text)) {
    word = ((word << 5) | (BASE32_VALUES[letter] ?? 0)) & 0xfff
    bits += 5
    if (bits < 8) continue
    bits -= 8
    bytes[at++] = (word >> bits) & 255
  }
  return (word & ((1 << bits) - 1)) === 0 ? bytes : null
}
