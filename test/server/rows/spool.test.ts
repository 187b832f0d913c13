/** Defends an upload on its way through the disk: nothing of a learner is on it, and nothing stays. */
import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { spool } from '../../../server/rows/spool.ts'
import { thrown } from '../../support/errors.ts'
import { namesOf } from './files.ts'
import { RowsError } from '../../../server/rows/problems.ts'

describe('the spool of an upload', () => {
  let folder = ''
  before(async () => {
    folder = join(await mkdtemp(join(tmpdir(), 'inaltera-spool-')), 'spool')
  })
  after(async () => {
    await rm(join(folder, '..'), { recursive: true })
  })

  /** The content in chunks that fit nothing. */
  async function* chunksOf(content: Buffer): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < content.length; at += 40_001) {
      yield await Promise.resolve(content.subarray(at, at + 40_001))
    }
  }
  async function bytesOf(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
    const chunks: Uint8Array[] = []
    for await (const chunk of source) chunks.push(chunk)
    return Buffer.concat(chunks)
  }

  it('gives the bytes back, as often as they are asked for', async () => {
    for (const size of [0, 1, 65_535, 65_536, 65_537, 300_000]) {
      const content = Buffer.alloc(size, 'Jeanne Secret;')
      const laid = await spool(chunksOf(content), folder, 1e6)
      expect(await bytesOf(laid.read())).to.deep.equal(content)
      expect(await bytesOf(laid.read())).to.deep.equal(content)
      expect(laid.digest).to.equal(createHash('sha256').update(content).digest('hex'))
      expect(laid.size).to.equal(size)
      await laid.close()
      await laid.close()
    }
  })

  it('has no name on the disk, and no byte there in clear', async () => {
    const content = Buffer.alloc(200_000, 'Jeanne Secret;')
    const laid = await spool(chunksOf(content), folder, 1e6)
    expect(await readdir(folder)).to.deep.equal([])
    expect((await stat(folder)).mode & 0o777).to.equal(0o700)
    // What has no name is still to be seen by this process, through its open files.
    const open: Buffer[] = []
    for (const fd of await readdir('/proc/self/fd')) {
      const file = await stat(`/proc/self/fd/${fd}`).catch(() => undefined)
      if (file?.isFile() === true && file.nlink === 0)
        open.push(await readFile(`/proc/self/fd/${fd}`))
    }
    expect(open.some(({ length }) => length > content.length)).to.equal(true)
    expect(open.some((bytes) => bytes.includes('Secret'))).to.equal(false)
    await laid.close()
    expect(await thrown(bytesOf(laid.read()))).to.be.instanceOf(Error)
  })

  it('keeps nothing of what is too large, or breaks off', async () => {
    const large = await thrown(spool(chunksOf(Buffer.alloc(100_000)), folder, 99_999))
    expect(large instanceof RowsError && namesOf(large)).to.deep.equal(['file-too-large@0'])
    const breaking = async function* (): AsyncGenerator<Uint8Array> {
      yield await Promise.resolve(Buffer.from('Jeanne Secret'))
      throw new Error('the client is gone')
    }
    expect(String(await thrown(spool(breaking(), folder, 1e6)))).to.include('gone')
    expect(await readdir(folder)).to.deep.equal([])
  })

  it('sweeps away what a process left that died at the wrong moment', async () => {
    await writeFile(join(folder, 'left'), '')
    await (await spool(chunksOf(Buffer.from('x')), folder, 1e6)).close()
    expect(await readdir(folder)).to.deep.equal([])
  })
})
