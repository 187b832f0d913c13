/** What documents promise wherever their blocks are kept: run for the disk and for Kubo. */
import { readFile, rm, truncate } from 'node:fs/promises'
import { CarReader } from '@ipld/car'
import { expect } from 'chai'
import { BlockError } from '../../../server/ipfs/documents.ts'
import type { AuditedCopy, Block, Documents, IsErased } from '../../../server/ipfs/documents.ts'
import { cidOf, FormatError, manifestOf, utf8 } from '../../../src/index.ts'

export const blockOf = (text: string): Block => ({ cid: cidOf(utf8(text)), bytes: utf8(text) })

/** One set of documents, and hands that reach behind it. */
export type Subject = {
  /** Another process on the same blocks and CARs. */
  open(isErased: IsErased): Promise<Documents>
  /** Writes over a block where it is kept. */
  damage(cid: string, bytes: Uint8Array): Promise<void>
  /** Deletes it there. */
  lose(cid: string): Promise<void>
  carPath(root: string): string
  /** Whether blocks have pins. */
  readonly hasPins: boolean
}

/** A batch of three certificates, laid down by `open` with its CAR. */
export const CERTIFICATES = ['one', 'two', 'three'].map(blockOf)
export const MANIFEST = manifestOf(CERTIFICATES.map(({ cid }) => cid))
export const ROOT = MANIFEST.root
export const IN_CAR = [ROOT, ...CERTIFICATES.map(({ cid }) => cid)]

export async function* each(cids: readonly string[]): AsyncGenerator<string> {
  await Promise.resolve()
  yield* cids
}

export async function storeBatch(documents: Documents): Promise<void> {
  await documents.put(CERTIFICATES)
  await documents.put(MANIFEST.blocks)
  await documents.writeCar(ROOT, each(IN_CAR))
}

export async function codeOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => 'nothing thrown',
    (e: unknown) => e,
  )
  return error instanceof BlockError ? `${error.code} ${error.cid}` : String(error)
}

export async function carBlocks(documents: Documents): Promise<string[]> {
  const found: string[] = []
  for await (const { cid } of documents.readCar(ROOT)) found.push(cid)
  return found
}

export async function auditOf(documents: Documents, heal = true): Promise<AuditedCopy[]> {
  const found: AuditedCopy[] = []
  for await (const one of documents.audit(ROOT, IN_CAR, { heal })) found.push(one)
  return found
}

/** What an audit found that was not in order, as `copy state was cid`. */
export async function faultsOf(documents: Documents, heal = true): Promise<string[]> {
  return (await auditOf(documents, heal))
    .filter(({ state }) => state !== 'intact')
    .map(({ copy, state, was, cid }) => [copy, state, was ?? '-', cid].join(' '))
    .sort()
}

