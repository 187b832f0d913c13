import { utf8 } from './bytes.ts'
import { invariant } from './errors.ts'
import { Pen } from './pen.ts'

const [QUOTE, COMMA, COLON, BACKSLASH] = [0x22, 0x2c, 0x3a, 0x5c]
/** From here on a search in the engine costs less than a look at every byte. */
const LONG_TEXT = 64
const [BRACKET, END_BRACKET, BRACE, END_BRACE] = [0x5b, 0x5d, 0x7b, 0x7d]
const AFTER_MEMBER = utf8(',')

/** Where a member stands in the bytes of an object: its name without quotes, and its value, each up to its end. */
export interface MemberPlace {
  readonly name: number
  readonly nameEnd: number
  readonly value: number
  readonly end: number
}

/** Its members as they stand there, and the place behind its last brace. */
export interface ObjectPlace {
  readonly members: readonly MemberPlace[]
  readonly end: number
}

/**
 * Where the parts of an object are whose canonical bytes begin at `start`; undefined where no object does. Values are
 * passed over, not read: of bytes that are not canonical nothing is promised.
 */
export function objectAt(bytes: Uint8Array, start = 0): ObjectPlace | undefined {
  const members: MemberPlace[] = []
  if (bytes[start] !== BRACE) return undefined
  if (bytes[start + 1] === END_BRACE) return { members, end: start + 2 }
  for (let at = start + 1; bytes[at] === QUOTE;) {
    const text = endOfText(bytes, at)
    if (bytes[text] !== COLON) return undefined
    const end = endOfValue(bytes, text + 1)
    members.push({ name: at + 1, nameEnd: text - 1, value: text + 1, end })
    if (bytes[end] === END_BRACE) return { members, end: end + 1 }
    if (bytes[end] !== COMMA) return undefined
    at = end + 1
  }
  return undefined
}

/** Whether a member has this name, given as it stands between quotes. */
export function hasName(
  bytes: Uint8Array,
  { name, nameEnd }: MemberPlace,
  wanted: Uint8Array,
): boolean {
  return nameEnd - name === wanted.length && standsAt(bytes, name, wanted)
}

/** Whether the bytes at a place are these. */
export function standsAt(bytes: Uint8Array, place: number, wanted: Uint8Array): boolean {
  for (let at = 0; at < wanted.length; at++) if (bytes[place + at] !== wanted[at]) return false
  return true
}

/**
 * Whether members stand in canonical order, each name once, as far as plain bytes tell: of names beyond ASCII, or with
 * what JSON escapes, the answer is no.
 */
export function areOrdered(bytes: Uint8Array, members: readonly MemberPlace[]): boolean {
  let before: Uint8Array | undefined
  for (const member of members) {
    const name = nameIn(bytes, member)
    for (const byte of name) if (byte > 0x7f || byte === BACKSLASH) return false
    if (before !== undefined && orderOf(before, name) >= 0) return false
    before = name
  }
  return true
}

/**
 * The canonical bytes of an object with one member more (RFC 8785), from those of the object and of the member's value:
 * what `canonicalBytes` gives of the whole, without reading or printing again what is there.
 * @param object the canonical bytes of an object; of others nothing is promised
 * @param name of letters from a to z, which no name that is printed with a backslash sorts behind; of no member there
 * @param pen what writes them, and has them until it writes something else
 */
export function withMember(
  object: Uint8Array,
  name: string,
  value: Uint8Array,
  pen = new Pen(),
): Uint8Array<ArrayBuffer> {
  invariant(/^[a-z]+$/.test(name), 'a name of letters from a to z')
  const at = placeOf(object, utf8(name))
  const isLast = object[at] === END_BRACE
  pen.start()
  pen.put(object, 0, at)
  pen.putText(`${isLast && at > 1 ? ',' : ''}"${name}":`)
  pen.put(value)
  if (!isLast) pen.put(AFTER_MEMBER)
  pen.put(object, at)
  return pen.written()
}

/** Where the first member starts that sorts behind this name; where there is none, the brace that ends the object. */
function placeOf(object: Uint8Array, name: Uint8Array): number {
  const place = objectAt(object)
  invariant(place?.end === object.length, 'the canonical bytes of an object')
  for (const member of place.members) {
    const order = orderOf(nameIn(object, member), name)
    invariant(order !== 0, 'an object has one member of a name')
    if (order > 0) return member.name - 1
  }
  return object.length - 1
}

function nameIn(bytes: Uint8Array, { name, nameEnd }: MemberPlace): Uint8Array {
  return bytes.subarray(name, nameEnd)
}

/** Below 0 where `a` sorts before `b`: as UTF-16 does, where one of the two is ASCII. */
function orderOf(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length)
  for (let at = 0; at < length; at++) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0)
    if (difference !== 0) return difference
  }
  return a.length - b.length
}

/** The place behind a text that starts here. */
function endOfText(bytes: Uint8Array, start: number): number {
  let at = start + 1
  const near = Math.min(at + LONG_TEXT, bytes.length)
  while (at < near && bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1
  while (at < bytes.length && bytes[at] !== QUOTE) {
    const quote = bytes.indexOf(QUOTE, at)
    if (quote < 0) return bytes.length + 1
    // It ends the text unless a backslash before it is one that stands by itself.
    let backslashes = quote
    while (backslashes > at && bytes[backslashes - 1] === BACKSLASH) backslashes -= 1
    if ((quote - backslashes) % 2 === 0) return quote + 1
    at = quote + 1
  }
  return at + 1
}

/** The comma or brace behind the value of a member that starts here. */
function endOfValue(bytes: Uint8Array, start: number): number {
  let depth = 0
  let at = start
  while (at < bytes.length) {
    const byte = bytes[at]
    if (byte === QUOTE) {
      at = endOfText(bytes, at)
      continue
    }
    if (depth === 0 && (byte === COMMA || byte === END_BRACE)) return at
    if (byte === BRACE || byte === BRACKET) depth += 1
    else if (byte === END_BRACE || byte === END_BRACKET) depth -= 1
    at += 1
  }
  return at
}
