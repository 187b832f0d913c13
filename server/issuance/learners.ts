/** The same learner twice in one file: a problem where an id says so, a warning where only the name does. */

import { invariant, withoutInvisible } from '../../src/index.ts'
import type { Identity } from '../../src/index.ts'
import type { Table } from '../rows/read.ts'
import { firstRows } from './first-rows.ts'
import type { FirstRows } from './first-rows.ts'
import type { RowWarning } from './types.ts'

export const MAX_ROWS_NAMED = 1000

/** What one row says of its learner. */
export type SeenLearner = {
  readonly row: number
  readonly name: string | undefined
  readonly identities: readonly Identity[]
}

export type LearnerWatch = {
  /** Names the row among the problems, by column, where an e-mail address or identifier stood in an earlier one. */
  see(learner: SeenLearner): void
  /** Forgets who was seen: of a million learners that is some 100 MB. Nobody is seen after it. */
  end(): void
  warnings(): RowWarning[]
}

/** Watches the rows of one file; `allowed` lets ids stand twice. */
export function watchLearners(
  { problems, inFile }: Pick<Table, 'problems' | 'inFile'>,
  allowed: boolean,
): LearnerWatch {
  let seen: { identifiers: FirstRows; names: FirstRows } | undefined = {
    identifiers: firstRows(),
    names: firstRows(),
  }
  /** By the first row of a name that stands in several, those. */
  const namesakes = new Map<number, number[]>()
  return {
    see: ({ row, name, identities }) => {
      invariant(seen !== undefined, 'learners are seen before the end')
      const { identifiers, names } = seen
      for (const { kind, column: own, value } of identities) {
        const column = inFile(own)
        const key = JSON.stringify([own, comparable(value)])
        const first = identifiers.see(key, row)
        if (first !== undefined && !allowed) {
          const what = kind === 'email' ? 'e-mail' : 'identifier'
          const message = `row ${row}, column ${column}: the same ${what} as in row ${first}`
          problems.add({ code: 'duplicate-learner', row, column, first, message })
        }
      }
      if (name === undefined) return
      const first = names.see(comparable(name), row)
      if (first === undefined) return
      const rows = namesakes.get(first)
      if (rows === undefined) namesakes.set(first, [first, row])
      else if (rows.length < MAX_ROWS_NAMED) rows.push(row)
    },
    end: () => {
      seen = undefined
    },
    warnings: () =>
      [...namesakes.values()].map((rows) => ({
        code: 'equal-names',
        rows,
        message: `rows ${rows.join(', ')}: the same name; make sure that they are different people`,
      })),
  }
}

const PRINTABLE_ASCII = /^[!-~]+(?: [!-~]+)*$/

/**
 * Ids and names are compared without regard to case, width and characters that nobody sees; what is issued stays as it
 * is written.
 */
export function comparable(text: string): string {
  // In plain ASCII nothing is invisible, wide or in two forms.
  if (PRINTABLE_ASCII.test(text)) return text.toLowerCase()
  return withoutInvisible(text).normalize('NFKC').toLowerCase().replaceAll(/\s+/g, ' ').trim()
}
