/** Files of rows for tests, and what reading them gives. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import writeExcel from 'write-excel-file/node'
import type { SheetData } from 'write-excel-file/node'
import { ROW_LIMITS } from '../../../server/rows/limits.ts'
import type { RowLimits } from '../../../server/rows/limits.ts'
import { RowsError } from '../../../server/rows/problems.ts'
import { openTable } from '../../../server/rows/read.ts'
import type { Table, TableOptions } from '../../../server/rows/read.ts'
import { fileSource } from '../../../server/rows/source.ts'
import { unzip, zipStored } from '../../../server/rows/unzip.ts'

export type Read = {
  /** Each row as its number and its cells. */
  readonly rows: readonly (readonly (string | number)[])[]
  /** Each problem as `code@row` or `code@row:column`. */
  readonly problems: readonly string[]
  /** How many problems were not named. */
  readonly more: number
  readonly table?: Table
}

/** Reads a file of this content to its end, with whatever is wrong with it. */
export async function readRows(
  content: string | Uint8Array,
  limits: Partial<RowLimits> = {},
  options: Pick<TableOptions, 'format' | 'mapping'> = {},
): Promise<Read> {
  const folder = await mkdtemp(join(tmpdir(), 'inaltera-rows-'))
  const rows: (string | number)[][] = []
  let table: Table | undefined
  try {
    const path = join(folder, 'rows')
    await writeFile(path, content)
    table = await openTable(fileSource(path), new Set(['nom', 'email']), {
      ...options,
      limits: { ...ROW_LIMITS, ...limits },
    })
    for await (const { row, cells } of table.rows) rows.push([row, ...cells.values()])
    table.problems.throwIfAny()
    return { rows, problems: [], more: 0, table }
  } catch (error) {
    if (!(error instanceof RowsError)) throw error
    const { more } = error
    return { rows, problems: namesOf(error), more, ...(table === undefined ? {} : { table }) }
  } finally {
    await rm(folder, { recursive: true })
  }
}

export function namesOf({ problems }: RowsError): string[] {
  return problems.map(({ code, row, column }) => `${code}@${row}${column ? `:${column}` : ''}`)
}

/** The problems that a call throws, by name. */
export function refusalsOf(work: () => unknown): string[] {
  try {
    work()
  } catch (error) {
    if (error instanceof RowsError) return namesOf(error)
    throw error
  }
  return []
}

export type Value = string | number | boolean | Date | null

/** A workbook as a spreadsheet writes it; dates are shown with their time where they have one. */
export async function workbook(rows: readonly (readonly Value[])[]): Promise<Buffer> {
  const cells = rows.map((row) =>
    row.map((value) => {
      if (!(value instanceof Date)) return { value }
      const isDay = value.getTime() % 86_400_000 === 0
      return { value, format: isDay ? 'yyyy-mm-dd' : 'yyyy-mm-dd hh:mm', type: Date }
    }),
  )
  return writeExcel(cells as SheetData).toBuffer()
}

/** The workbook with the XML of every part changed whose path ends so. */
export function edited(book: Buffer, end: string, change: (xml: string) => string): Buffer {
  return zipStored(
    unzip(book, 1e8, () => true).map(({ name, bytes }) => ({
      name,
      bytes: name.endsWith(end) ? Buffer.from(change(Buffer.from(bytes).toString())) : bytes,
    })),
  )
}
