import { FormatError } from './errors.ts'
import { MAX_DEPTH, parseJson } from './json.ts'
import type { Json } from './json.ts'
import { Scanner } from './json-scanner.ts'
import { shapeLearner } from './mould-shape.ts'
import type { Part, Shape } from './mould-shape.ts'
import { decodeUtf8 } from './utf8.ts'

/** Reads JSON: `parseJson`, or what gives the same value and throws the same. */
export type Parse = (bytes: Uint8Array) => Json

/** Makes a value of what stands in the holes, in the order of the text. */
type Build = (values: Iterator<Json>) => Json

interface Form {
  readonly pieces: readonly string[]
  /** How many levels each hole is inside of. */
  readonly levels: readonly number[]
  readonly build: Build
}

const SPACE = /^[ \n\r\t]*$/

/**
 * A reader of canonical documents that share most of their text, as those of one batch do: where a text is the pieces
 * that it has learned, with one value between any two, only the values are read, as strictly as `parseJson` reads; any
 * other text is read by that. What documents share is one frozen value, in each the same.
 */
export function sharingParser(): Parse {
  const { known, learn } = shapeLearner(formOf)
  return (bytes) => {
    // What is no text at all is told as the plain reader tells it.
    const text = textOf(bytes)
    if (text !== undefined) {
      for (const form of known) {
        const json = readBy(form, text)
        if (json !== undefined) return json
      }
    }
    const json = parseJson(bytes)
    learn(json)
    return json
  }
}

function textOf(bytes: Uint8Array): string | undefined {
  try {
    return decodeUtf8(bytes)
  } catch (error) {
    if (error instanceof FormatError) return undefined
    throw error
  }
}

/** Undefined where the text is of another form, or a value in it is refused. */
function readBy({ pieces, levels, build }: Form, text: string): Json | undefined {
  const first = pieces[0] ?? ''
  if (!standsAt(text, 0, first)) return undefined
  const scanner = new Scanner(text, MAX_DEPTH)
  const values: Json[] = []
  let at = first.length
  try {
    for (let place = 1; place < pieces.length; place++) {
      const piece = pieces[place] ?? ''
      const { value, end } = scanner.valueAt(at, levels[place - 1] ?? 0)
      if (!standsAt(text, end, piece)) return undefined
      values.push(value)
      at = end + piece.length
    }
  } catch (error) {
    if (error instanceof FormatError) return undefined
    throw error
  }
  return SPACE.test(text.slice(at)) ? build(values.values()) : undefined
}

/** Engines compare two texts many times as quickly as they look for one inside of another. */
function standsAt(text: string, at: number, piece: string): boolean {
  return text.slice(at, at + piece.length) === piece
}

function formOf({ part, pieces }: Shape): Form {
  const levels: number[] = []
  return { pieces, levels, build: buildOf(part, 0, levels) }
}

/** What has no hole is made once. */
function buildOf(part: Part, level: number, levels: number[]): Build {
  const holes = levels.length
  const build = buildAnew(part, level, levels)
  if (part.kind === 'hole' || levels.length > holes) return build
  const shared = frozen(build([].values()))
  return () => shared
}

function buildAnew(part: Part, level: number, levels: number[]): Build {
  switch (part.kind) {
    case 'same': {
      const { value } = part
      return () => value
    }
    case 'hole':
      levels.push(level)
      return (values) => {
        const next = values.next()
        return next.done === true ? null : next.value
      }
    case 'array': {
      const items = part.items.map((item) => buildOf(item, level + 1, levels))
      return (values) => items.map((item) => item(values))
    }
    case 'object': {
      const members = part.members.map(
        ([name, member]) => [name, buildOf(member, level + 1, levels)] as const,
      )
      return (values) => {
        const object: Record<string, Json> = {}
        for (const [name, member] of members) object[name] = member(values)
        return Object.setPrototypeOf(object, null) as Record<string, Json>
      }
    }
  }
}

function frozen(json: Json): Json {
  if (typeof json === 'object' && json !== null) Object.freeze(json)
  return json
}
