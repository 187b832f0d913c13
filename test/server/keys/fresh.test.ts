import { expect } from 'chai'
import { freshBytes } from '../../../server/keys/fresh.ts'
import { InvariantError } from '../../../src/index.ts'

describe('fresh bytes', () => {
  it('are as many as are asked for, never twice the same, and share no memory with others', () => {
    const seen = new Set<string>()
    // More than a pool has, so that one ends amid a request.
    for (let asked = 0; asked < 100; asked += 1) {
      const bytes = freshBytes(1000)
      expect(bytes).to.have.length(1000)
      expect(bytes.buffer.byteLength).to.equal(1000)
      for (let at = 0; at < 1000; at += 20) {
        seen.add(Buffer.from(bytes.subarray(at, at + 20)).toString('hex'))
      }
    }
    expect(seen.size).to.equal(5000)
  })

  it('are never fewer: beyond the bound none are given', () => {
    expect(freshBytes(1024)).to.have.length(1024)
    expect(() => freshBytes(1025)).to.throw(InvariantError)
  })
})
