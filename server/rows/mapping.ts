/** Which column of a file fills which column of a template, where their names differ. */

import type { RowProblem } from './problems.ts'

/** From the name in the file to the name in the template. */
export type Mapping = ReadonlyMap<string, string>

/**
 * A column as the file names it and as the template does. One that is not issued keeps its own name, or has none where
 * another column of the file goes by it.
 */
export type MappedColumn = {
  readonly inFile: string
  readonly name: string | undefined
  readonly isIssued: boolean
}

/**
 * The columns of a file under the names of the template. A name that the mapping does not speak of stands for itself,
 * unless the mapping fills that column from elsewhere. Problems are of the header, whose row is `row`.
 */
export function mapColumns(
  columns: readonly string[],
  wanted: ReadonlySet<string>,
  mapping: Mapping,
  row: number,
): { columns: MappedColumn[]; problems: RowProblem[] } {
  const problems: RowProblem[] = []
  const add = (code: RowProblem['code'], column: string, message: string): void => {
    problems.push({ code, row, column, message })
  }
  const filled = new Set<string>()
  for (const [inFile, name] of mapping) {
    if (!columns.includes(inFile)) add('missing-column', inFile, `column ${inFile} is missing`)
    if (!wanted.has(name)) add('unexpected-column', name, `the template has no column ${name}`)
    if (filled.has(name)) add('duplicate-column', name, `column ${name} is filled twice`)
    filled.add(name)
  }
  const mapped = columns.map((inFile) => {
    const name = mapping.get(inFile) ?? (filled.has(inFile) ? undefined : inFile)
    return { inFile, name, isIssued: name !== undefined && wanted.has(name) }
  })
  const named = new Set(mapped.map(({ name }) => name))
  for (const column of wanted) {
    if (named.has(column) || filled.has(column)) continue
    add('missing-column', column, `column ${column} is missing`)
  }
  return { columns: mapped, problems }
}

/**
 * A mapping to propose: columns whose names are the same but for case, accents, spaces and punctuation. What could mean
 * two columns is not proposed, nor what needs no mapping.
 */
export function suggestMapping(
  columns: readonly string[],
  wanted: ReadonlySet<string>,
): Map<string, string> {
  const free = columns.filter((column) => !wanted.has(column))
  const missing = [...wanted].filter((column) => !columns.includes(column))
  const suggestions = new Map<string, string>()
  for (const name of missing) {
    const alike = free.filter((column) => plain(column) === plain(name))
    const [inFile] = alike
    const isAlone = missing.filter((other) => plain(other) === plain(name)).length === 1
    if (inFile !== undefined && alike.length === 1 && isAlone) suggestions.set(inFile, name)
  }
  return suggestions
}

function plain(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
}
