import { expect } from 'chai'
import { newId } from '../../../server/issuance/new-id.ts'

describe('the id of a batch or a template', () => {
  it('has 128 bits, differs each time, and is never taken for an option at a terminal', () => {
    const ids = Array.from({ length: 5000 }, newId)
    for (const id of ids) expect(id).to.match(/^[A-Za-z0-9_][A-Za-z0-9_-]{21}$/)
    expect(new Set(ids).size).to.equal(ids.length)
  })
})
