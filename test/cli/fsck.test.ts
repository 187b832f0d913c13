/** Defends what `fsck` and `status` tell at a terminal, with exit codes that a monitor can go by. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { ROOT } from '../support/source.ts'
import { inaltera, serving } from './command.ts'
import type { Ended, Serving } from './command.ts'

describe('fsck and status at a terminal', function () {
  this.timeout(120_000)
  let cwd = ''
  let server: Serving | undefined
  const call = (...args: string[]): Promise<Ended> => inaltera(args, { cwd })
  const without = (...args: string[]): Promise<Ended> =>
    inaltera(args, { cwd, env: { INALTERA_PASSPHRASE: '' } })

  before(async () => {
    cwd = mkdtempSync(join(tmpdir(), 'inaltera-cli-'))
    await call('init', '--name', 'École des Métiers')
    server = await serving([], { cwd })
    await call('deploy')
    const template = join(ROOT, 'examples/template.json')
    await call(
      'issue',
      join(ROOT, 'examples/apprenants.csv'),
      '--template',
      template,
      '-o',
      'links.csv',
    )
  })
  after(async () => {
    await server?.stop()
    rmSync(cwd, { recursive: true, force: true })
  })

  it('fsck ends with 0 where all is well, beside a server that runs', async () => {
    const ended = await call('fsck', '--json')
    expect(ended.code, ended.out).to.equal(0)
    expect(ended.json).to.deep.include({ outcome: 'sound', opened: 32, findings: [] })
    const french = await call('fsck', '--lang', 'fr')
    expect(french.out).to.include('32 certificats, dont 32 ouverts').and.include('Sain')
  })

  it('fsck ends with 2 without a passphrase: nothing was opened', async () => {
    const ended = await without('fsck', '--lang', 'en')
    expect(ended.code, ended.out).to.equal(2)
    expect(ended.out).to.include('[locked]').and.include('UNDETERMINED')
  })

  it('fsck ends with 1 where something is damaged, names it, and heals it when told', async () => {
    const cars = join(cwd, 'inaltera-data', 'cars')
    const car = readdirSync(cars).find((name) => name.endsWith('.car')) ?? ''
    rmSync(join(cars, car))
    const ended = await call('fsck', '--lang', 'en')
    expect(ended.code).to.equal(1)
    expect(ended.out).to.include(`${car.slice(0, -4)}: the second copy is missing [car-missing]`)
    expect((await call('fsck', '--heal')).code).to.equal(0)
    expect((await call('fsck')).code).to.equal(0)
  })

  it('status says how the service stands, without a passphrase and while it serves', async () => {
    const ended = await without('status', '--json')
    expect(ended.code, ended.err).to.equal(0)
    expect(ended.json).to.deep.include({
      batches: { open: 0, drafted: 0, sealed: 0, stored: 0, submitted: 0, anchored: 1 },
      waiting: [],
      store: 'sqlite',
      openErasures: [],
      needsAttention: false,
    })
    const english = await without('status', '--lang', 'en')
    expect(english.out)
      .to.include('Batches: 1 anchored')
      .and.match(/pays for about \d+ anchors/)
    const french = await without('status', '--lang', 'fr')
    expect(french.out).to.include('Lots: 1 ancrés')
  })
})
