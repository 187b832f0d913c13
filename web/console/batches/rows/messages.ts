/** What the page and the reader of its file say to each other. */
import type { Delimiter } from './record-places.ts'

/** Cells in the order of the file's columns; `null` leaves the row out. */
export type Correction = readonly string[] | null

export type Asked =
  | { readonly do: 'open'; readonly file: Blob }
  | { readonly do: 'rows'; readonly indexes: readonly number[] }
  | { readonly do: 'correct'; readonly corrections: ReadonlyMap<number, Correction> }

/** A CSV whose rows can be shown and corrected. */
export type OpenedCsv = {
  readonly kind: 'csv'
  /** UTF-8 without byte order mark, whatever the file was. */
  readonly file: Blob
  readonly delimiter: Delimiter
  /** As the server names them: trimmed, in NFC. */
  readonly columns: readonly string[]
  readonly count: number
  /** Of each row, the line of the file on which it starts: the server's number for it. */
  readonly lines: Float64Array
  /** How many bytes hold the header and the first rows. */
  readonly headBytes: number
  /** It was not UTF-8, and read as Windows wrote it for decades. */
  readonly wasConverted: boolean
}

/** Sent as it is: a workbook, or a file too large to be shown here. */
export type OpenedWhole = { readonly kind: 'xlsx' | 'large'; readonly file: Blob }
export type Opened = OpenedCsv | OpenedWhole

/** By index from 0, the header apart. */
export type Row = {
  readonly index: number
  readonly line: number
  readonly cells: readonly string[]
}

export type Answered =
  | { readonly did: 'open'; readonly opened: Opened }
  | { readonly did: 'rows'; readonly rows: readonly Row[] }
  | { readonly did: 'fail'; readonly why: string }

export type Letter<T> = { readonly id: number; readonly body: T }
