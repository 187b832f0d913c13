import { utf8, utf8Into } from './bytes.ts'
import { canonicalBytes, canonicalText, isPlain } from './json.ts'
import type { Json, JsonArray, JsonObject } from './json.ts'

/** Prints JSON canonically, as UTF-8: `canonicalBytes`, or what gives the same bytes. */
export type Print = (json: Json) => Uint8Array<ArrayBuffer>

/** Shapes kept at a time: rows of one file lack this claim or that. */
const MOST_MOULDS = 8
/** Documents that made a mould wider; after so many what they share is not worth looking for. */
const MOST_LESSONS = 256

const LONGEST_BYTE_BY_BYTE = 64

/** A document's shape: what is the same in each, and what is not. */
type Part =
  | { readonly kind: 'same'; readonly value: Json }
  | { readonly kind: 'hole' }
  | { readonly kind: 'array'; readonly items: readonly Part[] }
  | {
      readonly kind: 'object'
      /** In the order in which documents have them. */
      readonly names: readonly string[]
      /** In canonical order. */
      readonly members: readonly (readonly [name: string, part: Part])[]
    }

/** A shape, and its bytes cut at the holes: one piece more than there are holes. */
interface Mould {
  readonly part: Part
  readonly pieces: readonly Uint8Array[]
  /** Of all pieces together. */
  readonly pieceBytes: number
}

const HOLE: Part = { kind: 'hole' }

/**
 * A printer for documents that share most of their text, as those of one batch do: what they share is printed once and
 * cut into pieces, between which the rest is printed by `canonicalText`. It learns what that is from the documents, and
 * gives of each exactly the bytes of `canonicalBytes`, throwing where that throws: a document is compared with the shape
 * member by member, and nothing is looked for in a text. Objects that several documents hold in common are frozen, so
 * that what was printed stays what they say.
 */
export function sharingPrinter(): Print {
  const moulds: Mould[] = []
  let lessons = 0
  const learn = (json: Json): void => {
    if (typeof json !== 'object' || json === null || ++lessons > MOST_LESSONS) return
    for (const [at, { part }] of moulds.entries()) {
      const wider = widened(part, json)
      if (wider === undefined) continue
      if (wider !== part) moulds[at] = mouldOf(wider)
      return
    }
    if (moulds.length < MOST_MOULDS)
      moulds.push({ part: { kind: 'same', value: json }, pieces: [], pieceBytes: 0 })
  }
  return (json) => {
    for (const mould of moulds) {
      const values: Json[] = []
      if (mould.pieces.length > 0 && fits(mould.part, json, values)) return filled(mould, values)
    }
    const bytes = canonicalBytes(json)
    learn(json)
    return bytes
  }
}

/** Grows to the longest document of the process; nothing is kept in it. */
let scratch = new Uint8Array(8192)

function filled({ pieces, pieceBytes }: Mould, values: readonly Json[]): Uint8Array<ArrayBuffer> {
  let most = pieceBytes
  if (scratch.length < most) scratch = grown(2 * most)
  let at = putPiece(pieces[0], 0)
  for (let place = 0; place < values.length; place++) {
    const text = canonicalText(values[place] ?? null)
    // A UTF-16 code unit becomes at most three bytes.
    most += 3 * text.length
    if (scratch.length < most) scratch = grown(2 * most)
    at += putText(text, at)
    at = putPiece(pieces[place + 1], at)
  }
  return scratch.slice(0, at)
}

function grown(length: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(length)
  larger.set(scratch)
  return larger
}

/** A short piece costs less byte by byte. */
function putPiece(piece: Uint8Array | undefined, to: number): number {
  if (piece === undefined) return to
  if (piece.length > LONGEST_BYTE_BY_BYTE) scratch.set(piece, to)
  else for (let at = 0; at < piece.length; at++) scratch[to + at] = piece[at] ?? 0
  return to + piece.length
}

/** As does a short text of ASCII, as most are; how many bytes there are. */
function putText(text: string, to: number): number {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code > 0x7f || at > LONGEST_BYTE_BY_BYTE) return utf8Into(text, scratch.subarray(to))
    scratch[to + at] = code
  }
  return text.length
}

