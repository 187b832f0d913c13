/** A file of rows, CSV, XLSX or JSON, as named cells: one way in for all. */

import { holdsInvisible } from '../../src/index.ts'
import type { Cell, RawRow } from './cell.ts'
import { readCsv } from './csv.ts'
import { readJsonRows } from './json-rows.ts'
import { ROW_LIMITS } from './limits.ts'
import type { RowLimits } from './limits.ts'
import { mapColumns } from './mapping.ts'
import type { MappedColumn, Mapping } from './mapping.ts'
import { fatal, ProblemList, RowsError } from './problems.ts'
import type { RowCode, RowProblem } from './problems.ts'
import { firstBytes } from './source.ts'
import type { RowSource } from './source.ts'
import { readXlsx } from './xlsx.ts'

export const ROW_FORMATS = ['csv', 'xlsx', 'json'] as const
export type RowFormat = (typeof ROW_FORMATS)[number]

export type NamedRow = {
  /** Line of the CSV or row of the sheet, from 1, the header included; of JSON the place of the object, from 1. */
  readonly row: number
  /** By the template's column name, in NFC; cells are trimmed, an empty cell is the empty text. */
  readonly cells: ReadonlyMap<string, string>
}

export type Table = {
  /** The columns as the file names them. */
  readonly columns: readonly string[]
  /** Columns of the file that nobody asked for. */
  readonly ignored: readonly string[]
  /** The rows in the order of the file; those with a problem are named in `problems` and left out. */
  readonly rows: AsyncIterable<NamedRow>
  /** Complete once `rows` is read to its end: what ends the reading stands in it too. */
  readonly problems: ProblemList
  /** Rows in which a cell was trimmed or brought to NFC, at most the first 1,000; complete likewise. */
  readonly normalised: readonly number[]
  /** By wanted column, as the file names it, the rows whose cell holds characters that nobody sees; likewise. */
  readonly invisible: ReadonlyMap<string, readonly number[]>
  /** Rows read so far, those with a problem too. */
  count(): number
  /** How the file names a column of the template. */
  inFile(column: string): string
}

export type TableOptions = {
  /** Undefined: CSV or XLSX by the first bytes. */
  readonly format?: RowFormat | undefined
  readonly mapping?: Mapping | undefined
  readonly limits?: RowLimits | undefined
  /** How many problems are named; the others are counted. */
  readonly mostProblems?: number | undefined
}

/** Control characters have no place in a certificate; line breaks and tabs inside a cell are kept. */
// eslint-disable-next-line no-control-regex -- naming them is the point
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]/
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype'])
const MAX_ROWS_NAMED = 1000
const ZIP = 0x04034b50

/**
 * Reads the header and checks that every `wanted` column stands in it; rows follow as a stream. Throws `RowsError` for
 * file and header.
 */
export async function openTable(
  source: RowSource,
  wanted: ReadonlySet<string>,
  options: TableOptions = {},
): Promise<Table> {
  const limits = options.limits ?? ROW_LIMITS
  const opened = await openRows(source, limits, options.format)
  const { row, format } = opened
  const mapping: Mapping = options.mapping ?? new Map()
  const { columns, problems: unmapped } = mapColumns(opened.columns, wanted, mapping, row)
  const wrong = [...opened.problems, ...unmapped]
  if (wrong.length > 0) throw new RowsError(wrong)
  const problems = new ProblemList(options.mostProblems)
  const normalised: number[] = []
  const invisible = new Map<string, number[]>()
  const names = new Map(columns.map(({ inFile, name }) => [name, inFile]))
  const reading: Reading = {
    problems,
    normalised,
    invisible,
    count: 0,
    cellCharacters: limits.cellCharacters,
    // In a sheet a short row ends in empty cells; in a CSV it is a mistake.
    padded: format === 'xlsx',
    maxRows: format === 'xlsx' ? limits.xlsxRows : limits.csvRows,
  }
  return {
    problems,
    normalised,
    invisible,
    columns: opened.columns,
    ignored: columns.filter(({ isIssued }) => !isIssued).map(({ inFile }) => inFile),
    inFile: (column) => names.get(column) ?? column,
    count: () => reading.count,
    rows: namedRows(opened.rows, columns, reading),
  }
}

export type OpenedRows = {
  readonly format: RowFormat
  /** The names of the columns, trimmed and in NFC. */
  readonly columns: readonly string[]
  /** What is wrong with the header. */
  readonly problems: readonly RowProblem[]
  /** Where the header stands. */
  readonly row: number
  /** What follows it. */
  readonly rows: AsyncGenerator<RawRow>
}

