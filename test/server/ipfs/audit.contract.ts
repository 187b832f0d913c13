/** What an audit of documents promises wherever their blocks are kept: run for the disk and for Kubo. */
import { readFile, rm, writeFile } from 'node:fs/promises'
import { expect } from 'chai'
import type { Block, Documents, IsErased } from '../../../server/ipfs/documents.ts'
import { utf8 } from '../../../src/index.ts'
import {
  auditOf,
  blockOf,
  carBlocks,
  CERTIFICATES,
  codeOf,
  each,
  faultsOf,
  IN_CAR,
  ROOT,
  storeBatch,
} from './documents.contract.ts'
import type { Subject } from './documents.contract.ts'

/** `subject` gives an empty set for each test. */
export function auditContract(subject: () => Subject): void {
  const [one, two, three] = CERTIFICATES as [Block, Block, Block]
  const erased = new Set<string>()
  const isErased: IsErased = (cid) => Promise.resolve(erased.has(cid))
  let documents: Documents
  beforeEach(async () => {
    erased.clear()
    documents = await subject().open(isErased)
    await storeBatch(documents)
  })

  it('an audit says of every copy of every block that it is intact', async () => {
    const copies = subject().hasPins ? ['block', 'car', 'pin'] : ['block', 'car']
    const found = (await auditOf(documents)).map((a) => `${a.cid} ${a.copy} ${a.state}`)
    const wanted = IN_CAR.flatMap((cid) => copies.map((copy) => `${cid} ${copy} intact`))
    expect(found.sort()).to.deep.equal(wanted.sort())
  })

  it('an audit names damaged and missing copies, and heals the one from the other', async () => {
    await subject().damage(one.cid, utf8('onf'))
    await subject().lose(two.cid)
    await subject().lose(ROOT)
    expect(await faultsOf(documents)).to.deep.equal(
      [
        `block healed damaged ${one.cid}`,
        `block healed missing ${two.cid}`,
        `block healed missing ${ROOT}`,
      ].sort(),
    )
    expect(await faultsOf(documents)).to.deep.equal([])
    const car = await readFile(subject().carPath(ROOT))
    const at = car.indexOf('two')
    car[at] = (car[at] ?? 0) ^ 1
    await writeFile(subject().carPath(ROOT), car)
    expect(await faultsOf(documents)).to.deep.equal([`car healed damaged ${two.cid}`])
    await rm(subject().carPath(ROOT))
    expect(await faultsOf(documents)).to.have.length(IN_CAR.length)
    expect(await faultsOf(documents)).to.deep.equal([])
  })

  it('an audit changes nothing where it is not to heal, and says the same again', async () => {
    await subject().damage(one.cid, utf8('onf'))
    await subject().lose(two.cid)
    const found = [`block damaged - ${one.cid}`, `block missing - ${two.cid}`]
    for (let times = 0; times < 2; times += 1) {
      expect(await faultsOf(documents, false)).to.deep.equal(found)
    }
    expect(await faultsOf(documents)).to.have.length(2)
    await rm(subject().carPath(ROOT))
    erased.add(three.cid)
    const kept = [ROOT, one.cid, two.cid].map((cid) => `car missing - ${cid}`)
    for (let times = 0; times < 2; times += 1) {
      expect(await faultsOf(documents, false)).to.have.members([
        `block kept - ${three.cid}`,
        ...kept,
      ])
    }
  })

  it('an audit names a CAR of another order, or with more in it, and writes it anew', async () => {
    const four = blockOf('four')
    await documents.put([four])
    for (const [stray, cids] of [
      [two.cid, [ROOT, two.cid, one.cid, three.cid]],
      [four.cid, [...IN_CAR, four.cid]],
    ] as const) {
      await documents.writeCar(ROOT, each(cids))
      expect(await faultsOf(documents, false)).to.deep.equal([`car misplaced - ${stray}`])
      expect(await faultsOf(documents)).to.deep.equal([`car healed misplaced ${stray}`])
      expect(await carBlocks(documents)).to.deep.equal(IN_CAR)
    }
  })

  it('looks at one block, and heals nothing', async () => {
    await subject().damage(one.cid, utf8('onf'))
    await subject().lose(two.cid)
    for (let times = 0; times < 2; times += 1) {
      expect(await documents.inspect(one.cid)).to.deep.equal({ state: 'damaged' })
      expect(await documents.inspect(two.cid)).to.deep.equal({ state: 'missing' })
    }
    const found = await documents.inspect(three.cid)
    expect(found.state === 'intact' && Buffer.from(found.bytes).toString()).to.equal('three')
  })

  it('an audit names what neither copy has, and goes on naming it', async () => {
    await rm(subject().carPath(ROOT))
    await subject().damage(two.cid, utf8('twx'))
    const found = await faultsOf(documents)
    expect(found).to.include(`block damaged - ${two.cid}`)
    expect(found).to.include(`car missing - ${two.cid}`)
    expect(found).to.include(`car healed missing ${one.cid}`)
    expect(await faultsOf(documents)).to.deep.equal([
      `block damaged - ${two.cid}`,
      `car missing - ${two.cid}`,
    ])
  })

  it('an audit takes away what an erasure that was cut short left', async () => {
    erased.add(one.cid)
    expect(await faultsOf(documents)).to.deep.equal([
      `block healed kept ${one.cid}`,
      `car healed kept ${one.cid}`,
    ])
    expect(await codeOf(documents.get(one.cid, ROOT))).to.equal(`missing ${one.cid}`)
    expect((await readFile(subject().carPath(ROOT))).includes('one')).to.equal(false)
    expect(await faultsOf(documents)).to.deep.equal([])
  })
}
