/** Defends whoever waits from those who come later, and everybody else from a crowd that may go on all at once. */
import { setImmediate as nextTurn } from 'node:timers/promises'
import { expect } from 'chai'
import { turnsOf } from '../../../server/http/queue.ts'

describe('a crowd that may go on', () => {
  it('does so in order and a few at a time, with room in between, and says that it stands there', async () => {
    const turns = turnsOf()
    const went: number[] = []
    expect(turns.isCrowded).to.equal(false)
    const crowd = Array.from({ length: 100 }, (_, i) => turns.next().then(() => went.push(i)))
    expect(turns.isCrowded).to.equal(true)
    await nextTurn()
    expect(went.length).to.be.greaterThan(0).and.lessThan(50)
    // Who comes now is last, and not overtaken by the next.
    crowd.push(turns.next().then(() => went.push(100)))
    await nextTurn()
    crowd.push(turns.next().then(() => went.push(101)))
    await Promise.all(crowd)
    expect(went).to.deep.equal(Array.from({ length: 102 }, (_, i) => i))
    expect(turns.isCrowded).to.equal(false)
    await turns.next()
  })
})
