import { expect } from 'chai'
import type { OpenedStore } from './store.contract.ts'
import type { Store } from '../../../server/storage/store.ts'
import { draft, lease, newBatch, NOW, sealed, signed } from './fixtures.ts'

/** What `StandingStore` promises, run against every driver. */
export function describeStanding(
  name: string,
  open: () => Promise<OpenedStore>,
  close: () => Promise<void>,
): void {
  describe(`anchors that stand, on ${name}`, () => {
    let store: Store
    let other: Store
    beforeEach(async () => {
      ;({ store, other } = await open())
    })
    afterEach(close)

    async function anchored(id: string, anchoredAt: number): Promise<void> {
      await store.openDraft(newBatch(id), lease)
      await store.addDrafts(id, lease, [draft(2)])
      await store.finishDraft(id, lease, new Uint32Array([0]), '[]')
      await store.addSealed(id, lease, [sealed(id, 0)])
      await store.markSealed(id, lease, `0x${id}`)
      await store.markStored(id, lease, 'bmanifest')
      await store.markAnchored(id, lease, { anchoredAt, operator: '0xop', transaction: '0xhash' })
    }

    const idsFrom = async (limit: number, offset: number): Promise<string[]> =>
      (await other.anchoredBatches(limit, offset)).map(({ id }) => id)

    it('lists the last anchored first, page by page', async () => {
      await anchored('one', 100)
      await anchored('two', 300)
      await anchored('three', 200)
      expect(await idsFrom(2, 0)).to.deep.equal(['two', 'three'])
      expect(await idsFrom(2, 2)).to.deep.equal(['one'])
    })

    it('opens a lost anchor once, and only the one that was looked at', async () => {
      await anchored('one', 100)
      expect(await store.reopenAnchor('one', 99)).to.equal(false)
      expect(await store.reopenAnchor('one', 100)).to.equal(true)
      expect(await other.reopenAnchor('one', 100)).to.equal(false)
      expect(await other.findBatch({ id: 'one' })).to.include({ state: 'submitted', root: '0xone' })
      expect((await other.listUnfinished(NOW)).map(({ id }) => id)).to.deep.equal(['one'])
      expect(await idsFrom(10, 0)).to.deep.equal([])
    })

    it('revives what was settled from a nonce on, each purpose once', async () => {
      const plan = { chain: 'c', signer: 's', intent: 'anchor:1', chainNonce: 4, now: NOW }
      for (const outcome of ['settled', 'lost', 'settled'] as const) {
        const pending = await store.planTransaction(plan, (nonce) => signed(nonce))
        await store.settleTransaction(pending, outcome)
      }
      expect(await store.reviveTransactions('c', 's', 7)).to.equal(0)
      expect(await store.reviveTransactions('c', 's', 5)).to.equal(2)
      expect(await other.reviveTransactions('c', 's', 5)).to.equal(0)
      const pending = await other.pendingTransactions('c', 's')
      expect(pending.map(({ nonce, intent }) => [nonce, intent])).to.deep.equal([
        [5, 'anchor:1#5'],
        [6, 'anchor:1'],
      ])
      expect(pending.map(({ signed: kept }) => kept.length)).to.deep.equal([1, 1])
    })

    it('keeps every dearer transaction of two workers who replace at once', async () => {
      const plan = { chain: 'c', signer: 's', intent: 'anchor:1', chainNonce: 4, now: NOW }
      const pending = await store.planTransaction(plan, (nonce) => signed(nonce))
      await store.addReplacement(pending, signed(4, 20n))
      await other.addReplacement(pending, signed(4, 30n))
      const same = await other.addReplacement(pending, signed(4, 30n))
      expect(same.signed.map(({ maxFeePerGas }) => maxFeePerGas)).to.deep.equal([10n, 20n, 30n])
    })

    it('tells why a batch waits, since when, until it goes on', async () => {
      await anchored('one', 100)
      await store.noteTrouble('one', 'no-funds', NOW)
      await store.noteTrouble('one', 'no-funds', NOW + 5)
      expect(await other.troubles(10)).to.deep.equal([
        { batchId: 'one', code: 'no-funds', since: NOW },
      ])
      await store.noteTrouble('one', 'fee-cap', NOW + 9)
      expect(await other.troubles(10)).to.deep.equal([
        { batchId: 'one', code: 'fee-cap', since: NOW + 9 },
      ])
      await store.noteTrouble('one', undefined, NOW + 10)
      expect(await other.troubles(10)).to.deep.equal([])
    })
  })
}
