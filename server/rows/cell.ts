/** Cells of a file of rows, before they have names. */

/** A cell as it stands in the file, before normalisation; or why it cannot be read. */
export type Cell = string | { readonly unreadable: 'bad-cell' | 'bare-quote' }

/** `row` is the line of the CSV on which the record starts, or the row of the sheet, from 1. */
export type RawRow = { readonly row: number; readonly cells: readonly Cell[] }

/** Whether nothing but white space stands in any cell: what a spreadsheet keeps of a row that was cleared. */
export function isBlank(cells: readonly Cell[]): boolean {
  return cells.every((cell) => typeof cell === 'string' && cell.trim() === '')
}
