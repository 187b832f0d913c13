/** Defends against certifying one learner twice: every id counts, however it is written. */
import { expect } from 'chai'
import { comparable, watchLearners } from '../../../server/issuance/learners.ts'
import type { SeenLearner } from '../../../server/issuance/learners.ts'
import { ProblemList, RowsError } from '../../../server/rows/problems.ts'
import { namesOf } from '../rows/files.ts'

type Ids = {
  readonly name?: string
  readonly mail?: string
  readonly no?: string
  readonly ine?: string
}

function seen(row: number, { name, mail, no, ine }: Ids): SeenLearner {
  const identities = [
    { kind: 'identifier', column: 'N°', value: no },
    { kind: 'email', column: 'Courriel', value: mail },
    { kind: 'identifier', column: 'INE', value: ine },
  ] as const
  return {
    row,
    name,
    identities: identities.flatMap(({ value, ...one }) =>
      value === undefined ? [] : [{ ...one, value }],
    ),
  }
}

function watched(rows: readonly Ids[], allowed = false): { problems: string[]; equal: unknown[] } {
  const list = new ProblemList()
  const watch = watchLearners({ problems: list, inFile: (column) => column }, allowed)
  for (const [i, ids] of rows.entries()) watch.see(seen(i + 2, ids))
  const equal = watch.warnings().map(({ rows: named }) => named)
  try {
    list.throwIfAny()
    return { problems: [], equal }
  } catch (error) {
    if (!(error instanceof RowsError)) throw error
    return { problems: namesOf(error), equal }
  }
}

describe('learners of one file', () => {
  it('stand once by every id, and each column where one stands again is named', () => {
    const rows = [
      { mail: 'a@x', no: '1', ine: 'A' },
      { mail: 'b@x', no: '2', ine: 'A' },
      { mail: 'A@X', no: '3', ine: 'B' },
      { mail: 'b@x', no: '2', ine: 'b' },
    ]
    expect(watched(rows).problems).to.deep.equal([
      'duplicate-learner@3:INE',
      'duplicate-learner@4:Courriel',
      'duplicate-learner@5:N°',
      'duplicate-learner@5:Courriel',
      'duplicate-learner@5:INE',
    ])
    expect(watched(rows, true).problems).to.deep.equal([])
  })

  it('may share a value between two columns, or have none', () => {
    const rows = [{ no: '1', ine: '2' }, { no: '2', ine: '1' }, { name: 'x' }, {}]
    expect(watched(rows).problems).to.deep.equal([])
  })

  it('are the same whatever the case, the width and the characters that nobody sees', () => {
    for (const twin of [
      'ZOË LEFÈVRE',
      'Zoe\u0308  Lefèvre',
      'Zo\u200bë\u00a0Lef\u00adèvre',
      '\u200fＺｏë Lefèvre\ufeff',
    ]) {
      expect(comparable(twin), JSON.stringify(twin)).to.equal(comparable('Zoë Lefèvre'))
      expect(watched([{ name: 'Zoë Lefèvre' }, { name: 'x' }, { name: twin }]).equal).to.deep.equal(
        [[2, 4]],
      )
      expect(watched([{ mail: 'z@x', no: twin }, { no: 'Zoë Lefèvre' }]).problems).to.deep.equal([
        'duplicate-learner@3:N°',
      ])
    }
    expect(comparable('Zoé')).not.to.equal(comparable('Zoë'))
  })
})
