/** Defends the list of problems: however they are found, those that come first in the file are named, and none is lost. */
import { expect } from 'chai'
import fc from 'fast-check'
import { fatal, ProblemList } from '../../../server/rows/problems.ts'
import type { RowProblem } from '../../../server/rows/problems.ts'

function problemIn(row: number, at: number): RowProblem {
  return { code: 'bad-value', row, message: `row ${row}, found as number ${at}` }
}

describe('a list of problems', () => {
  it('names the first ones of the file, in its order, and counts the others', () => {
    const rows = fc.array(fc.integer({ min: 2, max: 60 }), { minLength: 1, maxLength: 100 })
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 30 }), fc.boolean(), (found, most, isCutOff) => {
        const list = new ProblemList(most)
        const problems = found.map(problemIn)
        for (const [at, problem] of problems.entries()) {
          list.add(problem)
          expect(list.count).to.equal(at + 1)
        }
        const last = fatal('not-csv', 'the end', { row: 61 })
        if (isCutOff) list.end(last)
        const inOrder = problems.toSorted((a, b) => a.row - b.row)
        const expected = [...inOrder.slice(0, most), ...(isCutOff ? last.problems : [])]
        for (let again = 0; again < 2; again += 1) {
          const { problems: named, more } = list.named()
          expect(named).to.deep.equal(expected)
          expect(more).to.equal(Math.max(0, found.length - most))
        }
      }),
    )
  })
})
