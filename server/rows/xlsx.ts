/** The first sheet of an XLSX workbook, its unpacked size and its extent judged before it is laid out in memory. */

import { readSheet } from 'read-excel-file/node'
import { isBlank } from './cell.ts'
import type { Cell, RawRow } from './cell.ts'
import type { RowLimits } from './limits.ts'
import { fatal } from './problems.ts'
import { laidOut, withoutPrefix } from './sheet.ts'
import type { RowSource } from './source.ts'
import { unzip, zipStored } from './unzip.ts'
import type { Part } from './unzip.ts'

const BAD: Cell = { unreadable: 'bad-cell' }
const NUMBER = /^-?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$/
/** As many digits as a spreadsheet keeps of a number, and shows. */
const DIGITS = 15

/** Yields the rows of the first sheet, the header first; blank rows are skipped. Throws `RowsError`. */
export async function* readXlsx(source: RowSource, limits: RowLimits): AsyncGenerator<RawRow> {
  const parts = unzip(await wholeOf(source, limits), limits.unpackedBytes, isRead).map((part) =>
    readable(part, limits),
  )
  for (const [i, values] of (await sheetOf(parts)).entries()) {
    const cells = values.map(cellOf)
    if (!isBlank(cells)) yield { row: i + 1, cells }
  }
}

/** The directory of the archive stands at its end. */
async function wholeOf(source: RowSource, limits: RowLimits): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of source.read()) {
    bytes += chunk.length
    if (bytes > limits.fileBytes) throw fatal('file-too-large', `over ${limits.fileBytes} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function isRead(name: string): boolean {
  return name.endsWith('.xml') || name.endsWith('.xml.rels')
}

function readable({ name, bytes }: Part, limits: RowLimits): Part {
  const written = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')
  const xml = withoutPrefix(written)
  if (xml.includes('<sheetData')) {
    return { name, bytes: Buffer.from(laidOut(xml, limits), 'latin1') }
  }
  // An XML boolean has two spellings, of which the reader knows one; dates lie four years apart.
  const told = xml.replace(/(<workbookPr\b[^<>]*\bdate1904\s*=\s*)(["'])true\2/, '$1"1"')
  return told === written ? { name, bytes } : { name, bytes: Buffer.from(told, 'latin1') }
}

async function sheetOf(parts: readonly Part[]): Promise<readonly (readonly unknown[])[]> {
  try {
    return await readSheet<unknown>(zipStored(parts), { trim: false, parseNumber: numberOf })
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw fatal('not-xlsx', `not a readable XLSX sheet: ${why}`)
  }
}

/**
 * A number as its JSON text, without the noise that binary fractions leave behind the digits shown. A whole number
 * beyond ±(2⁵³−1) is not the one that was written, and an error (`#N/A`) is none.
 */
function numberOf(text: string): Cell {
  const number = NUMBER.test(text) ? Number(text) : Number.NaN
  if (Number.isSafeInteger(number)) return String(number)
  if (!Number.isFinite(number) || Number.isInteger(number)) return BAD
  return String(Number(number.toPrecision(DIGITS)))
}

/** Dates become `YYYY-MM-DD` (or an instant, to the second, where they have a time), booleans their JSON text. */
function cellOf(value: unknown): Cell {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return value
  if (typeof value === 'boolean') return String(value)
  if (value === BAD) return BAD
  if (!(value instanceof Date) || Number.isNaN(value.getTime())) return BAD
  const text = new Date(Math.round(value.getTime() / 1000) * 1000).toISOString()
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text.replace('.000Z', 'Z')
}
