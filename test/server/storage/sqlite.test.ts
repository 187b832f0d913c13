import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect } from 'chai'
import { openSqliteStore } from '../../../server/storage/sqlite.ts'
import type { Store } from '../../../server/storage/store.ts'
import { randomOrder } from '../../../server/issuance/shuffle.ts'
import { copiedStore } from '../../support/copied.ts'
import { describeEvery } from './every.contract.ts'
import { bytes, draft, lease, newBatch, sealed } from './fixtures.ts'

let folder = ''
let opened: Store[] = []

async function open(): Promise<{ store: Store; other: Store }> {
  folder = await mkdtemp(join(tmpdir(), 'inaltera-store-'))
  const store = openSqliteStore(join(folder, 'store.sqlite'))
  const other = openSqliteStore(join(folder, 'store.sqlite'))
  opened = [store, other]
  return { store, other }
}

async function close(): Promise<void> {
  for (const store of opened) await store.close()
  opened = []
  await rm(folder, { recursive: true })
}

describeEvery('SQLite', open, close)

/** Eight bytes that stand nowhere else, as the index keeps them. */
const CANARY_TAG = Buffer.from('a canary').readBigInt64BE()

describe('the SQLite file', () => {
  afterEach(close)

  it('is written through to disk, with a log, and overwrites what is deleted', async () => {
    const { store } = await open()
    await store.audit({ at: 1, action: 'a', subject: 's', actor: 'cli' })
    const reader = new DatabaseSync(join(folder, 'store.sqlite'))
    expect(reader.prepare('PRAGMA journal_mode').get()).to.deep.include({ journal_mode: 'wal' })
    reader.close()
  })

  it('holds no byte of an erased learner, in file or log', async () => {
    const { store } = await open()
    const canary = Buffer.from('canary-of-the-learner')
    const batch = {
      id: 'b',
      home: 'h',
      issuer: 'i',
      pointers: [],
      permanent: false,
      createdAt: 0,
      masterVersion: 1,
    }
    await store.openDraft({ ...batch, sealedSecret: undefined }, lease)
    const blank = Buffer.alloc(32)
    await store.addDrafts('b', lease, [
      {
        row: 2,
        commitment: blank,
        sealedSeed: canary,
        sealedCredential: canary,
        sealedLearner: canary,
        tags: [CANARY_TAG],
        isAddressed: true,
      },
    ])
    await store.finishDraft('b', lease, new Uint32Array([0]), '[]')
    const hashes = { keyAuthHash: blank, ownerHash: canary, serverKey: canary }
    await store.addSealed('b', lease, [{ index: 0, cid: 'bc', sealing: 0, ...hashes }])
    const share = { id: 's', batchId: 'b', row: 2, createdAt: 0, expiresAt: undefined }
    const presentation = Buffer.concat([Buffer.alloc(9000, 'x'), canary])
    const limits = { standing: 9, ever: 9 }
    await store.addShare({ ...share, ownerHash: canary, presentation }, limits)
    const found = async (): Promise<boolean> => {
      const files = await copiedStore(folder)
      return files.some((f) => f.includes(canary) || f.includes('a canary'))
    }
    expect(await found()).to.equal(true)
    await store.erase({ cid: 'bc', batchId: 'b', index: 0, reason: 0, erasedAt: 1 })
    expect(await found()).to.equal(false)
  })

  it('holds no byte of an erased learner where pages were split, in table or index', async () => {
    const { store } = await open()
    const size = 1500
    // SQLite keeps an integer in as few bytes as it needs: each of these needs all eight.
    const tag = (): Buffer => Buffer.concat([Buffer.of(0x5a), randomBytes(7)])
    const secrets = Array.from({ length: size }, (_, row) => ({
      seed: randomBytes(60),
      learner: randomBytes(120),
      tags: [tag(), tag(), tag()],
      serverKey: randomBytes(32),
      row,
    }))
    await store.openDraft(newBatch('b'), lease)
    const drafts = secrets.map(({ seed, learner, tags, row }) => ({
      ...draft(2),
      row,
      sealedSeed: seed,
      sealedLearner: learner,
      sealedCredential: randomBytes(200),
      tags: tags.map((one) => one.readBigInt64BE()),
    }))
    for (let from = 0; from < size; from += 256) {
      await store.addDrafts('b', lease, drafts.slice(from, from + 256))
    }
    const order = randomOrder(size)
    await store.finishDraft('b', lease, order, '[]')
    const rows = [...order.entries()].map(([row, index]) => ({
      ...sealed('b', index),
      serverKey: secrets[row]?.serverKey,
    }))
    rows.sort((a, b) => a.index - b.index)
    for (let from = 0; from < size; from += 256) {
      await store.addSealed('b', lease, rows.slice(from, from + 256))
    }
    await store.markSealed('b', lease, '0xroot')
    await store.markStored('b', lease, 'bmanifest')
    await store.markAnchored('b', lease, { anchoredAt: 1, operator: 'o', transaction: undefined })
    const victims = secrets.filter(({ row }) => row % 10 === 0)
    for (const { row } of victims) {
      const index = order[row] ?? -1
      await store.erase({ cid: `bb${index}`, batchId: 'b', index, reason: 0, erasedAt: 1 })
    }
    const [file, log] = await copiedStore(folder)
    expect(log).to.have.length(0)
    const holds = (bytes: Buffer): boolean => file.includes(bytes)
    const left = victims.filter(
      ({ seed, learner, tags, serverKey }) =>
        [seed, learner].some((one) => holds(one.subarray(0, 30)) || holds(one.subarray(30, 60))) ||
        [...tags, serverKey].some(holds),
    )
    expect(left).to.have.length(0)
    const others = secrets.filter(({ row, tags: [one] }) => row % 10 > 0 && one && holds(one))
    expect(others).to.have.length(size - victims.length)
  }).timeout(60_000)

  it('holds no byte of a presentation that was withdrawn or expired', async () => {
    const { store } = await open()
    await store.openDraft(newBatch('b'), lease)
    await store.addDrafts('b', lease, [draft(2)])
    await store.finishDraft('b', lease, new Uint32Array([0]), '[]')
    await store.addSealed('b', lease, [sealed('b', 0)])
    const limits = { standing: 9, ever: 9 }
    const canary = Buffer.from('canary-of-a-presentation')
    const presentation = Buffer.concat([Buffer.alloc(9000, 'x'), canary])
    const share = { batchId: 'b', row: 2, createdAt: 0, ownerHash: bytes(62), presentation }
    const found = async (): Promise<boolean> => {
      const files = await copiedStore(folder)
      return files.some((f) => f.includes(canary))
    }
    await store.addShare({ ...share, id: 'one', expiresAt: undefined }, limits)
    expect(await found()).to.equal(true)
    await store.withdrawShare('one', 1)
    expect(await found()).to.equal(false)
    await store.addShare({ ...share, id: 'two', expiresAt: 5 }, limits)
    expect(await found()).to.equal(true)
    await store.expireShares(5)
    expect(await found()).to.equal(false)
  })

  it('refuses a schema of a later version', async () => {
    await open()
    const path = join(folder, 'later.sqlite')
    const later = new DatabaseSync(path)
    later.exec('PRAGMA user_version = 99')
    later.close()
    expect(() => openSqliteStore(path)).to.throw('later version')
  })
})
