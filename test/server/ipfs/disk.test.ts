import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
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

  beforeEach(async () => {
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
    for (const { cid } of [three, one, two]) yield cid
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
    await documents.remove(one.cid, root)
    await documents.remove(one.cid, root)
    expect(await codeOf(documents.get(one.cid, root))).to.equal(`missing ${one.cid}`)
    expect(await carBlocks()).to.deep.equal([three.cid, two.cid])
    expect((await readFile(carPath())).includes('one')).to.equal(false)
  })
})
