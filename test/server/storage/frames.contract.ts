import { expect } from 'chai'
import { LeaseLostError, StateError } from '../../../server/storage/store.ts'
import type { SealedPage, Store } from '../../../server/storage/store.ts'
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

    it('keeps pages of drafts in their order for as long, by bucket, and says where rows lie', async () => {
      const page = (bucket: number, number: number, drafts: number): SealedPage => {
        return { bucket, page: number, drafts, sealed: Uint8Array.of(bucket, number) }
      }
      const pagesIn = async (bucket: number): Promise<unknown[]> =>
        (await other.pagesOf('p', bucket)).map((one) => ({ ...one, sealed: [...one.sealed] }))
      await store.openDraft(newBatch('p'), lease)
      const rows = [2, 3, 4].map((row) => ({
        ...draft(row),
        sealedSeed: new Uint8Array(),
        sealedCredential: undefined,
      }))
      await store.addDrafts('p', lease, rows)
      expect(await other.bucketsOf('p')).to.deep.equal([])
      await store.addPages('p', lease, [page(7, 1, 1), page(0, 0, 1)])
      await store.addPages('p', lease, [page(7, 0, 1)])
      const foreign = store.addPages('p', { ...lease, owner: 'another' }, [page(9, 0, 1)])
      expect(await thrown(foreign)).to.be.instanceOf(LeaseLostError)
      expect(await other.bucketsOf('p')).to.deep.equal([
        { bucket: 0, drafts: 1 },
        { bucket: 7, drafts: 2 },
      ])
      expect(await pagesIn(7)).to.deep.equal([
        { bucket: 7, page: 0, drafts: 1, sealed: [7, 0] },
        { bucket: 7, page: 1, drafts: 1, sealed: [7, 1] },
      ])
      await store.finishDraft('p', lease, new Uint32Array([2, 0, 1]), '[]')
      expect(await thrown(store.addPages('p', lease, [page(9, 0, 1)]))).to.be.instanceOf(StateError)
      await store.addSealed('p', lease, [sealed('p', 1)])
      expect(await other.placesOf('p', 0, 9)).to.deep.equal([
        { index: 0, row: 3, isSealed: false },
        { index: 1, row: 4, isSealed: true },
        { index: 2, row: 2, isSealed: false },
      ])
      expect(await other.placesOf('p', 1, 1)).to.deep.equal([{ index: 1, row: 4, isSealed: true }])
      await store.addSealed('p', lease, [sealed('p', 0), sealed('p', 2)])
      await store.markSealed('p', lease, '0xroot')
      await store.markStored('p', lease, 'cmanifest')
      expect(await pagesIn(0)).to.have.length(1)
      const anchor = { anchoredAt: 1_800_000_123, operator: '0xop', transaction: '0xhash' }
      await store.markAnchored('p', lease, anchor)
      expect([await other.bucketsOf('p'), await pagesIn(7)]).to.deep.equal([[], []])
      await store.openDraft(newBatch('q'), lease)
      await store.addPages('q', lease, [page(1, 0, 1)])
      await store.dropDraft('q')
      expect(await other.bucketsOf('q')).to.deep.equal([])
    })
  })
}
