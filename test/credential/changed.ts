/** A deep copy of JSON with one member set, or taken away where no value is given. */
import type { Json } from '../../src/primitives/json.ts'

export type Change = { readonly at: string; readonly value?: Json }

/** Applies a change at a JSON Pointer whose parents exist; `-` adds to a list. */
export function changed(json: Json, { at, value }: Change): Json {
  const copy = structuredClone(json)
  const path = at.split('/').slice(1)
  const parts = path.map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
  const last = parts.pop() ?? ''
  const parent = parts.reduce<unknown>(
    (node, part) => (node as Record<string, unknown>)[part],
    copy,
  )
  if (Array.isArray(parent) && last === '-') parent.push(value)
  else if (value === undefined) Reflect.deleteProperty(parent as object, last)
  else {
    Object.defineProperty(parent, last, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    })
  }
  return copy
}
