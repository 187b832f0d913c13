/**
 * The XML of a worksheet (ECMA-376 part 1, 18.3.1.4 and 18.3.1.73) in the one spelling that its reader knows: every cell
 * with its address, none far away, and errors as what they are.
 *
 * The text is one character a byte (Latin-1): only its ASCII is looked at.
 */

import type { RowLimits } from './limits.ts'
import { fatal } from './problems.ts'

/** What Excel itself can hold; a row of empty cells may stand there. */
const LAST_ROW = 1_048_576
/** Start tags of rows and cells; comments and CDATA sections are matched so that nothing inside them is. */
const TAGS =
  /<!--[^]*?(?:-->|$)|<!\[CDATA\[[^]*?(?:\]\]>|$)|<(row|c)(?=[\s/>])((?:[^<>"']|"[^"<]*"|'[^'<]*')*)>/g
/** For an error cell that does not say which error. */
const ERROR = '#VALUE!'
const ADDRESS = attribute('r')
const TYPE = attribute('t')
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'

/**
 * Gives each cell its address, drops rows without cells, and takes the type from error cells, so that their text
 * (`#N/A`) reaches the reader of numbers, which refuses it. Throws `RowsError` for a cell beyond the limits: a reader
 * would fill the gap.
 */
export function laidOut(xml: string, limits: RowLimits): string {
  const place = { row: 0, isGiven: false, column: 0 }
  return xml.replaceAll(TAGS, (tag: string, name?: string, inside?: string) => {
    if (name === undefined) return tag
    const attributes = inside ?? ''
    const isEmpty = attributes.endsWith('/')
    const address = valueOf(ADDRESS, attributes)
    if (name === 'row') {
      place.isGiven = address !== undefined
      place.row = address === undefined ? place.row + 1 : rowNumber(address)
      place.column = 0
      return isEmpty ? '' : tag
    }
    const at = address === undefined ? { ...place, column: place.column + 1 } : placeOf(address)
    const isError = valueOf(TYPE, attributes) === 'e'
    if (!isEmpty || isError) checkPlace(at, limits)
    if (at.row !== place.row && (place.isGiven || at.row < place.row)) {
      throw unfit(`${address} stands in row ${place.row}`)
    }
    Object.assign(place, { row: at.row, column: at.column })
    const written = `${columnName(at.column)}${at.row}`
    if (isError) {
      return `<c r="${written}">${isEmpty ? `<v>${ERROR}</v></c>` : ''}`
    }
    return address === undefined ? `<c r="${written}"${attributes}>` : tag
  })
}

/** The part without the prefix that some writers give to every element (`<x:row>`): its reader knows none. */
export function withoutPrefix(xml: string): string {
  const root = /<([A-Za-z][\w.-]*):(?:worksheet|workbook|sst|styleSheet)\s([^<>]*)>/.exec(xml)
  const [, prefix = '', attributes = ''] = root ?? []
  if (root === null || valueOf(attribute(`xmlns:${prefix}`), attributes) !== MAIN) return xml
  return xml.replaceAll(new RegExp(`<(/?)${prefix}:`, 'g'), '<$1')
}

function valueOf(attribute: RegExp, attributes: string): string | undefined {
  const found = attribute.exec(attributes)
  return found?.[1] ?? found?.[2]
}

function attribute(name: string): RegExp {
  return new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`)
}

function rowNumber(text: string): number {
  const row = /^[0-9]{1,7}$/.test(text) ? Number(text) : 0
  if (row < 1 || row > LAST_ROW) throw unfit('a row has no plain number')
  return row
}

function placeOf(address: string): { row: number; column: number } {
  const [, letters = '', digits = ''] = /^([A-Z]{1,3})([0-9]{1,7})$/.exec(address) ?? []
  if (letters === '') throw unfit('a cell has no plain address')
  return { row: rowNumber(digits), column: columnNumber(letters) }
}

function checkPlace({ row, column }: { row: number; column: number }, limits: RowLimits): void {
  if (row > limits.xlsxRows + 1) {
    throw fatal('too-many-rows', `row ${row}: at most ${limits.xlsxRows} rows`, { row })
  }
  if (column > limits.columns) {
    throw fatal('too-many-columns', `row ${row}: at most ${limits.columns} columns`, { row })
  }
}

function columnNumber(letters: string): number {
  let number = 0
  for (const letter of letters) number = number * 26 + letter.charCodeAt(0) - 64
  return number
}

function columnName(number: number): string {
  const rest = (number - 1) % 26
  const name = String.fromCharCode(65 + rest)
  return number > 26 ? columnName((number - 1 - rest) / 26) + name : name
}

function unfit(why: string): Error {
  return fatal('not-xlsx', `not a readable XLSX sheet: ${why}`)
}
