import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { ConfigError, initData, openContext } from '../../server/context.ts'
import { startAnvil } from '../support/anvil-process.ts'
import type { AnvilProcess } from '../support/anvil-process.ts'
import { newDataFolder, PASSPHRASE } from './folder.ts'

describe('a server in production', function () {
  this.timeout(60_000)
  let chain: AnvilProcess
  let folder = ''
  before(async () => {
    chain = await startAnvil(Math.floor(Date.now() / 1000), [], 987_654_321)
    folder = await mkdtemp(join(tmpdir(), 'inaltera-production-'))
    await initData(folder, {
      passphrase: PASSPHRASE,
      issuerName: 'École',
      chain: { kind: 'rpc', url: chain.url, network: 'test' },
      publicUrl: 'https://certificates.example',
    })
  })
  after(async () => {
    await chain.close()
    await rm(folder, { recursive: true, force: true })
  })

  async function refusal(path: string): Promise<ConfigError> {
    const error = await openContext(path, { production: true }).then(
      (context) => context.close(),
      (caught: unknown) => caught,
    )
    expect(error).to.be.instanceOf(ConfigError).with.property('code', 'development')
    return error as ConfigError
  }

  async function edit(
    file: string,
    change: (json: Record<string, unknown>) => void,
  ): Promise<() => Promise<void>> {
    const path = join(folder, file)
    const text = await readFile(path, 'utf8')
    const json = JSON.parse(text) as Record<string, unknown>
    change(json)
    await writeFile(path, JSON.stringify(json))
    return () => writeFile(path, text)
  }

  it('refuses what init makes for trying out, every part of it by name, before a chain is started', async () => {
    const data = await newDataFolder()
    const { message, member } = await refusal(data.folder)
    await data.remove()
    expect(member).to.equal('/chain/kind')
    const keys = ['issuer', 'anchor', 'status', 'master'].map((name) => `keys/${name}.json`)
    for (const place of ['/chain/kind', '/server/publicUrl', 'policy.json', ...keys]) {
      expect(message).to.include(`${place}: `)
    }
  })

  it('refuses one provider’s word for a verdict, and a policy of another registry', async () => {
    const lower = await edit('policy.json', (json) => Object.assign(json, { level: 'reported' }))
    expect((await refusal(folder)).message).to.match(/^policy.json: the level is reported/)
    await lower()
    const undo = await edit('policy.json', (json) => Object.assign(json, { registries: [] }))
    expect((await refusal(folder)).message).to.match(/^policy.json: it does not list/)
    await undo()
  })

  it('starts on a public network with https links and proven verdicts', async () => {
    const context = await openContext(folder, { production: true, passphrase: PASSPHRASE })
    const { url } = await context.serve({ port: 0 })
    expect((await fetch(`${url}/health`)).status).to.equal(200)
    await context.close()
  })
})
