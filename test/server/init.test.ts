import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect } from 'chai'
import {
  ConfigError,
  initData,
  KeystoreError,
  openContext,
  recoverMasterKey,
} from '../../server/context.ts'
import { newKey, writeKey } from '../../server/keys/keystore.ts'
import { newRecoveryCode, writeRecoveryFile } from '../../server/keys/recovery.ts'
import { FormatError, parsePolicy, REGISTRY_CODE_HASH, UnavailableError } from '../../src/index.ts'
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

  it('is not made over keys, a store, a chain or documents whose configuration is lost', async () => {
    for (const kept of [
      'keys/issuer.json',
      'keys/other.json',
      'policy.json',
      'store.sqlite',
      'chain/state.json',
      'blocks/aa',
      'cars/x.car',
    ]) {
      const folder = await mkdtemp(join(tmpdir(), 'inaltera-left-'))
      await mkdir(dirname(join(folder, kept)), { recursive: true })
      await writeFile(join(folder, kept), 'precious')
      const made = initData(folder, { passphrase: PASSPHRASE, issuerName: 'x', scryptLogN: 10 })
      const error = await thrown(made)
      expect(error).to.be.instanceOf(ConfigError).with.property('code', 'exists')
      expect(error).to.have.property('member', kept)
      expect(await readFile(join(folder, kept), 'utf8')).to.equal('precious')
      await rm(folder, { recursive: true })
    }
  })

  it('is its owner’s alone, and so is the store with its log', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'inaltera-modes-'))
    await chmod(folder, 0o755)
    await initData(folder, { passphrase: PASSPHRASE, issuerName: 'x', scryptLogN: 10 })
    const context = await openContext(folder)
    const modes: Record<string, number> = {}
    for (const name of ['.', 'store.sqlite', 'store.sqlite-wal', 'store.sqlite-shm']) {
      modes[name] = (await stat(join(folder, name))).mode & 0o777
    }
    await context.close()
    await rm(folder, { recursive: true })
    expect(modes).to.deep.equal({
      '.': 0o700,
      'store.sqlite': 0o600,
      'store.sqlite-wal': 0o600,
      'store.sqlite-shm': 0o600,
    })
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

  it('is not made where its policy could not be read, and nothing is left behind', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'inaltera-unread-'))
    const remote = (url: string) => ({ kind: 'rpc', url, network: 'local' }) as const
    const wrong = [
      { issuerName: 'School\u202e' },
      { issuerName: 'School', chain: remote('http://user:key@127.0.0.1:1/') },
      { issuerName: 'School', chain: remote('ftp://127.0.0.1/') },
    ]
    for (const options of wrong) {
      const error = await thrown(initData(folder, { ...options, passphrase: PASSPHRASE }))
      expect(error).to.be.instanceOf(FormatError)
      expect(await readdir(folder)).to.deep.equal([])
    }
    await rm(folder, { recursive: true })
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

  it('keeps its master key from the recovery file of another folder, also where its own is lost', async () => {
    const master = join(data.folder, 'keys', 'master.json')
    const recoveryFile = join(data.folder, 'elsewhere.json')
    const recoveryCode = newRecoveryCode()
    await writeRecoveryFile(recoveryFile, newKey(), recoveryCode)
    const good = await readFile(master, 'utf8')
    const foreign = { recoveryFile, recoveryCode, passphrase: PASSPHRASE, scryptLogN: 10 }
    for (const content of [good, '{}', undefined]) {
      if (content === undefined) await rm(master)
      else await writeFile(master, content, { mode: 0o600 })
      const error = await thrown(recoverMasterKey(data.folder, foreign))
      expect(error).to.be.instanceOf(KeystoreError).with.property('code', 'another-key')
      const left = await readFile(master, 'utf8').catch(() => undefined)
      expect(left).to.equal(content)
    }
    const own = { recoveryFile: data.init.recoveryFile, recoveryCode: data.init.recoveryCode }
    await recoverMasterKey(data.folder, { ...foreign, ...own })
    await (await data.open()).close()
  })

  it('does not open with the key of another folder in the place of its own', async () => {
    const master = join(data.folder, 'keys', 'master.json')
    const good = await readFile(master)
    await rm(master)
    await writeKey(master, newKey(), PASSPHRASE, 10)
    const error = await thrown(openContext(data.folder, { passphrase: PASSPHRASE }))
    expect(error).to.be.instanceOf(KeystoreError).with.property('code', 'another-key')
    await writeFile(master, good, { mode: 0o600 })
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
