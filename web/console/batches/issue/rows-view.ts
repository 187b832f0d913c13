/** Which rows of the file are shown, and what is wrong with each: by number, so that a hundred thousand cost nothing. */
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
  { lines, columns }: OpenedCsv,
  { problems }: Pick<DryRun, 'problems'>,
): Promise<RowFaults> {
  const byIndex = new Map<number, RowProblem[]>()
  const ofFile: RowProblem[] = []
  const bad = new Set<string>()
  for (const [at, problem] of problems.entries()) {
    if (at % PIECE === PIECE - 1) await new Promise((resolve) => setTimeout(resolve))
    const index = indexOfLine(lines, problem.row)
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

/** The row that starts on a line; undefined where none does. */
export function indexOfLine(lines: Float64Array, line: number): number | undefined {
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

/** Which of the rows are shown: all, those that cannot be taken, or some that a warning names (by line). */
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
      : Float64Array.from(filter.flatMap((line) => indexOfLine(opened.lines, line) ?? []))
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
