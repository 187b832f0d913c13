import { expect } from 'chai'
import type { Store } from '../../../server/storage/store.ts'
import { bytes, draft, lease, newBatch, NOW } from './fixtures.ts'
import { anchoredBatch, ISSUER, storedBatch } from './outbox.contract.ts'
import type { OpenedStore } from './store.contract.ts'

/** The promises of `BacklogStore`, run against every driver. */
export function describeBacklog(
  name: string,
  open: () => Promise<OpenedStore>,
  close: () => Promise<void>,
): void {
  describe(`how much there is to do, on ${name}`, () => {
    let store: Store
    let other: Store
    beforeEach(async () => {
      ;({ store, other } = await open())
    })
    afterEach(close)

    it('is nothing in an empty store', async () => {
      expect(await store.backlog()).to.deep.equal({
        batches: { open: 0, drafted: 0, sealed: 0, stored: 0, submitted: 0, anchored: 0 },
        oldestUnfinished: undefined,
        troubles: {},
        letters: { queued: 0, refused: 0, failed: 0 },
        deliveries: { queued: 0, failed: 0 },
      })
    })

    it('counts batches by state and trouble, and tells when the oldest was begun', async () => {
      await anchoredBatch(store, 'done')
      await storedBatch(store, 'waits')
      await store.openDraft({ ...newBatch('read'), createdAt: NOW + 5000 }, lease)
      await store.addDrafts('read', lease, [draft(2)])
      await store.noteTrouble('waits', 'no-funds', NOW)
      const found = await other.backlog()
      expect(found.batches).to.include({ open: 1, stored: 1, anchored: 1, sealed: 0 })
      expect(found.oldestUnfinished).to.equal(newBatch('waits').createdAt)
      expect(found.troubles).to.deep.equal({ 'no-funds': 1 })
      await store.noteTrouble('waits', undefined, NOW)
      expect((await other.backlog()).troubles).to.deep.equal({})
    })

    it('counts letters and deliveries until somebody took them', async () => {
      await store.addEndpoint({
        id: 'e',
        issuer: ISSUER,
        url: 'https://hooks.example/',
        events: ['batch.anchored'],
        sealedSecret: bytes(7),
        createdAt: NOW,
      })
      await anchoredBatch(store, 'b')
      await store.orderMail('b', undefined, NOW)
      const by = { owner: 'w', now: NOW, until: NOW + 1000 }
      expect((await other.backlog()).letters).to.include({ queued: 2 })
      const told = { type: 'ping', key: 'k', at: NOW, data: {}, issuer: ISSUER } as const
      await store.publishTo('e', told)
      const { queued } = (await other.backlog()).deliveries
      expect(queued).to.be.greaterThan(0)
      const [one, two] = await store.claimMail(by, 2)
      for (const [mail, state] of [
        [one, 'accepted'],
        [two, 'refused'],
      ] as const) {
        const claim = { id: mail?.id ?? '', owner: 'w', attempts: 1 }
        await store.settleMail(claim, { state, code: 250 }, NOW)
      }
      expect((await other.backlog()).letters).to.deep.equal({ queued: 0, refused: 1, failed: 0 })
      const [delivery, ...rest] = await store.claimDeliveries(by, 9)
      const claim = { id: delivery?.id ?? '', owner: 'w', attempts: 1 }
      await store.settleDelivery(claim, { state: 'failed', code: 500 }, NOW)
      for (const { id } of rest) {
        await store.settleDelivery(
          { id, owner: 'w', attempts: 1 },
          { state: 'delivered', code: 200 },
          NOW,
        )
      }
      expect((await other.backlog()).deliveries).to.deep.equal({ queued: 0, failed: 1 })
    })
  })
}
