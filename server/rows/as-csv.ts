/**
 * A table of any format as CSV that reads as the table itself does: one record for each row of a sheet, also for those
 * without cells, and in the place of a cell that cannot be read a mark that cannot be read either.
 */

import { stringify } from 'csv-stringify/sync'
import { UNREADABLE } from './cell.ts'
import type { Cell } from './cell.ts'
import { ROW_LIMITS } from './limits.ts'
import type { RowLimits } from './limits.ts'
import { fatal } from './problems.ts'
import type { RowSource } from './source.ts'
import { readXlsx } from './xlsx.ts'

/** Quoted beside what CSV asks for: what a reader could take for a delimiter, a line end or the mark of an encoding. */
const SPECIAL = /[\r;\ufeff]/

/**
 * The first sheet of a workbook as CSV in UTF-8, in pieces. Row n of the sheet is record n of the CSV. Throws
 * `RowsError` for what is no workbook, or one beyond the limits.
 */
export async function csvOfWorkbook(
  source: RowSource,
  limits: RowLimits = ROW_LIMITS,
): Promise<string[]> {
  const lines: string[] = []
  let last = 0
  let columns: number | undefined
  for await (const { row, cells } of readXlsx(source, limits)) {
    columns ??= cells.length
    // A short row ends in empty cells in a sheet; in a CSV it would be a mistake.
    const missing = Math.max(0, columns - cells.length)
    const texts = [...cells.map(textOf), ...Array.from({ length: missing }, () => '')]
    lines.push(`${'\n'.repeat(row - last - 1)}${stringify([texts], { quoted_match: SPECIAL })}`)
    last = row
  }
  if (columns === undefined) throw fatal('no-header', 'the file has no header line')
  return lines
}

function textOf(cell: Cell): string {
  return typeof cell === 'string' ? cell : UNREADABLE
}
