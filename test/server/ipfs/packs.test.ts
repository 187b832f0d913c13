/** What lies in packs keeps what every document is promised: run as the contract, with blocks put as parts of a batch. */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import fc from 'fast-check'
import { openDiskDocuments } from '../../../server/ipfs/disk.ts'
import type { Block, Documents, IsErased } from '../../../server/ipfs/documents.ts'
import { packsIn } from '../../../server/ipfs/packs.ts'
import { blocksIn, digestKey, layOut } from '../../../server/ipfs/segment.ts'
import { segmentOf } from '../../support/segment.ts'
import { parseCid } from '../../../src/index.ts'
import { auditContract } from './audit.contract.ts'
import { blockOf, CERTIFICATES, documentsContract } from './documents.contract.ts'
import type { Subject } from './documents.contract.ts'

const BATCH = 'batch-1'
const PART = { batchId: BATCH, from: 0 }

describe('documents whose blocks are in packs', () => {
  let folder = ''
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'inaltera-packs-'))
  })
  afterEach(async () => {
    await rm(folder, { recursive: true })
  })
  const segmentPath = (): string => join(folder, 'packs', BATCH, '0000000000.segment')
  /** Changes one block where it lies; undefined takes it away. */
  const change = async (cid: string, bytes: Uint8Array | undefined): Promise<void> => {
    const blocks = blocksIn(await readFile(segmentPath()))
    const key = digestKey(parseCid(cid, 'cid').digest)
    if (blocks.has(key) && bytes !== undefined) blocks.set(key, bytes)
    else if (blocks.has(key)) blocks.delete(key)
    else await changeFile(join(folder, 'blocks', cid.slice(-2), cid), bytes)
    await writeFile(segmentPath(), layOut(blocks))
  }
  const changeFile = (path: string, bytes: Uint8Array | undefined): Promise<void> =>
    bytes === undefined ? rm(path) : writeFile(path, bytes)

  /** Raw blocks of a whole batch go where a large batch's go. */
  const open = async (isErased: IsErased): Promise<Documents> => {
    const documents = await openDiskDocuments(folder, isErased)
    const put = async (blocks: readonly Block[]): Promise<void> => {
      const isBatch = CERTIFICATES.every(({ cid }) => blocks.some((block) => block.cid === cid))
      if (!isBatch) return documents.put(blocks)
      await documents.parts?.put(PART, segmentOf(blocks))
      await documents.parts?.close(BATCH)
    }
    return { ...documents, put }
  }
  const subject = (): Subject => ({
    hasPins: false,
    open,
    damage: change,
    lose: (cid) => change(cid, undefined),
    carPath: (root) => join(folder, 'cars', `${root}.car`),
  })
  documentsContract(subject)
  auditContract(subject)
})

describe('packs', () => {
  let folder = ''
  beforeEach(async () => {
    folder = join(await mkdtemp(join(tmpdir(), 'inaltera-packs-')), 'packs')
  })
  afterEach(async () => {
    await rm(join(folder, '..'), { recursive: true })
  })
  const many = Array.from({ length: 700 }, (_, n) => blockOf(`block ${n}`))

  async function laid(): Promise<ReturnType<typeof packsIn>> {
    const packs = packsIn(folder)
    for (const [from, batchId] of [
      [0, 'a'],
      [256, 'a'],
      [512, 'b'],
    ] as const) {
      await packs.put({ batchId, from }, segmentOf(many.slice(from, from + 256)))
    }
    await packs.close('a')
    await packs.close('b')
    return packs
  }

  it('find every block of every batch by its name, alone and many at a time', async () => {
    const packs = await laid()
    for (const { cid, bytes } of many) expect(await packs.read(cid)).to.deep.equal(bytes)
    const stranger = blockOf('stranger')
    expect(await packs.read(stranger.cid)).to.equal(undefined)
    const asked = [...many.toReversed(), stranger].map(({ cid }) => cid)
    const found = await packs.readMany(asked)
    expect(found.map((one) => one && Buffer.from(one).toString())).to.deep.equal([
      ...many.toReversed().map(({ bytes }) => Buffer.from(bytes).toString()),
      undefined,
    ])
  })

  it('are not there before they are closed, and take away what was cut short', async () => {
    const packs = packsIn(folder)
    const [one] = many as [Block, ...Block[]]
    expect(await packs.read(one.cid)).to.equal(undefined)
    await packs.put({ batchId: 'a', from: 0 }, segmentOf([one]))
    await writeFile(join(folder, 'a', '0000000256.segment.0123456789ab.tmp'), 'half')
    expect(await packs.read(one.cid)).to.equal(undefined)
    for (let times = 0; times < 2; times += 1) await packs.close('a')
    expect(await packs.read(one.cid)).to.deep.equal(one.bytes)
    expect((await readdir(join(folder, 'a'))).sort()).to.deep.equal(['0000000000.segment', 'index'])
  })

  it('keep the others when one is removed, and no byte of it', async () => {
    const packs = await laid()
    const [gone, ...others] = many as [Block, ...Block[]]
    await packs.remove(gone.cid)
    await packs.remove(gone.cid)
    expect(await packs.read(gone.cid)).to.equal(undefined)
    for (const { cid, bytes } of others) expect(await packs.read(cid)).to.deep.equal(bytes)
    const files = await readdir(folder, { recursive: true, withFileTypes: true })
    for (const file of files.filter((one) => one.isFile())) {
      const bytes = await readFile(join(file.parentPath, file.name))
      expect(bytes.includes(`block 0`), file.name).to.equal(false)
    }
  })

  it('name no file but by a batch of ours', () => {
    const packs = packsIn(folder)
    for (const batchId of ['../a', '', 'a/b', '.', 'x'.repeat(65)]) {
      expect(() => packs.pathOf({ batchId, from: 0 }), batchId).to.throw('a pack is of a batch')
    }
  })

  it('give nothing wrong of a segment or index that is cut or garbled, whatever the place', async () => {
    const packs = await laid()
    const paths = ['a/index', 'a/0000000000.segment'].map((name) => join(folder, name))
    const good = await Promise.all(paths.map((path) => readFile(path)))
    await fc.assert(
      fc.asyncProperty(
        fc.nat(1),
        fc.nat(),
        fc.nat(255),
        fc.boolean(),
        fc.nat(255),
        async (which, place, byte, isCut, number) => {
          const [path, whole] = [paths[which] ?? '', good[which] ?? Buffer.alloc(0)]
          const at = place % whole.length
          const bad = Buffer.from(whole)
          bad[at] = byte
          await writeFile(path, isCut ? whole.subarray(0, at) : bad)
          const { cid } = many[number] ?? blockOf('')
          const found = await packs.read(cid)
          const [again] = await packs.readMany([cid])
          await writeFile(path, whole)
          // Which bytes it gives is for the caller to hash; that it neither fails nor hangs is its own part.
          expect(again === undefined).to.equal(found === undefined)
        },
      ),
      { numRuns: 150 },
    )
  })
})
