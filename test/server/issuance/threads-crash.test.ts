/**
 * Kills a process while threads compute for it, at the points of `reference/security.md` 3.2 where they do (drafted, tree
 * grown, root recorded, keys stored) and at random moments; the next process, with threads too, must bring the ten
 * invariants back by itself. No secret that threads were sent is left in a file.
 */
import { randomInt } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'chai'
import { openEngines } from '../../../server/engines.ts'
import { draftsIn } from '../../../server/issuance/draft-pages.ts'
import { lenderOf } from '../../../server/issuance/lender.ts'
import { places } from '../../../server/issuance/parts.ts'
import type { IssuingParts } from '../../../server/issuance/parts.ts'
import { factsOf, secretOf } from '../../../server/issuance/seal.ts'
import { issuingParts } from '../../../server/issuer-parts.ts'
import type { DraftedBatch } from '../../../server/storage/store.ts'
import { treeOf } from '../../../src/index.ts'
import { copiedFiles } from '../../support/copied.ts'
import { exampleTemplate, PASSPHRASE } from '../folder.ts'
import { issuing, openRange, recovered, runKilled } from './killing.ts'
import type { Range } from './killing.ts'
import { writeRows } from './many-rows.ts'
import type { KillPoint } from './trap.ts'

/** Two parts, for two threads. */
const SIZE = 300
const LENDING = { from: 1, count: 2 }
/** A victim that nobody kills takes about as long. */
const MAX_MS = 2000

const POINTS: readonly (readonly [name: string, kill: KillPoint | undefined])[] = [
  ['F4: drafted, nothing sealed', { store: 'commitmentsOf', when: 'before' }],
  ['F5: the tree is in memory', { parts: 'put', when: 'before' }],
  ['F7: root recorded', { store: 'markSealed', when: 'after' }],
  ['F7: proven, not on its way', { store: 'planTransaction', when: 'before' }],
  ['F17: a part laid down, its keys not stored', { parts: 'put', when: 'after', nth: 2 }],
  ['F17: before the COMMIT of its keys', { store: 'addSealed', when: 'before-commit', nth: 2 }],
  ['F17: sealed, its parts not to be found yet', { parts: 'close', when: 'before' }],
  ['F18: the second copy begun', { parts: 'beginCar', when: 'after' }],
  ['F18: while the second copy is finished', { parts: 'finishCar', when: 'during' }],
  ['F18: the second copy in its place, and not said to be', { parts: 'finishCar', when: 'after' }],
  ['a random moment', undefined],
  ['another random moment', undefined],
]

describe('a process killed while threads compute for it', function () {
  this.timeout(120_000)
  let range: Range
  let rows = ''
  before(async function () {
    range = await openRange(this, 'SQLite', lenderOf(LENDING))
    rows = await writeRows(join(range.data.folder, 'rows.csv'), SIZE)
  })
  after(() => (range as Range | undefined)?.close())

  for (const [at, [name, kill]] of POINTS.entries()) {
    const afterMs = kill === undefined ? randomInt(MAX_MS) : undefined
    const moment = afterMs === undefined ? '' : ` (${afterMs} ms)`
    it(`${name}${moment}: the next process finishes the batch, once`, async () => {
      const before = (await range.rows('SELECT id FROM batches')).length
      const work = [issuing(name, rows)]
      const death = await runKilled(
        range,
        { work, lending: LENDING, ...(kill && { kill }) },
        afterMs,
      )
      if (kill !== undefined) expect(death).to.equal('killed')
      if (at === 4) await expectNoSecrets(range.data.folder)
      await recovered(range.context)
      const template = await exampleTemplate()
      const issued = await range.context.issue({ rows, template, idempotencyKey: name })
      expect(new Set(issued.links.map(({ link }) => link))).to.have.length(SIZE)
      expect(await range.rows('SELECT id FROM batches')).to.have.length(before + 1)
    })
  }

  it('after all of that every certificate opens, and no half of a second copy is left', async () => {
    const names = await readdir(join(range.data.folder, 'cars'))
    expect(names.filter((name) => !/\.(?:car|lock)$/.test(name))).to.deep.equal([])
    const { findings, opened } = await range.context.fsck()
    expect(findings).to.deep.equal([])
    expect(opened).to.equal(SIZE * (await range.rows('SELECT id FROM batches')).length)
  })
})

/** Of all rows, sealed or not, as the pages have them. */
async function seedsOf(
  { store, vaultAt }: IssuingParts,
  batch: DraftedBatch,
): Promise<Uint8Array[]> {
  const vault = vaultAt(batch.masterVersion)
  const seeds: Uint8Array[] = []
  for (const { bucket } of await store.bucketsOf(batch.id)) {
    for (const { page, sealed } of await store.pagesOf(batch.id, bucket)) {
      const bytes = vault.open(sealed, places.draftPage(batch.id, bucket, page))
      seeds.push(...draftsIn(bytes).map(({ seed }) => seed))
    }
  }
  return seeds
}

/** Looks for the secret of the batch that was left behind and the seeds of its rows, in every file of the folder. */
async function expectNoSecrets(folder: string): Promise<void> {
  const engines = await openEngines(folder, { passphrase: PASSPHRASE })
  const secrets: Uint8Array[] = []
  try {
    const parts = await issuingParts(engines, engines.config.issuers[0])
    const [left] = await engines.store.listUnfinished(Date.now() + 600_000)
    const batch = await engines.store.findBatch({ id: left?.id ?? '' })
    if (batch === undefined) expect.fail('no batch was left behind')
    secrets.push(secretOf(parts, batch))
    // A view would be sent with all that lies around it.
    const { secret } = factsOf(parts, batch, treeOf(new Uint8Array(32)).root)
    expect(secret.buffer.byteLength).to.equal(32)
    if (batch.state !== 'drafted') expect.fail(`the batch is ${batch.state}`)
    secrets.push(...(await seedsOf(parts, batch)))
  } finally {
    await engines.close(() => Promise.resolve())
  }
  expect(secrets).to.have.length(SIZE + 1)
  const forms = secrets
    .map((one) => Buffer.from(one))
    .flatMap((one) => [one, one.toString('hex'), one.toString('base64')])
  const files = await copiedFiles(folder)
  expect(files.map(({ name }) => name)).to.include.members(['store.sqlite', 'store.sqlite-wal'])
  for (const { name, bytes } of files) {
    for (const form of forms) expect(bytes.includes(form), `a secret in ${name}`).to.equal(false)
  }
}