/** `subject` gives an empty set for each test. */
export function documentsContract(subject: () => Subject): void {
  const [one, two, three] = CERTIFICATES as [Block, Block, Block]
  const erased = new Set<string>()
  const isErased: IsErased = (cid) => Promise.resolve(erased.has(cid))
  let documents: Documents
  beforeEach(async () => {
    erased.clear()
    documents = await subject().open(isErased)
    await storeBatch(documents)
  })

  it('gives back what it was given, also to the next process', async () => {
    await documents.check()
    await documents.put(CERTIFICATES)
    const again = await subject().open(isErased)
    for (const { cid, bytes } of [...CERTIFICATES, ...MANIFEST.blocks]) {
      expect(Buffer.from(await again.get(cid)).equals(bytes)).to.equal(true)
    }
  })

  it('does not take bytes under another name, nor anything of that call', async () => {
    const four = blockOf('four')
    const evil = { cid: one.cid, bytes: utf8('evil') }
    const error = await documents.put([four, evil]).catch((e: unknown) => e)
    expect(error).to.be.instanceOf(FormatError).with.property('code', 'block-damaged')
    expect(await codeOf(documents.get(four.cid))).to.equal(`missing ${four.cid}`)
  })

  it('never gives wrong bytes: flipped, cut or emptied is an error that names the block, until it is put again', async () => {
    await rm(subject().carPath(ROOT))
    for (const bytes of [utf8('onf'), utf8('on'), utf8('')]) {
      await subject().damage(one.cid, bytes)
      expect(await codeOf(documents.get(one.cid))).to.equal(`damaged ${one.cid}`)
    }
    await subject().lose(two.cid)
    expect(await codeOf(documents.get(two.cid))).to.equal(`missing ${two.cid}`)
    await documents.put(CERTIFICATES)
    expect(Buffer.from(await documents.get(one.cid)).toString()).to.equal('one')
    expect(Buffer.from(await documents.get(two.cid)).toString()).to.equal('two')
  })

  it('heals a damaged block from the CAR, and a missing one of a known batch', async () => {
    await subject().damage(one.cid, utf8('onf'))
    expect(Buffer.from(await documents.get(one.cid)).toString()).to.equal('one')
    await subject().lose(two.cid)
    expect(await codeOf(documents.get(two.cid))).to.equal(`missing ${two.cid}`)
    expect(Buffer.from(await documents.get(two.cid, ROOT)).toString()).to.equal('two')
    await subject().damage(ROOT, utf8('x'))
    await documents.get(ROOT, ROOT)
    await rm(subject().carPath(ROOT))
    for (const { cid } of [one, two]) expect(await codeOf(documents.get(cid))).to.include('nothing')
    expect(await codeOf(documents.get(ROOT))).to.equal('nothing thrown')
  })

  it('writes a CAR that another implementation reads, root first', async () => {
    const car = await CarReader.fromBytes(await readFile(subject().carPath(ROOT)))
    expect((await car.getRoots()).map(String)).to.deep.equal([ROOT])
    expect(await carBlocks(documents)).to.deep.equal(IN_CAR)
  })

  it('takes a batch that was stored half: a CAR cut short, or none, is written again', async () => {
    for (const change of [truncate, (path: string) => rm(path)]) {
      await change(subject().carPath(ROOT))
      await documents.put(MANIFEST.blocks)
      await documents.writeCar(ROOT, each(IN_CAR))
      expect(await carBlocks(documents)).to.deep.equal(IN_CAR)
    }
  })

  it('removes a block from both copies, and only it, also twice', async () => {
    for (let times = 0; times < 2; times += 1) {
      expect(await documents.remove(one.cid, ROOT, IN_CAR)).to.deep.equal([])
      expect(await codeOf(documents.get(one.cid, ROOT))).to.equal(`missing ${one.cid}`)
    }
    erased.add(one.cid)
    expect(await carBlocks(documents)).to.deep.equal(IN_CAR.filter((cid) => cid !== one.cid))
    expect((await readFile(subject().carPath(ROOT))).includes('one')).to.equal(false)
    expect(await faultsOf(documents)).to.deep.equal([])
  })

  it('removes a block although others are damaged, heals those, and names what neither copy has', async () => {
    await subject().damage(two.cid, utf8('twx'))
    expect(await documents.remove(one.cid, ROOT, IN_CAR)).to.deep.equal([])
    expect(await codeOf(documents.get(two.cid))).to.equal('nothing thrown')
    await documents.put([one])
    await rm(subject().carPath(ROOT))
    await subject().lose(two.cid)
    expect(await documents.remove(one.cid, ROOT, IN_CAR)).to.deep.equal([two.cid])
    expect(await codeOf(documents.get(three.cid))).to.equal('nothing thrown')
  })

  it('heals a document no more once it is erased, whatever its copies still hold', async () => {
    await subject().lose(one.cid)
    await subject().damage(two.cid, utf8('twx'))
    for (const { cid } of [one, two]) erased.add(cid)
    expect(await codeOf(documents.get(one.cid, ROOT))).to.equal(`missing ${one.cid}`)
    expect(await codeOf(documents.get(two.cid, ROOT))).to.equal(`damaged ${two.cid}`)
    expect(await codeOf(documents.get(one.cid))).to.equal(`missing ${one.cid}`)
  })
}
