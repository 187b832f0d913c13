/** The same learner twice in one file: a problem where an id says so, a warning where only the name does. */

import type { ProblemList } from '../rows/problems.ts'
import type { Learner, RowWarning } from './types.ts'

const MAX_ROWS_NAMED = 1000

export type LearnerWatch = {
  /** Names the row among the problems if its external id or e-mail stood in an earlier one. */
  see(row: number, learner: Learner): void
  warnings(): RowWarning[]
}

/** Watches the rows of one file; `allowed` lets ids stand twice. */
export function watchLearners(problems: ProblemList, allowed: boolean): LearnerWatch {
  const firstRows = { email: new Map<string, number>(), externalId: new Map<string, number>() }
  const names = new Map<string, number[]>()
  return {
    see: (row, learner) => {
      for (const kind of ['externalId', 'email'] as const) {
        const value = learner[kind]
        if (value === undefined) continue
        const key = comparable(value)
        const first = firstRows[kind].get(key)
        if (first === undefined) firstRows[kind].set(key, row)
        else if (!allowed) {
          const message = `row ${row}: the same ${kind === 'email' ? 'e-mail' : 'identifier'} as in row ${first}`
          problems.add({ code: 'duplicate-learner', row, first, message })
          return
        }
      }
      if (learner.name === undefined) return
      const key = comparable(learner.name)
      const rows = names.get(key)
      if (rows === undefined) names.set(key, [row])
      else if (rows.length < MAX_ROWS_NAMED) rows.push(row)
    },
    warnings: () =>
      [...names.values()]
        .filter((rows) => rows.length > 1)
        .map((rows) => ({
          code: 'equal-names',
          rows,
          message: `rows ${rows.join(', ')}: the same name; make sure that they are different people`,
        })),
  }
}

/** Ids and names are compared without regard to case and width; what is issued stays as it is written. */
export function comparable(text: string): string {
  return text.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, ' ').trim()
}
