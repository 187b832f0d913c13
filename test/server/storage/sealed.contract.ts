import { expect } from 'chai'
import type { Store } from '../../../server/storage/store.ts'
import { draft, lease, newBatch, sealed } from './fixtures.ts'
import type { OpenedStore } from './store.contract.ts'

/** What a store tells of certificates as they were sealed, run against every driver. */
export function describeSealed(
  name: string,
  open: () => Promise<OpenedStore>,
  close: () => Promise<void>,
): void {
  describe(`sealed certificates on ${name}`, () => {
    let store: Store
    let other: Store
    beforeEach(async () => {
      ;({ store, other } = await open())
    })
    afterEach(close)

    it('are listed in index order, whole or in the parts that are asked for', async () => {
      await store.openDraft(newBatch('b'), lease)
      await store.addDrafts('b', lease, [draft(2), draft(3), draft(5)])
      await store.finishDraft('b', lease, new Uint32Array([2, 0, 1]), '[]')
      const rows = [0, 1, 2].map((index) => sealed('b', index))
      await store.addSealed('b', lease, rows.slice(0, 2))
      expect(await other.cidsOf('b', 0, 9)).to.deep.equal(['bb0', 'bb1'])
      await store.addSealed('b', lease, rows.slice(2))
      expect(await other.sealedOf('b', 0, 9)).to.deep.equal(rows)
      expect(await other.sealedOf('b', 1, 1)).to.deep.equal(rows.slice(1, 2))
      expect(await other.cidsOf('b', 1, 9)).to.deep.equal(['bb1', 'bb2'])
      expect(await other.cidsOf('another', 0, 9)).to.deep.equal([])
      const whole = await other.certificatesOf('b', 0, 9)
      expect(whole.map(({ index, row, cid }) => [index, row, cid])).to.deep.equal([
        [0, 3, 'bb0'],
        [1, 5, 'bb1'],
        [2, 2, 'bb2'],
      ])
      const byRow = async (after: number, limit: number): Promise<number[]> =>
        (await other.certificatesByRow('b', after, limit)).map(({ row }) => row)
      expect(await byRow(0, 9)).to.deep.equal([2, 3, 5])
      const [first] = await other.certificatesByRow('b', 0, 1)
      const { row, index, cid, sealing, sealedLearner } = whole[2] ?? {}
      expect(first).to.deep.equal({ row, index, cid, sealing, sealedLearner })
      expect(await byRow(2, 1)).to.deep.equal([3])
      expect(await byRow(5, 9)).to.deep.equal([])
    })
  })
}
