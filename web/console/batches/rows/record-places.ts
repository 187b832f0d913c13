/**
 * Where each record of a CSV file stands, by the parser and the options that the server reads it with: the table then
 * cuts out of the file the few rows that are in sight, and holds no more of a large one.
 */
import { parse } from 'csv-parse/browser/esm/sync'

const [QUOTE, NEWLINE, RETURN] = [0x22, 0x0a, 0x0d] as const

export type Delimiter = ';' | ','

export type Places = {
  /** Byte at which the i-th record starts, and where the last one ends; the header is the first. */
  readonly starts: Float64Array<ArrayBuffer>
  /** Line of the file on which it starts, from 1: what the server calls its row. */
  readonly lines: Float64Array<ArrayBuffer>
  /** Which record of the file it is, blank ones counted, from 1: the row of the sheet that a CSV was made of. */
  readonly records: Float64Array<ArrayBuffer>
  /** Bytes up to which the record's text reaches, its line end included. */
  readonly ends: Float64Array<ArrayBuffer>
  /** The line from which the text could not be read on; undefined where it was read to its end. */
  readonly broken: number | undefined
}

/** @param bytes those of `text` as UTF-8, without byte order mark */
export function placesOf(text: string, bytes: Uint8Array, delimiter: Delimiter): Places {
  const starts: number[] = []
  const ends: number[] = []
  const lines: number[] = []
  const records: number[] = []
  let record = 0
  let start = 0
  let line = 1
  const skipped: number[] = []
  parse(text, {
    ...optionsOf(delimiter),
    skip_records_with_error: true,
    on_skip: () => {
      skipped.push(line)
      return undefined
    },
    on_record: (cells: readonly string[], { bytes: end }) => {
      if (skipped.length > 0) return null
      record += 1
      if (!isBlank(cells)) {
        starts.push(start)
        ends.push(end)
        lines.push(line)
        records.push(record)
      }
      line += linesIn(bytes.subarray(start, end))
      start = end
      return null
    },
  })
  return {
    starts: Float64Array.from(starts),
    ends: Float64Array.from(ends),
    lines: Float64Array.from(lines),
    records: Float64Array.from(records),
    broken: skipped[0],
  }
}

/** How many lines of the file a record takes; without a quotation mark, none of its line breaks is its own. */
function linesIn(record: Uint8Array): number {
  if (!record.includes(QUOTE)) return 1
  let breaks = 0
  for (const [i, byte] of record.entries()) {
    const isBreak = byte === NEWLINE || (byte === RETURN && record[i + 1] !== NEWLINE)
    if (isBreak) breaks += 1
  }
  const last = record.at(-1)
  return last === NEWLINE || last === RETURN ? breaks : breaks + 1
}

/** The cells of some records, blank ones left out as where their places were found. */
export function cellsOf(text: string, delimiter: Delimiter): string[][] {
  const records = parseRecords(parse(text, optionsOf(delimiter)))
  return records.filter((cells) => !isBlank(cells))
}

function optionsOf(delimiter: Delimiter) {
  return { delimiter, relax_column_count: true, relax_quotes: true } as const
}

function parseRecords(records: unknown): string[][] {
  return records as string[][]
}

/** What a spreadsheet keeps of a row that was cleared. */
function isBlank(cells: readonly string[]): boolean {
  return cells.every((cell) => cell.trim() === '')
}

/** `;` or `,`, whichever stands more often outside quotes in the first line with any text; `,` where neither does. */
export function delimiterOf(text: string): Delimiter {
  let isQuoted = false
  let balance = 0
  for (const character of text.trimStart()) {
    if (character === '"') isQuoted = !isQuoted
    else if (isQuoted) continue
    else if (character === '\n' || character === '\r') break
    else if (character === ';') balance += 1
    else if (character === ',') balance -= 1
  }
  return balance > 0 ? ';' : ','
}

/** A record as it is written: what would end a cell early is quoted. */
export function printRecord(cells: readonly string[], delimiter: Delimiter): string {
  return cells.map((cell) => (/["\r\n;,]/.test(cell) ? quoted(cell) : cell)).join(delimiter)
}

function quoted(cell: string): string {
  return `"${cell.replaceAll('"', '""')}"`
}
