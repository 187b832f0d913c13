/**
 * CSV as spreadsheets write it (RFC 4180 with `;` or `,`, UTF-8 with or without byte order mark), read as a stream:
 * memory does not grow with the file.
 */

import { isUtf8 } from 'node:buffer'
import { parse } from 'csv-parse'
import type { CsvError, Parser } from 'csv-parse'
import { isBlank, UNREADABLE } from './cell.ts'
import type { RawRow } from './cell.ts'
import type { RowLimits } from './limits.ts'
import { fatal } from './problems.ts'
import { bareQuotesIn, linesOf } from './quotes.ts'
import type { RowSource } from './source.ts'

const NEWLINE = 0x0a
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf] as const

/**
 * Yields the records of a CSV file, the header first; records of empty cells are skipped. Throws `RowsError` where the
 * file cannot be read on, after every record before that place.
 */
export async function* readCsv(source: RowSource, limits: RowLimits): AsyncGenerator<RawRow> {
  const blocks = utf8Blocks(source.read(), limits)
  const first = await blocks.next()
  if (first.done === true) throw fatal('no-header', 'the file is empty')
  const delimiter = delimiterOf(first.value)
  const skipped: (CsvError | undefined)[] = []
  const parser = parse({
    delimiter,
    raw: true,
    relax_column_count: true,
    // A bare quote makes its cell unreadable, not the file.
    relax_quotes: true,
    max_record_size: limits.lineBytes,
    // An error of the stream would take the records along that wait in it.
    skip_records_with_error: true,
    on_skip: (error) => {
      skipped.push(error)
    },
  })
  const feeding = feed(parser, first.value, blocks, () => skipped.length > 0)
  // The failure is taken below; until then it must not count as unhandled.
  feeding.catch(() => undefined)
  let row = 1
  try {
    for await (const entry of parser) {
      const { record, raw } = parseEntry(entry)
      const cells = cellsOf(record, raw, delimiter)
      if (!isBlank(cells)) yield { row, cells }
      row += raw.includes('"') ? linesOf(raw) : 1
    }
  } finally {
    parser.destroy()
  }
  await feeding
  if (skipped.length > 0) throw notCsv(skipped[0]?.code, row)
}

/** Writes block after block; whatever happens, the parser ends with what it was given. */
async function feed(
  parser: Parser,
  first: string,
  rest: AsyncGenerator<string>,
  isOver: () => boolean,
): Promise<void> {
  const closed = new Promise((resolve) => parser.once('close', resolve))
  try {
    for (let block: string | undefined = first; block !== undefined;) {
      const hasRoom = parser.write(block)
      if (!hasRoom) await Promise.race([closed, drained(parser)])
      if (parser.destroyed || isOver()) break
      const next = await rest.next()
      block = next.done === true ? undefined : next.value
    }
  } finally {
    if (!parser.destroyed) parser.end()
    await rest.return(undefined)
  }
}

function drained(parser: Parser): Promise<unknown> {
  return new Promise((resolve) => parser.once('drain', resolve))
}

function parseEntry(entry: unknown): { record: string[]; raw: string } {
  return entry as { record: string[]; raw: string }
}

const NONE: ReadonlySet<number> = new Set()

function cellsOf(record: readonly string[], raw: string, delimiter: ';' | ','): RawRow['cells'] {
  const bare = raw.includes('"') ? bareQuotesIn(raw, delimiter) : NONE
  if (bare.size === 0 && !raw.includes(UNREADABLE)) return record
  return record.map((cell, i) => {
    if (bare.has(i)) return { unreadable: 'bare-quote' }
    return cell === UNREADABLE ? { unreadable: 'bad-cell' } : cell
  })
}

function notCsv(code: CsvError['code'] | undefined, row: number): Error {
  return code === 'CSV_MAX_RECORD_SIZE'
    ? fatal('line-too-long', `line ${row}: the record is too long`, { row })
    : fatal('not-csv', `line ${row}: not well-formed CSV (${code})`, { row })
}

/** `;` or `,`, whichever stands more often outside quotes in the first line with any text; `,` where neither does. */
export function delimiterOf(text: string): ';' | ',' {
  let quoted = false
  let balance = 0
  for (const character of text.trimStart()) {
    if (character === '"') quoted = !quoted
    else if (quoted) continue
    else if (character === '\n' || character === '\r') break
    else if (character === ';') balance += 1
    else if (character === ',') balance -= 1
  }
  return balance > 0 ? ';' : ','
}

/**
 * Text in whole lines, each checked to be well-formed UTF-8: the byte 0x0a never stands inside a character. The lines
 * before a bad one are yielded first.
 */
async function* utf8Blocks(
  chunks: AsyncIterable<Uint8Array>,
  limits: RowLimits,
): AsyncGenerator<string> {
  let held = new Uint8Array(0)
  let lines = 0
  let bytes = 0
  for await (const chunk of chunks) {
    bytes += chunk.length
    if (bytes > limits.fileBytes) throw fatal('file-too-large', `over ${limits.fileBytes} bytes`)
    const all = Buffer.concat([held, chunk])
    const end = all.lastIndexOf(NEWLINE) + 1
    if (end > 0) {
      const block = all.subarray(0, end)
      yield* textOf(block, lines)
      lines += countLines(block)
    }
    held = all.subarray(end)
    if (held.length > limits.lineBytes) {
      const row = lines + 1
      throw fatal('line-too-long', `line ${row}: over ${limits.lineBytes} bytes`, { row })
    }
  }
  if (held.length > 0) yield* textOf(held, lines)
}

function* textOf(block: Uint8Array, linesBefore: number): Generator<string> {
  const start = linesBefore === 0 && BYTE_ORDER_MARK.every((byte, i) => block[i] === byte) ? 3 : 0
  const bytes = Buffer.from(block.buffer, block.byteOffset + start, block.length - start)
  if (isUtf8(bytes)) {
    yield bytes.toString('utf8')
    return
  }
  const bad = firstBadLine(bytes)
  if (bad.start > 0) yield bytes.toString('utf8', 0, bad.start)
  const row = linesBefore + bad.line
  throw fatal('not-utf8', `line ${row}: not well-formed UTF-8; save the file as "CSV UTF-8"`, {
    row,
  })
}

/** The line, from 1, and the byte at which it starts. */
function firstBadLine(bytes: Uint8Array): { line: number; start: number } {
  let line = 1
  let start = 0
  for (; start < bytes.length; line += 1) {
    const newline = bytes.indexOf(NEWLINE, start)
    const end = newline === -1 ? bytes.length : newline + 1
    if (!isUtf8(bytes.subarray(start, end))) break
    start = end
  }
  return { line, start }
}

function countLines(block: Uint8Array): number {
  let lines = 0
  for (const byte of block) if (byte === NEWLINE) lines += 1
  return lines
}
