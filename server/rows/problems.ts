/** What can be wrong with a file of rows; every problem is collected, and nothing is issued while there is one. */

export const ROW_CODES = [
  'not-utf8',
  'not-csv',
  'not-xlsx',
  'not-json',
  'unpacked-too-large',
  'file-too-large',
  'line-too-long',
  'cell-too-long',
  'too-many-rows',
  'too-many-columns',
  'no-rows',
  'no-header',
  'empty-column-name',
  'forbidden-column',
  'duplicate-column',
  'missing-column',
  'unexpected-column',
  'cell-count',
  'control-character',
  'bad-cell',
  'bare-quote',
  'bad-value',
  'duplicate-learner',
] as const
export type RowCode = (typeof ROW_CODES)[number]

export type RowProblem = {
  readonly code: RowCode
  /** Line of the CSV or row of the sheet, from 1, the header included; 0 for the file as a whole. */
  readonly row: number
  /** The column's name; absent where the row as a whole is meant. */
  readonly column?: string
  /** For `bad-value`: what the template finds wrong with the cell. */
  readonly reason?: string
  /** For `duplicate-learner`: the row in which the learner stands already. */
  readonly first?: number
  readonly message: string
}

/** Beyond this many problems the list says only how many more there are. */
export const MAX_PROBLEMS_NAMED = 1000
/** As many as anybody may ask to have named. */
export const MOST_PROBLEMS_NAMED = 100_000

/** The rows cannot be issued; `problems` names each with row and column, in the order of the file. */
export class RowsError extends Error {
  override readonly name = 'RowsError'
  readonly problems: readonly RowProblem[]
  /** How many were found beyond those named. */
  readonly more: number

  constructor(problems: readonly RowProblem[], more = 0) {
    super(
      `${problems.length + more} problem(s) in the rows; the first: ${problems[0]?.message ?? ''}`,
    )
    this.problems = problems
    this.more = more
  }
}

/** Collects problems, so that a file's are all named at once. */
export class ProblemList {
  #named: RowProblem[] = []
  readonly #last: RowProblem[] = []
  readonly #most: number
  #more = 0

  constructor(most = MAX_PROBLEMS_NAMED) {
    this.#most = most
  }

  /** In any order: what is named in the end is what comes first in the file. */
  add(problem: RowProblem): void {
    this.#named.push(problem)
    if (this.#named.length >= 2 * this.#most + 1) this.#cut()
  }

  /** What ended the reading stands beside what was found before it, also where the list is full. */
  end({ problems }: RowsError): void {
    this.#last.push(...problems)
  }

  get count(): number {
    return this.#named.length + this.#last.length + this.#more
  }

  /** In the order of the file, and how many more there are. */
  named(): Pick<RowsError, 'problems' | 'more'> {
    this.#cut()
    const problems = [...this.#named, ...this.#last].toSorted((a, b) => a.row - b.row)
    return { problems, more: this.#more }
  }

  #cut(): void {
    const inOrder = this.#named.toSorted((a, b) => a.row - b.row)
    this.#named = inOrder.slice(0, this.#most)
    this.#more += inOrder.length - this.#named.length
  }

  /** Throws `RowsError` if anything was found. */
  throwIfAny(): void {
    if (this.count === 0) return
    const { problems, more } = this.named()
    throw new RowsError(problems, more)
  }
}

/** One problem that ends the reading at once. */
export function fatal(
  code: RowCode,
  message: string,
  where: { row?: number; column?: string } = {},
): RowsError {
  return new RowsError([{ code, row: where.row ?? 0, message, ...columnOf(where.column) }])
}

function columnOf(column: string | undefined): { column?: string } {
  return column === undefined ? {} : { column }
}
