/** What the page and the reader of its file say to each other. */
import type { Delimiter } from './record-places.ts'

/** Cells in the order of the file's columns; `null` leaves the row out. */
export type Correction = readonly string[] | null

export type Asked =
  | { readonly do: 'open'; readonly file: Blob }
  /** A workbook, and the CSV that the server makes of it. */
  | { readonly do: 'open-sheet'; readonly workbook: Blob; readonly csv: Blob }
  | { readonly do: 'rows'; readonly indexes: readonly number[] }
  | { readonly do: 'correct'; readonly corrections: ReadonlyMap<number, Correction> }

/** What the server is sent, and as what. */
export type Sent = { readonly body: Blob; readonly type: string }

/** Rows that can be shown and corrected. */
export type OpenedCsv = {
  readonly kind: 'csv'
  /** UTF-8 without byte order mark, whatever the file was. */
  readonly file: Blob
  /** The workbook as long as nothing of it is corrected; else the same as `file`. */
  readonly sent: Sent
  /** The file was chosen as a workbook. */
  readonly isSheet: boolean
  readonly delimiter: Delimiter
  /** As the server names them: trimmed, in NFC. */
  readonly columns: readonly string[]
  readonly count: number
  /** Of each row, the line of the file on which it starts: the server's number for it. */
  readonly lines: Float64Array
  /** Of each row, how it is called here: by its row in the sheet, or by its line in the CSV. */
  readonly numbers: Float64Array
  /** How many bytes hold the header and the first rows. */
  readonly headBytes: number
  /** It was not UTF-8, and read as Windows wrote it for decades. */
  readonly wasConverted: boolean
}

/** Sent as it is: a workbook that the server has not read yet, or a file too large to be shown here. */
export type OpenedWhole = { readonly kind: 'xlsx' | 'large'; readonly sent: Sent }
export type Opened = OpenedCsv | OpenedWhole

/** What the server writes into a CSV for a cell of a workbook that could not be read, and refuses until it is corrected. */
export const UNREADABLE = '\uffff'
export const CSV = 'text/csv'
export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** By index from 0, the header apart. */
export type Row = {
  readonly index: number
  readonly number: number
  readonly cells: readonly string[]
}

export type Answered =
  | { readonly did: 'open'; readonly opened: Opened }
  | { readonly did: 'rows'; readonly rows: readonly Row[] }
  | { readonly did: 'fail'; readonly why: string }

export type Letter<T> = { readonly id: number; readonly body: T }
