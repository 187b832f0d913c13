import { utf8, utf8Into } from './bytes.ts'
import { canonicalBytes, canonicalText, isPlain } from './json.ts'
import type { Json } from './json.ts'
import { hasNames, isArray, isObject, shapeLearner } from './mould-shape.ts'
import type { Part, Shape } from './mould-shape.ts'

/**
 * Prints JSON canonically, as UTF-8: `canonicalBytes`, or what gives the same bytes, until a printer of this kind prints
 * something else.
 */
export type Print = (json: Json) => Uint8Array<ArrayBuffer>

const LONGEST_BYTE_BY_BYTE = 64

/** A shape, and the bytes of its pieces. */
interface Mould {
  readonly part: Part
  readonly pieces: readonly Uint8Array[]
  /** Of all pieces together. */
  readonly pieceBytes: number
}

/**
 * A printer for documents that share most of their text, as those of one batch do: what they share is printed once and
 * cut into pieces, between which the rest is printed by `canonicalText`. It learns what that is from the documents, and
 * gives of each exactly the bytes of `canonicalBytes`, throwing where that throws.
 */
export function sharingPrinter(): Print {
  const { known, learn } = shapeLearner(mouldOf)
  return (json) => {
    for (const mould of known) {
      const values: Json[] = []
      if (fits(mould.part, json, values)) return filled(mould, values)
    }
    const bytes = canonicalBytes(json)
    learn(json)
    return bytes
  }
}

function mouldOf({ part, pieces }: Shape): Mould {
  const bytes = pieces.map(utf8)
  return { part, pieces: bytes, pieceBytes: bytes.reduce((sum, { length }) => sum + length, 0) }
}

/** Grows to the longest document of the process; each is there until the next one. */
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
  return scratch.subarray(0, at)
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
