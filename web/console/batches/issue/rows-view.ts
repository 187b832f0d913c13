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
}

export function faultsOf({ lines, columns }: OpenedCsv, { problems }: DryRun): RowFaults {
  const byIndex = new Map<number, RowProblem[]>()
  const ofFile: RowProblem[] = []
  const bad = new Set<string>()
  for (const problem of problems) {
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
  return { byIndex, ofFile, columns: columns.filter((column) => bad.has(column)) }
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
  const indexes =
    filter === 'faulty'
      ? [...faults.byIndex.keys()]
      : filter.flatMap((line) => indexOfLine(opened.lines, line) ?? [])
  const sorted = Float64Array.from(indexes).sort()
  return { count: sorted.length, indexAt: (place) => sorted[place] ?? 0 }
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
