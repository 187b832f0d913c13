/** The CAR of a large batch, as a thread writes and reads it: the same bytes as any other's, and no fault missed. */
import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { carHeader, varint } from '../../../server/ipfs/car-sections.ts'
import { beginsCar, standInCar } from '../../../server/ipfs/car-copy.ts'
import { readCarWhole, writeCarFrom } from '../../../server/ipfs/car-tasks.ts'
import { openDiskDocuments } from '../../../server/ipfs/disk.ts'
import { growCar, lengthOfHead } from '../../../server/ipfs/growing-car.ts'
import type { GrowingCar } from '../../../server/ipfs/growing-car.ts'
import type { Block } from '../../../server/ipfs/documents.ts'
import { segmentOf } from '../../support/segment.ts'
import { bytesOfCid, parseCid } from '../../../src/index.ts'
import { CERTIFICATES, each, IN_CAR, MANIFEST, ROOT } from './documents.contract.ts'

describe('the CAR of a large batch', () => {
  let folder = ''
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'inaltera-car-'))
    await mkdir(join(folder, 'x'))
  })
  after(() => rm(folder, { recursive: true, force: true }))
  const nodes = MANIFEST.blocks.toReversed().map(({ cid, bytes }) => ({
    cid: bytesOfCid(parseCid(cid, 'cid')),
    block: bytes,
  }))
  const digests = Buffer.concat(CERTIFICATES.map(({ cid }) => parseCid(cid, 'cid').digest))

  async function written(name: string, segments: readonly (readonly Block[])[]): Promise<boolean> {
    const paths: string[] = []
    for (const [at, blocks] of segments.entries()) {
      paths.push(join(folder, `${name}-${at}`))
      await writeFile(paths[at] ?? '', segmentOf(blocks))
    }
    const path = join(folder, name)
    return writeCarFrom({
      kind: 'write-car',
      path,
      root: ROOT,
      nodes,
      segments: paths,
      each: 2,
      digests,
    })
  }

  it('is byte for byte what is written block by block', async () => {
    const documents = await openDiskDocuments(join(folder, 'x'))
    await documents.put(CERTIFICATES)
    await documents.put(MANIFEST.blocks)
    await documents.writeCar(ROOT, each(IN_CAR))
    expect(
      await written('good', [CERTIFICATES.slice(0, 2).toReversed(), CERTIFICATES.slice(2)]),
    ).to.equal(true)
    const car = await readFile(join(folder, 'x', 'cars', `${ROOT}.car`))
    expect((await readFile(join(folder, 'good'))).equals(car)).to.equal(true)
  })

  it('is the same where it grows while certificates are sealed', async () => {
    const parts = [CERTIFICATES.slice(0, 2), CERTIFICATES.slice(2)]
    const car = await growCar(join(folder, 'b.'), CERTIFICATES.length)
    for (const part of parts) await car.add(segmentOf(part))
    expect(Buffer.from(car.digests).equals(digests)).to.equal(true)
    await car.place(join(folder, 'grown'), ROOT, MANIFEST.blocks)
    await car.drop()
    const good = await readFile(join(folder, 'good'))
    expect((await readFile(join(folder, 'grown'))).equals(good)).to.equal(true)
    expect((await readdir(folder)).filter((name) => name.startsWith('b.'))).to.deep.equal([])
  })

  it('leaves nothing where it is dropped, and has no name before all certificates are in it', async () => {
    const car = await growCar(join(folder, 'c.'), CERTIFICATES.length)
    await car.add(segmentOf(CERTIFICATES.slice(0, 2)))
    const early = await refusalOfPlacing(car)
    expect(early).to.include('certificates')
    for (let times = 0; times < 2; times += 1) await car.drop()
    expect((await readdir(folder)).filter((name) => /^(?:c|early)/.test(name))).to.deep.equal([])
  })

  async function refusalOfPlacing(car: GrowingCar): Promise<string> {
    return car.place(join(folder, 'early'), ROOT, MANIFEST.blocks).then(
      () => 'placed',
      (error: unknown) => String(error),
    )
  }

  it('is not written of parts that lack a certificate or have it damaged', async () => {
    expect(await written('lacking', [CERTIFICATES.slice(0, 1), CERTIFICATES.slice(2)])).to.equal(
      false,
    )
    expect(await written('cut', [CERTIFICATES.slice(0, 2)])).to.equal(true)
  })

  it('is whole or not as it is read, wherever it is cut or flipped, or where it is not there', async () => {
    const path = join(folder, 'read')
    const good = await readFile(join(folder, 'good'))
    const seen = async (bytes: Uint8Array, root = ROOT): Promise<boolean> => {
      await writeFile(path, bytes)
      const { isWhole, count, order } = await readCarWhole({ kind: 'read-car', path, root })
      return isWhole && count === IN_CAR.length && expected.equals(order)
    }
    const cids = IN_CAR.map((cid) => bytesOfCid(parseCid(cid, 'cid')))
    const expected = createHash('sha256').update(Buffer.concat(cids)).digest()
    expect(await seen(good)).to.equal(true)
    expect(await seen(good, CERTIFICATES[0]?.cid)).to.equal(false)
    const nothing = await readCarWhole({ kind: 'read-car', path: join(folder, 'no'), root: ROOT })
    expect(nothing).to.deep.include({ isWhole: false, count: 0 })
    for (let at = 0; at < good.length; at += 1) {
      expect(await seen(good.subarray(0, at)), `cut at ${at}`).to.equal(false)
      const flipped = Buffer.from(good)
      flipped[at] = (flipped[at] ?? 0) ^ 0x10
      expect(await seen(flipped), `flipped at ${at}`).to.equal(false)
    }
  }).timeout(60_000)

  it('is known by the other copy alone, and no byte in it can be another', async () => {
    const path = join(folder, 'copied')
    const good = await readFile(join(folder, 'good'))
    const from = lengthOfHead(CERTIFICATES.length)
    const copied = CERTIFICATES.map(({ cid, bytes }) => ({
      digest: parseCid(cid, 'cid').digest,
      block: bytes,
    }))
    const is = async (bytes: Uint8Array): Promise<boolean> => {
      await writeFile(path, bytes)
      const [begins, stand] = await Promise.all([
        beginsCar(path, ROOT, MANIFEST.blocks, good.length),
        standInCar(path, from, copied),
      ])
      return begins && stand
    }
    expect(await is(good)).to.equal(true)
    expect(await standInCar(path, from + 1, copied)).to.equal(false)
    expect(await standInCar(path, from, copied.toReversed())).to.equal(false)
    expect(
      await beginsCar(path, CERTIFICATES[0]?.cid ?? '', MANIFEST.blocks, good.length),
    ).to.equal(false)
    expect(await is(Buffer.concat([good, Buffer.of(0)]))).to.equal(false)
    for (let at = 0; at < good.length; at += 1) {
      expect(await is(good.subarray(0, at)), `cut at ${at}`).to.equal(false)
      const flipped = Buffer.from(good)
      flipped[at] = (flipped[at] ?? 0) ^ 0x10
      expect(await is(flipped), `flipped at ${at}`).to.equal(false)
    }
    await rm(path)
    expect(await standInCar(path, from, copied)).to.equal(false)
    expect(await beginsCar(path, ROOT, MANIFEST.blocks, good.length)).to.equal(false)
  }).timeout(60_000)

  it('is not whole where a section says that it is longer than any memory', async () => {
    const path = join(folder, 'long')
    await writeFile(path, Buffer.concat([carHeader(ROOT), varint(2 ** 35 - 1), Buffer.alloc(64)]))
    const found = await readCarWhole({ kind: 'read-car', path, root: ROOT })
    expect(found).to.deep.include({ isWhole: false, count: 0 })
  })
})
