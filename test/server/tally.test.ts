/** Defends that counting keeps nobody waiting, and loses nothing while the process lives. */
import { expect } from 'chai'
import type { Tally } from '../../server/storage/statistics.ts'
import { logOf } from '../../server/log.ts'
import { startCounter } from '../../server/tally.ts'
import { UnavailableError } from '../../src/index.ts'

const DAY_MS = 86_400_000

describe('the counter', () => {
  let now = 20_000 * DAY_MS
  let isAway = false
  let written: (readonly Tally[])[] = []
  let lines: string[] = []
  beforeEach(() => {
    now = 20_000 * DAY_MS
    isAway = false
    written = []
    lines = []
  })
  const counterOf = () =>
    startCounter({
      store: {
        addTallies: (tallies) => {
          if (isAway) return Promise.reject(new UnavailableError('unreachable', 'secret words'))
          written.push(tallies)
          return Promise.resolve()
        },
      },
      now: () => now,
      log: logOf((line) => lines.push(line)),
    })

  it('writes once what happened many times, each day by itself, and nothing where nothing did', async () => {
    const counter = counterOf()
    for (let i = 0; i < 1000; i += 1) counter.count('opened', { batchId: 'a' })
    counter.count('verified', { root: '0x1' })
    now += DAY_MS
    counter.count('opened', { batchId: 'a' })
    expect(written).to.deep.equal([])
    await counter.flush()
    await counter.close()
    expect(written).to.deep.equal([
      [
        { what: 'opened', of: { batchId: 'a' }, day: 20_000, count: 1000 },
        { what: 'verified', of: { root: '0x1' }, day: 20_000, count: 1 },
        { what: 'opened', of: { batchId: 'a' }, day: 20_001, count: 1 },
      ],
    ])
  })

  it('keeps its counts while the store is away, and hands over the last when it stops', async () => {
    const counter = counterOf()
    isAway = true
    counter.count('opened', { batchId: 'a' })
    await counter.flush()
    counter.count('opened', { batchId: 'a' })
    await counter.flush()
    expect(lines.join()).to.include('counts are kept').and.not.include('secret')
    isAway = false
    counter.count('opened', { batchId: 'a' })
    await counter.close()
    expect(written.flat().map(({ count }) => count)).to.deep.equal([3])
  })

  it('does not grow beyond all bounds, whoever makes up roots', async () => {
    const counter = counterOf()
    for (let i = 0; i < 20_000; i += 1) counter.count('verified', { root: `0x${i}` })
    counter.count('verified', { root: '0x1' })
    await counter.close()
    const tallies = written.flat()
    expect(tallies).to.have.length(10_000)
    expect(tallies.find(({ of }) => 'root' in of && of.root === '0x1')?.count).to.equal(2)
  })
})
