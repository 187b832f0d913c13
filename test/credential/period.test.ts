/** Defends the dates of a row: each is judged with the others, and only by what can be read. */
import { expect } from 'chai'
import { credentialOf } from '../../src/credential/rows.ts'
import { IDS } from './arbitraries.ts'
import { errorsOf, EXAMPLE, exampleWith, issued, ROW } from './example.ts'

describe('the dates of a row', () => {
  it('refuse a period that ends before it starts', () => {
    const columns = [
      { column: 'N° stagiaire', claim: 'identifier' },
      { column: 'Date du jury', claim: 'validFrom', format: 'dd/mm/yyyy' },
    ]
    const ended = exampleWith({ columns, validity: { until: '2026-06-11' } })
    expect(errorsOf({}, ended)).to.deep.equal(['validUntil: ends-before-start'])
    const lasting = exampleWith({ columns, validity: { until: '2026-06-12' } })
    expect(errorsOf({}, lasting)).to.deep.equal([])
  })

  it('name what is wrong with dates together beside what is wrong with a cell alone', () => {
    const born = { Courriel: 'zoe', 'Date de naissance': '13/06/2026' }
    expect(errorsOf(born)).to.deep.equal([
      'Courriel: not-an-email',
      'Date de naissance: out-of-range',
    ])
    const unknown = { ...born, 'Date du jury': 'hier' }
    expect(errorsOf(unknown)).to.deep.equal(['Courriel: not-an-email', 'Date du jury: not-a-date'])
  })

  it('judge no period by a day that cannot be read', () => {
    const columns = ['validFrom', 'validUntil', 'activityStartDate', 'activityEndDate'].map(
      (claim) => ({ column: claim, claim }),
    )
    const template = exampleWith({ columns, validity: {}, activity: {} })
    const day = (claim: string, cell: string): Record<string, string> => ({
      validFrom: '2026-06-12',
      validUntil: '2026-06-11',
      activityStartDate: '2026-06-12',
      activityEndDate: '2026-06-11',
      [claim]: cell,
    })
    expect(errorsOf(day('validFrom', '2026-06-12'), template)).to.deep.equal([
      'validUntil: ends-before-start',
      'activityEndDate: ends-before-start',
    ])
    for (const claim of ['validFrom', 'validUntil'])
      expect(errorsOf(day(claim, 'x'), template)).to.have.members([
        `${claim}: not-a-date`,
        'activityEndDate: ends-before-start',
      ])
    for (const claim of ['activityStartDate', 'activityEndDate'])
      expect(errorsOf(day(claim, 'x'), template)).to.have.members([
        `${claim}: not-a-date`,
        'validUntil: ends-before-start',
      ])
  })

  it('fall back on no day of the template for a cell that cannot be read', () => {
    const columns = ['validFrom', 'validUntil', 'activityStartDate', 'activityEndDate'].map(
      (claim) => ({ column: claim, claim }),
    )
    const template = exampleWith({
      columns,
      validity: { until: '2026-06-11' },
      activity: { start: '2026-06-10', end: '2026-06-12' },
    })
    const cells = { validFrom: '2026-06-20', validUntil: 'x', activityStartDate: '2026-06-20' }
    expect(errorsOf({ ...cells, activityEndDate: 'y' }, template)).to.deep.equal([
      'validUntil: not-a-date',
      'activityEndDate: not-a-date',
    ])
  })

  it('reach no end beyond the last time', () => {
    const template = exampleWith({
      columns: [{ column: 'Nom', claim: 'familyName' }],
      validity: { duration: 'P1Y' },
    })
    const row = new Map([['Nom', 'Suharto']])
    for (const [issuedAt, codes] of [
      ['9998-12-31T21:59:59-02:00', undefined],
      ['9998-12-31T22:00:00-02:00', ['out-of-range']],
      ['9999-01-01T00:00:00Z', ['out-of-range']],
    ] as const) {
      const outcome = credentialOf(template, row, { ...IDS, issuedAt })
      const found = 'rowErrors' in outcome ? outcome.rowErrors.map(({ code }) => code) : undefined
      expect(found, issuedAt).to.deep.equal(codes)
    }
  })

  it('refuse a day that no time can stand for at the offset of the template', () => {
    const columns = ['validFrom', 'awardedDate', 'activityStartDate', 'activityEndDate'].map(
      (claim) => ({ column: claim, claim }),
    )
    const edge = { awardedDate: '0001-01-01', activityStartDate: '0001-01-01' }
    const east = exampleWith({ columns, activity: {}, validity: { utcOffset: '+02:00' } })
    expect(errorsOf({ ...edge, validFrom: '2026-06-12' }, east)).to.deep.equal([
      'awardedDate: out-of-range',
      'activityStartDate: out-of-range',
    ])
    const west = exampleWith({ columns, activity: {}, validity: { utcOffset: '-02:00' } })
    expect(errorsOf({ ...edge, activityEndDate: '9999-12-31' }, west)).to.deep.equal([
      'activityEndDate: out-of-range',
    ])
  })

  it('count a validity from the day that the row gives, at the offset of the template', () => {
    const credential = issued(EXAMPLE, new Map(Object.entries(ROW)))
    expect(credential['validFrom']).to.equal('2026-06-12T00:00:00+02:00')
    expect(credential['validUntil']).to.equal('2031-06-12T00:00:00+02:00')
  })

  it('fall back on the time of issuing', () => {
    const template = exampleWith({
      columns: [{ column: 'Nom', claim: 'familyName' }],
      validity: { duration: 'P6M' },
    })
    const credential = issued(template, new Map([['Nom', 'Suharto']]))
    expect(credential['validFrom']).to.equal(IDS.issuedAt)
    expect(credential['validUntil']).to.equal('2026-12-15T08:00:00Z')
  })
})
