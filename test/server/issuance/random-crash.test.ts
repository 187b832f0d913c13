/**
 * F22 of `reference/security.md` 3.2: processes killed at random moments, every other one again while it recovers; then
 * the next one must bring the ten invariants back by itself, as `fsck` judges them. `INALTERA_SEED` repeats a run.
 */
import { randomInt } from 'node:crypto'
import { expect } from 'chai'
import { EXAMPLE_ROWS, exampleTemplate } from '../folder.ts'
import { issuing, openRange, recovered, runKilled } from './killing.ts'
import type { Range } from './killing.ts'

const KILLS = process.env['INALTERA_LONG'] === '1' ? 200 : 20
const SEED = Number(process.env['INALTERA_SEED'] ?? randomInt(2 ** 31))
/** A victim that nobody kills is done within about a second. */
const MAX_MS = 800

/** Marsaglia's xorshift of 32 bits: the same seed gives the same moments. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed | 1
  return (below) => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % below
  }
}

for (const [engine, offset] of [
  ['SQLite', 1],
  ['PostgreSQL', 2],
] as const) {
  describe(`processes killed at random moments, on ${engine}`, function () {
    this.timeout(KILLS * 30_000)
    let range: Range
    before(async function () {
      range = await openRange(this, engine)
    })
    after(() => (range as Range | undefined)?.close())

    it(`${KILLS} times, and all is sound again each time (INALTERA_SEED=${SEED})`, async () => {
      const random = randomFrom(SEED + offset)
      const keys: string[] = []
      let killed = 0
      for (let round = 0; killed < KILLS && round < 4 * KILLS; round += 1) {
        const key = `round ${round}`
        keys.push(key)
        // One of them new, one that may be finished, unfinished or unknown.
        const old = keys[random(keys.length)] ?? key
        const work = [issuing(key), ...(old === key ? [] : [issuing(old)])]
        if ((await runKilled(range, { work }, random(MAX_MS))) === 'killed') killed += 1
        if (round % 2 === 1) {
          const again = [{ act: 'resume' } as const, issuing(key)]
          if ((await runKilled(range, { work: again }, random(MAX_MS))) === 'killed') killed += 1
        }
        await recovered(range.context)
      }
      expect(killed, 'processes that were killed').to.be.at.least(KILLS)
      await checkAll(keys)
    })

    /** Every request has its batch, and asked again it is the same one: nothing was lost, nothing issued twice. */
    async function checkAll(keys: readonly string[]): Promise<void> {
      const template = await exampleTemplate()
      const cids = new Set<string>()
      for (const idempotencyKey of keys) {
        const request = { rows: EXAMPLE_ROWS, template, idempotencyKey }
        for (const { cid } of (await range.context.issue(request)).links) cids.add(cid)
      }
      expect(cids.size).to.equal(32 * keys.length)
      expect(await range.rows('SELECT id FROM batches')).to.have.length(keys.length)
      expect((await range.context.fsck()).findings).to.deep.equal([])
    }
  })
}
