import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect } from 'chai'
import type { Context } from 'mocha'
import { openDiskDocuments } from '../../../server/ipfs/disk.ts'
import type { Block, Documents } from '../../../server/ipfs/documents.ts'
import { cidOf, manifestOf } from '../../../src/index.ts'
import { engineFor } from '../../support/engines.ts'
import { smallDisk } from '../../support/faults.ts'
import type { SmallDisk } from '../../support/faults.ts'
import { each } from './documents.contract.ts'

const diskModule = new URL('../../../server/ipfs/disk.ts', import.meta.url).href
const libraryModule = new URL('../../../src/index.ts', import.meta.url).href

function someBlocks(count: number): Block[] {
  return Array.from({ length: count }, () => {
    const bytes = new Uint8Array(randomBytes(16 * 1024))
    return { cid: cidOf(bytes), bytes }
  })
}

async function leftovers(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true })
  return names.filter((name) => name.endsWith('.tmp'))
}

async function codeOf(work: Promise<unknown>): Promise<unknown> {
  const error = await work.then(
    () => undefined,
    (e: unknown) => e,
  )
  return error instanceof Error && 'code' in error ? error.code : error
}

describe('documents on a full disk', function () {
  this.timeout(20_000)
  let folder = ''
  let disk: SmallDisk

  beforeEach(async function () {
    folder = await mkdtemp(join(tmpdir(), 'inaltera-full-'))
    disk = await smallDisk(this, folder, 1)
  })
  afterEach(async () => {
    // Unset where nothing could be mounted and everything here was skipped.
    await (disk as SmallDisk | undefined)?.remove()
    await rm(folder, { recursive: true })
  })

  /** Puts blocks by eights until the disk is full; those of calls that were answered well. */
  async function fill(documents: Documents): Promise<Block[]> {
    const kept: Block[] = []
    for (;;) {
      const some = someBlocks(8)
      const code = await codeOf(documents.put(some))
      if (code === undefined) {
        kept.push(...some)
        continue
      }
      expect(code).to.equal('ENOSPC')
      for (const { cid } of some) {
        expect(await codeOf(documents.get(cid))).to.equal('missing')
      }
      return kept
    }
  }

  it('acknowledge nothing that is not whole, leave nothing half, and go on once there is room', async () => {
    const documents = await openDiskDocuments(folder)
    const kept = await fill(documents)
    expect(kept).not.to.have.length(0)
    expect(await leftovers(folder)).to.deep.equal([])
    for (const { cid } of kept) await documents.get(cid)
    const cids = kept.map(({ cid }) => cid)
    const { root } = manifestOf(cids)
    expect(await codeOf(documents.writeCar(root, each(cids)))).to.equal('ENOSPC')
    expect(await leftovers(folder)).to.deep.equal([])
    await disk.resize(4)
    await documents.put(someBlocks(8))
    await documents.writeCar(root, each(cids))
    const read: string[] = []
    for await (const { cid } of documents.readCar(root)) read.push(cid)
    expect(read).to.deep.equal(cids)
  })
})

describe('documents on a disk that cannot be written for sure', function () {
  this.timeout(60_000)
  let folder = ''
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'inaltera-fsync-'))
  })
  afterEach(async () => {
    await rm(folder, { recursive: true })
  })

  /** Puts one block in a process whose calls of fsync fail from the n-th on; what it says became of it. */
  async function putWhere(context: Context, from: number): Promise<string> {
    const program = engineFor(context, 'strace')
    const script = `
      import { openDiskDocuments } from ${JSON.stringify(diskModule)}
      import { cidOf, utf8 } from ${JSON.stringify(libraryModule)}
      const documents = await openDiskDocuments(${JSON.stringify(folder)})
      const bytes = utf8('one')
      await documents.put([{ cid: cidOf(bytes), bytes }]).then(
        () => console.log('acknowledged'),
        (error) => console.log(error.code),
      )`
    const fault = `inject=fsync,fdatasync:error=EIO:when=${from}+`
    const strace = ['-f', '-qq', '-o', '/dev/null', '-e', 'trace=fsync,fdatasync', '-e', fault]
    const node = [process.execPath, '--input-type=module', '--eval', script]
    // strace counts the calls of each thread.
    const env = { ...process.env, UV_THREADPOOL_SIZE: '1' }
    const { stdout } = await promisify(execFile)(program, [...strace, ...node], { env })
    return stdout.trim()
  }

  it('acknowledge nothing, and leave nothing half: where the block cannot be forced to disk, it is not there', async function () {
    expect(await putWhere(this, 1)).to.equal('EIO')
    const names = await readdir(folder, { recursive: true, withFileTypes: true })
    expect(names.filter((one) => one.isFile())).to.deep.equal([])
  })

  it('acknowledge nothing where the folder cannot be forced to disk', async function () {
    expect(await putWhere(this, 2)).to.equal('EIO')
    expect(await leftovers(folder)).to.deep.equal([])
    expect(await putWhere(this, 1000)).to.equal('acknowledged')
  })
})
