import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { request as httpRequest } from 'node:http'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CarReader } from '@ipld/car'
import * as dagCbor from '@ipld/dag-cbor'
import { expect } from 'chai'
import { CID } from 'multiformats/cid'
import { sha256 } from 'multiformats/hashes/sha2'
import type { Served } from '../../../server/context.ts'
import { openDiskDocuments } from '../../../server/ipfs/disk.ts'
import type { Documents } from '../../../server/ipfs/documents.ts'
import { startServer } from '../../../server/serve.ts'
import { openSqliteStore } from '../../../server/storage/sqlite.ts'
import type { Store } from '../../../server/storage/store.ts'
import { manifestOf } from '../../../src/index.ts'
import { heliaAt } from '../../support/helia.ts'
import { blockOf, each } from '../ipfs/documents.contract.ts'
import { routeContext, SILENT } from './context.ts'
import { draft, lease, newBatch, NOW, sealed } from '../storage/fixtures.ts'

const CAR = 'application/vnd.ipld.car'
const RAW = 'application/vnd.ipld.raw'

describe('the gateway', () => {
  const certificates = ['one', 'two', 'three'].map(blockOf)
  const cids = certificates.map(({ cid }) => cid)
  const { root, blocks } = manifestOf(cids)
  const [one = '', two = ''] = cids
  let folder = ''
  let store: Store
  let documents: Documents
  let served: Served

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'inaltera-gateway-'))
    store = openSqliteStore(join(folder, 'store.sqlite'))
    const isErased = async (cid: string) => (await store.findTombstone(cid)) !== undefined
    documents = await openDiskDocuments(folder, isErased)
    await store.openDraft(newBatch('b'), lease)
    await store.addDrafts(
      'b',
      lease,
      cids.map((_, at) => draft(at + 2)),
    )
    await store.finishDraft('b', lease, new Uint32Array([0, 1, 2]), '[]')
    const rows = cids.map((cid, at) => ({ ...sealed('b', at), cid }))
    await store.addSealed('b', lease, rows)
    await store.markSealed('b', lease, '0xroot')
    await store.markStored('b', lease, root)
    await documents.put([...blocks, ...certificates])
    await documents.writeCar(root, each([root, ...cids]))
    const context = routeContext(store, { documents })
    served = await startServer({ context, log: SILENT, host: '127.0.0.1', port: 0 })
  })
  afterEach(async () => {
    await served.close()
    await store.close()
    await rm(folder, { recursive: true })
  })

  const ask = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    fetch(`${served.url}/ipfs/${path}`, { method, headers })

  async function carOf(path: string, headers: Record<string, string> = {}): Promise<string[]> {
    const answer = await ask(path, headers)
    expect(answer.status).to.equal(200)
    const car = await CarReader.fromBytes(new Uint8Array(await answer.arrayBuffer()))
    const found: string[] = []
    for await (const { cid, bytes } of car.blocks()) {
      expect((await sha256.digest(bytes)).digest).to.deep.equal(cid.multihash.digest)
      found.push(cid.toString())
    }
    expect((await car.getRoots()).map(String)).to.have.length(1)
    return found
  }

  async function erase(cid: string): Promise<void> {
    const index = cids.indexOf(cid)
    await store.erase({ cid, batchId: 'b', index, reason: 0, erasedAt: NOW })
    await documents.remove(cid, root, [root, ...cids])
  }

  it('gives a whole batch to a client of another make, which checks every hash: manifest, then blocks', async () => {
    const helia = heliaAt(served.url)
    const fetched = async (cid: CID): Promise<Uint8Array> =>
      helia.retrieve(cid, {
        signal: AbortSignal.timeout(5000),
        validateFn: async (bytes) => {
          const { digest } = await sha256.digest(bytes)
          expect(Buffer.from(digest).equals(cid.multihash.digest)).to.equal(true)
        },
      })
    const links = dagCbor.decode<CID[]>(await fetched(CID.parse(root)))
    expect(links.map(String)).to.deep.equal(cids)
    for (const [at, link] of links.entries()) {
      expect(
        Buffer.from(await fetched(link)).equals(certificates[at]?.bytes ?? Buffer.of()),
      ).to.equal(true)
    }
    await erase(one)
    const error = await fetched(CID.parse(one)).catch((e: unknown) => e)
    expect(error).to.be.instanceOf(AggregateError)
  })

  it('gives a batch as a CAR, the root first, and the root or one document alone', async () => {
    expect(await carOf(`${root}?format=car`)).to.deep.equal([root, ...cids])
    expect(await carOf(root, { accept: `${CAR}; version=1; order=dfs; dups=y` })).to.have.length(4)
    for (const query of ['dag-scope=block', 'dag-scope=entity', 'entity-bytes=0:*']) {
      expect(await carOf(`${root}?format=car&${query}`)).to.deep.equal([root])
    }
    expect(await carOf(`${one}?format=car`)).to.deep.equal([one])
  })

  it('keeps what is erased out of CARs, and answers 410 for it in every form', async () => {
    await erase(two)
    expect(await carOf(`${root}?format=car`)).to.deep.equal([
      root,
      ...cids.filter((c) => c !== two),
    ])
    for (const query of ['format=raw', 'format=car', 'format=car&dag-scope=block']) {
      for (const headers of [{}, { 'if-none-match': `"${two}.raw"` }]) {
        for (const method of ['GET', 'HEAD']) {
          expect((await ask(`${two}?${query}`, headers, method)).status).to.equal(410)
        }
      }
    }
  })

  it('says of every answer what it is, how long it stays, and that it is nothing to show', async () => {
    for (const [path, type, etag, isForEver] of [
      [`${one}?format=raw`, RAW, `"${one}.raw"`, true],
      [`${root}?format=raw`, RAW, `"${root}.raw"`, true],
      [`${one}?format=car`, `${CAR}; version=1; order=dfs; dups=n`, `"${one}.car.all.dfs.n"`, true],
      [
        `${root}?format=car&dag-scope=block&car-dups=y`,
        `${CAR}; version=1; order=dfs; dups=y`,
        `"${root}.car.block.dfs.y"`,
        true,
      ],
      [
        `${root}?format=car`,
        `${CAR}; version=1; order=dfs; dups=n`,
        `W/"${root}.car.all.dfs.n"`,
        false,
      ],
    ] as const) {
      for (const method of ['GET', 'HEAD']) {
        const answer = await ask(path, {}, method)
        const length = (await answer.arrayBuffer()).byteLength
        expect([path, answer.status, length > 0]).to.deep.equal([path, 200, method === 'GET'])
        const { headers } = answer
        expect(headers.get('content-type')).to.equal(type)
        expect(headers.get('etag')).to.equal(etag)
        expect(headers.get('cache-control')?.includes('immutable')).to.equal(isForEver)
        expect(headers.get('content-disposition')).to.match(
          /^attachment; filename="\w+\.(bin|car)"$/,
        )
        expect(headers.get('x-content-type-options')).to.equal('nosniff')
        expect(headers.get('vary')).to.include('accept')
      }
      const again = await ask(path, { 'if-none-match': `"other", ${etag}` })
      expect([path, again.status]).to.deep.equal([path, isForEver ? 304 : 200])
      await again.arrayBuffer()
    }
    const located = await ask(one, { accept: RAW })
    expect(located.headers.get('content-location')).to.equal(`/ipfs/${one}?format=raw`)
  })

  it('takes the format that is wanted most, and refuses what it does not make', async () => {
    const foreign = blockOf('absent').cid
    for (const [path, accept, status] of [
      [root, `${RAW};q=0.5, ${CAR};q=0.9`, 200],
      [root, `${CAR};order=foo, ${CAR};order=dfs;dups=y;q=0.5`, 200],
      [root, `${CAR};version=2`, 406],
      [root, `${CAR};q=0`, 400],
      [root, 'text/html, */*', 406],
      [`${root}?format=car&car-version=2`, CAR, 406],
      [`${root}?format=car&car-order=weird`, CAR, 406],
      [`${root}?format=car&dag-scope=some`, CAR, 400],
      [`${root}?format=car&entity-bytes=x`, CAR, 400],
      [`${root}?format=car&format=raw`, CAR, 400],
      [`${root}?format=ipns-record`, CAR, 406],
      [`${foreign}?format=car`, CAR, 404],
      [`${foreign}?format=raw`, CAR, 404],
      [`x?format=car`, CAR, 400],
    ] as const) {
      const answer = await ask(path, { accept })
      await answer.arrayBuffer()
      expect([path, accept, answer.status]).to.deep.equal([path, accept, status])
    }
    const wanted = await ask(root, { accept: `${RAW};q=0.5, ${CAR};q=0.9` })
    expect(wanted.headers.get('content-type')).to.include(CAR)
    await wanted.arrayBuffer()
  })

  it('answers 400 where no format is named at all', async () => {
    const { port } = new URL(served.url)
    const request = httpRequest({ port, host: '127.0.0.1', path: `/ipfs/${one}` }).end()
    const [answer] = (await once(request, 'response')) as [{ statusCode: number; resume(): void }]
    answer.resume()
    expect(answer.statusCode).to.equal(400)
  })

  it('cuts a CAR off where a block is lost, heals it where there is a copy, and 500s at a damaged root', async () => {
    const path = join(folder, 'blocks', two.slice(-2), two)
    await writeFile(path, 'twx')
    expect(await carOf(`${root}?format=car`)).to.have.length(4)
    await writeFile(path, 'twx')
    await rm(join(folder, 'cars', `${root}.car`))
    const answer = await ask(`${root}?format=car`)
    expect(await answer.arrayBuffer().catch(() => 'cut')).to.equal('cut')
    await writeFile(join(folder, 'blocks', root.slice(-2), root), 'x')
    expect((await ask(`${root}?format=car`)).status).to.equal(500)
  })

  it('tells a client that probes that it is a trustless gateway', async () => {
    const raw = await ask('bafkqaaa?format=raw')
    expect([raw.status, (await raw.arrayBuffer()).byteLength]).to.deep.equal([200, 0])
    expect(await carOf('bafkqaaa?format=car')).to.deep.equal([])
    expect((await ask('bafkqaaa?format=raw', {}, 'HEAD')).status).to.equal(200)
  })
})
