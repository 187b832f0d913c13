import { utf8 } from './bytes.ts'
import { invariant } from './errors.ts'
import { canonicalText } from './json.ts'
import type { Json } from './json.ts'

/** A text of the private use area begins what stands for a hole, so that no format of ours has it as a text. */
const MARK = '\uE000hole '

/** Stands in JSON for a value that is written later. */
export function hole(name: string): string {
  return MARK + name
}

/**
 * The canonical bytes of `json`, cut where its holes are, which stand in the order of `names`: one piece more than there
 * are names. What is written into a hole takes the place of the whole value.
 */
export function piecesAround(json: Json, names: readonly string[]): readonly Uint8Array[] {
  let rest = canonicalText(json)
  const pieces: Uint8Array[] = []
  for (const name of names) {
    const text = canonicalText(hole(name))
    const at = rest.indexOf(text)
    invariant(at >= 0, `${name} is a hole, and stands in canonical order`)
    pieces.push(utf8(rest.slice(0, at)))
    rest = rest.slice(at + text.length)
  }
  return [...pieces, utf8(rest)]
}
