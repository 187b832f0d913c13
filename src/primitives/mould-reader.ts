import { FormatError } from './errors.ts'
import { canonicalText, MAX_DEPTH, parseJson } from './json.ts'
import type { Json } from './json.ts'
import { Scanner } from './json-scanner.ts'
import { fits } from './mould.ts'
import { shapeLearner } from './mould-shape.ts'
import type { Part, Shape } from './mould-shape.ts'
import { decodeUtf8 } from './utf8.ts'

/** Whether `parseJson` takes the bytes, and for this value; in which order members stand does not matter. */
export type Reads = (bytes: Uint8Array, json: Json) => boolean

interface Form {
  readonly part: Part
  readonly pieces: readonly string[]
  /** How many levels each hole is inside of. */
  readonly levels: readonly number[]
}

/**
 * Tells whether canonical documents are read as what they were printed of, where they share most of their text, as those
 * of one batch do: where a text is the pieces that were learned, with one value between any two, only the values are
 * read, as strictly as `parseJson` reads; any other text is read by that.
 */
export function sharingReader(): Reads {
  const { known, learn } = shapeLearner(formOf)
  return (bytes, json) => {
    for (const form of known) {
      const values: Json[] = []
      if (fits(form.part, json, values) && holds(form, bytes, values)) return true
    }
    // What is learned is known to be read: nothing but what stands in the holes is looked at again.
    const isRead = readsPlainly(bytes, json)
    if (isRead) learn(json)
    return isRead
  }
}

function formOf({ part, pieces }: Shape): Form {
  return { part, pieces, levels: levelsOf(part, 0) }
}

function levelsOf(part: Part, level: number): number[] {
  switch (part.kind) {
    case 'same':
      return []
    case 'hole':
      return [level]
    case 'array':
      return part.items.flatMap((item) => levelsOf(item, level + 1))
    case 'object':
      return part.members.flatMap(([, member]) => levelsOf(member, level + 1))
  }
}

/** Whether the text is the pieces with these values between them; false also for what only the plain reader can tell. */
function holds({ pieces, levels }: Form, bytes: Uint8Array, values: readonly Json[]): boolean {
  try {
    const text = decodeUtf8(bytes)
    const scanner = new Scanner(text, MAX_DEPTH, true)
    const first = pieces[0] ?? ''
    if (!standsAt(text, 0, first)) return false
    let at = first.length
    for (let place = 1; place < pieces.length; place++) {
      const piece = pieces[place] ?? ''
      const { value, end } = scanner.valueAt(at, levels[place - 1] ?? 0)
      if (!isSame(value, values[place - 1] ?? null) || !standsAt(text, end, piece)) return false
      at = end + piece.length
    }
    return at === text.length
  } catch (error) {
    if (error instanceof FormatError) return false
    throw error
  }
}

/** Engines compare two texts many times as quickly as they look for one inside of another. */
function standsAt(text: string, at: number, piece: string): boolean {
  return text.slice(at, at + piece.length) === piece
}

function isSame(read: Json, json: Json): boolean {
  return read === json || (typeof read === 'object' && canonicalText(read) === canonicalText(json))
}

function readsPlainly(bytes: Uint8Array, json: Json): boolean {
  const wanted = canonicalText(json)
  try {
    return canonicalText(parseJson(bytes)) === wanted
  } catch (error) {
    if (error instanceof FormatError) return false
    throw error
  }
}
