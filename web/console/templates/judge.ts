/**
 * What the library says of a template while it is written: every fault, and what the linter makes of the rest. The
 * library stops at the first fault; here each is noted, mended by something neutral, and the whole read again.
 */
import { FormatError, lintTemplate, parseTemplate } from '../../../src/index.ts'
import type { FormatCode, Json, JsonObject, LintReport, Template } from '../../../src/index.ts'
import { fileOf, listAt, textAt, valueAt, withValue } from './draft.ts'
import type { Draft } from './draft.ts'

export type Fault = {
  /** JSON Pointer into the file. */
  readonly at: string
  readonly code: FormatCode
  /** Nothing stands there yet, and something must. */
  readonly isMissing: boolean
}

export type Judgement = {
  /** As it would be kept. */
  readonly file: JsonObject
  readonly faults: readonly Fault[]
  /** What is at fault counts as absent. */
  readonly lint: LintReport
  /** With something neutral where there is a fault; for a preview. */
  readonly template: Template
}

/** More than a form has fields; no draft of ours comes near. */
const MAX_FAULTS = 400

export function judge(draft: Draft): Judgement {
  const file = fileOf(draft)
  const faults: Fault[] = []
  let mended = file
  for (let i = 0; i < MAX_FAULTS; i += 1) {
    const read = reading(mended)
    if (read instanceof FormatError) {
      if (!faults.some(({ at }) => at === read.field)) faults.push(faultOf(read))
      mended = mendedAt(mended, read.field)
    } else return { file, faults, template: read, lint: lintOf(read, faults) }
  }
  throw new Error('this template cannot be mended')
}

function reading(json: Json): Template | FormatError {
  try {
    return parseTemplate(json)
  } catch (error) {
    if (error instanceof FormatError) return error
    throw error
  }
}

/** Without criteria at all, it is their text that the form asks for. */
const CRITERIA = '/achievement/criteria'

function faultOf({ code, field }: FormatError): Fault {
  return {
    at: field === CRITERIA ? `${CRITERIA}/narrative` : field,
    code,
    isMissing: code === 'missing-member',
  }
}

/** Stands where something must. */
const NEUTRAL = '…'
const ACHIEVEMENT = {
  id: 'urn:uuid:00000000-0000-4000-8000-000000000000',
  name: NEUTRAL,
  description: NEUTRAL,
  criteria: { narrative: NEUTRAL },
}
const MENDED: Readonly<Record<string, Json>> = {
  '/inaltera': 'template/1',
  '/language': 'en',
  '/issuer': { name: NEUTRAL },
  '/issuer/name': NEUTRAL,
  '/issuer/address/country': 'ZZ',
  '/achievement': ACHIEVEMENT,
  '/achievement/id': ACHIEVEMENT.id,
  '/achievement/name': NEUTRAL,
  '/achievement/description': NEUTRAL,
  '/achievement/criteria': ACHIEVEMENT.criteria,
  '/achievement/criteria/narrative': NEUTRAL,
  '/columns': [columnLike(0)],
}

/** Something neutral at a place, or nothing where nothing need be. */
function mendedAt(file: JsonObject, at: string): JsonObject {
  const [, list = '', place = ''] = /^(\/[a-zA-Z]+(?:\/blocks)?)\/(\d+)(?:\/|$)/.exec(at) ?? []
  if (list !== '') return mendedItem(file, list, Number(place))
  const neutral = MENDED[at]
  const before = valueAt(file, at)
  if (neutral !== undefined && JSON.stringify(neutral) !== JSON.stringify(before)) {
    return withValue(file, at, neutral)
  }
  // A member that is missing in something optional: without the whole of it, nothing is missing.
  const place2 = before === undefined ? at.slice(0, at.lastIndexOf('/')) : at
  return withValue(file, place2, MENDED[place2])
}

/** The item that is at fault in a list; the others keep their places. */
function mendedItem(file: JsonObject, list: string, place: number): JsonObject {
  const at = `${list}/${place}`
  const neutral = itemLike(file, list, place)
  const isMendedAlready = JSON.stringify(neutral) === JSON.stringify(valueAt(file, at))
  if (neutral !== undefined && !isMendedAlready) return withValue(file, at, neutral)
  // Of a list that no neutral item fits, only what comes before the fault is left.
  const left = listAt(file, list).slice(0, place)
  return withValue(file, list, left.length === 0 ? MENDED[list] : left)
}

function itemLike(file: JsonObject, list: string, place: number): Json | undefined {
  switch (list) {
    case '/learningOutcomes':
      return { name: NEUTRAL }
    case '/skills':
      return { name: NEUTRAL, esco: `http://data.europa.eu/esco/skill/${ACHIEVEMENT.id.slice(9)}` }
    case '/qualityAssurance':
      return { name: NEUTRAL, url: 'https://example.org', type: 'institutional-quality' }
    case '/alignments':
      return { name: NEUTRAL, url: 'https://example.org', type: 'ext:neutral' }
    case '/results':
      return { key: keyOf(file, place), name: NEUTRAL, type: 'Result' }
    case '/columns':
      return columnLike(place)
    default:
      return undefined
  }
}

/** Columns name a result by its key: it stays where it is one. */
function keyOf(file: JsonObject, place: number): string {
  const key = textAt(file, `/results/${place}/key`)
  const isTwice = listAt(file, '/results').some(
    (_, i) => i !== place && textAt(file, `/results/${i}/key`) === key,
  )
  return /^[a-z][a-z0-9-]{0,31}$/.test(key) && !isTwice ? key : `neutral-${place}`
}

function columnLike(place: number): Json {
  return { column: `${NEUTRAL} ${place}`, claim: 'identifier', identityType: `ext:neutral${place}` }
}

function lintOf(template: Template, faults: readonly Fault[]): LintReport {
  const lint = lintTemplate(template)
  const isFaulty = (place: string): boolean => faults.some(({ at }) => isWithin(at, place))
  const standing = <T extends { readonly present: boolean; readonly place: string }>(one: T): T => {
    const items = itemsOf(template, one.place)
    const isAbsent = items === undefined ? isFaulty(one.place) : allFaulty(items, one.place, faults)
    return isAbsent ? { ...one, present: false } : one
  }
  const mandatory = lint.mandatory.map(standing)
  const optional = lint.optional.map(standing)
  const questions = lint.questions.filter(({ place }) => !isFaulty(place))
  return {
    ...lint,
    complete: mandatory.every(({ present }) => present),
    mandatory,
    optional,
    questions,
    score: { ...lint.score, mandatory: scoreOf(mandatory), optional: scoreOf(optional) },
  }
}

/** How many items a list of the file has; undefined for what is no list. */
function itemsOf({ file }: Template, place: string): number | undefined {
  const lists: Readonly<Record<string, readonly unknown[] | undefined>> = {
    '/learningOutcomes': file.learningOutcomes,
    '/qualityAssurance': file.qualityAssurance,
  }
  return lists[place]?.length
}

function allFaulty(items: number, place: string, faults: readonly Fault[]): boolean {
  const faulty = Array.from({ length: items }, (_, i) => `${place}/${i}`).filter((item) =>
    faults.some(({ at }) => isWithin(at, item)),
  )
  return faulty.length === items
}

/** `/columns` itself is judged by what is in it. */
function isWithin(at: string, place: string): boolean {
  return at === place || (place !== '/columns' && at.startsWith(`${place}/`))
}

function scoreOf(elements: readonly { readonly present: boolean }[]): {
  readonly reached: number
  readonly of: number
} {
  return { reached: elements.filter(({ present }) => present).length, of: elements.length }
}
