/** Defends that a file half read leaves nothing, and that no batch is lost to whoever clears such files away. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect } from 'chai'
import { dropOpenDrafts } from '../../../server/issuance/drafts.ts'
import { openSqliteStore } from '../../../server/storage/sqlite.ts'
import type { Store } from '../../../server/storage/store.ts'
import { newDataFolder, PASSPHRASE } from '../folder.ts'
import { draft, lease, newBatch, NOW } from '../storage/fixtures.ts'

describe('a draft that was left open', () => {
  let store: Store
  let folder = ''
  const parts = (now: number, over: Partial<Store> = {}) => ({
    store: { ...store, ...over },
    now: () => now,
    leaseMs: 1000,
  })

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'inaltera-drafts-'))
    store = openSqliteStore(join(folder, 'store.sqlite'))
    await store.openDraft(newBatch('b'), lease)
    await store.addDrafts('b', lease, [draft(2)])
  })
  afterEach(async () => {
    await store.close()
    await rm(folder, { recursive: true })
  })

  it('is dropped once its lease ran out, and not before', async () => {
    expect(await dropOpenDrafts(parts(lease.until - 1))).to.deep.equal([])
    expect(await store.claim('b', lease)).to.equal(true)
    expect(await dropOpenDrafts(parts(lease.until))).to.deep.equal(['b'])
    expect(await store.claim('b', lease)).to.equal(false)
  })

  it('stays where whoever fills it was only slow, and ends while this looks', async () => {
    const slow: Partial<Store> = {
      listUnfinished: async (now) => {
        const seen = await store.listUnfinished(now)
        await store.finishDraft('b', { ...lease, now, until: now + 1000 }, new Uint32Array(1), '[]')
        await store.release('b', lease)
        return seen
      },
    }
    expect(await dropOpenDrafts(parts(NOW + 5000, slow))).to.deep.equal([])
    expect(await store.findBatch({ id: 'b' })).to.include({ state: 'drafted', size: 1 })
    expect(await store.pickBatch([newBatch('b').issuer], lease)).to.equal('b')
  })

  it('is dropped by whoever serves, whenever its lease runs out', async function () {
    this.timeout(60_000)
    const data = await newDataFolder()
    try {
      const context = await data.open({ passphrase: PASSPHRASE, leaseMs: 300 })
      await context.serve({ port: 0 })
      const own = openSqliteStore(join(data.folder, 'store.sqlite'))
      try {
        const now = Date.now()
        const held = { owner: 'gone', now, until: now + 1500 }
        await own.openDraft(newBatch('late'), held)
        await own.addDrafts('late', held, [draft(2)])
        const isThere = async (): Promise<boolean> =>
          (await own.listUnfinished(now + 600_000)).some(({ id }) => id === 'late')
        expect(await isThere()).to.equal(true)
        while (await isThere()) await wait(100)
        expect(Date.now()).to.be.at.least(held.until)
      } finally {
        await own.close()
      }
    } finally {
      await data.remove()
    }
  })
})
