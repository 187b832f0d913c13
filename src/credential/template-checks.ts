/** What a template's shape alone cannot say: its parts must fit each other. Each check throws FormatError. */

import { FormatError } from '../primitives/errors.ts'
import { parseInstant } from '../primitives/time.ts'
import { MAX_POINTERS } from './commitment.ts'
import { dayOf, endOf, startOf } from './days.ts'
import { certificationOfBlock } from './identifiers.ts'
import { DEFAULT_HIDABLE_NAMES, nameOf, parsePointer, pointerOfName } from './pointer.ts'
import type { HidablePointer } from './pointer.ts'
import { SUBJECT_DATES, SUBJECT_TEXTS, columnTypeOf, isScore } from './columns.ts'
import type { Column, ResultOfTemplate } from './columns.ts'
import type { TemplateFile } from './template-file.ts'

/** The members of `credentialSubject` that a column can fill. */
const SUBJECT_CLAIMS: ReadonlySet<string> = new Set([
  ...SUBJECT_TEXTS,
  ...SUBJECT_DATES,
  'creditsEarned',
  'identifier',
  'result',
])
const FORBIDDEN_COLUMNS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype'])

/** The achievement's own parts. */
export function checkAchievement(file: TemplateFile): void {
  const { criteria } = file.achievement
  if (criteria.url === undefined && criteria.narrative === undefined) {
    throw missing('/achievement/criteria/narrative', 'criteria need a text or a page')
  }
  if (file.workload && file.workload.hours === undefined && file.workload.ects === undefined) {
    throw missing('/workload/hours', 'a workload is given in hours, in ECTS or in both')
  }
  const { rncp, blocks } = file.franceCompetences ?? {}
  for (const [i, { code }] of (blocks ?? []).entries()) {
    if (rncp === undefined || certificationOfBlock(code) === rncp) continue
    throw wrong(`/franceCompetences/blocks/${i}/code`, `${code} is no block of ${rncp}`)
  }
}

/** Every day is one of the calendar, and no period ends before it begins. */
export function checkDays(file: TemplateFile): void {
  const { from, until, duration, utcOffset } = file.validity
  const { start, end } = file.activity ?? {}
  checkDay(from, startOf, utcOffset, '/validity/from')
  checkDay(until, endOf, utcOffset, '/validity/until')
  checkDay(file.awarded, startOf, utcOffset, '/awarded')
  checkDay(start, startOf, utcOffset, '/activity/start')
  checkDay(end, endOf, utcOffset, '/activity/end')
  if (until !== undefined && duration !== undefined) {
    throw wrong('/validity/duration', 'a validity ends on a day or after a duration, not both')
  }
  if (duration !== undefined && !/[1-9]/.test(duration)) {
    throw outOfRange('/validity/duration', 'a validity of no time')
  }
  if (from !== undefined && until !== undefined && until < from) {
    throw outOfRange('/validity/until', 'the validity ends before it begins')
  }
  if (start !== undefined && end !== undefined && end < start) {
    throw outOfRange('/activity/end', 'the activity ends before it begins')
  }
}

/** A day of the calendar whose begin or end, at the template's offset, is a time. */
function checkDay(
  day: string | undefined,
  edge: typeof startOf,
  utcOffset: string,
  field: string,
): void {
  if (day === undefined) return
  if (dayOf(day) === undefined) {
    throw new FormatError('bad-time', field, `${field}: ${day} is no day of the calendar`)
  }
  parseInstant(edge(day, utcOffset), field)
}

/** Keys stand once; what is required lies on the scale or in the list. */
export function checkResults(results: readonly ResultOfTemplate[]): void {
  const keys = new Set<string>()
  for (const [i, result] of results.entries()) {
    const at = `/results/${i}`
    if (keys.has(result.key)) throw wrong(`${at}/key`, `two results are called ${result.key}`)
    keys.add(result.key)
    checkScale(result, at)
  }
}

function checkScale(result: ResultOfTemplate, at: string): void {
  if (!isScore(result)) {
    const { allowed, required } = result
    if (required === undefined || allowed?.includes(required) === true) return
    throw wrong(`${at}/required`, 'what is required is not among what is allowed')
  }
  const { min, max, required } = result
  if (min !== undefined && max !== undefined && min >= max) {
    throw outOfRange(`${at}/max`, 'the highest value is not above the lowest')
  }
  if (required === undefined) return
  if (required < (min ?? required) || required > (max ?? required)) {
    throw outOfRange(`${at}/required`, 'the pass mark lies outside the scale')
  }
}

/** The hidable pointers, or the default list; each must lead to a claim that a column can fill. */
export function parseHidable(hidable: readonly string[] | undefined): readonly HidablePointer[] {
  if (hidable === undefined) return DEFAULT_HIDABLE_NAMES.map((name) => pointerOfName(name))
  if (hidable.length > MAX_POINTERS) {
    throw new FormatError('too-many-pointers', '/hidable', `over ${MAX_POINTERS} hidable claims`)
  }
  return hidable.map((value, i) => {
    const at = `/hidable/${i}`
    const pointer = parsePointer(value, at)
    if (hidable.indexOf(value) < i) {
      throw new FormatError('pointer-twice', at, `${at}: ${value} stands twice`)
    }
    if (!SUBJECT_CLAIMS.has(nameOf(pointer))) {
      throw new FormatError('bad-pointer', at, `${at}: no column can fill ${value}`)
    }
    return pointer
  })
}

/**
 * Each claim has one column, save `identifier` and `result`; a column that fills a hidable claim fills nothing else, or
 * the hidden value would still stand elsewhere.
 */
export function checkColumns(
  columns: readonly Column[],
  results: ReadonlyMap<string, ResultOfTemplate>,
  hidable: ReadonlySet<string>,
): void {
  const filled = new Set<string>()
  for (const [i, column] of columns.entries()) {
    const at = `/columns/${i}`
    if (FORBIDDEN_COLUMNS.has(column.column)) {
      throw new FormatError('forbidden-key', `${at}/column`, `a column named ${column.column}`)
    }
    checkResultColumn(column, results, `${at}/result`)
    const target = targetOf(column)
    if (filled.has(target)) throw wrong(`${at}/claim`, `two columns fill ${target}`)
    filled.add(target)
    const type = columnTypeOf(column, results)
    if (column.type !== undefined && column.type !== type) {
      throw wrong(`${at}/type`, `${column.claim} takes a ${type}, not a ${column.type}`)
    }
    const twin = columns.slice(0, i).find((other) => other.column === column.column)
    if (twin && (hidable.has(twin.claim) || hidable.has(column.claim))) {
      throw wrong(
        `${at}/column`,
        `${column.column} fills a hidable claim, so it fills nothing else`,
      )
    }
  }
}

function checkResultColumn(
  column: Column,
  results: ReadonlyMap<string, ResultOfTemplate>,
  field: string,
): void {
  if (column.claim !== 'result' || results.has(column.result)) return
  throw wrong(field, `no result is called ${column.result}`)
}

function targetOf(column: Column): string {
  if (column.claim === 'result') return `result ${column.result}`
  if (column.claim === 'identifier') return `identifier ${column.identityType}`
  return column.claim
}

function missing(field: string, message: string): FormatError {
  return new FormatError('missing-member', field, `${field}: ${message}`)
}

function wrong(field: string, message: string): FormatError {
  return new FormatError('wrong-value', field, `${field}: ${message}`)
}

function outOfRange(field: string, message: string): FormatError {
  return new FormatError('out-of-range', field, `${field}: ${message}`)
}
