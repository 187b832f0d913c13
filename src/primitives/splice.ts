import { utf8 } from './bytes.ts'
import { invariant } from './errors.ts'

const [QUOTE, COMMA, BACKSLASH] = [0x22, 0x2c, 0x5c]
const [BRACKET, END_BRACKET, BRACE, END_BRACE] = [0x5b, 0x5d, 0x7b, 0x7d]

/**
 * The canonical bytes of an object with one member more (RFC 8785), from those of the object and of the member's value:
 * what `canonicalBytes` gives of the whole, without reading or printing again what is there.
 * @param object the canonical bytes of an object; of others nothing is promised
 * @param name of letters from a to z, which no name that is printed with a backslash sorts behind; of no member there
 */
export function withMember(
  object: Uint8Array,
  name: string,
  value: Uint8Array,
): Uint8Array<ArrayBuffer> {
  invariant(/^[a-z]+$/.test(name), 'a name of letters from a to z')
  const at = placeOf(object, utf8(name))
  const isLast = object[at] === END_BRACE
  const head = utf8(`${isLast && at > 1 ? ',' : ''}"${name}":`)
  const tail = isLast ? '' : ','
  const bytes = new Uint8Array(object.length + head.length + value.length + tail.length)
  bytes.set(object.subarray(0, at))
  bytes.set(head, at)
  bytes.set(value, at + head.length)
  const rest = at + head.length + value.length + tail.length
  if (!isLast) bytes[rest - 1] = COMMA
  bytes.set(object.subarray(at), rest)
  return bytes
}

/** Where the first member starts that sorts behind this name; where there is none, the brace that ends the object. */
function placeOf(object: Uint8Array, name: Uint8Array): number {
  let at = 1
  while (object[at] === QUOTE) {
    const end = endOfText(object, at)
    const order = orderOf(object.subarray(at + 1, end - 1), name)
    invariant(order !== 0, 'an object has one member of a name')
    if (order > 0) return at
    at = endOfValue(object, end + 1)
    if (object[at] === COMMA) at += 1
  }
  invariant(object[at] === END_BRACE, 'the canonical bytes of an object')
  return at
}

/** Below 0 where `a` sorts before `b`: as UTF-16 does, since one of the two is of letters from a to z. */
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
  while (at < bytes.length && bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1
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
