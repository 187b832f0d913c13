import { expect } from 'chai'
import { LeaseLostError, StateError } from '../../../server/storage/store.ts'
import type { Store } from '../../../server/storage/store.ts'
import { draft, lease, newBatch } from './fixtures.ts'
import type { OpenedStore } from './store.contract.ts'

/** What a store keeps of all drafts of a batch together, run against every driver. */
export function describeMoulds(
  name: string,
  open: () => Promise<OpenedStore>,
  close: () => Promise<void>,
): void {
  describe(`moulds of drafts on ${name}`, () => {
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
      expect(await other.mouldsOf('b')).to.equal(undefined)
      await store.keepMoulds('b', lease, first)
      await store.keepMoulds('b', lease, second)
      expect(Uint8Array.from((await other.mouldsOf('b')) ?? [])).to.deep.equal(second)
      const another = store.keepMoulds('b', { ...lease, owner: 'another' }, first)
      expect(await thrown(another)).to.be.instanceOf(LeaseLostError)
      await store.dropDraft('b')
      expect(await other.mouldsOf('b')).to.equal(undefined)

      await store.openDraft(newBatch('c'), lease)
      await store.addDrafts('c', lease, [draft(2)])
      await store.finishDraft('c', lease, new Uint32Array([0]), '[]')
      expect(await thrown(store.keepMoulds('c', lease, first))).to.be.instanceOf(StateError)
    })
  })
}
