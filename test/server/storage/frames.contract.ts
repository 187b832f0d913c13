import { expect } from 'chai'
import { LeaseLostError, StateError } from '../../../server/storage/store.ts'
import type { Store } from '../../../server/storage/store.ts'
import { draft, lease, newBatch, sealed } from './fixtures.ts'
import type { OpenedStore } from './store.contract.ts'

/** What a store keeps of all drafts of a batch together, run against every driver. */
export function describeFrames(
  name: string,
  open: () => Promise<OpenedStore>,
  close: () => Promise<void>,
): void {
  describe(`frames of drafts on ${name}`, () => {
    let store: Store
    let other: Store
    beforeEach(async () => {
      ;({ store, other } = await open())
    })
    afterEach(close)

    async function thrown(work: Promise<unknown>): Promise<unknown> {
      return work.then(
        () => expect.fail('nothing was thrown'),
        (error: unknown) => error,
      )
    }

    it('keeps what drafts share for as long as it keeps their credentials', async () => {
      const first = Uint8Array.of(1, 2)
      const second = Uint8Array.of(3)
      await store.openDraft(newBatch('b'), lease)
      expect(await other.frameOf('b')).to.equal(undefined)
      await store.keepFrame('b', lease, first)
      await store.keepFrame('b', lease, second)
      expect(Uint8Array.from((await other.frameOf('b')) ?? [])).to.deep.equal(second)
      const another = store.keepFrame('b', { ...lease, owner: 'another' }, first)
      expect(await thrown(another)).to.be.instanceOf(LeaseLostError)
      await store.dropDraft('b')
      expect(await other.frameOf('b')).to.equal(undefined)

      await store.openDraft(newBatch('c'), lease)
      await store.keepFrame('c', lease, first)
      await store.addDrafts('c', lease, [draft(2)])
      await store.finishDraft('c', lease, new Uint32Array([0]), '[]')
      expect(await thrown(store.keepFrame('c', lease, second))).to.be.instanceOf(StateError)
      await store.addSealed('c', lease, [sealed('c', 0)])
      await store.markSealed('c', lease, '0xroot')
      await store.markStored('c', lease, 'cmanifest')
      expect(Uint8Array.from((await other.frameOf('c')) ?? [])).to.deep.equal(first)
      const anchor = { anchoredAt: 1_800_000_123, operator: '0xop', transaction: '0xhash' }
      await store.markAnchored('c', lease, anchor)
      expect(await other.frameOf('c')).to.equal(undefined)
    })
  })
}
