/** Defends room that is used again: whoever has a piece has it alone, and nobody is given less than was asked for. */
import { expect } from 'chai'
import fc from 'fast-check'
import { SpareRoom } from '../../src/index.ts'

describe('spare room', () => {
  it('is never in two hands, and as large as asked for', () => {
    const steps = fc.array(fc.oneof(fc.nat({ max: 300 }), fc.constant('give' as const)))
    fc.assert(
      fc.property(steps, (list) => {
        const spare = new SpareRoom()
        const held: Uint8Array<ArrayBuffer>[] = []
        for (const step of list) {
          if (step === 'give') {
            const room = held.shift()
            if (room !== undefined) spare.give(room)
            continue
          }
          const room = spare.take(step)
          expect(room).to.have.length(step)
          expect(held.every(({ buffer }) => buffer !== room.buffer)).to.equal(true)
          held.push(room)
        }
      }),
    )
  })

  it('is given again, and given back whatever happens to the work', async () => {
    const spare = new SpareRoom()
    const first = await spare.lend((take) => Promise.resolve([take(10).buffer, take(20).buffer]))
    const failing = spare.lend((take) => {
      expect(first).to.include(take(10).buffer)
      return Promise.reject(new Error('it fails'))
    })
    expect(await failing.catch(String)).to.equal('Error: it fails')
    expect(first).to.include(spare.take(5).buffer)
  })
})
