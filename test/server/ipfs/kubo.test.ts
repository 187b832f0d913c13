import { readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'chai'
import type { Block } from '../../../server/ipfs/documents.ts'
import { utf8 } from '../../../src/index.ts'
import { auditContract } from './audit.contract.ts'
import {
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
import type { Subject } from './documents.contract.ts'
import { unavailable, useKuboLab } from './kubo-lab.ts'

describe('documents whose blocks are in Kubo', function () {
  this.timeout(60_000)
  const lab = useKuboLab()
  const [one, two] = CERTIFICATES as [Block, Block, Block]

  describe('keep the contract:', () => {
    const subject = (): Subject => ({
      hasPins: true,
      open: (isErased) => lab.open({}, isErased),
      damage: (cid, bytes) => writeFile(lab.pathOf(cid), bytes),
      lose: (cid) => rm(lab.pathOf(cid)),
      carPath: (root) => lab.carPath(root),
    })
    documentsContract(subject)
    auditContract(subject)
  })

  describe('pins', () => {
    it('keep a batch from the collector: each block by its own, all by that of the root', async () => {
      await storeBatch(await lab.open())
      expect(await lab.pins()).to.deep.equal({
        [ROOT]: 'recursive',
        ...Object.fromEntries(CERTIFICATES.map(({ cid }) => [cid, 'recursive'])),
      })
      await lab.collect()
      for (const cid of IN_CAR)
        expect(await codeOf((await lab.open()).get(cid))).to.include('nothing')
    })

    it('hold from the moment that a block is put, whenever the collector comes', async () => {
      const documents = await lab.open()
      await documents.put(CERTIFICATES)
      await lab.collect()
      let times = 0
      const work = async (): Promise<void> => {
        times += 1
        if (times === 1) await lab.collect()
      }
      lab.proxy.fail({ kind: 'before', work }, 'pin/add')
      await documents.put(MANIFEST.blocks)
      await lab.collect()
      lab.proxy.fail({ kind: 'before', work: () => lab.collect() }, 'pin/add')
      await documents.writeCar(ROOT, each(IN_CAR))
      expect(times).to.equal(2)
      await lab.collect()
      expect(await faultsOf(documents)).to.deep.equal([])
    })

    it('keep what is left of a batch after an erasure, and the collector still works', async () => {
      const erased = new Set([one.cid])
      const documents = await lab.open({}, (cid) => Promise.resolve(erased.has(cid)))
      await storeBatch(documents)
      await documents.remove(one.cid, ROOT, IN_CAR)
      await lab.collect()
      expect(await lab.pins()).to.deep.equal({
        [ROOT]: 'direct',
        ...Object.fromEntries(CERTIFICATES.slice(1).map(({ cid }) => [cid, 'recursive'])),
      })
      expect(await codeOf(documents.get(one.cid))).to.equal(`missing ${one.cid}`)
      expect(await readdir(join(lab.kubo.repository, 'blocks')).then(String)).not.to.equal('')
      expect(await faultsOf(documents)).to.deep.equal([])
    })

    it('that were taken away are named by an audit, and set again', async () => {
      const documents = await lab.open()
      await storeBatch(documents)
      await lab.unpinAll()
      for (let times = 0; times < 2; times += 1) {
        expect(await faultsOf(documents, false)).to.have.members(
          IN_CAR.map((cid) => `pin missing - ${cid}`),
        )
      }
      expect(await faultsOf(documents)).to.have.members(
        IN_CAR.map((cid) => `pin healed missing ${cid}`),
      )
      await lab.collect()
      expect((await lab.pins())[ROOT]).to.equal('recursive')
      expect(await faultsOf(documents)).to.deep.equal([])
    })
  })

  it('are shared by servers: one without the CAR reads all, and makes one', async () => {
    await storeBatch(await lab.open())
    await rm(join(lab.folder, 'cars'), { recursive: true })
    const other = await lab.open()
    expect(Buffer.from(await other.get(one.cid)).toString()).to.equal('one')
    expect(await carBlocks(other)).to.deep.equal(IN_CAR)
    expect(await readdir(join(lab.folder, 'cars'))).to.include(`${ROOT}.car`)
  })

  it('are put back whole from the CAR where Kubo lost everything', async () => {
    const documents = await lab.open()
    await storeBatch(documents)
    await lab.unpinAll()
    await lab.collect()
    expect(await faultsOf(documents)).to.include(`block healed missing ${ROOT}`)
    expect(await faultsOf(documents)).to.deep.equal([])
    expect((await lab.pins())[ROOT]).to.equal('recursive')
  })

  it('outlive a Kubo that is killed', async () => {
    await storeBatch(await lab.open())
    await lab.kubo.kill()
    expect(await unavailable((await lab.open()).get(one.cid))).to.equal('unreachable')
    await lab.kubo.start()
    expect(await faultsOf(await lab.open())).to.deep.equal([])
  })

  it('write whole blocks under their own names only', async () => {
    const documents = await lab.open()
    await documents.put([one])
    const before = await lab.kubo.run('refs', 'local')
    const evil = { cid: two.cid, bytes: utf8('evil') }
    expect(await codeOf(documents.put([evil]))).to.include('these are not the bytes')
    expect(await lab.kubo.run('refs', 'local')).to.equal(before)
  })
})
