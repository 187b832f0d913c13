/**
 * Rows as JSON: one array of flat objects, or one object a line (NDJSON), read as a stream and each object strictly, as
 * every JSON of this service. The members of the first object are the columns; every other has the same.
 */

import { FormatError, parseJson } from '../../src/index.ts'
import type { Json, JsonObject } from '../../src/index.ts'
import type { Cell, RawRow, RowFault } from './cell.ts'
import type { RowLimits } from './limits.ts'
import { fatal } from './problems.ts'
import type { RowSource } from './source.ts'

const [OPEN, CLOSE, LIST, LIST_END] = [0x7b, 0x7d, 0x5b, 0x5d] as const
const [QUOTE, BACKSLASH, COMMA, NEWLINE] = [0x22, 0x5c, 0x2c, 0x0a] as const

/**
 * Yields the columns, as row 0, then the objects, counted from 1. Throws `RowsError` where the text cannot be read on,
 * after every row before that place.
 */
export async function* readJsonRows(source: RowSource, limits: RowLimits): AsyncGenerator<RawRow> {
  let columns: readonly string[] | undefined
  let row = 0
  for await (const bytes of objectsIn(source, limits)) {
    row += 1
    const object = parseRow(bytes, row)
    if (columns === undefined) {
      // Without a first object nothing says what the columns are.
      if (object instanceof FormatError) throw broken(row, object.message)
      columns = Object.keys(object)
      yield { row: 0, cells: columns }
    }
    yield object instanceof FormatError
      ? { row, cells: columns.map(() => ''), faults: [{ code: 'not-json', what: object.message }] }
      : rowOf(row, object, columns)
  }
  if (columns === undefined) throw fatal('no-rows', 'there is no object in the text')
}

function parseRow(bytes: Uint8Array, row: number): JsonObject | FormatError {
  try {
    const json = parseJson(bytes)
    if (isObject(json)) return json
  } catch (error) {
    if (!(error instanceof FormatError)) throw error
    // Its message may quote the text; the code says enough.
    return new FormatError(error.code, error.field, `${error.code} at ${error.field}`)
  }
  throw broken(row, 'it is no object')
}

function isObject(json: Json): json is JsonObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json)
}

function rowOf(row: number, object: JsonObject, columns: readonly string[]): RawRow {
  const faults: RowFault[] = []
  for (const column of columns) {
    if (!Object.hasOwn(object, column)) {
      faults.push({ code: 'missing-column', column, what: 'the object has no such member' })
    }
  }
  for (const name of Object.keys(object)) {
    if (columns.includes(name)) continue
    faults.push({ code: 'unexpected-column', column: name, what: 'the first object has none' })
  }
  const cells = columns.map((column) => cellOf(object[column]))
  return faults.length === 0 ? { row, cells } : { row, cells, faults }
}

/** Numbers and booleans become their JSON text, which the strict reader holds to be exact; `null` an empty cell. */
function cellOf(value: Json | undefined): Cell {
  if (value === undefined || value === null) return ''
  if (typeof value === 'object') return { unreadable: 'bad-cell' }
  return typeof value === 'string' ? value : String(value)
}

/** The bytes of one object after the other, cut where the braces balance. */
async function* objectsIn(source: RowSource, limits: RowLimits): AsyncGenerator<Uint8Array> {
  const cutter = new Cutter(limits)
  let bytes = 0
  for await (const chunk of source.read()) {
    bytes += chunk.length
    if (bytes > limits.fileBytes) throw fatal('file-too-large', `over ${limits.fileBytes} bytes`)
    yield* cutter.take(chunk)
  }
  cutter.end()
}

function broken(row: number, why: string): Error {
  return fatal('not-json', `row ${row}: ${why}`, { row })
}

type Place = 'start' | 'first' | 'item' | 'inside' | 'after' | 'end' | 'line'

/** Finds where objects begin and end; what stands inside one is its parser's to judge. */
class Cutter {
  readonly #limits: RowLimits
  #place: Place = 'start'
  #isList = false
  #row = 1
  #depth = 0
  #isText = false
  #isEscaped = false
  #parts: Uint8Array[] = []
  #length = 0

  constructor(limits: RowLimits) {
    this.#limits = limits
  }

  *take(chunk: Uint8Array): Generator<Uint8Array> {
    let from = 0
    for (let at = 0; at < chunk.length; at += 1) {
      const byte = chunk[at] ?? 0
      if (this.#place !== 'inside') {
        from = at
        this.#place = this.#between(this.#place, byte)
        if (this.#place !== 'inside') continue
      }
      if (!this.#closes(byte)) continue
      yield this.#whole(chunk.subarray(from, at + 1))
    }
    if (this.#place === 'inside') this.#keep(chunk.subarray(from))
  }

  end(): void {
    const isOver = this.#isList ? this.#place === 'end' : /^(line|after|start)$/.test(this.#place)
    if (!isOver) throw broken(this.#row, 'the text ends too early')
  }

  #between(place: Place, byte: number): Place {
    if (byte === NEWLINE && place === 'after' && !this.#isList) return 'line'
    if (byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d) return place
    const next = this.#next(place, byte)
    if (next !== undefined) return next
    throw broken(this.#row, 'an array of objects, or an object on each line')
  }

  #next(place: Place, byte: number): Place | undefined {
    switch (place) {
      case 'start':
        this.#isList = byte === LIST
        if (this.#isList) return 'first'
        return byte === OPEN ? 'inside' : undefined
      case 'first':
        if (byte === LIST_END) return 'end'
        return byte === OPEN ? 'inside' : undefined
      case 'item':
      case 'line':
        return byte === OPEN ? 'inside' : undefined
      case 'after':
        if (!this.#isList) return undefined
        if (byte === COMMA) return 'item'
        return byte === LIST_END ? 'end' : undefined
      default:
        return undefined
    }
  }

  /** Whether the byte, inside an object, is its last. */
  #closes(byte: number): boolean {
    if (this.#isText) {
      if (this.#isEscaped) this.#isEscaped = false
      else if (byte === BACKSLASH) this.#isEscaped = true
      else if (byte === QUOTE) this.#isText = false
      return false
    }
    if (byte === QUOTE) this.#isText = true
    else if (byte === OPEN) this.#depth += 1
    else if (byte === CLOSE) this.#depth -= 1
    return byte === CLOSE && this.#depth === 0
  }

  #keep(part: Uint8Array): void {
    this.#length += part.length
    if (this.#length > this.#limits.lineBytes) {
      const row = this.#row
      throw fatal('line-too-long', `row ${row}: over ${this.#limits.lineBytes} bytes`, { row })
    }
    this.#parts.push(part)
  }

  #whole(last: Uint8Array): Uint8Array {
    this.#keep(last)
    const object = Buffer.concat(this.#parts)
    this.#parts = []
    this.#length = 0
    this.#row += 1
    this.#place = 'after'
    return object
  }
}
