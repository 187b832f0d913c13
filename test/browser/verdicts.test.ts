/** Defends that a browser judges as Node does: every attack and every bundle, its verdict's JSON byte for byte. */
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import { openPage } from '../support/browser.ts'
import type { OpenPage } from '../support/browser.ts'
import { engineFor } from '../support/engines.ts'
import { storedVectors } from '../support/evidence/vectors.ts'
import { readVectors } from '../support/json.ts'
import { attackVerdicts, bundleVerdicts } from './verdicts.ts'
import type { StoredAttack, World } from './verdicts.ts'

const ENTRY = fileURLToPath(new URL('verdicts.ts', import.meta.url))
const ATTACKS = fileURLToPath(new URL('../vectors/attacks/', import.meta.url))

type Subject = { attackVerdicts: typeof attackVerdicts; bundleVerdicts: typeof bundleVerdicts }

function storedAttacks(): { world: World; attacks: StoredAttack[] } {
  const files = readdirSync(ATTACKS).filter((name) => name.endsWith('.json'))
  const attacks = files
    .filter((name) => name !== 'world.json')
    .map((name) => readVectors(`attacks/${name}`) as StoredAttack)
  return { world: readVectors('attacks/world.json') as World, attacks }
}

describe('verdicts in Chromium', function () {
  this.timeout(120_000)
  let open: OpenPage | undefined

  before(async function () {
    open = await openPage(engineFor(this, 'chromium'), ENTRY)
  })

  after(async () => {
    await open?.close()
  })

  it('on all attacks are those of Node', async () => {
    const { world, attacks } = storedAttacks()
    expect(attacks).to.have.length.greaterThan(50)
    const here = attackVerdicts(attacks, world)
    const there = await open?.page.evaluate(
      ([list, honest]) =>
        (globalThis as unknown as { subject: Subject }).subject.attackVerdicts(list, honest),
      [attacks, world] as const,
    )
    expect(there).to.deep.equal(here)
    expect(here.filter((verdict) => verdict.includes('"outcome":"valid"'))).to.deep.equal([])
  })

  it('on all bundles are those of Node, and those that are stored', async () => {
    const vectors = storedVectors()
    const there = await open?.page.evaluate(
      (list) => (globalThis as unknown as { subject: Subject }).subject.bundleVerdicts(list),
      vectors,
    )
    expect(there).to.deep.equal(vectors.map(({ verdict }) => JSON.stringify(verdict)))
  })

  it('need no request, no eval and no error', () => {
    expect(open?.complaints).to.deep.equal([])
  })
})
