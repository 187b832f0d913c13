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
const VECTORS = fileURLToPath(new URL('../vectors/', import.meta.url))

type Subject = { attackVerdicts: typeof attackVerdicts; bundleVerdicts: typeof bundleVerdicts }

const WORLD = readVectors('attacks/world.json') as World

function storedIn(folder: string): StoredAttack[] {
  const files = readdirSync(VECTORS + folder).filter((name) => name.endsWith('.json'))
  return files
    .filter((name) => name !== 'world.json')
    .map((name) => readVectors(`${folder}/${name}`) as StoredAttack)
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

  async function expectSame(list: readonly StoredAttack[]): Promise<string[]> {
    const here = attackVerdicts(list, WORLD)
    const there = await open?.page.evaluate(
      ([vectors, honest]) =>
        (globalThis as unknown as { subject: Subject }).subject.attackVerdicts(vectors, honest),
      [list, WORLD] as const,
    )
    expect(there).to.deep.equal(here)
    return here
  }

  it('on all attacks are those of Node', async () => {
    const attacks = storedIn('attacks')
    expect(attacks).to.have.length.greaterThan(50)
    const here = await expectSame(attacks)
    expect(here.filter((verdict) => verdict.includes('"outcome":"valid"'))).to.deep.equal([])
  })

  it('on all certificates judged by evidence are those of Node', async () => {
    const judged = storedIn('judged')
    expect(judged).to.have.length.greaterThan(40)
    await expectSame(judged)
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
