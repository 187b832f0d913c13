/** One cell of a row read as what its column's claim expects. */

import { dayOf } from './days.ts'
import type { Day } from './days.ts'
import { scaleOf } from './achievement.ts'
import { isScore } from './columns.ts'
import type { DateFormat, ResultOfTemplate, Score } from './columns.ts'
import { hasVisible } from './invisible.ts'
import { UNPRINTABLE } from './template-atoms.ts'

/** What can be wrong with a cell. */
export const CELL_CODES = [
  'empty-cell',
  'too-long',
  'unprintable',
  'invisible',
  'several-lines',
  'not-an-email',
  'not-a-date',
  'not-a-number',
  'ambiguous-percentage',
  'out-of-range',
  'below-required',
  'not-allowed',
  'ends-before-start',
] as const
export type CellCode = (typeof CELL_CODES)[number]

export type Cell<Value> = { readonly value: Value } | { readonly code: CellCode }

const MAX_LINE = 500
const MAX_PROSE = 10_000

/** A text of which something can be seen; `prose` may have several lines. */
export function readText(cell: string, prose = false): Cell<string> {
  if (cell.length > (prose ? MAX_PROSE : MAX_LINE)) return { code: 'too-long' }
  if (!hasVisible(cell)) return { code: 'invisible' }
  if (UNPRINTABLE.test(cell)) return { code: 'unprintable' }
  if (!prose && /[\n\r\t]/.test(cell)) return { code: 'several-lines' }
  return { value: cell }
}

/** An e-mail address, kept as it is written. */
export function readEmail(cell: string): Cell<string> {
  const text = readText(cell)
  if ('code' in text) return text
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(cell) ? text : { code: 'not-an-email' }
}

/** A day in the column's format or as `yyyy-mm-dd`. */
export function readDay(cell: string, format: DateFormat): Cell<Day> {
  const value = dayOf(cell, format)
  return value === undefined ? { code: 'not-a-date' } : { value }
}

/** A decimal number, its comma written as a point: `15,5` is `15.5`. No digit is dropped or added. */
export function readNumber(cell: string): Cell<string> {
  const value = cell.replace(',', '.').replace('\u2212', '-')
  return /^-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,9})?$/.test(value)
    ? { value }
    : { code: 'not-a-number' }
}

/** Credits: 0 to 1,000 with up to three decimals, so that the JSON number is exact. */
export function readCredits(cell: string): Cell<string> {
  const number = readNumber(cell)
  if ('code' in number) return number
  const exact = /^[0-9]{1,4}(?:\.[0-9]{1,3})?$/.test(number.value) && Number(number.value) <= 1000
  return exact ? number : { code: 'out-of-range' }
}

/**
 * A percentage with or without its sign. A bare number above 0 and up to 1 is refused: a spreadsheet keeps `95 %` as
 * `0.95`, and nothing says which of the two is meant.
 */
export function readPercentage(cell: string): Cell<string> {
  const signed = /^(.*\S)\s*[%٪]$/u.exec(cell)
  const number = readNumber(signed?.[1] ?? cell)
  if ('code' in number || signed !== null) return number
  const value = Number(number.value)
  return value > 0 && value <= 1 ? { code: 'ambiguous-percentage' } : number
}

/** A result: on its scale or in its list, and not below what is required. */
export function readResult(cell: string, result: ResultOfTemplate): Cell<string> {
  if (isScore(result)) return readScore(cell, result)
  const text = readText(cell)
  if ('code' in text || result.allowed === undefined) return text
  const rank = result.allowed.indexOf(cell)
  if (rank === -1) return { code: 'not-allowed' }
  const pass = result.required === undefined ? 0 : result.allowed.indexOf(result.required)
  return rank < pass ? { code: 'below-required' } : text
}

function readScore(cell: string, result: Score): Cell<string> {
  const number = result.type === 'Percent' ? readPercentage(cell) : readNumber(cell)
  if ('code' in number) return number
  const value = Number(number.value)
  const { min, max } = scaleOf(result)
  if (value < (min ?? value) || value > (max ?? value)) return { code: 'out-of-range' }
  return value < (result.required ?? value) ? { code: 'below-required' } : number
}
