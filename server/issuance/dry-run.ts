/** What would become of a file, before anything of it is kept: every fault, every warning, a sample; and its columns. */

import { columnsOf, lintTemplate, parseJson, parseTemplate } from '../../src/index.ts'
import type { Credential, LintReport, Template } from '../../src/index.ts'
import { ROW_LIMITS } from '../rows/limits.ts'
import { suggestMapping } from '../rows/mapping.ts'
import { RowsError } from '../rows/problems.ts'
import type { RowProblem } from '../rows/problems.ts'
import { openRows } from '../rows/read.ts'
import type { RowFormat } from '../rows/read.ts'
import type { RowSource } from '../rows/source.ts'
import { readCredentials } from './rows.ts'
import type { ReadingParts } from './rows.ts'
import type { IntakeRequest, RowWarning } from './types.ts'

export type DryRun = {
  /** Whether the same request would be taken in. */
  readonly isAccepted: boolean
  /** Rows read, those with a fault too. */
  readonly size: number
  readonly problems: readonly RowProblem[]
  /** How many problems are not named. */
  readonly more: number
  readonly warnings: readonly RowWarning[]
  /** Which elements of the EU recommendation the template has. */
  readonly lint: LintReport
  /** The credential that a row would become, its random ids apart. */
  readonly sample?: { readonly row: number; readonly credential: Credential }
}

export type DryRunOptions = {
  /** The row to show as a credential; without it, or where it has a fault, the first good one is shown. */
  readonly row?: number | undefined
  /** How many problems to name; the others are counted. */
  readonly mostProblems?: number | undefined
}

/**
 * Goes all the way of an intake short of writing: nothing is kept, and nothing is left on disk but what the source is.
 * Throws `FormatError`
 * where the template is none.
 */
export async function dryRun(
  parts: ReadingParts,
  request: IntakeRequest,
  { row: sampleRow, mostProblems }: DryRunOptions = {},
): Promise<DryRun> {
  const template = parseTemplate(parseJson(request.template))
  const lint = lintTemplate(template)
  const isComplete = lint.complete || request.allowIncomplete === true
  try {
    const reading = await readCredentials(parts, template, request, mostProblems)
    let sample: DryRun['sample']
    for await (const { row, credential } of reading.rows) {
      if (sample === undefined || row === sampleRow) sample = { row, credential }
    }
    const { problems, more } = reading.problems.named()
    return {
      isAccepted: isComplete && problems.length === 0,
      size: reading.count(),
      problems,
      more,
      warnings: reading.warnings(),
      lint,
      ...(sample === undefined ? {} : { sample }),
    }
  } catch (error) {
    if (!(error instanceof RowsError)) throw error
    const { problems, more } = error
    return { isAccepted: false, size: 0, problems, more, warnings: [], lint }
  }
}

export type Preview = {
  readonly format: RowFormat
  /** The columns of the file. */
  readonly columns: readonly string[]
  /** The columns of the template. */
  readonly wanted: readonly string[]
  /** From a column of the file to one of the template: a proposal. */
  readonly suggestions: ReadonlyMap<string, string>
  /** Columns of the template that neither a name nor a suggestion fills. */
  readonly missing: readonly string[]
  /** The first rows as they stand; `null` for a cell that cannot be read. */
  readonly rows: readonly {
    readonly row: number
    readonly cells: readonly (string | null)[]
  }[]
}

/** The columns and first rows of a file, for whoever maps them. Throws `RowsError` where no header can be read. */
export async function previewRows(
  source: RowSource,
  template: Template,
  options: { readonly format?: RowFormat | undefined; readonly limit: number },
): Promise<Preview> {
  const opened = await openRows(source, ROW_LIMITS, options.format)
  try {
    if (opened.problems.length > 0) throw new RowsError(opened.problems)
    const rows: Preview['rows'][number][] = []
    while (rows.length < options.limit) {
      const next = await opened.rows.next()
      if (next.done === true) break
      const { row, cells } = next.value
      rows.push({ row, cells: cells.map((cell) => (typeof cell === 'string' ? cell : null)) })
    }
    const wanted = columnsOf(template)
    const { format, columns } = opened
    const suggestions = suggestMapping(columns, wanted)
    const filled = new Set([...columns, ...suggestions.values()])
    const missing = [...wanted].filter((column) => !filled.has(column))
    return { format, columns, wanted: [...wanted], suggestions, missing, rows }
  } finally {
    await opened.rows.return(undefined)
  }
}
