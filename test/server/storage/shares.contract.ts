import { expect } from 'chai'
import type { NewShare } from '../../../server/storage/shares.ts'
import type { Store } from '../../../server/storage/store.ts'
import { bytes, draft, lease, newBatch, NOW, sealed } from './fixtures.ts'
import type { OpenedStore } from './store.contract.ts'

const LIMITS = { standing: 2, ever: 3 }
const OWNER = bytes(62)

function share(id: string, more: Partial<NewShare> = {}): NewShare {
  return {
    id,
    batchId: 'b',
    row: 2,
    createdAt: NOW,
    expiresAt: undefined,
    ownerHash: OWNER,
    presentation: Buffer.from(`presentation ${id}`),
    ...more,
  }
}

/** The promises of `ShareStore`, run against every driver. */
export function describeShares(
  name: string,
  open: () => Promise<OpenedStore>,
  close: () => Promise<void>,
): void {
  describe(`shares on ${name}`, () => {
    let store: Store
    let other: Store
    beforeEach(async () => {
      ;({ store, other } = await open())
      await store.openDraft(newBatch('b'), lease)
      await store.addDrafts('b', lease, [draft(2), draft(3)])
      await store.finishDraft('b', lease, new Uint32Array([0, 1]), '[]')
      await store.addSealed('b', lease, [sealed('b', 0), sealed('b', 1)])
    })
    afterEach(close)

    const textOf = async (id: string, now = NOW): Promise<string | undefined> => {
      const found = await other.openShare(id, now)
      return found?.presentation && Buffer.from(found.presentation).toString()
    }

    it('are opened and counted, and listed newest first with nothing of who opened them', async () => {
      expect(await store.addShare(share('one'), LIMITS)).to.equal('added')
      expect(await store.addShare(share('two', { createdAt: NOW + 1 }), LIMITS)).to.equal('added')
      expect(await store.addShare(share('other', { row: 3 }), LIMITS)).to.equal('added')
      expect(await textOf('one')).to.equal('presentation one')
      expect(await textOf('one')).to.equal('presentation one')
      expect(await textOf('none')).to.equal(undefined)
      const looked = await other.readShare('one', NOW)
      expect(looked).to.include({ opened: 2 })
      expect(Buffer.from(looked?.presentation ?? []).toString()).to.equal('presentation one')
      expect(await other.readShare('none', NOW)).to.equal(undefined)
      const listed = await other.sharesOf('b', 2)
      expect(listed.map(({ id, opened }) => [id, opened])).to.deep.equal([
        ['two', 0],
        ['one', 2],
      ])
      const found = await other.findShare('two')
      expect(new Uint8Array(found?.ownerHash ?? [])).to.deep.equal(OWNER)
      expect(found?.share).to.deep.equal({
        id: 'two',
        batchId: 'b',
        row: 2,
        createdAt: NOW + 1,
        expiresAt: undefined,
        withdrawnAt: undefined,
        opened: 0,
      })
    })

    it('are counted once for each of many readers at a time', async () => {
      await store.addShare(share('one'), LIMITS)
      await Promise.all(Array.from({ length: 10 }, () => other.openShare('one', NOW)))
      expect((await store.findShare('one'))?.share.opened).to.equal(10)
    })

    it('are withdrawn for good, once, and keep the first date', async () => {
      await store.addShare(share('one'), LIMITS)
      await store.withdrawShare('one', NOW + 5)
      await other.withdrawShare('one', NOW + 9)
      await store.withdrawShare('none', NOW)
      expect(await other.openShare('one', NOW + 10)).to.include({
        withdrawnAt: NOW + 5,
        presentation: undefined,
        opened: 0,
      })
      expect(await other.readShare('one', NOW + 10)).to.include({ presentation: undefined })
    })

    it('end when they expire, and lose their bytes with it', async () => {
      await store.addShare(share('one', { expiresAt: NOW + 100 }), LIMITS)
      await store.addShare(share('two'), LIMITS)
      expect(await store.expireShares(NOW + 99)).to.equal(0)
      expect(await textOf('one', NOW + 99)).to.equal('presentation one')
      expect(await textOf('one', NOW + 100)).to.equal(undefined)
      expect(await store.expireShares(NOW + 100)).to.equal(1)
      expect(await store.expireShares(NOW + 100)).to.equal(0)
      expect(await textOf('one', NOW)).to.equal(undefined)
      expect(await textOf('two', NOW + 100)).to.equal('presentation two')
    })

    it('are limited for each certificate: how many stand, and how many were ever made', async () => {
      const add = (id: string, more: Partial<NewShare> = {}) =>
        store.addShare(share(id, more), LIMITS)
      expect(await add('one', { expiresAt: NOW + 1 })).to.equal('added')
      expect(await add('two')).to.equal('added')
      expect(await add('three')).to.equal('full')
      expect(await add('three', { row: 3 })).to.equal('added')
      expect(await add('four', { createdAt: NOW + 1 })).to.equal('added')
      await store.withdrawShare('two', NOW)
      expect(await add('five', { createdAt: NOW + 2 })).to.equal('full')
    })

    it('keep to the limit whoever asks at the same time', async () => {
      const ids = ['one', 'two', 'three', 'four', 'five']
      const answers = await Promise.all(
        ids.map((id, i) => (i % 2 === 0 ? store : other).addShare(share(id), LIMITS)),
      )
      expect(answers.filter((answer) => answer === 'added')).to.have.length(2)
    })

    it('are made by the owner of the certificate as it is sealed at that moment, and of what exists', async () => {
      expect(await store.addShare(share('one', { ownerHash: bytes(1) }), LIMITS)).to.equal(
        'missing',
      )
      expect(await store.addShare(share('one', { row: 9 }), LIMITS)).to.equal('missing')
      expect(await store.findShare('one')).to.equal(undefined)
    })

    it('end with the erasure of their certificate, which lets none be made after it', async () => {
      await store.addShare(share('one'), LIMITS)
      await store.addShare(share('theirs', { row: 3 }), LIMITS)
      await store.erase({ cid: 'bb0', batchId: 'b', index: 0, reason: 0, erasedAt: NOW + 7 })
      expect(await other.openShare('one', NOW)).to.include({
        withdrawnAt: NOW + 7,
        presentation: undefined,
      })
      expect(await textOf('theirs')).to.equal('presentation theirs')
      expect(await other.findShare('one')).to.include({ ownerHash: undefined })
      for (const ownerHash of [OWNER, bytes(0)]) {
        expect(await store.addShare(share('two', { ownerHash }), LIMITS)).to.equal('missing')
      }
    })
  })
}
