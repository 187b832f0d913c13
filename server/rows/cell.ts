/** Cells of a file of rows, before they have names. */

import type { RowCode } from './problems.ts'

/** A cell as it stands in the file, before normalisation; or why it cannot be read. */
export type Cell = string | { readonly unreadable: 'bad-cell' | 'bare-quote' }

/** Stands in a CSV made of a workbook for a cell that could not be read; Unicode has it for no text. */
export const UNREADABLE = '\uffff'

/** What is wrong with a row beside its cells. */
export type RowFault = { readonly code: RowCode; readonly column?: string; readonly what: string }

/** `row` is the line of the CSV on which the record starts, the row of the sheet, or the place of the object, from 1. */
export type RawRow = {
  readonly row: number
  readonly cells: readonly Cell[]
  readonly faults?: readonly RowFault[]
}

/** Whether nothing but white space stands in any cell: what a spreadsheet keeps of a row that was cleared. */
export function isBlank(cells: readonly Cell[]): boolean {
  return cells.every((cell) => typeof cell === 'string' && cell.trim() === '')
}
