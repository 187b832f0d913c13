import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect } from 'chai'
import { openDiskDocuments } from '../../../server/ipfs/disk.ts'
import type { Documents } from '../../../server/ipfs/documents.ts'
import { startServer } from '../../../server/serve.ts'
import { openSqliteStore } from '../../../server/storage/sqlite.ts'
import type { Store } from '../../../server/storage/store.ts'
import { cidOf, manifestOf, utf8 } from '../../../src/index.ts'
import { draft, lease, newBatch, NOW, sealed } from '../storage/fixtures.ts'
import { routeContext, SILENT } from './context.ts'

describe('a document that is erased while it is asked for', () => {
  const bytes = utf8('a sealed document')
  const cid = cidOf(bytes)
  const { root, blocks } = manifestOf([cid])
  const inCar = [root, cid]
  let folder = ''
  let store: Store
  let documents: Documents

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'inaltera-erasure-'))
    store = openSqliteStore(join(folder, 'store.sqlite'))
    documents = await openDiskDocuments(
      folder,
      async (one) => (await store.findTombstone(one)) !== undefined,
    )
    await store.openDraft(newBatch('b'), lease)
    await store.addDrafts('b', lease, [draft(2)])
    await store.finishDraft('b', lease, new Uint32Array([0]), '[]')
    await store.addSealed('b', lease, [{ ...sealed('b', 0), cid }])
    await store.markSealed('b', lease, '0xroot')
    await store.markStored('b', lease, root)
    await documents.put([...blocks, { cid, bytes }])
    await documents.writeCar(root, ours())
  })
  afterEach(async () => {
    await store.close()
    await rm(folder, { recursive: true })
  })

  async function* ours(): AsyncGenerator<string> {
    await Promise.resolve()
    yield* inCar
  }

  const path = (): string => join(folder, 'blocks', cid.slice(-2), cid)

  async function erase(): Promise<void> {
    await store.erase({ cid, batchId: 'b', index: 0, reason: 0, erasedAt: NOW })
    await documents.remove(cid, root, inCar)
  }

  /** The status of the answer where `around` is what reads the document. */
  async function asked(
    around: (read: () => Promise<Uint8Array>) => Promise<Uint8Array>,
  ): Promise<number> {
    const get: Documents['get'] = (...args) => around(() => documents.get(...args))
    const context = routeContext(store, { documents: { ...documents, get } })
    const served = await startServer({ context, log: SILENT, host: '127.0.0.1', port: 0 })
    try {
      const response = await fetch(`${served.url}/ipfs/${cid}?format=raw`)
      await response.arrayBuffer()
      return response.status
    } finally {
      await served.close()
    }
  }

  it('is given while it stands', async () => {
    expect(await asked((read) => read())).to.equal(200)
    await rm(path())
    expect(await asked((read) => read())).to.equal(200)
  })

  it('is gone although it was read before it was erased', async () => {
    const status = await asked(async (read) => {
      const found = await read()
      await erase()
      return found
    })
    expect(status).to.equal(410)
  })

  it('is gone, and not healed from its batch, although it was asked for before it was erased', async () => {
    let isFirst = true
    const status = await asked(async (read) => {
      if (isFirst) await store.erase({ cid, batchId: 'b', index: 0, reason: 0, erasedAt: NOW })
      if (isFirst) await rm(path())
      isFirst = false
      return read()
    })
    expect(status).to.equal(410)
    expect(await readdir(dirname(path()))).to.deep.equal([])
    await erase()
    expect(await readdir(dirname(path()))).to.deep.equal([])
  })
})
