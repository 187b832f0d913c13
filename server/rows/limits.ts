/** Caps of one file of rows; a file beyond them is refused before it costs memory. */
export type RowLimits = {
  readonly fileBytes: number
  readonly lineBytes: number
  readonly cellCharacters: number
  readonly columns: number
  readonly csvRows: number
  readonly xlsxRows: number
  /** All parts of an XLSX together, inflated. */
  readonly unpackedBytes: number
}

export const ROW_LIMITS: RowLimits = {
  fileBytes: 512 * 1024 * 1024,
  lineBytes: 1024 * 1024,
  cellCharacters: 10_000,
  columns: 200,
  csvRows: 1_000_000,
  xlsxRows: 100_000,
  unpackedBytes: 256 * 1024 * 1024,
}
