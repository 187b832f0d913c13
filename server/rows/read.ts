/** A file of rows, CSV or XLSX by its first bytes, as named cells: one way in for both. */

import { open } from 'node:fs/promises'
import { holdsInvisible, invariant } from '../../src/index.ts'
import type { Cell, RawRow } from './cell.ts'
import { readCsv } from './csv.ts'
import { ROW_LIMITS } from './limits.ts'
import type { RowLimits } from './limits.ts'
import { ProblemList, RowsError, fatal } from './problems.ts'
import type { RowCode } from './problems.ts'
import { readXlsx } from './xlsx.ts'

export type NamedRow = {
  /** Line of the CSV or row of the sheet, from 1, the header included. */
  readonly row: number
  /** By column name, trimmed and in NFC; an empty cell is the empty text. */
  readonly cells: ReadonlyMap<string, string>
}

export type Table = {
  readonly columns: readonly string[]
  /** Columns of the file that nobody asked for. */
  readonly ignored: readonly string[]
  /** The rows in the order of the file; those with a problem are named in `problems` and left out. */
  readonly rows: AsyncIterable<NamedRow>
  /** Complete once `rows` is read to its end: what ends the reading stands in it too. */
  readonly problems: ProblemList
  /** Rows in which a cell was trimmed or brought to NFC, at most the first 1,000; complete likewise. */
  readonly normalised: readonly number[]
  /** By wanted column, the rows whose cell holds characters that nobody sees; the same cap, complete likewise. */
  readonly invisible: ReadonlyMap<string, readonly number[]>
}

/** Control characters have no place in a certificate; line breaks and tabs inside a cell are kept. */
// eslint-disable-next-line no-control-regex -- naming them is the point
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]/
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype'])
const MAX_ROWS_NAMED = 1000

/**
 * Reads the header and checks that every `wanted` column stands in it; rows follow as a stream. Throws `RowsError` for
 * file and header.
 */
export async function openTable(
  path: string,
  wanted: ReadonlySet<string>,
  limits: RowLimits = ROW_LIMITS,
): Promise<Table> {
  const isXlsx = await startsWithZip(path)
  const raw = isXlsx ? readXlsx(path, limits) : readCsv(path, limits)
  const header = await raw.next()
  if (header.done === true) throw fatal('no-header', 'the file has no header line')
  const columns = columnsIn(header.value, wanted, limits)
  const found = {
    problems: new ProblemList(),
    normalised: [],
    invisible: new Map<string, number[]>(),
  }
  return {
    ...found,
    columns,
    ignored: columns.filter((column) => !wanted.has(column)),
    rows: namedRows(raw, columns, {
      ...found,
      wanted,
      cellCharacters: limits.cellCharacters,
      // In a sheet a short row ends in empty cells; in a CSV it is a mistake.
      padded: isXlsx,
      maxRows: isXlsx ? limits.xlsxRows : limits.csvRows,
    }),
  }
}

/**
 * One row given by column names, held to what a row of a file is held to: exactly the `wanted` columns. Throws
 * `RowsError`.
 */
export function readOne(
  cells: ReadonlyMap<string, string>,
  wanted: ReadonlySet<string>,
  limits: RowLimits = ROW_LIMITS,
): NamedRow {
  const columns = columnsIn({ row: 1, cells: [...cells.keys()] }, wanted, limits)
  const problems = new ProblemList()
  const named = nameCells(1, [...cells.values()], columns, {
    problems,
    normalised: [],
    invisible: new Map(),
    wanted,
    cellCharacters: limits.cellCharacters,
    padded: false,
    maxRows: 1,
  })
  problems.throwIfAny()
  invariant(named !== undefined, 'a row without a problem is read')
  return named
}

async function startsWithZip(path: string): Promise<boolean> {
  const file = await open(path, 'r')
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(4), 0, 4, 0)
    return bytesRead === 4 && buffer.readUInt32LE(0) === 0x04034b50
  } finally {
    await file.close()
  }
}

function normalise(cell: string): string {
  return cell.trim().normalize('NFC')
}

function columnsIn(
  { row, cells }: RawRow,
  wanted: ReadonlySet<string>,
  limits: RowLimits,
): readonly string[] {
  const problems = new ProblemList()
  const add = (code: RowCode, column: string, message: string): void => {
    problems.add({ code, row, column, message })
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
  for (const column of wanted) {
    if (!seen.has(column)) add('missing-column', column, `column ${column} is missing`)
  }
  problems.throwIfAny()
  return [...seen]
}

type Reading = {
  readonly problems: ProblemList
  readonly normalised: number[]
  readonly invisible: Map<string, number[]>
  readonly wanted: ReadonlySet<string>
  readonly cellCharacters: number
  readonly padded: boolean
  readonly maxRows: number
}

async function* namedRows(
  raw: AsyncIterable<RawRow>,
  columns: readonly string[],
  reading: Reading,
): AsyncGenerator<NamedRow> {
  let count = 0
  try {
    for await (const { row, cells } of raw) {
      count += 1
      if (count > reading.maxRows) {
        throw fatal('too-many-rows', `over ${reading.maxRows} rows`, { row })
      }
      const named = nameCells(row, cells, columns, reading)
      if (named !== undefined) yield named
    }
  } catch (error) {
    if (!(error instanceof RowsError)) throw error
    reading.problems.end(error)
  }
}

function nameCells(
  row: number,
  cells: readonly Cell[],
  columns: readonly string[],
  reading: Reading,
): NamedRow | undefined {
  const { problems, normalised, padded } = reading
  const before = problems.count
  const named = new Map<string, string>()
  for (const [i, column] of columns.entries()) {
    named.set(column, textOf(cells[i] ?? '', row, column, reading))
  }
  const fits = padded ? cells.length <= columns.length : cells.length === columns.length
  // A bare quote lets its cell run on or end early: it explains the number of cells.
  if (!fits && !cells.some((cell) => typeof cell !== 'string')) {
    const message = `row ${row}: ${cells.length} cells for ${columns.length} columns`
    problems.add({ code: 'cell-count', row, message })
  }
  if (problems.count > before) return undefined
  const changed = columns.some((column, i) => named.get(column) !== (cells[i] ?? ''))
  if (changed && normalised.length < MAX_ROWS_NAMED) normalised.push(row)
  return { row, cells: named }
}

/** The cell as it is issued; what is wrong with it goes among the problems, what is odd beside them. */
function textOf(cell: Cell, row: number, column: string, reading: Reading): string {
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
  } else if (reading.wanted.has(column) && holdsInvisible(text)) {
    const rows = reading.invisible.get(column) ?? []
    if (rows.length < MAX_ROWS_NAMED) rows.push(row)
    reading.invisible.set(column, rows)
  }
  return text
}
