/** The first sheet of an XLSX workbook, its unpacked size and its extent judged before it is laid out in memory. */

import { readFile, stat } from 'node:fs/promises'
import { readSheet } from 'read-excel-file/node'
import type { RawRow } from './csv.ts'
import type { RowLimits } from './limits.ts'
import { fatal, RowsError } from './problems.ts'
import { unzip, zipStored } from './unzip.ts'
import type { Part } from './unzip.ts'

/** Yields the rows of the first sheet, the header first; empty rows are skipped. Throws `RowsError`. */
export async function* readXlsx(path: string, limits: RowLimits): AsyncGenerator<RawRow> {
  if ((await stat(path)).size > limits.fileBytes) {
    throw fatal('file-too-large', `over ${limits.fileBytes} bytes`)
  }
  const parts = unzip(await readFile(path), limits.unpackedBytes, isRead)
  for (const part of parts) if (part.name.includes('worksheets/')) checkExtent(part, limits)
  for (const [i, cells] of (await sheetOf(parts)).entries()) {
    const row = i + 1
    if (row - 1 > limits.xlsxRows) {
      throw fatal('too-many-rows', `over ${limits.xlsxRows} rows`, { row })
    }
    if (cells.every((cell) => cell === null || cell === '')) continue
    yield { row, cells: cells.map((cell, column) => textOf(cell, row, column)) }
  }
}

function isRead(name: string): boolean {
  return name.endsWith('.xml') || name.endsWith('.xml.rels')
}

async function sheetOf(parts: readonly Part[]): Promise<readonly (readonly unknown[])[]> {
  try {
    return await readSheet(zipStored(parts), { trim: false })
  } catch (error) {
    if (error instanceof RowsError) throw error
    const why = error instanceof Error ? error.message : String(error)
    throw fatal('not-xlsx', `not a readable XLSX sheet: ${why}`)
  }
}

/**
 * A sheet may name a cell far away in a few bytes, and a reader then fills the gap. Every `r` attribute (ECMA-376
 * 18.3.1.4 and 18.3.1.73) must be a plain address within the limits.
 */
function checkExtent(part: Part, limits: RowLimits): void {
  const xml = Buffer.from(part.bytes.buffer, part.bytes.byteOffset, part.bytes.length)
  for (const match of xml.toString('latin1').matchAll(/\sr\s*=\s*(?:"([^"]*)"|'([^']*)')/g)) {
    const address = /^([A-Z]{0,3})([0-9]{1,7})$/.exec(match[1] ?? match[2] ?? '')
    if (address === null) throw fatal('not-xlsx', 'a cell has no plain address')
    const row = Number(address[2])
    if (row > limits.xlsxRows + 1) {
      throw fatal('too-many-rows', `row ${row}: at most ${limits.xlsxRows} rows`, { row })
    }
    if (columnNumber(address[1] ?? '') > limits.columns) {
      throw fatal('too-many-columns', `row ${row}: at most ${limits.columns} columns`, { row })
    }
  }
}

function columnNumber(letters: string): number {
  let number = 0
  for (const letter of letters) number = number * 26 + letter.charCodeAt(0) - 64
  return number
}

/** Dates become `YYYY-MM-DD` (or an instant, where they have a time), numbers and booleans their JSON text. */
function textOf(cell: unknown, row: number, column: number): string {
  if (cell === null || cell === undefined) return ''
  if (typeof cell === 'string') return cell
  if (typeof cell === 'boolean') return String(cell)
  if (cell instanceof Date && !Number.isNaN(cell.getTime())) {
    const text = cell.toISOString()
    return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text.replace('.000Z', 'Z')
  }
  if (typeof cell === 'number' && Number.isFinite(cell) && Math.abs(cell) < 1e21) {
    return String(cell)
  }
  throw fatal('bad-cell', `row ${row}, column ${column + 1}: not text, a number or a date`, { row })
}
