/** Which rows of the file are shown, and what is wrong with each: by number, so that a hundred thousand cost nothing. */
import { XLSX } from '../rows/messages.ts'
import type { OpenedCsv } from '../rows/messages.ts'
import type { DryRun, RowProblem } from '../shapes.ts'

export type RowFaults = {
  /** By index of the row. */
  readonly byIndex: ReadonlyMap<number, readonly RowProblem[]>
  /** Of the header, of the file as a whole, or where it could not be read on. */
  readonly ofFile: readonly RowProblem[]
  /** Columns in which anything is wrong, in the order of the file. */
  readonly columns: readonly string[]
  /** A row has more cells than there are columns. */
  readonly hasExtraCells: boolean
}

const PIECE = 4000

/** Lets the page answer between one piece and the next. */
export async function faultsOf(
  { numbers, columns }: OpenedCsv,
  { problems }: Pick<DryRun, 'problems'>,
): Promise<RowFaults> {
  const byIndex = new Map<number, RowProblem[]>()
  const ofFile: RowProblem[] = []
  const bad = new Set<string>()
  for (const [at, problem] of problems.entries()) {
    if (at % PIECE === PIECE - 1) await new Promise((resolve) => setTimeout(resolve))
    const index = indexOfNumber(numbers, problem.row)
    if (index === undefined) {
      ofFile.push(problem)
      continue
    }
    const known = byIndex.get(index)
    if (known === undefined) byIndex.set(index, [problem])
    else known.push(problem)
    if (problem.column !== undefined) bad.add(problem.column)
  }
  return {
    byIndex,
    ofFile,
    columns: columns.filter((column) => bad.has(column)),
    hasExtraCells: problems.some(({ code }) => code === 'cell-count'),
  }
}

/** What the server says of a CSV that was a workbook, with rows called as in the sheet: it counts lines, of which a cell may have several. */
export function calledAsHere({ isSheet, sent, lines, numbers }: OpenedCsv, run: DryRun): DryRun {
  if (!isSheet || sent.type === XLSX) return run
  const here = (line: number): number => {
    const index = indexOfNumber(lines, line)
    return (index === undefined ? undefined : numbers[index]) ?? line
  }
  return {
    ...run,
    problems: run.problems.map((problem) => ({
      ...problem,
      row: here(problem.row),
      ...(problem.first === undefined ? {} : { first: here(problem.first) }),
    })),
    warnings: run.warnings.map((warning) => ({ ...warning, rows: warning.rows.map(here) })),
    sample: run.sample && { ...run.sample, row: here(run.sample.row) },
  }
}

/** The row that is called so; undefined where none is. */
export function indexOfNumber(lines: Float64Array, line: number): number | undefined {
  let low = 0
  let high = lines.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const found = lines[middle] ?? 0
    if (found === line) return middle
    if (found < line) low = middle + 1
    else high = middle - 1
  }
  return undefined
}

/** Which of the rows are shown: all, those that cannot be taken, or some that a warning names (by number). */
export type Filter = 'all' | 'faulty' | readonly number[]

export type RowList = {
  readonly count: number
  /** The row in the file of the one that is shown at this place. */
  indexAt(place: number): number
}

export function rowListOf(opened: OpenedCsv, faults: RowFaults, filter: Filter): RowList {
  if (filter === 'all') return { count: opened.count, indexAt: (place) => place }
  // Rows that a warning names together stay together.
  const indexes =
    filter === 'faulty'
      ? Float64Array.from(faults.byIndex.keys()).sort()
      : Float64Array.from(filter.flatMap((line) => indexOfNumber(opened.numbers, line) ?? []))
  return { count: indexes.length, indexAt: (place) => indexes[place] ?? 0 }
}

/** Where each row begins, in pixels from the first, and where the last one ends. */
export function offsetsOf(list: RowList, heightOf: (index: number) => number): Float64Array {
  const offsets = new Float64Array(list.count + 1)
  let at = 0
  for (let place = 0; place < list.count; place += 1) {
    offsets[place] = at
    at += heightOf(list.indexAt(place))
  }
  offsets[list.count] = at
  return offsets
}

/** The row in which a pixel lies. */
export function placeAt(offsets: Float64Array, top: number): number {
  let low = 0
  let high = Math.max(0, offsets.length - 2)
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((offsets[middle] ?? 0) <= top) low = middle
    else high = middle - 1
  }
  return low
}
