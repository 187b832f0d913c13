import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect } from 'chai'
import { openSqliteStore } from '../../../server/storage/sqlite.ts'
import type { Store } from '../../../server/storage/store.ts'
import { describeOutbox } from './outbox.contract.ts'
import { describeApiKeys } from './api-keys.contract.ts'
import { describeRequests } from './requests.contract.ts'
import { describeStore } from './store.contract.ts'
import { describeWebhooks } from './webhooks.contract.ts'

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

describeStore('SQLite', open, close)
describeOutbox('SQLite', open, close)
describeWebhooks('SQLite', open, close)
describeApiKeys('SQLite', open, close)
describeRequests('SQLite', open, close)

describe('the SQLite file', () => {
  afterEach(close)

  it('is written through to disk, with a log, and overwrites what is deleted', async () => {
    const { store } = await open()
    await store.audit({ at: 1, action: 'a', subject: 's' })
    const reader = new DatabaseSync(join(folder, 'store.sqlite'))
    expect(reader.prepare('PRAGMA journal_mode').get()).to.deep.include({ journal_mode: 'wal' })
    reader.close()
  })

  it('holds no byte of an erased learner, in file or log', async () => {
    const { store } = await open()
    const canary = Buffer.from('canary-of-the-learner')
    const lease = { owner: 'w', now: 0, until: 1 }
    const batch = { id: 'b', home: 'h', issuer: 'i', pointers: [], permanent: false, createdAt: 0 }
    await store.openDraft({ ...batch, sealedSecret: undefined }, lease)
    const blank = Buffer.alloc(32)
    await store.addDrafts('b', lease, [
      {
        row: 2,
        commitment: blank,
        sealedSeed: canary,
        sealedCredential: canary,
        sealedLearner: canary,
        emailTag: canary,
        externalIdTag: canary,
      },
    ])
    await store.finishDraft('b', lease, new Uint32Array([0]), '[]')
    const hashes = { keyAuthHash: blank, ownerHash: canary, serverKey: canary }
    await store.addSealed('b', lease, [{ index: 0, cid: 'bc', sealing: 0, ...hashes }])
    const found = async (): Promise<boolean> => {
      const files = ['store.sqlite', 'store.sqlite-wal'].map((name) => join(folder, name))
      return (await Promise.all(files.map((file) => readFile(file)))).some((f) =>
        f.includes(canary),
      )
    }
    expect(await found()).to.equal(true)
    await store.erase({ cid: 'bc', batchId: 'b', index: 0, reason: 0, erasedAt: 1 })
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
