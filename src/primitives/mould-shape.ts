import { canonicalText } from './json.ts'
import type { Json, JsonArray, JsonObject } from './json.ts'

/** Shapes kept at a time: rows of one file lack this claim or that. */
const MOST_SHAPES = 8
/** Documents that made a shape wider; after so many what they share is not worth looking for. */
const MOST_LESSONS = 256

/** A document's shape: what is the same in each, and what is not. */
export type Part =
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

/** A shape, and its canonical text cut at the holes: one piece more than there are holes. */
export interface Shape {
  readonly part: Part
  readonly pieces: readonly string[]
}

const HOLE: Part = { kind: 'hole' }

/**
 * What documents of one kind have in common, learned from those that none of `known` fits: each is compared with the
 * shapes member by member, and nothing is looked for in a text. `make` gets each new shape; what it gives is kept. Objects
 * that several documents hold in common are frozen, so that what was made of them stays what they say.
 */
export function shapeLearner<Known>(make: (shape: Shape) => Known): {
  readonly known: Iterable<Known>
  readonly learn: (json: Json) => void
} {
  const parts: Part[] = []
  const made: (Known | undefined)[] = []
  let lessons = 0
  return {
    known: {
      *[Symbol.iterator]() {
        for (const one of made) if (one !== undefined) yield one
      },
    },
    learn: (json) => {
      if (typeof json !== 'object' || json === null || ++lessons > MOST_LESSONS) return
      for (const [at, part] of parts.entries()) {
        const wider = widened(part, json)
        if (wider === undefined) continue
        if (wider !== part || made[at] === undefined) made[at] = make(shapeOf(wider))
        parts[at] = wider
        return
      }
      if (parts.length < MOST_SHAPES) parts.push({ kind: 'same', value: json })
    },
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

function shapeOf(part: Part): Shape {
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
  return { part, pieces }
}

function freeze(value: Json | undefined): void {
  if (typeof value !== 'object' || value === null) return
  Object.freeze(value)
  for (const member of Object.values(value)) freeze(member)
}

/** Whether an object has these members, in this order, and no others. */
export function hasNames(object: JsonObject, names: readonly string[]): boolean {
  const own = Object.keys(object)
  if (own.length !== names.length) return false
  for (let at = 0; at < own.length; at++) if (own[at] !== names[at]) return false
  return true
}

export function isArray(json: Json | undefined): json is JsonArray {
  return Array.isArray(json)
}

export function isObject(json: Json | undefined): json is JsonObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json)
}
