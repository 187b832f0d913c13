/** A file of rows, CSV or XLSX by its first bytes, as named cells: one way in for both. */

import { open } from 'node:fs/promises'
import { readCsv } from './csv.ts'
import type { RawRow } from './csv.ts'
import { ROW_LIMITS } from './limits.ts'
import type { RowLimits } from './limits.ts'
import { ProblemList, fatal } from './problems.ts'
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
  /** Complete once `rows` is read to its end. */
  readonly problems: ProblemList
  /** Rows in which a cell was trimmed or brought to NFC, at most the first 1,000; complete likewise. */
  readonly normalised: readonly number[]
}

export type WantedColumns = {
  readonly required: ReadonlySet<string>
  readonly optional: ReadonlySet<string>
}

/** Control characters have no place in a certificate; line breaks and tabs inside a cell are kept. */
// eslint-disable-next-line no-control-regex -- naming them is the point
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]/
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype'])
const MAX_NORMALISED_NAMED = 1000

/** Reads the header and checks the columns; rows follow as a stream. Throws `RowsError` for file and header. */
export async function openTable(
  path: string,
  wanted: WantedColumns,
  limits: RowLimits = ROW_LIMITS,
): Promise<Table> {
  const isXlsx = await startsWithZip(path)
  const raw = isXlsx ? readXlsx(path, limits) : readCsv(path, limits)
  const header = await raw.next()
  if (header.done === true) throw fatal('no-header', 'the file has no header line')
  const columns = header.value.cells.map((cell) => normalise(cell))
  checkHeader(columns, header.value.row, wanted, limits)
  const known = new Set([...wanted.required, ...wanted.optional])
  const problems = new ProblemList()
  const normalised: number[] = []
  return {
    columns,
    ignored: columns.filter((column) => !known.has(column)),
    problems,
    normalised,
    rows: namedRows(raw, columns, {
      problems,
      normalised,
      cellCharacters: limits.cellCharacters,
      // In a sheet a short row ends in empty cells; in a CSV it is a mistake.
      padded: isXlsx,
      maxRows: isXlsx ? limits.xlsxRows : limits.csvRows,
    }),
  }
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

function checkHeader(
  columns: readonly string[],
  row: number,
  wanted: WantedColumns,
  limits: RowLimits,
): void {
  const problems = new ProblemList()
  const add = (code: Parameters<typeof fatal>[0], column: string, message: string): void => {
    problems.add({ code, row, column, message })
  }
  if (columns.length > limits.columns) {
    throw fatal('too-many-columns', `${columns.length} columns; at most ${limits.columns}`, { row })
  }
  const seen = new Set<string>()
  for (const [i, column] of columns.entries()) {
    if (column === '') add('empty-column-name', '', `column ${i + 1} has no name`)
    else if (FORBIDDEN.has(column)) add('forbidden-column', column, `a column named ${column}`)
    else if (seen.has(column)) add('duplicate-column', column, `column ${column} stands twice`)
    seen.add(column)
  }
  for (const column of wanted.required) {
    if (!seen.has(column)) add('missing-column', column, `column ${column} is missing`)
  }
  problems.throwIfAny()
}

type Reading = {
  readonly problems: ProblemList
  readonly normalised: number[]
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
  for await (const { row, cells } of raw) {
    count += 1
    if (count > reading.maxRows) {
      throw fatal('too-many-rows', `over ${reading.maxRows} rows`, { row })
    }
    const fits = reading.padded ? cells.length <= columns.length : cells.length === columns.length
    if (!fits) {
      const message = `row ${row}: ${cells.length} cells for ${columns.length} columns`
      reading.problems.add({ code: 'cell-count', row, message })
      continue
    }
    const named = nameCells(row, cells, columns, reading)
    if (named !== undefined) yield named
  }
}

function nameCells(
  row: number,
  cells: readonly string[],
  columns: readonly string[],
  reading: Reading,
): NamedRow | undefined {
  const before = reading.problems.count
  const named = new Map<string, string>()
  let changed = false
  for (const [i, column] of columns.entries()) {
    const cell = cells[i] ?? ''
    const text = normalise(cell)
    if (text !== cell) changed = true
    const where = `row ${row}, column ${column}`
    if (text.length > reading.cellCharacters) {
      const message = `${where}: over ${reading.cellCharacters} characters`
      reading.problems.add({ code: 'cell-too-long', row, column, message })
    } else if (CONTROL.test(text) || !text.isWellFormed()) {
      const message = `${where}: holds a control character`
      reading.problems.add({ code: 'control-character', row, column, message })
    }
    named.set(column, text)
  }
  if (changed && reading.normalised.length < MAX_NORMALISED_NAMED) reading.normalised.push(row)
  return reading.problems.count === before ? { row, cells: named } : undefined
}
