import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'chai'
import { rpcOf } from '../../../node/rpc.ts'
import { initData } from '../../../server/context.ts'
import type { Context, IssueReport } from '../../../server/context.ts'
import { UnavailableError } from '../../../src/index.ts'
import { engineFor } from '../../support/engines.ts'
import { startKubo } from '../../support/kubo.ts'
import type { Kubo } from '../../support/kubo.ts'
import { openKuboProxy } from '../../support/kubo-proxy.ts'
import type { KuboProxy } from '../../support/kubo-proxy.ts'
import { EXAMPLE_ROWS, exampleTemplate, newDataFolder, PASSPHRASE } from '../folder.ts'
import type { DataFolder } from '../folder.ts'

describe('a data folder whose documents are in Kubo', function () {
  this.timeout(120_000)
  let kubo: Kubo
  let proxy: KuboProxy
  let data: DataFolder
  let context: Context
  let report: IssueReport
  let miner: NodeJS.Timeout | undefined

  before(async function () {
    kubo = await startKubo(engineFor(this, 'kubo'))
    proxy = await openKuboProxy(() => kubo.url)
    data = await newDataFolder({ documents: { kind: 'kubo', url: proxy.url } })
    context = await data.open()
    await context.deploy()
    const rpc = rpcOf(context.rpcUrl)
    // Finality comes sooner where blocks come faster; nothing here looks at the clock of the chain.
    miner = setInterval(() => {
      rpc('anvil_mine', ['0x2', '0x1']).catch(() => undefined)
    }, 200)
    report = await issue('first')
  })
  after(async () => {
    clearInterval(miner)
    // Unset where the engine is missing and everything here was skipped.
    await (data as DataFolder | undefined)?.remove()
    await (proxy as KuboProxy | undefined)?.close()
    await (kubo as Kubo | undefined)?.remove()
  })
  afterEach(() => {
    proxy.reset()
  })

  async function issue(idempotencyKey: string): Promise<IssueReport> {
    const template = await exampleTemplate()
    return context.issue({ rows: EXAMPLE_ROWS, template, idempotencyKey })
  }

  async function thrown(work: Promise<unknown>): Promise<unknown> {
    return work.then(
      () => 'nothing thrown',
      (error: unknown) => error,
    )
  }

  it('issues into it: every document is pinned there, and none lies on the disk but in the CAR', async () => {
    const pinned = await kubo.run('pin', 'ls', '--type', 'recursive', '--quiet')
    for (const { cid } of report.links) expect(pinned).to.include(cid)
    const ours = pinned.split('\n').filter((cid) => cid.startsWith('b'))
    expect(ours).to.have.length(report.size + 1)
    expect(await readdir(data.folder))
      .to.include('cars')
      .and.not.to.include('blocks')
  })

  it('serves from it without its own disk', async () => {
    await rm(join(data.folder, 'cars'), { recursive: true })
    // What serves works on every batch of the folder until it is closed: those of the tests below are theirs alone.
    const server = await data.open()
    const served = await server.serve({ port: 0 })
    for (const { cid } of report.links.slice(0, 3)) {
      expect((await fetch(`${served.url}/ipfs/${cid}?format=raw`)).status).to.equal(200)
    }
    proxy.fail({ kind: 'reset' })
    const { cid } = report.links[0] ?? expect.fail('there is a link')
    expect((await fetch(`${served.url}/ipfs/${cid}?format=raw`)).status).to.equal(503)
    proxy.reset()
    await server.close()
    const again = await data.open()
    expect((await again.linksOf(report.batchId)).links).to.have.length(report.size)
  })

  it('erases in it, whatever this server’s disk has, and keeps the rest from the collector', async () => {
    const [gone, ...rest] = report.links
    const cid = gone?.cid ?? expect.fail('there is a link')
    expect((await context.erase({ cid })).damaged).to.deep.equal([])
    await kubo.run('repo', 'gc', '--quiet')
    const left = (await kubo.run('refs', 'local')).split('\n')
    expect(left).not.to.include(cid)
    for (const one of rest) expect(left).to.include(one.cid)
  })

  for (const [what, call] of [
    ['does not answer', 'block/put'],
    ['does not pin', 'pin/add'],
  ] as const) {
    it(`loses no batch where Kubo ${what}: it waits unanchored, and is continued when Kubo is back`, async () => {
      proxy.fail({ kind: 'reset' }, call)
      const failure = await thrown(issue(call))
      expect(failure).to.be.instanceOf(UnavailableError).with.property('code', 'unreachable')
      const meanwhile = await context.resume()
      expect(meanwhile.failed).to.have.length(1)
      expect(meanwhile.anchored).to.deep.equal([])
      proxy.reset()
      const { anchored, failed } = await context.resume()
      expect(failed).to.deep.equal([])
      expect(anchored).to.deep.equal(meanwhile.failed.map(({ batchId }) => batchId))
      expect((await issue(call)).batchId).to.equal(anchored[0])
    })
  }

  it('is not opened where others could reach Kubo unasked, nor with a credential that is none', async () => {
    const path = join(data.folder, 'inaltera.json')
    const good = await readFile(path, 'utf8')
    const config = Object(JSON.parse(good)) as Record<string, unknown>
    const url = 'http://kubo.example:5001'
    const variable = 'INALTERA_KUBO_AUTHORIZATION'
    try {
      for (const [documents, credential, member] of [
        [{ kind: 'kubo', url }, '', '/documents/url'],
        [{ kind: 'kubo', url: 'http://127.0.0.1.example:5001' }, '', '/documents/url'],
        [{ kind: 'kubo', url: 'http://me:canary@127.0.0.1:5001' }, '', '/documents/url'],
        [{ kind: 'kubo', url, authorization: 'canary' }, '', '/documents/authorization'],
        [{ kind: 'kubo', url }, 'canary\n', variable],
        [{ kind: 'kubo', url: 'file:///etc' }, '', '/documents/url'],
        [{ kind: 'kubo', url, more: 1 }, '', '/documents/more'],
        [{ kind: 'ipfs', url }, '', '/documents/kind'],
      ] as const) {
        await writeFile(path, JSON.stringify({ ...config, documents }))
        process.env[variable] = credential
        const refused = await thrown(data.open())
        expect(refused).to.include({ code: 'invalid', member })
        expect(String(refused)).not.to.include('canary')
      }
      for (const [documents, credential] of [
        [{ kind: 'kubo', url, authorization: 'Bearer canary' }, ''],
        [{ kind: 'kubo', url }, 'Basic Y2FuYXJ5OmNhbmFyeQ=='],
        [{ kind: 'kubo', url: 'http://[::1]:5001' }, ''],
      ] as const) {
        await writeFile(path, JSON.stringify({ ...config, documents }))
        process.env[variable] = credential
        await (await data.open()).close()
      }
    } finally {
      process.env[variable] = ''
      await writeFile(path, good)
    }
  })

  it('is not made where no Kubo answers, nor where others could reach it unasked', async () => {
    const on = (url: string) =>
      initData(join(data.folder, 'elsewhere'), {
        passphrase: PASSPHRASE,
        issuerName: 'x',
        documents: { kind: 'kubo', url },
      })
    expect(await thrown(on('http://127.0.0.1:1'))).to.include({ code: 'unreachable' })
    for (const url of ['http://kubo.example:5001', 'kubo', 'ftp://127.0.0.1']) {
      expect(await thrown(on(url))).to.include({ code: 'invalid', member: '--documents' })
    }
    expect(await readdir(data.folder)).not.to.include('elsewhere')
  })
})
