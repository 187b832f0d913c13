/** A file as the table needs it: its records found, some of them read, corrected ones put in place of what stood there. */
import { CSV, XLSX } from './messages.ts'
import type { Correction, Opened, OpenedCsv, Row } from './messages.ts'
import { cellsOf, delimiterOf, placesOf, printRecord } from './record-places.ts'
import type { Places } from './record-places.ts'

/** Beyond it the table would take more memory than a page should. */
const MOST_BYTES = 64 * 1024 * 1024
const ZIP = [0x50, 0x4b, 0x03, 0x04] as const
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf] as const
/** As many rows as a mapping is proposed from. */
const HEAD_ROWS = 20
const NEWLINE = 0x0a
const RETURN = 0x0d

export type CsvFile = {
  readonly opened: OpenedCsv
  rows(indexes: readonly number[]): Row[]
  corrected(corrections: ReadonlyMap<number, Correction>): Blob
}

/** A workbook and a large file are known by their first bytes and their size, and stay as they are. */
export async function openFile(file: Blob): Promise<CsvFile | Opened> {
  if (await startsWith(file, ZIP)) return { kind: 'xlsx', sent: { body: file, type: XLSX } }
  if (file.size > MOST_BYTES) return { kind: 'large', sent: { body: file, type: CSV } }
  return openCsv(file)
}

/** @param csv as the server reads the workbook */
export async function openSheet(workbook: Blob, csv: Blob): Promise<CsvFile | Opened> {
  const sent = { body: workbook, type: XLSX }
  return csv.size > MOST_BYTES ? { kind: 'large', sent } : openCsv(csv, { sent })
}

/** @param sheet where the CSV was made of a workbook; with what to send, where that is not the CSV */
export async function openCsv(
  file: Blob,
  sheet?: { readonly sent?: OpenedCsv['sent'] },
): Promise<CsvFile> {
  const { bytes, text, wasConverted } = textOf(new Uint8Array(await file.arrayBuffer()))
  const delimiter = delimiterOf(text)
  const places = placesOf(text, bytes, delimiter)
  const cut = (at: number): Uint8Array<ArrayBuffer> =>
    bytes.subarray(places.starts[at], places.ends[at])
  const read = (at: number): readonly string[] => cellsOf(decoded(cut(at)), delimiter)[0] ?? []
  const lines = places.lines.slice(1)
  const numbers = sheet === undefined ? lines : places.records.slice(1)
  const whole = new Blob([bytes])
  const isHeaded = places.starts.length > 0
  return {
    opened: {
      kind: 'csv',
      file: whole,
      sent: sheet?.sent ?? { body: whole, type: CSV },
      isSheet: sheet !== undefined,
      delimiter,
      columns: isHeaded ? read(0).map((name) => name.trim().normalize('NFC')) : [],
      count: lines.length,
      lines,
      numbers,
      headBytes: places.ends[Math.min(HEAD_ROWS, lines.length)] ?? bytes.length,
      wasConverted,
    },
    rows: (indexes) =>
      indexes.map((index) => ({ index, number: numbers[index] ?? 0, cells: read(index + 1) })),
    corrected: (corrections) => corrected(bytes, places, delimiter, corrections),
  }
}

function corrected(
  bytes: Uint8Array<ArrayBuffer>,
  { starts, ends }: Places,
  delimiter: OpenedCsv['delimiter'],
  corrections: ReadonlyMap<number, Correction>,
): Blob {
  const parts: (Uint8Array<ArrayBuffer> | string)[] = []
  let from = 0
  for (const index of [...corrections.keys()].toSorted((a, b) => a - b)) {
    const start = starts[index + 1]
    const end = ends[index + 1]
    const cells = corrections.get(index)
    if (start === undefined || end === undefined) continue
    parts.push(bytes.subarray(from, start))
    if (cells) parts.push(printRecord(cells, delimiter), lineEndOf(bytes, end))
    from = end
  }
  return new Blob([...parts, bytes.subarray(from)])
}

function lineEndOf(bytes: Uint8Array, end: number): string {
  const last = bytes[end - 1]
  if (last === RETURN) return '\r'
  if (last !== NEWLINE) return ''
  return bytes[end - 2] === RETURN ? '\r\n' : '\n'
}

/** What is no UTF-8 is what Windows saves as "CSV" in western Europe; every byte of that means something. */
function textOf(read: Uint8Array<ArrayBuffer>): {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly text: string
  readonly wasConverted: boolean
} {
  const isMarked = BYTE_ORDER_MARK.every((byte, i) => read[i] === byte)
  const bytes = isMarked ? read.subarray(BYTE_ORDER_MARK.length) : read
  try {
    return { bytes, text: new TextDecoder('utf-8', FATAL).decode(bytes), wasConverted: false }
  } catch {
    const text = new TextDecoder('windows-1252').decode(read)
    return { bytes: new TextEncoder().encode(text), text, wasConverted: true }
  }
}

const FATAL = { fatal: true, ignoreBOM: true }

function decoded(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', FATAL).decode(bytes)
}

async function startsWith(file: Blob, wanted: readonly number[]): Promise<boolean> {
  const first = new Uint8Array(await file.slice(0, wanted.length).arrayBuffer())
  return wanted.every((byte, i) => first[i] === byte)
}
