import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { CID } from 'multiformats/cid'
import { base32upper } from 'multiformats/bases/base32'
import { openKuboDocuments } from '../../../server/ipfs/kubo.ts'
import type { KuboEndpoint } from '../../../server/ipfs/kubo-rpc.ts'
import type { Block, Documents, IsErased } from '../../../server/ipfs/documents.ts'
import { UnavailableError, utf8 } from '../../../src/index.ts'
import { engineFor } from '../../support/engines.ts'
import { startKubo } from '../../support/kubo.ts'
import type { Kubo } from '../../support/kubo.ts'
import { openKuboProxy } from '../../support/kubo-proxy.ts'
import type { KuboProxy } from '../../support/kubo-proxy.ts'
import {
  blockOf,
  carBlocks,
  CERTIFICATES,
  codeOf,
  documentsContract,
  each,
  faultsOf,
  IN_CAR,
  MANIFEST,
  ROOT,
  storeBatch,
} from './documents.contract.ts'

describe('documents whose blocks are in Kubo', function () {
  this.timeout(60_000)
  let kubo: Kubo
  let proxy: KuboProxy
  let folder = ''
  const [one, two] = CERTIFICATES as [Block, Block, Block]

  before(async function () {
    kubo = await startKubo(engineFor(this, 'kubo'))
    proxy = await openKuboProxy(() => kubo.url)
  })
  after(async () => {
    await (proxy as KuboProxy | undefined)?.close()
    await (kubo as Kubo | undefined)?.remove()
  })
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'inaltera-kubo-documents-'))
    proxy.reset()
  })
  afterEach(async () => {
    proxy.reset()
    await unpinAll()
    await collect()
    await rm(folder, { recursive: true })
  })

  async function unpinAll(): Promise<void> {
    for (const type of ['recursive', 'direct']) {
      const cids = (await kubo.run('pin', 'ls', '--type', type, '--quiet')).split('\n')
      const some = cids.filter((cid) => cid !== '')
      if (some.length > 0) await kubo.run('pin', 'rm', ...some)
    }
  }

  /** Kubo's collector of garbage, which takes all that has no pin. */
  async function collect(): Promise<void> {
    await kubo.run('repo', 'gc', '--quiet')
  }

  async function pins(): Promise<Record<string, string>> {
    const lines = (await kubo.run('pin', 'ls', '--type', 'all')).trim().split('\n')
    return Object.fromEntries(
      lines.map((line): [string, string] => {
        const [cid = '', kind = ''] = line.split(' ')
        return [cid, kind]
      }),
    )
  }

  /** Where flatfs has a block: by its multihash, in folders named for its last letters but one. */
  function pathOf(cid: string): string {
    const key = base32upper.baseEncode(CID.parse(cid).multihash.bytes)
    return join(kubo.repository, 'blocks', key.slice(-3, -1), `${key}.data`)
  }

  const nothing: IsErased = () => Promise.resolve(false)
  const open = (more: Partial<KuboEndpoint> = {}, isErased = nothing): Promise<Documents> =>
    openKuboDocuments({ url: proxy.url, ...more }, folder, isErased)

  async function unavailable(work: Promise<unknown>): Promise<string> {
    const error = await work.then(
      () => 'nothing thrown',
      (e: unknown) => e,
    )
    return error instanceof UnavailableError ? error.code : String(error)
  }

  describe('keep the contract:', () => {
    documentsContract(() => ({
      hasPins: true,
      open: (isErased) => open({}, isErased),
      damage: (cid, bytes) => writeFile(pathOf(cid), bytes),
      lose: (cid) => rm(pathOf(cid)),
      carPath: (root) => join(folder, 'cars', `${root}.car`),
    }))
  })

  describe('pins', () => {
    it('keep a batch from the collector: each block by its own, all by that of the root', async () => {
      await storeBatch(await open())
      expect(await pins()).to.deep.equal({
        [ROOT]: 'recursive',
        ...Object.fromEntries(CERTIFICATES.map(({ cid }) => [cid, 'recursive'])),
      })
      await collect()
      for (const cid of IN_CAR) expect(await codeOf((await open()).get(cid))).to.include('nothing')
    })

    it('hold from the moment that a block is put, whenever the collector comes', async () => {
      const documents = await open()
      await documents.put(CERTIFICATES)
      await collect()
      let times = 0
      const work = async (): Promise<void> => {
        times += 1
        if (times === 1) await collect()
      }
      proxy.fail({ kind: 'before', work }, 'pin/add')
      await documents.put(MANIFEST.blocks)
      await collect()
      proxy.fail({ kind: 'before', work: collect }, 'pin/add')
      await documents.writeCar(ROOT, each(IN_CAR))
      expect(times).to.equal(2)
      await collect()
      expect(await faultsOf(documents)).to.deep.equal([])
    })

    it('keep what is left of a batch after an erasure, and the collector still works', async () => {
      const erased = new Set([one.cid])
      const documents = await open({}, (cid) => Promise.resolve(erased.has(cid)))
      await storeBatch(documents)
      await documents.remove(one.cid, ROOT, IN_CAR)
      await collect()
      expect(await pins()).to.deep.equal({
        [ROOT]: 'direct',
        ...Object.fromEntries(CERTIFICATES.slice(1).map(({ cid }) => [cid, 'recursive'])),
      })
      expect(await codeOf(documents.get(one.cid))).to.equal(`missing ${one.cid}`)
      expect(await readdir(join(kubo.repository, 'blocks')).then(String)).not.to.equal('')
      expect(await faultsOf(documents)).to.deep.equal([])
    })

    it('that were taken away are named by an audit, and set again', async () => {
      const documents = await open()
      await storeBatch(documents)
      await unpinAll()
      expect(await faultsOf(documents)).to.have.members(
        IN_CAR.map((cid) => `pin healed missing ${cid}`),
      )
      await collect()
      expect((await pins())[ROOT]).to.equal('recursive')
      expect(await faultsOf(documents)).to.deep.equal([])
    })
  })

  it('are shared by servers: one without the CAR reads all, and makes one', async () => {
    await storeBatch(await open())
    await rm(join(folder, 'cars'), { recursive: true })
    const other = await open()
    expect(Buffer.from(await other.get(one.cid)).toString()).to.equal('one')
    expect(await carBlocks(other)).to.deep.equal(IN_CAR)
    expect(await readdir(join(folder, 'cars'))).to.include(`${ROOT}.car`)
  })

  it('are put back whole from the CAR where Kubo lost everything', async () => {
    const documents = await open()
    await storeBatch(documents)
    await unpinAll()
    await collect()
    expect(await faultsOf(documents)).to.include(`block healed missing ${ROOT}`)
    expect(await faultsOf(documents)).to.deep.equal([])
    expect((await pins())[ROOT]).to.equal('recursive')
  })

  it('outlive a Kubo that is killed', async () => {
    await storeBatch(await open())
    await kubo.kill()
    expect(await unavailable((await open()).get(one.cid))).to.equal('unreachable')
    await kubo.start()
    expect(await faultsOf(await open())).to.deep.equal([])
  })

  describe('where Kubo lies or fails', () => {
    it('refuse a block that Kubo names otherwise, and one that it does not keep as given', async () => {
      const documents = await open()
      const other = (body: Buffer): Buffer => Buffer.from(body.toString().replace(one.cid, two.cid))
      proxy.fail({ kind: 'change', change: other }, 'block/put')
      expect(await unavailable(documents.put([one]))).to.equal('bad-answer')
      proxy.reset()
      proxy.fail({ kind: 'change', change: () => Buffer.from('onf') }, 'block/get')
      expect(await unavailable(documents.put([one]))).to.equal('bad-answer')
    })

    it('give no other bytes than those of the CID', async () => {
      const documents = await open()
      await storeBatch(documents)
      await rm(join(folder, 'cars', `${ROOT}.car`))
      for (const bytes of ['onf', '', 'one ']) {
        proxy.fail({ kind: 'change', change: () => Buffer.from(bytes) }, 'block/get')
        expect(await codeOf(documents.get(one.cid))).to.equal(`damaged ${one.cid}`)
      }
    })

    it('do not count a batch as stored whose root was not pinned', async () => {
      const documents = await open()
      await documents.put([...CERTIFICATES, ...MANIFEST.blocks])
      const refusal = JSON.stringify({ Message: 'pin: out of space', Code: 0, Type: 'error' })
      proxy.fail({ kind: 'status', status: 500, body: refusal }, 'pin/add')
      expect(await unavailable(documents.writeCar(ROOT, each(IN_CAR)))).to.equal('bad-answer')
      proxy.reset()
      await documents.writeCar(ROOT, each(IN_CAR))
      expect((await pins())[ROOT]).to.equal('recursive')
    })

    it('wait for no call for ever, and say what became of it', async () => {
      const documents = await open({ timeoutMs: 200, pinMs: 200 })
      for (const [kind, code] of [
        ['hang', 'timeout'],
        ['reset', 'unreachable'],
        ['lost', 'unreachable'],
      ] as const) {
        proxy.fail({ kind })
        expect(await unavailable(documents.put([one]))).to.equal(code)
        expect(await unavailable(documents.get(one.cid))).to.equal(code)
        expect(await unavailable(documents.remove(one.cid, ROOT, IN_CAR))).to.equal(code)
        proxy.reset()
        await documents.put([...CERTIFICATES, ...MANIFEST.blocks])
        proxy.fail({ kind }, 'pin/add')
        expect(await unavailable(documents.writeCar(ROOT, each(IN_CAR)))).to.equal(code)
        proxy.reset()
      }
      await documents.writeCar(ROOT, each(IN_CAR))
      expect(await faultsOf(documents)).to.deep.equal([])
    })

    it('search no network for a block that Kubo lacks', async () => {
      const absent = blockOf('absent')
      expect(await codeOf((await open()).get(absent.cid))).to.equal(`missing ${absent.cid}`)
      expect(proxy.calls.get('block/get')).to.equal(1)
    })

    it('say that a credential was refused, without saying it', async () => {
      proxy.fail({ kind: 'status', status: 403, body: '403 - Access Denied' })
      const documents = await open({ authorization: 'Bearer canary' })
      const error = await documents.get(one.cid).catch((e: unknown) => e)
      expect(error).to.be.instanceOf(UnavailableError).with.property('code', 'refused')
      expect(String(error)).not.to.include('canary')
    })
  })

  it('write whole blocks under their own names only', async () => {
    const documents = await open()
    await documents.put([one])
    const before = await kubo.run('refs', 'local')
    const evil = { cid: two.cid, bytes: utf8('evil') }
    expect(await codeOf(documents.put([evil]))).to.include('these are not the bytes')
    expect(await kubo.run('refs', 'local')).to.equal(before)
  })
})
