import { chmod, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'chai'
import {
  ConfigError,
  initData,
  KeystoreError,
  openContext,
  recoverMasterKey,
} from '../../server/context.ts'
import { parsePolicy, REGISTRY_CODE_HASH, UnavailableError } from '../../src/index.ts'
import { EXAMPLE_ROWS, exampleTemplate, newDataFolder, PASSPHRASE } from './folder.ts'
import type { DataFolder } from './folder.ts'

describe('a data folder', function () {
  this.timeout(30_000)
  let data: DataFolder
  before(async () => {
    data = await newDataFolder()
  })
  after(async () => {
    await data.remove()
  })

  async function thrown(work: Promise<unknown>): Promise<unknown> {
    return work.then(
      () => 'nothing thrown',
      (error: unknown) => error,
    )
  }

  it('has keys that only their owner reads, a policy that pins the chain, and no secret in clear', async () => {
    const keys = join(data.folder, 'keys')
    expect((await readdir(keys)).sort()).to.deep.equal([
      'anchor.json',
      'issuer.json',
      'master-recovery.json',
      'master.json',
      'status.json',
    ])
    for (const name of await readdir(keys)) {
      expect((await stat(join(keys, name))).mode & 0o777).to.equal(0o600)
    }
    const policy = parsePolicy(new Uint8Array(await readFile(data.init.policyFile)))
    expect(policy.registries[0]).to.include({
      genesis: data.init.genesis,
      codeHash: REGISTRY_CODE_HASH,
      kind: 'local',
    })
    expect(policy.issuers[0]?.account.text).to.equal(data.init.account)
    for (const name of await readdir(data.folder)) {
      const path = join(data.folder, name)
      if (!(await stat(path)).isFile()) continue
      expect(await readFile(path, 'utf8')).not.to.include(data.init.recoveryCode)
    }
  })

  it('is not made over one that exists', async () => {
    const again = initData(data.folder, { passphrase: PASSPHRASE, issuerName: 'x' })
    expect(await thrown(again))
      .to.be.instanceOf(ConfigError)
      .with.property('code', 'exists')
  })

  it('is not made for links that holders could not open, and none are issued', async () => {
    const base = 'https://certificates.example/school'
    const elsewhere = join(data.folder, 'elsewhere')
    const made = { passphrase: PASSPHRASE, issuerName: 'x', publicUrl: base }
    expect(await thrown(initData(elsewhere, made))).to.have.property('code', 'bad-link')
    expect(await readdir(data.folder)).not.to.include('elsewhere')
    const context = await data.open()
    const issue = context.issue({
      rows: EXAMPLE_ROWS,
      template: await exampleTemplate(),
      linkBase: base,
    })
    expect(await thrown(issue)).to.have.property('code', 'bad-link')
  })

  it('does not open with a wrong passphrase, a key that others can read, or no configuration', async () => {
    const wrong = await thrown(openContext(data.folder, { passphrase: 'another passphrase' }))
    expect(wrong).to.be.instanceOf(KeystoreError).with.property('code', 'wrong-passphrase')
    const master = join(data.folder, 'keys', 'master.json')
    await chmod(master, 0o644)
    const readable = await thrown(openContext(data.folder, { passphrase: PASSPHRASE }))
    expect(readable).to.be.instanceOf(KeystoreError).with.property('code', 'readable-by-others')
    await chmod(master, 0o600)
    const none = await thrown(openContext(join(data.folder, 'keys')))
    expect(none).to.be.instanceOf(ConfigError).with.property('code', 'missing')
  })

  it('names the member of the configuration that is wrong', async () => {
    const path = join(data.folder, 'inaltera.json')
    const good = await readFile(path, 'utf8')
    for (const [from, to, member] of [
      ['"host"', '"hots": 1, "host"', '/server/hots'],
      ['"host"', '"hots"', '/server/host'],
      ['"kind": "embedded"', '"kind": "embeded"', '/chain/kind'],
      [data.init.issuer, data.init.issuer.toUpperCase(), '/issuer'],
      ['"config/1"', '"config/2"', '/inaltera'],
      ['{', '{{', 'character 1'],
    ] as const) {
      await writeFile(path, good.replace(from, to))
      const error = await thrown(openContext(data.folder))
      expect(error).to.be.instanceOf(ConfigError).with.property('code', 'invalid')
      expect(error).to.have.property('member', member)
    }
    await writeFile(path, good)
  })

  it('gets its master key back from the recovery file and its code', async () => {
    const master = join(data.folder, 'keys', 'master.json')
    await writeFile(master, '{}', { mode: 0o600 })
    const recovery = {
      recoveryFile: data.init.recoveryFile,
      passphrase: PASSPHRASE,
      scryptLogN: 10,
    }
    const wrong = recoverMasterKey(data.folder, { ...recovery, recoveryCode: 'AAAA' })
    expect(await thrown(wrong)).to.be.instanceOf(KeystoreError)
    const { recoveryCode } = data.init
    await recoverMasterKey(data.folder, { ...recovery, recoveryCode })
    await (await data.open()).close()
  })

  it('serves without a passphrase, and then changes nothing', async () => {
    const context = await data.open({})
    const locked = await thrown(context.deploy())
    expect(locked).to.have.property('code', 'locked')
    const { url } = await context.serve({ port: 0 })
    expect((await fetch(`${url}/health`)).status).to.equal(200)
    const port = Number(new URL(url).port)
    const taken = await thrown(context.serve({ port }))
    expect(taken).to.be.instanceOf(UnavailableError).with.property('code', 'refused')
  })
})
