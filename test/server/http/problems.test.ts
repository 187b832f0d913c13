/** Defends that whoever sends rows is told what is wrong with which, and that no learner's data stands in the answer. */
import { expect } from 'chai'
import { problemOf } from '../../../server/http/problems.ts'
import { openTable } from '../../../server/rows/read.ts'
import { bytesSource } from '../../../server/rows/source.ts'
import { RowsError } from '../../../server/rows/problems.ts'
import { utf8 } from '../../../src/index.ts'
import { thrown } from '../../support/errors.ts'

describe('a problem with rows', () => {
  it('is told with row, column, reason and the row that came first', () => {
    const problem = problemOf(
      new RowsError([
        { code: 'bad-value', row: 3, column: 'Date', reason: 'not-a-date', message: 'x' },
        { code: 'duplicate-learner', row: 5, column: 'E-mail', first: 2, message: 'x' },
        { code: 'cell-count', row: 6, message: 'x' },
      ]),
    )
    expect(problem).to.include({ status: 422, code: 'unprocessable' })
    expect(problem.rows).to.deep.equal([
      { code: 'bad-value', row: 3, column: 'Date', reason: 'not-a-date' },
      { code: 'duplicate-learner', row: 5, column: 'E-mail', first: 2 },
      { code: 'cell-count', row: 6 },
    ])
  })

  it('repeats no learner of a file without a header', async () => {
    const rows = bytesSource(utf8('Zoé,Zoé,zoe@courriel.example\nLéa,Roy,lea@courriel.example\n'))
    const problem = problemOf(await thrown(openTable(rows, new Set(['Name']), { format: 'csv' })))
    expect(problem.rows).to.deep.equal([
      { code: 'duplicate-column', row: 1 },
      { code: 'missing-column', row: 1, column: 'Name' },
    ])
  })
})
