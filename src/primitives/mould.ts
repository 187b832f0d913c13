import { utf8 } from './bytes.ts'
import { canonicalBytes, canonicalText, isPlain } from './json.ts'
import type { Json } from './json.ts'
import { hasNames, isArray, isObject, shapeLearner } from './mould-shape.ts'
import type { Part, Shape } from './mould-shape.ts'
import { Pen } from './pen.ts'

/**
 * Prints JSON canonically, as UTF-8: `canonicalBytes`, or what gives the same bytes, until a printer of this kind prints
 * something else.
 */
export type Print = (json: Json) => Uint8Array<ArrayBuffer>

/** A shape, and the bytes of its pieces. */
interface Mould {
  readonly part: Part
  readonly pieces: readonly Uint8Array[]
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
  return { part, pieces: pieces.map(utf8) }
}

/** Grows to the longest document of the process; each is there until the next one. */
const PEN = new Pen()

function filled({ pieces }: Mould, values: readonly Json[]): Uint8Array<ArrayBuffer> {
  PEN.start()
  for (let place = 0; place < pieces.length; place++) {
    if (place > 0) PEN.putText(canonicalText(values[place - 1] ?? null))
    const piece = pieces[place]
    if (piece !== undefined) PEN.put(piece)
  }
  return PEN.written()
}

/** Whether a document has the shape; what stands in its holes is added to `values`, in canonical order. */
export function fits(part: Part, json: Json | undefined, values: Json[]): boolean {
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
