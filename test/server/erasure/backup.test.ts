/** Defends what a backup is for: all comes back but what was erased since, and nothing is anchored twice. */
import { existsSync } from 'node:fs'
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { rpcOf } from '../../../node/rpc.ts'
import { registryOf } from '../../../server/chain/registry.ts'
import { backUp, ConfigError, openContext, restore } from '../../../server/context.ts'
import type { Context, IssuedLink, IssueReport } from '../../../server/context.ts'
import { openJournal } from '../../../server/erasure/journal.ts'
import {
  base64urlOf,
  FormatError,
  parseBase64url,
  REGISTRY_ADDRESS,
  serverKeyAuthOf,
} from '../../../src/index.ts'
import { thrown } from '../../support/errors.ts'
import { anyFileHolds } from '../../support/postgresql.ts'
import { EXAMPLE_ROWS, exampleTemplate, newDataFolder, PASSPHRASE } from '../folder.ts'
import type { DataFolder } from '../folder.ts'

describe('a backup that is put back', function () {
  this.timeout(120_000)
  let data: DataFolder
  let elsewhere = ''
  let first: IssueReport
  let second: IssueReport
  let victim: IssuedLink
  let leaked: IssuedLink
  let leakedAgain = ''
  let back: Context
  const at = (name: string): string => join(elsewhere, name)
  const journal = (): string => join(data.folder, 'erasures.journal')

  before(async () => {
    elsewhere = await mkdtemp(join(tmpdir(), 'inaltera-backup-'))
    data = await newDataFolder()
    const context = await data.open()
    await context.deploy()
    const template = await exampleTemplate()
    const issue = () => context.issue({ rows: EXAMPLE_ROWS, template, allowDuplicates: true })
    first = await issue()
    victim = first.links[3] ?? expect.fail('no link')
    await context.serve({ port: 0 })
    await backUp(data.folder, at('copy'))
    await context.erase({ cid: victim.cid, reason: 'holder-request' })
    leaked = first.links[5] ?? expect.fail('no link')
    // Twice: the first new link leaks too, and its secret must not serve again.
    leakedAgain = (await context.reseal({ cid: leaked.cid })).link
    await context.reseal({ cid: leaked.cid })
    second = await issue()
    await context.close()
  })
  after(async () => {
    await (back as Context | undefined)?.close()
    await data.remove()
    await rm(elsewhere, { recursive: true })
  })

  it('is a copy of everything but the journal, made while a server runs', async () => {
    expect(existsSync(at('copy/erasures.journal'))).to.equal(false)
    expect(existsSync(at(`copy/blocks/${victim.cid.slice(-2)}/${victim.cid}`))).to.equal(true)
    expect(await thrown(backUp(data.folder, at('copy')))).to.include({ code: 'exists' })
  })

  it('goes into an empty folder alone, with a journal that nobody changed', async () => {
    expect(await thrown(restore(at('copy'), data.folder))).to.include({ code: 'exists' })
    expect(await thrown(restore(at('copy'), at('a')))).to.include({ code: 'invalid' })
    const text = await readFile(journal(), 'utf8')
    await writeFile(at('forged'), text.replace(victim.cid, 'bother'))
    const forged = restore(at('copy'), at('b'), { journal: at('forged') })
    expect(await thrown(forged)).to.be.instanceOf(FormatError)
    await rm(at('copy/complete'))
    expect(await thrown(restore(at('copy'), at('c')))).to.be.instanceOf(ConfigError)
    await writeFile(at('copy/complete'), '')
  })

  it('has no byte of what was erased since, before anybody can ask for it', async () => {
    const report = await restore(at('copy'), at('new'), { journal: journal() })
    expect(report.erasures).to.equal(1)
    expect(await anyFileHolds(at('new/blocks'), Buffer.from('x'))).to.equal(true)
    // The chain is everybody's and went on: what stands on it is newer than the copy.
    await copyFile(join(data.folder, 'chain/state.json'), at('new/chain/state.json'))
    back = await openContext(at('new'), { passphrase: PASSPHRASE })
    expect(existsSync(at(`new/blocks/${victim.cid.slice(-2)}/${victim.cid}`))).to.equal(false)
    expect((await back.linksOf(first.batchId)).links).to.have.length(31)
    const { url } = await back.serve({ port: 0 })
    expect((await fetch(`${url}/ipfs/${victim.cid}?format=raw`)).status).to.equal(410)
    const { cid } = first.links[4] ?? expect.fail('no link')
    expect((await fetch(`${url}/ipfs/${cid}?format=raw`)).status).to.equal(200)
    const found = await back.find({ name: first.links[3]?.learner.name ?? '' }, { limit: 9 })
    expect(found.map((one) => one.cid)).not.to.include(victim.cid)
    expect(existsSync(at('new/restored'))).to.equal(false)
    const noted = await back.auditLog({ limit: 100 })
    expect(noted.map(({ action }) => action)).to.include.members(['restore', 'anchored'])
  })

  it('gives no key of a link that was replaced since, and seals its certificate anew', async () => {
    const { url } = await back.serve({ port: 0 })
    const asked = async (cid: string, link: string): Promise<number> => {
      const secret = parseBase64url(link.split('#')[1], 'link')
      const authorization = `Bearer ${base64urlOf(serverKeyAuthOf(secret))}`
      return (await fetch(`${url}/k/${cid}`, { headers: { authorization } })).status
    }
    expect(await asked(leaked.cid, leaked.link)).to.equal(410)
    const { links } = await back.linksOf(first.batchId)
    const now = links.find(({ index }) => index === leaked.index) ?? expect.fail('no link')
    expect(now.cid).not.to.equal(leaked.cid)
    expect(await asked(now.cid, now.link)).to.equal(200)
    for (const link of [leaked.link, leakedAgain]) expect(await asked(now.cid, link)).to.equal(404)
    expect((await back.linksOf(first.batchId)).links).to.deep.equal(links)
    // The second batch and what it took are on the chain, and not in the copy.
    const codes = (await back.fsck()).findings.map(({ code }) => code)
    expect(new Set(codes)).to.deep.equal(new Set(['anchor-unknown', 'nonce-unknown']))
  })

  it('anchors nothing again and uses no nonce again', async () => {
    await back.resume()
    const template = await exampleTemplate()
    const third = await back.issue({ rows: EXAMPLE_ROWS, template, allowDuplicates: true })
    const rpc = rpcOf(back.rpcUrl)
    const topics = [registryOf(rpc, REGISTRY_ADDRESS).topicOf('Anchored')]
    const filter = { address: REGISTRY_ADDRESS, fromBlock: '0x0', topics }
    const logs = await rpc('eth_getLogs', [filter])
    const roots = (logs as { topics: string[] }[]).map(({ topics }) => topics[2])
    expect(roots).to.deep.equal([first.root, second.root, third.root])
  })

  it('tells a store that was put back by hand the same, and an unfinished erasure', async () => {
    await back.close()
    await copyFile(at('copy/store.sqlite'), at('new/store.sqlite'))
    for (const end of ['-wal', '-shm']) await rm(at(`new/store.sqlite${end}`), { force: true })
    back = await openContext(at('new'), { passphrase: PASSPHRASE })
    expect((await back.linksOf(first.batchId)).links).to.have.length(31)
    const next = first.links[9] ?? expect.fail('no link')
    const { cid, index } = next
    await back.close()
    const half = { kind: 'erase', cid, batchId: first.batchId, index, reason: 0, at: 1 } as const
    await openJournal(at('new/erasures.journal')).append(half)
    back = await openContext(at('new'), { passphrase: PASSPHRASE })
    expect((await back.linksOf(first.batchId)).links).to.have.length(30)
    const kinds = (await openJournal(at('new/erasures.journal')).read()).map(({ kind }) => kind)
    const erasures = kinds.filter((kind) => kind !== 'reseal')
    expect(erasures).to.deep.equal(['erase', 'done', 'erase', 'done'])
  })

  it('enters into a journal that was lost what the store still knows', async () => {
    await back.close()
    await rm(at('new/erasures.journal'))
    back = await openContext(at('new'), { passphrase: PASSPHRASE })
    const entries = await openJournal(at('new/erasures.journal')).read()
    expect(entries.map(({ kind }) => kind)).to.deep.equal(['erase', 'done', 'erase', 'done'])
    expect(entries.map(({ cid }) => cid)).to.include(victim.cid)
  })
})
