import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { CarReader } from '@ipld/car'
import { expect } from 'chai'
import { openDiskDocuments } from '../../../server/ipfs/disk.ts'
import { BlockError } from '../../../server/ipfs/documents.ts'
import type { Block, Documents } from '../../../server/ipfs/documents.ts'
import { cidOf, FormatError, utf8 } from '../../../src/index.ts'

const blockOf = (text: string): Block => ({ cid: cidOf(utf8(text)), bytes: utf8(text) })

describe('documents on disk', () => {
  let folder = ''
  let documents: Documents
  const blocks = ['one', 'two', 'three'].map(blockOf)
  const [one, two, three] = blocks as [Block, Block, Block]
  const root = three.cid
  const all = [three, one, two].map(({ cid }) => cid)

  const erased = new Set<string>()
  const isErased = (cid: string): Promise<boolean> => Promise.resolve(erased.has(cid))

  beforeEach(async () => {
    erased.clear()
    folder = await mkdtemp(join(tmpdir(), 'inaltera-documents-'))
    documents = await openDiskDocuments(folder)
    await documents.put(blocks)
  })
  afterEach(async () => {
    await rm(folder, { recursive: true })
  })

  const pathOf = ({ cid }: Block): string => join(folder, 'blocks', cid.slice(-2), cid)
  const carPath = (): string => join(folder, 'cars', `${root}.car`)

  async function* cids(): AsyncGenerator<string> {
    await Promise.resolve()
    yield* all
  }

  async function codeOf(work: Promise<unknown>): Promise<string> {
    const error = await work.then(
      () => 'nothing thrown',
      (e: unknown) => e,
    )
    return error instanceof BlockError ? `${error.code} ${error.cid}` : String(error)
  }

  async function carBlocks(): Promise<string[]> {
    const found: string[] = []
    for await (const { cid } of documents.readCar(root)) found.push(cid)
    return found
  }

  it('gives back what it was given, also to the next process, and writes it once', async () => {
    const again = await openDiskDocuments(folder)
    await again.put(blocks)
    expect(await again.get(one.cid)).to.deep.equal(Buffer.from(one.bytes))
    expect(await readdir(join(folder, 'blocks', one.cid.slice(-2)))).to.deep.equal([one.cid])
  })

  it('does not take bytes under another name', async () => {
    const error = await documents
      .put([{ cid: one.cid, bytes: utf8('evil') }])
      .catch((e: unknown) => e)
    expect(error).to.be.instanceOf(FormatError).with.property('code', 'block-damaged')
  })

  it('names no file but by a CID', async () => {
    for (const name of ['../../etc/passwd', '', 'bafkrei..', `${one.cid}/../x`]) {
      const error = await documents.get(name).catch((e: unknown) => e)
      expect(error).to.be.instanceOf(FormatError).with.property('code', 'bad-cid')
    }
  })

  it('never gives wrong bytes: flipped, cut or emptied is an error that names the block', async () => {
    for (const bytes of [utf8('onf'), utf8('on'), utf8('')]) {
      await writeFile(pathOf(one), bytes)
      expect(await codeOf(documents.get(one.cid))).to.equal(`damaged ${one.cid}`)
    }
    await rm(pathOf(two))
    expect(await codeOf(documents.get(two.cid))).to.equal(`missing ${two.cid}`)
    await documents.put(blocks)
    expect(await documents.get(one.cid)).to.deep.equal(Buffer.from(one.bytes))
  })

  it('writes a CAR that another implementation reads, root first', async () => {
    await documents.writeCar(root, cids())
    const car = await CarReader.fromBytes(await readFile(carPath()))
    expect((await car.getRoots()).map(String)).to.deep.equal([root])
    expect(await carBlocks()).to.deep.equal([three.cid, one.cid, two.cid])
  })

  it('heals a damaged block from the CAR, and a missing one of a known batch', async () => {
    await documents.writeCar(root, cids())
    await writeFile(pathOf(one), 'onf')
    expect(await documents.get(one.cid)).to.deep.equal(one.bytes)
    expect(await readFile(pathOf(one), 'utf8')).to.equal('one')
    await rm(pathOf(two))
    expect(await codeOf(documents.get(two.cid))).to.equal(`missing ${two.cid}`)
    expect(await documents.get(two.cid, root)).to.deep.equal(two.bytes)
    expect(await readFile(pathOf(two), 'utf8')).to.equal('two')
  })

  it('finds a CAR that is flipped, cut, missing, or of another root', async () => {
    await documents.writeCar(root, cids())
    const good = await readFile(carPath())
    const flipped = Buffer.from(good)
    flipped[good.length - 1] = (flipped[good.length - 1] ?? 0) ^ 1
    await writeFile(carPath(), flipped)
    expect(await codeOf(carBlocks())).to.equal(`damaged ${two.cid}`)
    await writeFile(carPath(), good)
    await truncate(carPath(), good.length - 1)
    expect(await codeOf(carBlocks())).to.equal(`damaged ${root}`)
    await writeFile(join(folder, 'cars', `${one.cid}.car`), good)
    expect(await codeOf(documents.readCar(one.cid)[Symbol.asyncIterator]().next())).to.equal(
      `damaged ${one.cid}`,
    )
    await rm(carPath())
    expect(await codeOf(carBlocks())).to.equal(`missing ${root}`)
  })

  it('leaves no part of a CAR whose blocks are not all there', async () => {
    await rm(pathOf(two))
    expect(await codeOf(documents.writeCar(root, cids()))).to.equal(`missing ${two.cid}`)
    expect(await readdir(join(folder, 'cars'))).to.deep.equal([])
  })

  it('removes a block from both copies, and only it', async () => {
    await documents.writeCar(root, cids())
    await documents.remove(one.cid, root, all)
    await documents.remove(one.cid, root, all)
    expect(await codeOf(documents.get(one.cid, root))).to.equal(`missing ${one.cid}`)
    expect(await carBlocks()).to.deep.equal([three.cid, two.cid])
    expect((await readFile(carPath())).includes('one')).to.equal(false)
  })

  it('removes several blocks at once, also from two processes, and no removal brings back another', async () => {
    const other = await openDiskDocuments(folder, isErased)
    documents = await openDiskDocuments(folder, isErased)
    await documents.writeCar(root, cids())
    for (const { cid } of [one, two]) erased.add(cid)
    await Promise.all([
      documents.remove(one.cid, root, all),
      other.remove(two.cid, root, all),
      other.remove(one.cid, root, all),
    ])
    expect(await carBlocks()).to.deep.equal([three.cid])
    const codes = [one, two].map(({ cid }) => codeOf(documents.get(cid, root)))
    expect(await Promise.all(codes)).to.deep.equal([`missing ${one.cid}`, `missing ${two.cid}`])
  })

  it('removes a block although others are damaged, heals those, and names what neither copy has', async () => {
    await documents.writeCar(root, cids())
    const good = await readFile(carPath())
    const flipped = Buffer.from(good)
    const at = good.indexOf('two')
    flipped[at] = (flipped[at] ?? 0) ^ 1
    for (const car of [flipped, good.subarray(0, at), Buffer.from('garbage'), undefined]) {
      await documents.put(blocks)
      if (car === undefined) await rm(carPath())
      else await writeFile(carPath(), car)
      expect(await documents.remove(one.cid, root, all)).to.deep.equal([])
      expect(await codeOf(documents.get(one.cid, root))).to.equal(`missing ${one.cid}`)
      expect(await carBlocks()).to.deep.equal([three.cid, two.cid])
    }
    await documents.put(blocks)
    await documents.writeCar(root, cids())
    await writeFile(pathOf(two), 'twx')
    await rm(pathOf(three))
    expect(await documents.remove(one.cid, root, all)).to.deep.equal([])
    expect(await readFile(pathOf(two), 'utf8')).to.equal('two')
    await documents.put(blocks)
    await writeFile(carPath(), flipped)
    await writeFile(pathOf(two), 'twx')
    expect(await documents.remove(one.cid, root, all)).to.deep.equal([two.cid])
    expect((await readFile(carPath())).includes('one')).to.equal(false)
  })

  it('removes what writes that were cut short left of a block', async () => {
    await documents.writeCar(root, cids())
    await writeFile(`${pathOf(one)}.0123456789ab.tmp`, 'one')
    await writeFile(`${carPath()}.0123456789ab.tmp`, await readFile(carPath()))
    await documents.remove(one.cid, root, all)
    expect(await readdir(dirname(pathOf(one)))).to.deep.equal([])
    expect((await readdir(join(folder, 'cars'))).filter((n) => n.endsWith('.tmp'))).to.deep.equal(
      [],
    )
  })

  it('heals a document no more once it is erased, whatever its copies still hold', async () => {
    documents = await openDiskDocuments(folder, isErased)
    await documents.writeCar(root, cids())
    await rm(pathOf(one))
    await writeFile(pathOf(two), 'twx')
    for (const { cid } of [one, two]) erased.add(cid)
    expect(await codeOf(documents.get(one.cid, root))).to.equal(`missing ${one.cid}`)
    expect(await codeOf(documents.get(two.cid))).to.equal(`damaged ${two.cid}`)
    expect(await readdir(dirname(pathOf(one)))).to.deep.equal([])
    expect(await readFile(pathOf(two), 'utf8')).to.equal('twx')
  })
})