/** Whether a document has the shape; what stands in its holes is added to `values`, in canonical order. */
function fits(part: Part, json: Json | undefined, values: Json[]): boolean {
  switch (part.kind) {
    case 'same':
      return json === part.value
    case 'hole':
      if (json === undefined) return false
      values.push(json)
      return true
    case 'array': {
      const { items } = part
      if (!isArray(json) || json.length !== items.length) return false
      return items.every((item, at) => fits(item, json[at], values))
    }
    case 'object': {
      if (!isObject(json) || !isPlain(json) || !hasNames(json, part.names)) return false
      for (const [name, member] of part.members) {
        if (!fits(member, json[name], values)) return false
      }
      return true
    }
  }
}

/** The narrowest shape that the documents before have and this one too; undefined where an object has other members. */
function widened(part: Part, json: Json | undefined): Part | undefined {
  switch (part.kind) {
    case 'hole':
      return json === undefined ? undefined : part
    case 'same':
      return json === part.value ? part : widenedSame(part.value, json)
    case 'array': {
      if (!isArray(json)) return HOLE
      return json.length === part.items.length ? arrayOf(part.items, json) : HOLE
    }
    case 'object':
      if (!isObject(json) || !hasNames(json, part.names)) return undefined
      return objectOf(part.names, part.members, json)
  }
}

function widenedSame(value: Json, json: Json | undefined): Part | undefined {
  if (json === undefined) return undefined
  if (isArray(value) && isArray(json) && value.length === json.length) {
    return arrayOf(
      value.map((item: Json): Part => ({ kind: 'same', value: item })),
      json,
    )
  }
  if (!isObject(value) || !isObject(json)) return HOLE
  const names = Object.keys(value)
  if (!hasNames(json, names)) return undefined
  const members = names
    .toSorted()
    .map((name) => [name, { kind: 'same', value: value[name] ?? null }] as const)
  return objectOf(names, members, json)
}

function arrayOf(items: readonly Part[], json: JsonArray): Part | undefined {
  const wider = items.map((item, at) => widened(item, json[at]))
  return wider.every((item) => item !== undefined) ? { kind: 'array', items: wider } : undefined
}

function objectOf(
  names: readonly string[],
  members: readonly (readonly [name: string, part: Part])[],
  json: JsonObject,
): Part | undefined {
  const wider: (readonly [string, Part])[] = []
  for (const [name, member] of members) {
    const part = widened(member, json[name])
    if (part === undefined) return undefined
    wider.push([name, part])
  }
  return { kind: 'object', names, members: wider }
}

function mouldOf(part: Part): Mould {
  const pieces = ['']
  const say = (text: string): void => {
    pieces.push((pieces.pop() ?? '') + text)
  }
  const cut = (one: Part): void => {
    switch (one.kind) {
      case 'same':
        freeze(one.value)
        say(canonicalText(one.value))
        return
      case 'hole':
        pieces.push('')
        return
      case 'array':
        say('[')
        for (const [at, item] of one.items.entries()) {
          if (at > 0) say(',')
          cut(item)
        }
        say(']')
        return
      case 'object':
        say('{')
        for (const [at, [name, member]] of one.members.entries()) {
          say(`${at > 0 ? ',' : ''}${canonicalText(name)}:`)
          cut(member)
        }
        say('}')
    }
  }
  cut(part)
  const bytes = pieces.map(utf8)
  return { part, pieces: bytes, pieceBytes: bytes.reduce((sum, { length }) => sum + length, 0) }
}

function freeze(value: Json | undefined): void {
  if (typeof value !== 'object' || value === null) return
  Object.freeze(value)
  for (const member of Object.values(value)) freeze(member)
}

/** Whether an object has these members, in this order, and no others. */
function hasNames(object: JsonObject, names: readonly string[]): boolean {
  const own = Object.keys(object)
  if (own.length !== names.length) return false
  for (let at = 0; at < own.length; at++) if (own[at] !== names[at]) return false
  return true
}

function isArray(json: Json | undefined): json is JsonArray {
  return Array.isArray(json)
}

function isObject(json: Json | undefined): json is JsonObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json)
}
