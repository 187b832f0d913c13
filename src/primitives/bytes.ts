import { FormatError, invariant } from './errors.ts'
import { lettersOf, NONE, valuesOf } from './letters.ts'

declare const brand: unique symbol
type Brand<T, Name extends string> = T & { readonly [brand]: Readonly<Record<Name, true>> }

/** Bytes in the one spelling of hex inside the library: `0x` and lower-case digits, two for each byte. */
export type Hex = `0x${string}`
export type Hash32 = Brand<Hex, 'Hash32'>
export type Address = Brand<Hex, 'Address'>
export type Commitment = Brand<Hash32, 'Commitment'>
export type LeafHash = Brand<Hash32, 'LeafHash'>
export type BatchRoot = Brand<Hash32, 'BatchRoot'>

const ENCODER = new TextEncoder()
const DECODER = new TextDecoder('utf-8')
/** The two digits of each byte, as a text and as the two bytes of their ASCII lie in memory. */
const HEX_TEXTS = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))
const HEX_PAIRS = new Uint16Array(ENCODER.encode(HEX_TEXTS.join('')).buffer)
/** Up to so many bytes it costs less to add up texts than to decode one. */
const SHORT_HEX = 64
const BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const HEX_VALUES = valuesOf('0123456789abcdef')
const BASE64URL_VALUES = valuesOf(BASE64URL)
const BASE64URL_LETTERS = Uint8Array.from(BASE64URL, (letter) => letter.charCodeAt(0))

/** Letters for bytes by an engine of the runtime: lower-case hex, and base64url without padding. */
export interface LetterEngine {
  hex(bytes: Uint8Array): string
  base64url(bytes: Uint8Array): string
  /** Undefined for what is no base64url in its one spelling. */
  fromBase64url(text: string): Uint8Array<ArrayBuffer> | undefined
}

/** Below this, calling out costs more than it saves. */
const LONG_TEXT = 96

let engine: LetterEngine | undefined

/** Has bytes become letters and back by an engine, as Node's is quicker. For the whole process: the letters are the same. */
export function useLetters(of: LetterEngine): void {
  const all = Uint8Array.from({ length: 256 }, (_, at) => at)
  engine = undefined
  const text = base64urlOf(all)
  const back = of.fromBase64url(text)
  // The last of these letters has bits over, the others are of plain base64 or of none.
  const others = [`${text.slice(0, -1)}5`, ...Array.from('+/= ', (one) => text.replace('A', one))]
  invariant(
    `0x${of.hex(all)}` === hexOf(all) &&
      of.base64url(all) === text &&
      back !== undefined &&
      equalBytes(back, all) &&
      others.every((other) => of.fromBase64url(other) === undefined),
    'an engine of letters writes and reads as we do',
  )
  engine = of
}

/** Bytes as lower-case hex after `0x`. */
export function hexOf(bytes: Uint8Array): Hex {
  return `0x${digitsOf(bytes)}`
}

/** Each part of so many bytes as hex of its own. */
export function hexesOf(bytes: Uint8Array, partBytes: number): Hex[] {
  const digits = digitsOf(bytes)
  const width = 2 * partBytes
  return Array.from({ length: digits.length / width }, (_, at): Hex => {
    return `0x${digits.slice(at * width, (at + 1) * width)}`
  })
}

function digitsOf(bytes: Uint8Array): string {
  if (engine !== undefined) return engine.hex(bytes)
  if (bytes.length <= SHORT_HEX) {
    let digits = ''
    for (const byte of bytes) digits += HEX_TEXTS[byte] ?? ''
    return digits
  }
  const pairs = new Uint16Array(bytes.length)
  for (let at = 0; at < bytes.length; at++) pairs[at] = HEX_PAIRS[bytes[at] ?? 0] ?? 0
  return DECODER.decode(new Uint8Array(pairs.buffer))
}

/** The bytes of a hex text of our own; text from outside goes through `parseHex` first. */
export function bytesOfHex(hex: Hex): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array((hex.length - 2) >> 1)
  hexInto(hex, bytes, 0)
  return bytes
}

/** The same into a part of `into` that begins at `to`. */
export function hexInto(hex: Hex, into: Uint8Array, to: number): void {
  const digits = lettersOf(hex)
  const length = (hex.length - 2) >> 1
  // What is no digit has more than four bits: one look at the end finds it.
  let seen = hex.length % 2 === 0 && digits.length === hex.length ? 0 : NONE
  for (let at = 0; at < length; at++) {
    const high = HEX_VALUES[digits[2 + 2 * at] ?? NONE] ?? NONE
    const low = HEX_VALUES[digits[3 + 2 * at] ?? NONE] ?? NONE
    seen |= high | low
    into[to + at] = (high << 4) | low
  }
  invariant(seen < 16, 'not hex')
}

/** Hex of exactly `byteLength` bytes in its one spelling. @throws FormatError `not-canonical-hex` */
export function parseHex(text: unknown, byteLength: number, field: string): Hex {
  if (
    typeof text !== 'string' ||
    text.length !== 2 + 2 * byteLength ||
    !/^0x[0-9a-f]*$/.test(text)
  ) {
    const wanted = `0x and ${2 * byteLength} lower-case hexadecimal digits`
    throw new FormatError('not-canonical-hex', field, `${field || 'the value'} is not ${wanted}`)
  }
  return text as Hex
}

