/**
 * CSV as spreadsheets write it (RFC 4180 with `;` or `,`, UTF-8 with or without byte order mark), read as a stream:
 * memory does not grow with the file.
 */

import { isUtf8 } from 'node:buffer'
import { createReadStream } from 'node:fs'
import { CsvError, parse } from 'csv-parse'
import type { RowLimits } from './limits.ts'
import { fatal } from './problems.ts'

/** Cells as they stand in the file, before normalisation. `row` is the line on which the record starts, from 1. */
export type RawRow = { readonly row: number; readonly cells: readonly string[] }

const NEWLINE = 0x0a
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf] as const

/** Yields the records of a CSV file, the header first; empty lines are skipped. Throws `RowsError`. */
export async function* readCsv(path: string, limits: RowLimits): AsyncGenerator<RawRow> {
  const lines = utf8Blocks(createReadStream(path), limits)
  const first = await lines.next()
  if (first.done === true) throw fatal('no-header', 'the file is empty')
  const parser = parse({
    delimiter: delimiterOf(first.value),
    info: true,
    relax_column_count: true,
    max_record_size: limits.lineBytes,
  })
  const feeding = feed(parser, first.value, lines)
  // The failure is taken below, by the loop or by the last line; until then it must not count as unhandled.
  feeding.catch(() => undefined)
  try {
    let line = 1
    for await (const entry of parser) {
      const { record, info } = parseEntry(entry)
      const row = line
      line = info.lines + 1
      if (record.length === 1 && record[0] === '') continue
      yield { row, cells: record }
    }
  } catch (error) {
    throw error instanceof CsvError ? notCsv(error) : error
  } finally {
    parser.destroy()
  }
  await feeding
}

async function feed(
  parser: ReturnType<typeof parse>,
  first: string,
  rest: AsyncGenerator<string>,
): Promise<void> {
  try {
    parser.write(first)
    for await (const block of rest) {
      if (parser.destroyed) return
      if (!parser.write(block)) await new Promise((resolve) => parser.once('drain', resolve))
    }
    parser.end()
  } catch (error) {
    parser.destroy(error instanceof Error ? error : new Error(String(error)))
    throw error
  }
}

function parseEntry(entry: unknown): { record: string[]; info: { lines: number } } {
  return entry as { record: string[]; info: { lines: number } }
}

function notCsv(error: CsvError): Error {
  const { code, lines } = error as CsvError & { lines?: number }
  if (code === 'CSV_MAX_RECORD_SIZE') {
    return fatal('line-too-long', `line ${lines ?? 0}: the record is too long`, { row: lines ?? 0 })
  }
  return fatal('not-csv', `line ${lines ?? 0}: not well-formed CSV (${code})`, { row: lines ?? 0 })
}

/** `;` or `,`, whichever stands more often outside quotes in the header line; `,` where neither does. */
export function delimiterOf(text: string): ';' | ',' {
  let quoted = false
  let balance = 0
  for (const character of text) {
    if (character === '"') quoted = !quoted
    else if (quoted) continue
    else if (character === '\n' || character === '\r') break
    else if (character === ';') balance += 1
    else if (character === ',') balance -= 1
  }
  return balance > 0 ? ';' : ','
}

/** Text in whole lines, each checked to be well-formed UTF-8: the byte 0x0a never stands inside a character. */
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
    if (all.length - end > limits.lineBytes) {
      const row = lines + countLines(all.subarray(0, end)) + 1
      throw fatal('line-too-long', `line ${row}: over ${limits.lineBytes} bytes`, { row })
    }
    held = all.subarray(end)
    if (end === 0) continue
    const block = all.subarray(0, end)
    yield textOf(block, lines)
    lines += countLines(block)
  }
  if (held.length > 0) yield textOf(held, lines)
}

function textOf(block: Uint8Array, linesBefore: number): string {
  const start = linesBefore === 0 && BYTE_ORDER_MARK.every((byte, i) => block[i] === byte) ? 3 : 0
  const bytes = Buffer.from(block.buffer, block.byteOffset + start, block.length - start)
  if (isUtf8(bytes)) return bytes.toString('utf8')
  const row = linesBefore + firstBadLine(bytes)
  throw fatal('not-utf8', `line ${row}: not well-formed UTF-8; save the file as "CSV UTF-8"`, {
    row,
  })
}

function firstBadLine(bytes: Uint8Array): number {
  let line = 1
  for (let start = 0; start < bytes.length; line += 1) {
    const newline = bytes.indexOf(NEWLINE, start)
    const end = newline === -1 ? bytes.length : newline + 1
    if (!isUtf8(bytes.subarray(start, end))) break
    start = end
  }
  return line
}

function countLines(block: Uint8Array): number {
  let lines = 0
  for (const byte of block) if (byte === NEWLINE) lines += 1
  return lines
}
