import { FormatError } from './errors.ts'
import { Scanner } from './json-scanner.ts'
import type { Json, JsonArray, JsonObject } from './json-value.ts'
import { utf8 } from './bytes.ts'
import { decodeUtf8 } from './utf8.ts'

export type { Json, JsonArray, JsonObject }

/** Deepest nesting, the outermost value being level 1. */
export const MAX_DEPTH = 32

/**
 * Reads JSON strictly (SPEC section 1): what two readers could take for different things is refused.
 * @param maxDepth more than `MAX_DEPTH` only for a format that holds documents of that depth
 * @throws FormatError its field a JSON Pointer, or `byte N` where it is no text and `character N` where it is no JSON
 */
export function parseJson(bytes: Uint8Array, maxDepth = MAX_DEPTH): Json {
  return scannerOf(bytes, maxDepth).document()
}

/**
 * The same, and whether the bytes are those that `canonicalBytes` gives of the value, without printing it. Throws as
 * `parseJson`.
 */
export function readJson(bytes: Uint8Array): {
  readonly json: Json
  readonly isCanonical: boolean
} {
  const scanner = scannerOf(bytes, MAX_DEPTH)
  const json = scanner.document()
  return { json, isCanonical: scanner.isCanonical }
}

function scannerOf(bytes: Uint8Array, maxDepth: number): Scanner {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) {
    throw new FormatError('byte-order-mark', 'byte 0', 'the text starts with a byte order mark')
  }
  return new Scanner(decodeUtf8(bytes), maxDepth, true)
}

/** The same from a text that is decoded already. */
export function parseJsonText(text: string): Json {
  return new Scanner(text, MAX_DEPTH).document()
}

/** JCS (RFC 8785). @throws FormatError `lone-surrogate`, `number-not-exact` or `wrong-type` for what JSON cannot hold */
export function canonicalText(json: Json): string {
  switch (typeof json) {
    case 'string':
      return quoted(json)
    case 'number':
      if (!Number.isFinite(json))
        throw new FormatError('number-not-exact', '', 'not a finite number')
      return String(json)
    case 'boolean':
      return json ? 'true' : 'false'
    case 'object':
      return json === null ? 'null' : isArray(json) ? arrayText(json) : objectText(json)
    default:
      throw new FormatError('wrong-type', '', `${typeof json} is not JSON`)
  }
}

/** JCS as the UTF-8 bytes that are hashed. */
export function canonicalBytes(json: Json): Uint8Array<ArrayBuffer> {
  return utf8(canonicalText(json))
}

function arrayText(array: JsonArray): string {
  let text = '['
  for (let at = 0; at < array.length; at++) {
    const item = array[at]
    if (item === undefined) throw new FormatError('wrong-type', '', 'an array with a hole')
    text += at === 0 ? canonicalText(item) : `,${canonicalText(item)}`
  }
  return `${text}]`
}

function objectText(object: JsonObject): string {
  if (!isPlain(object)) throw new FormatError('wrong-type', '', 'an object that is no plain one')
  let text = ''
  for (const name of namesInOrder(object)) {
    const value = object[name]
    if (value === undefined) continue
    text += (text === '' ? '{' : ',') + labelOf(name) + canonicalText(value)
  }
  return text === '' ? '{}' : `${text}}`
}

/** Plain sort() orders by UTF-16 code units, as RFC 8785 section 3.2.3 asks; what was printed so is in order already. */
function namesInOrder(object: JsonObject): string[] {
  const names = Object.keys(object)
  for (let at = 1; at < names.length; at++) {
    if ((names[at - 1] ?? '') > (names[at] ?? '')) return names.sort()
  }
  return names
}

/** Names recur from document to document: the first few thousand are quoted once. */
const LABELS = new Map<string, string>()
const MOST_LABELS = 4096
const LONGEST_LABEL = 64

function labelOf(name: string): string {
  const known = LABELS.get(name)
  if (known !== undefined) return known
  const label = `${quoted(name)}:`
  if (LABELS.size < MOST_LABELS && name.length <= LONGEST_LABEL) LABELS.set(name, label)
  return label
}

/** A map, a date or an instance of a class would print as less than it holds. */
export function isPlain(object: JsonObject): boolean {
  const prototype: unknown = Object.getPrototypeOf(object)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}

/** What may not stand in a text as it is: all but these, half a character too. */
const UNPLAIN = /[^ !#-[\]-\ud7ff\ue000-\uffff]/

/** ECMAScript's escapes are those of RFC 8785 section 3.2.2.2 for every well-formed text. */
function quoted(text: string): string {
  if (!UNPLAIN.test(text)) return `"${text}"`
  if (!text.isWellFormed()) throw new FormatError('lone-surrogate', '', 'half of a character')
  return JSON.stringify(text)
}

function isArray(json: JsonArray | JsonObject): json is JsonArray {
  return Array.isArray(json)
}
