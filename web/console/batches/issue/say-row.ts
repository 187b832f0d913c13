/** What is wrong with a row, as one sentence. */
import type { Language } from '../../../../src/index.ts'
import { printNumber } from '../../../words/print.ts'
import type { RowProblem } from '../shapes.ts'
import { ROW_PROBLEMS } from './row-problems.words.ts'

export function sayRow({ code, reason, first }: RowProblem, language: Language): string {
  const { codes, cells, duplicate, other } = ROW_PROBLEMS[language]
  if (code === 'duplicate-learner') return duplicate(printNumber(first ?? 0, language))
  const told = code === 'bad-value' && reason !== undefined ? cells[reason] : codes[code]
  return told ?? other(reason ?? code)
}
