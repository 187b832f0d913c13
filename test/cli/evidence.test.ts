/** Defends the one file that outlives issuer and network, and the report that lets anyone repeat a verdict. */
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import type { IssueReport, Served } from '../../server/context.ts'
import { EXAMPLE_ROWS, exampleTemplate, newDataFolder } from '../server/folder.ts'
import type { DataFolder } from '../server/folder.ts'
import { codeOf, inaltera } from './command.ts'
import type { Ended } from './command.ts'

type Json = Readonly<Record<string, unknown>>

describe('evidence bundles and reports at a terminal', function () {
  this.timeout(120_000)
  let data: DataFolder
  let cwd = ''
  let link = ''
  let revoke: () => Promise<unknown>
  const call = (...args: string[]): Promise<Ended> =>
    inaltera([...args, '--json', '--data', data.folder], { cwd })
  const read = (name: string): Json => JSON.parse(readFileSync(join(cwd, name), 'utf8')) as Json
  const write = (name: string, value: unknown): void => {
    writeFileSync(join(cwd, name), JSON.stringify(value))
  }
  const codeOfCheck = ({ json }: Ended, name: string): unknown =>
    (json?.['checks'] as Record<string, { code?: string }> | undefined)?.[name]?.code

  /** The folder's policy, with blocks that its owner vouches for and without any provider. */
  function writePolicy(name: string, checkpoints: readonly unknown[]): void {
    const policy = JSON.parse(readFileSync(join(data.folder, 'policy.json'), 'utf8')) as {
      registries: Json[]
      providers: Json
    }
    const registries = policy.registries.map((pin) => ({ ...pin, checkpoints }))
    write(name, { ...policy, registries, providers: {} })
  }

  before(async () => {
    cwd = mkdtempSync(join(tmpdir(), 'inaltera-cli-'))
    data = await newDataFolder()
    const context = await data.open()
    await context.deploy()
    const served: Served = await context.serve()
    const report: IssueReport = await context.issue({
      rows: EXAMPLE_ROWS,
      template: await exampleTemplate(),
      linkBase: served.url,
    })
    const [first] = report.links
    link = first?.link ?? ''
    revoke = () => context.revoke({ cid: first?.cid ?? '', reason: 'fraud' })
  })
  after(async () => {
    await data.remove()
    rmSync(cwd, { recursive: true, force: true })
  })

  it('evidence writes a bundle that is a certificate too', async () => {
    const made = await call('evidence', link, '-o', 'bundle.json')
    expect([made.code, made.json?.['outcome']], made.err).to.deep.equal([0, 'valid'])
    expect(read('bundle.json')).to.include({ inaltera: 'evidence/1', home: data.init.home })
    expect(read('bundle.json')['contexts']).to.have.length(4)
    expect((await call('verify', 'bundle.json')).code).to.equal(0)
    writePolicy('pinned.json', [made.json?.['checkpoint']])
    writePolicy('bare.json', [])
  })

  it('verify --offline judges it as of its block, where the policy vouches for that block', async () => {
    const offline = ['verify', 'bundle.json', '--offline', '--policy']
    const valid = await call(...offline, 'pinned.json')
    expect([valid.code, valid.json?.['outcome'], valid.json?.['level']], valid.err).to.deep.equal([
      0,
      'valid',
      'proven',
    ])
    expect(valid.json?.['asOf']).to.equal((valid.json?.['block'] as Json)['time'])
    const bare = await call(...offline, 'bare.json')
    expect([bare.code, codeOfCheck(bare, 'anchor')]).to.deep.equal([2, 'header-not-confirmed'])
    const before = await call(...offline, 'pinned.json', '--as-of', '2020-01-01')
    expect([before.code, codeOfCheck(before, 'anchor')]).to.deep.equal([1, 'anchored-later'])
  })

  it('--offline takes no certificate alone, and verify not two things at once', async () => {
    write('alone.json', read('bundle.json')['certificate'])
    const alone = await call('verify', 'alone.json', '--offline', '--policy', 'pinned.json')
    expect([alone.code, codeOf(alone)]).to.deep.equal([64, 'no-bundle'])
    expect((await call('verify', 'alone.json', '--replay', 'x.json')).code).to.equal(64)
    expect((await call('verify')).code).to.equal(64)
  })

  it('a bundle with something left out or changed is not valid', async () => {
    const bundle = read('bundle.json')
    const [proof] = bundle['proofs'] as [{ storage: { slot: string; nodes: string[] }[] }]
    write('short.json', { ...bundle, proofs: [{ ...proof, storage: proof.storage.slice(1) }] })
    const short = await call('verify', 'short.json', '--offline', '--policy', 'pinned.json')
    expect(short.code).to.equal(2)
    // The same nodes prove two slots that the trie has not: these may change places, and nothing is changed by that.
    const [one] = proof.storage
    const two = proof.storage.find(({ nodes }) => nodes.join() !== one?.nodes.join())
    const rest = proof.storage.filter((entry) => entry !== one && entry !== two)
    const crossed = [{ ...one, slot: two?.slot }, { ...two, slot: one?.slot }, ...rest]
    write('crossed.json', { ...bundle, proofs: [{ ...proof, storage: crossed }] })
    const other = await call('verify', 'crossed.json', '--offline', '--policy', 'pinned.json')
    expect([other.code, codeOfCheck(other, 'anchor')]).to.deep.equal([2, 'proof-invalid'])
  })

  it('--report keeps what the verdict rests on, and --replay gives the same one', async () => {
    const valid = await call('verify', 'bundle.json', '--report', 'report.json')
    expect(valid.code, valid.err).to.equal(0)
    const again = await inaltera(['verify', '--replay', 'report.json', '--json'], { cwd })
    expect([again.code, again.json?.['same']], again.err).to.deep.equal([0, true])
    expect(again.json?.['verdict']).to.deep.equal(valid.json)
    const more = ['verify', '--replay', 'report.json', '--policy', 'pinned.json']
    expect((await inaltera(more, { cwd })).code).to.equal(64)
    expect(statSync(join(cwd, 'report.json')).mode & 0o777).to.equal(0o600)
    const people = await inaltera(['verify', '--replay', 'report.json'], { cwd })
    expect(people.out).to.match(/replay/i)
  })

  it('--replay tells a report whose verdict does not follow from what it holds', async () => {
    const report = read('report.json')
    const verdict = report['verdict'] as Json
    write('forged.json', { ...report, verdict: { ...verdict, outcome: 'invalid' } })
    const forged = await inaltera(['verify', '--replay', 'forged.json', '--json'], { cwd })
    expect([forged.code, forged.json?.['same']]).to.deep.equal([1, false])
    write('torn.json', { ...report, now: 'yesterday' })
    const torn = await inaltera(['verify', '--replay', 'torn.json', '--json'], { cwd })
    expect([torn.code, codeOf(torn)]).to.deep.equal([1, 'bad-time'])
  })

  it('an old bundle stays good as of its block though the certificate was revoked since', async () => {
    await revoke()
    const offline = ['verify', 'bundle.json', '--offline', '--policy', 'pinned.json']
    expect((await call(...offline)).code).to.equal(0)
    const shown = async (): Promise<Ended> => {
      for (let i = 0; ; i += 1) {
        const ended = await call('evidence', 'bundle.json', '-o', 'newer.json')
        if (ended.json?.['outcome'] !== 'valid' || i === 40) return ended
      }
    }
    const newer = await shown()
    expect(newer.json?.['outcome']).to.equal('invalid')
    writePolicy('newer-policy.json', [newer.json?.['checkpoint']])
    const now = await call('verify', 'newer.json', '--offline', '--policy', 'newer-policy.json')
    expect([now.code, codeOfCheck(now, 'status')]).to.deep.equal([1, 'revoked'])
  })
})
