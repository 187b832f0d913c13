import { expect } from 'chai'
import fc from 'fast-check'
import { dayAfter, dayOf, endOf, startOf } from '../../src/credential/days.ts'

const days = fc
  .date({ min: new Date('0001-01-01'), max: new Date('9000-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))

describe('days', () => {
  it('are read in the format of their column, and as ISO in any', () => {
    expect(dayOf('3/2/1999', 'dd/mm/yyyy')).to.equal('1999-02-03')
    expect(dayOf('03/02/1999', 'mm/dd/yyyy')).to.equal('1999-03-02')
    expect(dayOf('03.02.1999', 'dd.mm.yyyy')).to.equal('1999-02-03')
    expect(dayOf('1999-02-03', 'dd/mm/yyyy')).to.equal('1999-02-03')
  })

  it('are none where the calendar or the format has none', () => {
    const none = ['1999-02-29', '2026-00-10', '2026-10-00', '2026-13-01', '0000-01-01', '2026-1-1']
    for (const text of [...none, '03/02/1999', '2026-01-01T00:00:00Z', '']) {
      expect(dayOf(text), text).to.equal(undefined)
    }
    for (const text of ['03/13/1999', '03.02.1999', '3/2/99', '31/04/2026']) {
      expect(dayOf(text, 'dd/mm/yyyy'), text).to.equal(undefined)
    }
  })

  it('agree with the calendar of the runtime', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9999 }), fc.nat(13), fc.nat(32), (y, m, d) => {
        const text = [String(y).padStart(4, '0'), ...[m, d].map((n) => String(n).padStart(2, '0'))]
        const date = new Date(0)
        date.setUTCFullYear(y, m - 1, d)
        const known = m >= 1 && date.getUTCMonth() === m - 1 && date.getUTCDate() === d
        expect(dayOf(text.join('-'))).to.equal(known && d > 0 ? text.join('-') : undefined)
      }),
    )
  })

  it('move by days as the calendar of the runtime moves', () => {
    fc.assert(
      fc.property(days, fc.nat(4000), (day, count) => {
        const date = new Date(`${day}T00:00:00Z`)
        date.setUTCDate(date.getUTCDate() + count)
        expect(dayAfter(day, `P${count}D`)).to.equal(date.toISOString().slice(0, 10))
      }),
    )
  })

  it('move by years and months to the same day, or to the last of a shorter month', () => {
    expect(dayAfter('2024-02-29', 'P1Y')).to.equal('2025-02-28')
    expect(dayAfter('2026-08-31', 'P6M')).to.equal('2027-02-28')
    expect(dayAfter('2026-12-15', 'P1Y1M1D')).to.equal('2028-01-16')
    expect(dayAfter('9999-12-31', 'P1D')).to.equal(undefined)
    expect(dayAfter('9999-01-01', 'P1Y')).to.equal(undefined)
  })

  it('begin and end at the offset given', () => {
    expect(startOf('2026-06-12', '+02:00')).to.equal('2026-06-12T00:00:00+02:00')
    expect(endOf('2026-06-12', 'Z')).to.equal('2026-06-12T23:59:59Z')
  })
})