/** The header of a file and what follows it, whatever the columns are called. Throws `RowsError`. */
export async function openRows(
  source: RowSource,
  limits: RowLimits,
  wanted?: RowFormat,
): Promise<OpenedRows> {
  const isZip = await startsWithZip(source)
  const format = wanted ?? (isZip ? 'xlsx' : 'csv')
  if (format !== 'xlsx' && isZip)
    throw fatal(`not-${format}`, 'the file is an archive, as an XLSX is')
  if (format === 'xlsx' && !isZip) throw fatal('not-xlsx', 'not an XLSX file')
  const rows = READERS[format](source, limits)
  const header = await rows.next()
  if (header.done === true) throw fatal('no-header', 'the file has no header line')
  return { format, rows, row: header.value.row, ...columnsIn(header.value, limits) }
}

const READERS = { csv: readCsv, xlsx: readXlsx, json: readJsonRows } as const

async function startsWithZip(source: RowSource): Promise<boolean> {
  const bytes = await firstBytes(source, 4)
  return bytes.length === 4 && bytes.readUInt32LE(0) === ZIP
}

function normalise(cell: string): string {
  return cell.trim().normalize('NFC')
}

function columnsIn(
  { row, cells }: RawRow,
  limits: RowLimits,
): Pick<OpenedRows, 'columns' | 'problems'> {
  const problems: RowProblem[] = []
  const add = (code: RowCode, column: string, message: string): void => {
    problems.push({ code, row, column, message })
  }
  if (cells.length > limits.columns) {
    throw fatal('too-many-columns', `${cells.length} columns; at most ${limits.columns}`, { row })
  }
  const seen = new Set<string>()
  for (const [i, cell] of cells.entries()) {
    const column = typeof cell === 'string' ? normalise(cell) : ''
    if (typeof cell !== 'string') add(cell.unreadable, '', `column ${i + 1} cannot be read`)
    else if (column === '') add('empty-column-name', '', `column ${i + 1} has no name`)
    else if (FORBIDDEN.has(column)) add('forbidden-column', column, `a column named ${column}`)
    else if (seen.has(column)) add('duplicate-column', column, `column ${column} stands twice`)
    seen.add(column)
  }
  return { columns: [...seen], problems }
}

type Reading = {
  readonly problems: ProblemList
  readonly normalised: number[]
  readonly invisible: Map<string, number[]>
  count: number
  readonly cellCharacters: number
  readonly padded: boolean
  readonly maxRows: number
}

async function* namedRows(
  raw: AsyncIterable<RawRow>,
  columns: readonly MappedColumn[],
  reading: Reading,
): AsyncGenerator<NamedRow> {
  try {
    for await (const one of raw) {
      if ((reading.count += 1) > reading.maxRows) {
        throw fatal('too-many-rows', `over ${reading.maxRows} rows`, { row: one.row })
      }
      const named = nameCells(one, columns, reading)
      if (named !== undefined) yield named
    }
  } catch (error) {
    if (!(error instanceof RowsError)) throw error
    reading.problems.end(error)
  }
}

function nameCells(
  { row, cells, faults = [] }: RawRow,
  columns: readonly MappedColumn[],
  reading: Reading,
): NamedRow | undefined {
  const { problems, normalised, padded } = reading
  const before = problems.count
  const named = new Map<string, string>()
  let isChanged = false
  for (const { code, what, ...where } of faults) {
    const place = where.column === undefined ? '' : `, column ${where.column}`
    problems.add({ code, row, ...where, message: `row ${row}${place}: ${what}` })
  }
  for (const [i, column] of columns.entries()) {
    const text = textOf(cells[i] ?? '', row, column, reading)
    isChanged ||= text !== (cells[i] ?? '')
    if (column.name !== undefined) named.set(column.name, text)
  }
  const fits = padded ? cells.length <= columns.length : cells.length === columns.length
  // A bare quote lets its cell run on or end early: it explains the number of cells.
  if (!fits && !cells.some((cell) => typeof cell !== 'string')) {
    const message = `row ${row}: ${cells.length} cells for ${columns.length} columns`
    problems.add({ code: 'cell-count', row, message })
  }
  if (problems.count > before) return undefined
  if (isChanged && normalised.length < MAX_ROWS_NAMED) normalised.push(row)
  return { row, cells: named }
}

/** The cell as it is issued; what is wrong with it goes among the problems, what is odd beside them. */
function textOf(
  cell: Cell,
  row: number,
  { inFile: column, isIssued }: MappedColumn,
  reading: Reading,
): string {
  const add = (code: RowCode, what: string): void => {
    reading.problems.add({ code, row, column, message: `row ${row}, column ${column}: ${what}` })
  }
  if (typeof cell !== 'string') {
    add(cell.unreadable, 'cannot be read')
    return ''
  }
  const text = normalise(cell)
  if (text.length > reading.cellCharacters) {
    add('cell-too-long', `over ${reading.cellCharacters} characters`)
  } else if (CONTROL.test(text) || !text.isWellFormed()) {
    add('control-character', 'holds a control character')
  } else if (isIssued && holdsInvisible(text)) {
    const rows = reading.invisible.get(column) ?? []
    if (rows.length < MAX_ROWS_NAMED) rows.push(row)
    reading.invisible.set(column, rows)
  }
  return text
}
