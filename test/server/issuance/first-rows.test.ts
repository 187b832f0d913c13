/** Defends that a text is found in the row where it stood first, however many there are. */
import { expect } from 'chai'
import fc from 'fast-check'
import { firstRows } from '../../../server/issuance/first-rows.ts'

describe('the first rows of texts', () => {
  it('are those of a map', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 2 })), (texts) => {
        const rows = firstRows()
        const known = new Map<string, number>()
        for (const [at, text] of texts.entries()) {
          expect(rows.see(text, at + 1)).to.equal(known.get(text))
          if (!known.has(text)) known.set(text, at + 1)
        }
      }),
    )
  })

  it('are found among many', () => {
    const rows = firstRows()
    for (let n = 1; n <= 30_000; n += 1) expect(rows.see(`learner ${n}`, n)).to.equal(undefined)
    for (let n = 1; n <= 30_000; n += 1) expect(rows.see(`learner ${n}`, 40_000)).to.equal(n)
  })
})