/** 32 bytes. @throws FormatError `not-canonical-hex` */
export function parseHash32(text: unknown, field: string): Hash32 {
  return parseHex(text, 32, field) as Hash32
}

/** 20 bytes, lower case: no checksum spelling. @throws FormatError `not-canonical-hex` */
export function parseAddress(text: unknown, field: string): Address {
  return parseHex(text, 20, field) as Address
}

/** How many letters so many bytes take. */
export function base64urlLength(bytes: number): number {
  return Math.ceil((bytes * 4) / 3)
}

/** RFC 4648 section 5, without padding. */
export function base64urlOf(bytes: Uint8Array): string {
  if (engine !== undefined) return engine.base64url(bytes)
  const letters = new Uint8Array(base64urlLength(bytes.length))
  base64urlInto(bytes, letters, 0)
  return DECODER.decode(letters)
}

/** The same as bytes into `letters`, which is long enough, from `start` on; where they end. */
export function base64urlInto(bytes: Uint8Array, letters: Uint8Array, start: number): number {
  if (engine !== undefined && bytes.length >= LONG_TEXT) {
    return start + utf8Into(engine.base64url(bytes), letters.subarray(start))
  }
  const whole = bytes.length - (bytes.length % 3)
  let to = start
  for (let at = 0; at < whole; at += 3) {
    const word = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0)
    letters[to] = BASE64URL_LETTERS[word >> 18] ?? 0
    letters[to + 1] = BASE64URL_LETTERS[(word >> 12) & 63] ?? 0
    letters[to + 2] = BASE64URL_LETTERS[(word >> 6) & 63] ?? 0
    letters[to + 3] = BASE64URL_LETTERS[word & 63] ?? 0
    to += 4
  }
  const end = start + base64urlLength(bytes.length)
  const word = ((bytes[whole] ?? 0) << 16) | ((bytes[whole + 1] ?? 0) << 8)
  for (let shift = 18; to < end; shift -= 6) {
    letters[to++] = BASE64URL_LETTERS[(word >> shift) & 63] ?? 0
  }
  return end
}

/** Reads base64url in its one spelling: no padding, no white space, no stray bits. @throws FormatError `not-base64url` */
export function parseBase64url(text: unknown, field: string): Uint8Array<ArrayBuffer> {
  if (typeof text !== 'string' || text.length % 4 === 1) throw notBase64url(field)
  if (engine !== undefined && text.length >= LONG_TEXT) {
    const bytes = engine.fromBase64url(text)
    if (bytes === undefined) throw notBase64url(field)
    return bytes
  }
  const letters = lettersOf(text)
  if (letters.length !== text.length) throw notBase64url(field)
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4))
  const whole = text.length - (text.length % 4)
  // What is no letter has more than six bits: one look at the end finds it.
  let seen = 0
  let to = 0
  for (let at = 0; at < whole; at += 4) {
    const a = valueAt(letters, at)
    const b = valueAt(letters, at + 1)
    const c = valueAt(letters, at + 2)
    const d = valueAt(letters, at + 3)
    seen |= a | b | c | d
    bytes[to] = (a << 2) | (b >> 4)
    bytes[to + 1] = (b << 4) | (c >> 2)
    bytes[to + 2] = (c << 6) | d
    to += 3
  }
  let word = 0
  for (let at = whole; at < letters.length; at++) {
    const value = valueAt(letters, at)
    seen |= value
    word = (word << 6) | value
  }
  const bits = 6 * (text.length - whole)
  for (let shift = bits - 8; shift >= 0; shift -= 8) bytes[to++] = (word >> shift) & 255
  // An encoder leaves no bits over; a text that has some is a second spelling of the same bytes.
  const over = word & ((1 << (bits % 8)) - 1)
  if (seen > 63 || over !== 0) throw notBase64url(field)
  return bytes
}

function valueAt(letters: Uint8Array, at: number): number {
  return BASE64URL_VALUES[letters[at] ?? NONE] ?? NONE
}

function notBase64url(field: string): FormatError {
  const wanted = 'base64url in its one spelling, without padding'
  return new FormatError('not-base64url', field, `${field || 'the value'} is not ${wanted}`)
}

/** The UTF-8 of a text. */
export function utf8(text: string): Uint8Array<ArrayBuffer> {
  return ENCODER.encode(text)
}

/** The same into `into`, which is long enough; how many bytes there are. */
export function utf8Into(text: string, into: Uint8Array): number {
  return ENCODER.encodeInto(text, into).written
}

/** The parts one after the other. */
export function concat(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/** Whether both hold the same bytes; takes as long for any two of one length. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  let difference = 0
  for (let at = 0; at < a.length; at++) difference |= (a[at] ?? 0) ^ (b[at] ?? 0)
  return difference === 0
}

/** Four bytes, most significant first. */
export function uint32be(value: number): Uint8Array<ArrayBuffer> {
  invariant(Number.isInteger(value) && value >= 0 && value <= 0xffffffff, 'not a 32-bit number')
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setUint32(0, value)
  return bytes
}
