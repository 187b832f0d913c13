import { expect } from 'chai'
import { StateError } from '../../../server/storage/store.ts'
import type { NewBatch, Store } from '../../../server/storage/store.ts'
import { thrown } from '../../support/errors.ts'
import { draft, lease, newBatch, NOW, sealed, thief } from './fixtures.ts'
import type { OpenedStore } from './store.contract.ts'

const OURS = newBatch('').issuer
const THEIRS = `0x${'c'.repeat(40)}`

/** The promises of `QueueStore`, run against every driver. */
export function describeQueue(
  name: string,
  open: () => Promise<OpenedStore>,
  close: () => Promise<void>,
): void {
  describe(`the queue on ${name}`, () => {
    let store: Store
    let other: Store
    beforeEach(async () => {
      ;({ store, other } = await open())
    })
    afterEach(close)

    /** A batch of two, free of any lease. */
    async function drafted(id: string, more: Partial<NewBatch> = {}): Promise<void> {
      await store.openDraft(newBatch(id, more), lease)
      await store.addDrafts(id, lease, [draft(2), draft(3)])
      await store.finishDraft(id, lease, new Uint32Array([0, 1]), '[]')
      await store.release(id, lease)
    }

    it('keeps who asked for a batch, and with what', async () => {
      await drafted('b', { templateId: 't', createdBy: 'key-1' })
      const overview = await other.overviewOf(OURS, 'b')
      expect(overview).to.include({
        templateId: 't',
        createdBy: 'key-1',
        state: 'drafted',
        size: 2,
      })
      expect(overview?.progress).to.equal(undefined)
      expect(overview?.trouble).to.equal(undefined)
    })

    it('prolongs a lease that ran out, and none that another had since', async () => {
      await drafted('b')
      expect(await store.claim('b', lease)).to.equal(true)
      const late = { ...lease, now: NOW + 5000, until: NOW + 6000 }
      expect(await store.renew('b', late)).to.equal(true)
      expect(await other.listUnfinished(NOW + 5500)).to.deep.equal([])
      const second = { owner: 'worker-2', now: NOW + 7000, until: NOW + 8000 }
      expect(await other.claim('b', second)).to.equal(true)
      const stale = { ...lease, now: NOW + 9000, until: NOW + 9900 }
      expect(await store.renew('b', stale)).to.equal(false)
      await other.release('b', second)
      expect(await store.renew('b', stale)).to.equal(false)
      expect(await store.claim('b', stale)).to.equal(true)
      expect(await store.renew('b', stale)).to.equal(true)
    })

    it('lets nobody work on a batch of that size before it is approved, its own worker neither', async () => {
      await store.openDraft(newBatch('b', { approvalFrom: 2 }), lease)
      await store.addDrafts('b', lease, [draft(2), draft(3)])
      await store.finishDraft('b', lease, new Uint32Array([0, 1]), '[]')
      expect(await store.overviewOf(OURS, 'b')).to.include({ state: 'awaiting-approval' })
      const late = { ...lease, now: NOW + 5000, until: NOW + 9000 }
      const work = store.addSealed('b', lease, [sealed('b', 0)])
      expect(await thrown(work)).to.be.instanceOf(StateError)
      expect(await store.claim('b', late)).to.equal(false)
      expect(await store.pickBatch([OURS], late)).to.equal(undefined)
      expect(await store.listUnfinished(late.now)).to.deep.equal([])
      expect(await other.approveBatch(THEIRS, 'b', 'key-2', NOW)).to.equal(false)
      expect(await other.approveBatch(OURS, 'b', 'key-2', NOW)).to.equal(true)
      expect(await store.approveBatch(OURS, 'b', 'key-3', NOW)).to.equal(false)
      expect(await store.overviewOf(OURS, 'b')).to.include({
        state: 'drafted',
        approvedBy: 'key-2',
      })
      expect(await store.pickBatch([OURS], late)).to.equal('b')
    })

    it('asks no approval of a smaller batch', async () => {
      await drafted('b', { approvalFrom: 3 })
      expect(await store.pickBatch([OURS], lease)).to.equal('b')
    })

    it('deletes a rejected batch with its rows and says who and when', async () => {
      await drafted('b', { approvalFrom: 1, createdBy: 'key-1' })
      expect(await store.rejectBatch(THEIRS, 'b', 'key-2', NOW)).to.equal(false)
      expect(await store.rejectBatch(OURS, 'b', 'key-2', NOW + 7)).to.equal(true)
      expect(await store.rejectBatch(OURS, 'b', 'key-2', NOW + 8)).to.equal(false)
      expect(await other.overviewOf(OURS, 'b')).to.equal(undefined)
      expect(await other.draftsOf('b', 0, 9)).to.deep.equal([])
      const rejection = { id: 'b', size: 2, createdBy: 'key-1', rejectedBy: 'key-2' }
      expect(await other.findRejection(OURS, 'b')).to.include({ ...rejection, rejectedAt: NOW + 7 })
      expect(await other.findRejection(THEIRS, 'b')).to.equal(undefined)
    })

    it('rejects nothing that was approved or needs no approval', async () => {
      await drafted('b', { approvalFrom: 1 })
      await store.approveBatch(OURS, 'b', 'key-2', NOW)
      await drafted('c')
      expect(await store.rejectBatch(OURS, 'b', 'key-2', NOW)).to.equal(false)
      expect(await store.rejectBatch(OURS, 'c', 'key-2', NOW)).to.equal(false)
      expect(await store.findBatch({ id: 'b' })).to.include({ state: 'drafted' })
    })

    it('gives each of those who ask another batch, the oldest first, and none twice', async () => {
      await drafted('late', { createdAt: NOW + 1 })
      await drafted('early')
      await drafted('theirs', { issuer: THEIRS, createdAt: NOW - 1 })
      const picks = await Promise.all([
        store.pickBatch([OURS], lease),
        other.pickBatch([OURS], thief),
      ])
      expect(picks.toSorted()).to.deep.equal(['early', 'late'])
      expect(await store.pickBatch([OURS], { ...lease, owner: 'worker-3' })).to.equal(undefined)
      expect(await store.pickBatch([OURS, THEIRS], lease)).to.equal('theirs')
      const later = { owner: 'worker-4', now: NOW + 1000, until: NOW + 2000 }
      expect(await store.pickBatch([OURS], later)).to.equal('early')
    })

    it('lets a batch in trouble rest, keeps since when, and forgets it when told to', async () => {
      await drafted('b')
      await store.saveTrouble('b', { code: 'unreachable', since: NOW }, NOW + 500)
      await store.saveTrouble('b', { code: 'unreachable', since: NOW + 300 }, NOW + 900)
      expect(await other.troublesOf('b')).to.equal(2)
      expect(await store.pickBatch([OURS], { ...lease, now: NOW + 899 })).to.equal(undefined)
      const trouble = { code: 'unreachable', since: NOW }
      expect((await other.overviewOf(OURS, 'b'))?.trouble).to.deep.equal(trouble)
      expect(await store.pickBatch([OURS], { ...lease, now: NOW + 900 })).to.equal('b')
      await store.clearTrouble('b')
      expect(await other.troublesOf('b')).to.equal(0)
      expect((await other.overviewOf(OURS, 'b'))?.trouble).to.equal(undefined)
    })

    it('keeps when a batch came how far, and how often its links left', async () => {
      await store.openDraft(newBatch('b', { permanent: true }), lease)
      await store.addDrafts('b', lease, [draft(2), draft(3)])
      await store.finishDraft('b', lease, new Uint32Array([0, 1]), '[]')
      const unsealed = { times: { sealed: undefined, stored: undefined, sent: undefined } }
      expect((await other.overviewOf(OURS, 'b'))?.times).to.include(unsealed.times)
      await store.addSealed('b', lease, [sealed('b', 0), sealed('b', 1)])
      await store.markSealed('b', { ...lease, now: NOW + 1 }, '0xroot')
      await store.markStored('b', { ...lease, now: NOW + 2 }, 'manifest')
      const anchor = { anchoredAt: 1, operator: OURS, transaction: undefined }
      await store.markAnchored('b', { ...lease, now: NOW + 4 }, anchor)
      await store.recordExport('b', false, NOW, { actor: 'cli', issuer: OURS })
      const overview = await other.overviewOf(OURS, 'b')
      const times = { sealed: NOW + 1, stored: NOW + 2, sent: undefined, final: NOW + 4 }
      expect(overview?.times).to.deep.equal(times)
      expect(overview).to.include({ permanent: true, isDelivered: false, exports: 1 })
      await store.forgetSecret('b')
      expect(await other.overviewOf(OURS, 'b')).to.include({ isDelivered: true })
    })

    it('keeps progress beside trouble, and none of a batch that is gone', async () => {
      await drafted('b')
      await store.saveTrouble('b', { code: 'timeout', since: NOW }, 0)
      await store.saveProgress('b', { step: 'seal', done: 1, total: 2 })
      await store.saveProgress('b', { step: 'store', done: 2, total: 2 })
      await store.saveProgress('gone', { step: 'seal', done: 1, total: 2 })
      const overview = await other.overviewOf(OURS, 'b')
      expect(overview?.progress).to.deep.equal({ step: 'store', done: 2, total: 2 })
      expect(overview?.trouble).to.deep.equal({ code: 'timeout', since: NOW })
    })

    it('lists one issuer’s batches, newest first, page by page, by state', async () => {
      for (const [at, id] of ['p', 'q', 'r', 's'].entries()) {
        await drafted(id, { createdAt: NOW + Math.floor(at / 2) })
      }
      await drafted('t', { createdAt: NOW + 5, approvalFrom: 1 })
      await drafted('theirs', { issuer: THEIRS })
      await store.openDraft(newBatch('open'), lease)
      const ids: string[] = []
      for (let after; ;) {
        const page = await other.listBatches(OURS, { limit: 2, ...(after && { after }) })
        ids.push(...page.map(({ id }) => id))
        after = page.at(-1)
        if (after === undefined) break
      }
      expect(ids).to.deep.equal(['t', 's', 'r', 'q', 'p'])
      const awaiting = await store.listBatches(OURS, { limit: 9, state: 'awaiting-approval' })
      expect(awaiting.map(({ id }) => id)).to.deep.equal(['t'])
      const some = await store.listBatches(OURS, { limit: 9, state: 'drafted' })
      expect(some.map(({ id }) => id)).to.deep.equal(['s', 'r', 'q', 'p'])
      expect(await store.overviewOf(OURS, 'theirs')).to.equal(undefined)
    })
  })
}
