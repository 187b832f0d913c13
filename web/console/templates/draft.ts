/**
 * A template that is being written: the JSON of the file itself, so that nothing is lost of what the form has no field
 * for. While it is written, texts stand in it as they are typed, numbers included.
 */
import type { Json, JsonObject } from '../../../src/index.ts'
import { isObject } from '../../engine/members.ts'

export type Draft = JsonObject

/** What stands at a JSON Pointer (RFC 6901) whose names hold neither `~` nor `/`. */
export function valueAt(json: Json | undefined, pointer: string): Json | undefined {
  return partsOf(pointer).reduce<Json | undefined>(
    (found, part) => (isBranch(found) ? memberOf(found, part) : undefined),
    json,
  )
}

/** The draft with something else at a pointer; objects on the way there are made. @param value undefined takes it away */
export function withValue(draft: Draft, pointer: string, value: Json | undefined): Draft {
  const changed = put(draft, partsOf(pointer), value)
  return isObject(changed) ? changed : draft
}

/** The list at a pointer; empty where there is none. */
export function listAt(draft: Draft, pointer: string): readonly Json[] {
  const list = valueAt(draft, pointer)
  return isList(list) ? list : []
}

/** The text at a pointer as a field shows it. */
export function textAt(draft: Draft, pointer: string): string {
  const value = valueAt(draft, pointer)
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

const NUMBERS = /^\/(level\/eqf|workload\/(hours|ects)|results\/\d+\/(min|max|required))$/
const NUMBER = /^-?\d{1,9}([.,]\d{1,6})?$/

/** The file as it would be kept: texts trimmed, what is empty left out, numbers as numbers. Objects in a list keep their places. */
export function fileOf(draft: Draft): JsonObject {
  const file = cleaned(draft, '', draft)
  return isObject(file) ? file : {}
}

function cleaned(json: Json, at: string, draft: Draft): Json | undefined {
  if (typeof json === 'string') return textOf(json.trim(), at, draft)
  if (isList(json)) {
    const items = json.flatMap((item, i): Json[] => {
      const kept = cleaned(item, `${at}/${i}`, draft)
      return kept === undefined ? (typeof item === 'string' ? [] : [{}]) : [kept]
    })
    return items.length === 0 && at !== '/hidable' ? undefined : items
  }
  if (!isObject(json)) return json
  const members = Object.entries(json).flatMap(([name, value]): [string, Json][] => {
    const kept = value === undefined ? undefined : cleaned(value, `${at}/${name}`, draft)
    return kept === undefined ? [] : [[name, kept]]
  })
  return members.length === 0 ? undefined : Object.fromEntries(members)
}

function textOf(text: string, at: string, draft: Draft): Json | undefined {
  if (text === '') return undefined
  const isNumber = NUMBERS.test(at) && NUMBER.test(text) && !isGrade(at, draft)
  return isNumber ? Number(text.replace(',', '.')) : text
}

/** What a grade requires is a word, whatever it looks like. */
function isGrade(at: string, draft: Draft): boolean {
  const [, result] = /^(\/results\/\d+)\/required$/.exec(at) ?? []
  return result !== undefined && !SCORE_TYPES.includes(textAt(draft, `${result}/type`))
}

/** Results that are numbers. */
export const SCORE_TYPES: readonly string[] = [
  'RawScore',
  'ScaledScore',
  'GradePointAverage',
  'Percent',
]

function put(
  json: Json | undefined,
  parts: readonly string[],
  value: Json | undefined,
): Json | undefined {
  const [part, ...rest] = parts
  if (part === undefined) return value
  if (isList(json)) {
    const at = Number(part)
    const items = [...json]
    const item = put(items.at(at), rest, value)
    items.splice(at, 1, ...(item === undefined ? [] : [item]))
    return items
  }
  const members = new Map(Object.entries(isObject(json) ? json : {}))
  const member = put(members.get(part), rest, value)
  if (member === undefined) members.delete(part)
  else members.set(part, member)
  return Object.fromEntries(members)
}

function partsOf(pointer: string): string[] {
  return pointer.split('/').slice(1)
}

function memberOf(json: JsonObject | readonly Json[], part: string): Json | undefined {
  const found: unknown = Object.getOwnPropertyDescriptor(json, part)?.value
  return isJson(found) ? found : undefined
}

function isBranch(json: Json | undefined): json is JsonObject | readonly Json[] {
  return typeof json === 'object' && json !== null
}

function isList(json: Json | undefined): json is readonly Json[] {
  return Array.isArray(json)
}

/** Of what stands in a draft, all of which is JSON. */
function isJson(value: unknown): value is Json {
  return value !== undefined
}
