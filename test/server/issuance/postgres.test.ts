/** A data folder whose store is on PostgreSQL, used by two processes at a time. */
import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'chai'
import { rpcOf } from '../../../node/rpc.ts'
import { initData } from '../../../server/context.ts'
import type { Context, IssuedLink, IssueReport } from '../../../server/context.ts'
import { openCertificate } from '../../../server/ipfs/sealing.ts'
import { base64urlOf, parseBase64url, serverKeyAuthOf } from '../../../src/index.ts'
import { engineFor } from '../../support/engines.ts'
import { thrown } from '../../support/errors.ts'
import { anyFileHolds, startCluster } from '../../support/postgresql.ts'
import type { Cluster } from '../../support/postgresql.ts'
import { EXAMPLE_ROWS, exampleTemplate, newDataFolder, PASSPHRASE } from '../folder.ts'
import type { DataFolder } from '../folder.ts'

describe('a data folder on PostgreSQL', function () {
  this.timeout(120_000)
  let cluster: Cluster
  let data: DataFolder
  let context: Context
  /** Another process on the same folder, open all the time. */
  let other: Context
  let report: IssueReport
  const lines: string[] = []
  let miner: NodeJS.Timeout | undefined

  before(async function () {
    cluster = await startCluster(engineFor(this, 'postgresql'))
    data = await newDataFolder({ store: { kind: 'postgres', url: cluster.url() } })
    context = await data.open()
    other = await data.open({ passphrase: PASSPHRASE, log: (line) => lines.push(line) })
    await context.deploy()
    const rpc = rpcOf(context.rpcUrl)
    // Finality comes sooner where blocks come faster; nothing here looks at the clock of the chain.
    miner = setInterval(() => {
      rpc('anvil_mine', ['0x2', '0x1']).catch(() => undefined)
    }, 200)
    const template = await exampleTemplate()
    report = await context.issue({ rows: EXAMPLE_ROWS, template, idempotencyKey: 'first' })
  })
  after(async () => {
    clearInterval(miner)
    // Unset where the engine is missing and everything here was skipped.
    await (data as DataFolder | undefined)?.remove()
    await (cluster as Cluster | undefined)?.remove()
  })

  const linkAt = (i: number): IssuedLink => report.links[i] ?? expect.fail('no such link')

  async function certificateOf(server: string, { link, cid }: IssuedLink): Promise<Uint8Array> {
    const secret = parseBase64url(link.split('#')[1], 'the fragment')
    const authorization = `Bearer ${base64urlOf(serverKeyAuthOf(secret))}`
    const key = await fetch(`${server}/k/${cid}`, { headers: { authorization } })
    const block = await fetch(`${server}/ipfs/${cid}?format=raw`)
    const bytes = new Uint8Array(await block.arrayBuffer())
    return openCertificate(bytes, secret, parseBase64url(await key.text(), 'serverKey'))
  }

  it('issues a batch that another process serves, finds again and verifies', async () => {
    expect(report.size).to.equal(32)
    expect(await other.linksOf(report.batchId)).to.deep.equal(report)
    const template = await exampleTemplate()
    const again = await other.issue({ rows: EXAMPLE_ROWS, template, idempotencyKey: 'first' })
    expect(again).to.deep.equal(report)
    const served = await other.serve({ port: 0 })
    const verdict = await other.verify(await certificateOf(served.url, linkAt(0)))
    expect(verdict.outcome).to.equal('valid')
    expect(await thrown(stat(join(data.folder, 'store.sqlite')))).to.have.property('code', 'ENOENT')
  })

  it('issues two batches at once through one key', async () => {
    const template = await exampleTemplate()
    const issue = (at: Context): Promise<IssueReport> =>
      at.issue({ rows: EXAMPLE_ROWS, template, allowDuplicates: true })
    const both = await Promise.all([issue(context), issue(other)])
    expect(new Set(both.map(({ root }) => root)).size).to.equal(2)
  })

  it('erases a learner for the other process too, at once', async () => {
    const { cid } = linkAt(3)
    const erased = await context.erase({ cid, reason: 'holder-request' })
    expect(await other.erase({ cid })).to.deep.equal(erased)
    const served = await other.serve({ port: 0 })
    expect((await fetch(`${served.url}/ipfs/${cid}?format=raw`)).status).to.equal(410)
    expect((await other.linksOf(report.batchId)).links).to.have.length(31)
  })

  it('keeps no link secret and no learner in clear, and no URL where only its reader should be', async () => {
    await cluster.query('CHECKPOINT')
    const secrets = report.links.flatMap(({ link, learner }) => [
      Buffer.from(link.split('#')[1] ?? '', 'base64url'),
      Buffer.from(learner.email ?? 'no e-mail'),
      Buffer.from(learner.name ?? 'no name'),
    ])
    expect(await anyFileHolds(cluster.data, ...secrets)).to.equal(false)
    expect((await stat(join(data.folder, 'inaltera.json'))).mode & 0o777).to.equal(0o600)
    expect(lines.join('\n')).not.to.include('postgres://')
  })

  it('is told in a variable where the database is, before its own file', async () => {
    const path = join(data.folder, 'inaltera.json')
    const good = await readFile(path, 'utf8')
    const config = Object(JSON.parse(good)) as Record<string, unknown>
    await writeFile(path, JSON.stringify({ ...config, store: { kind: 'postgres' } }))
    expect(await thrown(data.open())).to.include({ code: 'invalid', member: '/store/url' })
    process.env['INALTERA_DATABASE_URL'] = cluster.url()
    try {
      const third = await data.open()
      expect((await third.linksOf(report.batchId)).links).to.have.length(31)
      process.env['INALTERA_DATABASE_URL'] = 'postgres://me:secret@/'
      const refused = await thrown(data.open())
      expect(refused).to.include({ code: 'invalid', member: 'INALTERA_DATABASE_URL' })
      expect(String(refused)).not.to.include('secret')
    } finally {
      delete process.env['INALTERA_DATABASE_URL']
      await writeFile(path, good)
    }
  })

  it('is not made on the database of another folder, nor on one that does not answer', async () => {
    const on = (url: string) =>
      initData(join(data.folder, 'elsewhere'), {
        passphrase: PASSPHRASE,
        issuerName: 'x',
        store: { kind: 'postgres', url },
      })
    const taken = await thrown(on(cluster.url()))
    expect(taken).to.include({ code: 'invalid', member: '--store' })
    expect(await thrown(on('postgres://u@127.0.0.1:1/d'))).to.include({ code: 'unreachable' })
    expect(await readdir(data.folder)).not.to.include('elsewhere')
  })
})
