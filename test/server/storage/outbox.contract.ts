import { expect } from 'chai'
import type { NewMail } from '../../../server/storage/outbox.ts'
import { StateError } from '../../../server/storage/store.ts'
import type { Lease, Store } from '../../../server/storage/store.ts'
import { thrown } from '../../support/errors.ts'
import { bytes, draft, lease, newBatch, NOW, sealed } from './fixtures.ts'
import type { OpenedStore } from './store.contract.ts'

export const ISSUER = `0x${'b'.repeat(40)}`
const until = (owner: string, now = NOW): Lease => ({ owner, now, until: now + 1000 })

/** A batch of three, of whom the third has no address; index i is row i + 2. */
export async function storedBatch(store: Store, id: string): Promise<void> {
  await store.openDraft(newBatch(id), lease)
  const drafts = [draft(2), draft(3), { ...draft(4), tags: [], isAddressed: false }]
  await store.addDrafts(id, lease, drafts)
  await store.finishDraft(id, lease, new Uint32Array([0, 1, 2]), '[]')
  await store.addSealed(id, lease, [sealed(id, 0), sealed(id, 1), sealed(id, 2)])
  await store.markSealed(id, lease, `0xroot-${id}`)
  await store.markStored(id, lease, `bmanifest-${id}`)
}

export async function anchoredBatch(store: Store, id: string): Promise<void> {
  await storedBatch(store, id)
  await finalised(store, id)
}

async function finalised(store: Store, id: string): Promise<void> {
  await store.markAnchored(id, lease, { anchoredAt: 1, operator: '0xop', transaction: '0xt' })
}

/** The promises of `OutboxStore`, run against every driver. */
export function describeOutbox(
  name: string,
  open: () => Promise<OpenedStore>,
  close: () => Promise<void>,
): void {
  describe(`the outbox on ${name}`, () => {
    let store: Store
    let other: Store
    beforeEach(async () => {
      ;({ store, other } = await open())
    })
    afterEach(close)

    const one = (batchId: string, more: Partial<NewMail> = {}): NewMail => ({
      batchId,
      index: 0,
      purpose: 'resent',
      occasion: 'a',
      language: undefined,
      now: NOW,
      ...more,
    })

    it('queues one letter for each learner with an address, only once the batch is final', async () => {
      await storedBatch(store, 'b')
      await store.orderMail('b', 'fr', NOW)
      await store.orderMail('b', 'en', NOW)
      expect(await store.queueMail(one('b'))).to.equal(false)
      expect(await other.mailOf('b')).to.deep.equal([])
      await finalised(store, 'b')
      const queued = await other.mailOf('b')
      expect(queued.map(({ index }) => index)).to.deep.equal([0, 1])
      expect(queued[0]).to.include({ cid: 'bb0', purpose: 'issued', language: 'fr', row: 2 })
      expect(await other.mailOf('b', 2)).to.deep.equal(queued.slice(0, 1))
      await store.orderMail('b', 'fr', NOW)
      expect(await other.mailOf('b')).to.deep.equal(queued)
      const error = await thrown(store.orderMail('none', 'fr', NOW))
      expect(error).to.be.instanceOf(StateError)
    })

    it('queues a batch that is final at once, and nothing where nobody ordered', async () => {
      await anchoredBatch(store, 'b')
      expect(await store.mailOf('b')).to.deep.equal([])
      await store.orderMail('b', undefined, NOW)
      expect(await store.mailOf('b')).to.have.length(2)
    })

    it('gives each letter to one worker, and again when its lease ran out, whose word alone counts', async () => {
      await anchoredBatch(store, 'b')
      await store.orderMail('b', undefined, NOW)
      const both = await Promise.all([
        store.claimMail(until('w1'), 1),
        other.claimMail(until('w2'), 5),
      ])
      const [mine, others] = both
      expect(new Set([...mine, ...others].map(({ id }) => id)).size).to.equal(2)
      expect(await other.claimMail(until('w3'), 5)).to.deep.equal([])
      const late = await other.claimMail(until('w3', NOW + 1000), 5)
      expect(late.map(({ attempts }) => attempts)).to.deep.equal([2, 2])
      const [again] = late
      const id = again?.id ?? ''
      const outcome = { state: 'accepted', code: 250 } as const
      expect(await store.settleMail({ id, owner: 'w1', attempts: 1 }, outcome, NOW)).to.equal(false)
      expect(await store.settleMail({ id, owner: 'w3', attempts: 1 }, outcome, NOW)).to.equal(false)
      expect(await store.settleMail({ id, owner: 'w3', attempts: 2 }, outcome, NOW)).to.equal(true)
      expect(await store.settleMail({ id, owner: 'w3', attempts: 2 }, outcome, NOW)).to.equal(false)
      const states = (await other.mailOf('b')).map(({ state }) => state)
      expect(states.toSorted()).to.deep.equal(['accepted', 'queued'])
    })

    it('tries again when it is time, and keeps the last answer', async () => {
      await anchoredBatch(store, 'b')
      expect(await store.queueMail(one('b'))).to.equal(true)
      const [mail] = await store.claimMail(until('w'), 1)
      const claim = { id: mail?.id ?? '', owner: 'w', attempts: 1 }
      await store.settleMail(claim, { state: 'queued', code: 451, nextAttemptAt: NOW + 60 }, NOW)
      expect(await store.claimMail(until('w', NOW + 59), 1)).to.deep.equal([])
      const [later] = await store.claimMail(until('w', NOW + 60), 1)
      expect(later).to.include({ code: 451, attempts: 2, state: 'queued' })
    })

    it('queues a letter once for its occasion, and none without an address', async () => {
      await anchoredBatch(store, 'b')
      expect(await store.queueMail(one('b'))).to.equal(true)
      expect(await other.queueMail(one('b'))).to.equal(false)
      expect(await other.queueMail(one('b', { occasion: 'b' }))).to.equal(true)
      expect(await store.queueMail(one('b', { index: 2 }))).to.equal(false)
      expect(await store.queueMail(one('b', { index: 9 }))).to.equal(false)
    })

    it('answers a request with every link of the address, in all batches that are final', async () => {
      await anchoredBatch(store, 'b')
      await anchoredBatch(store, 'c')
      await storedBatch(store, 'd')
      const limits = { since: NOW - 1000, perAddress: 2, total: 4 }
      expect(await store.requestLinks(BigInt(203), NOW, limits)).to.equal('kept')
      expect(await store.requestLinks(BigInt(9), NOW, limits)).to.equal('kept')
      const counts = await Promise.all([
        store.answerRequests(NOW, NOW - 1000, 10),
        other.answerRequests(NOW, NOW - 1000, 10),
      ])
      expect(counts.toSorted()).to.deep.equal([0, 2])
      for (const id of ['b', 'c']) {
        const mail = await store.mailOf(id)
        expect(mail.map(({ index, purpose }) => [index, purpose])).to.deep.equal([[1, 'asked']])
      }
      expect(await store.mailOf('d')).to.deep.equal([])
    })

    it('takes so many requests for one address, and so many in all, and forgets them in time', async () => {
      const limits = { since: NOW - 1000, perAddress: 2, total: 3 }
      const ask = (fill: number, now = NOW): Promise<string> =>
        store.requestLinks(BigInt(fill), now, { ...limits, since: now - 1000 })
      const answers = [await ask(1), await ask(1), await ask(1), await ask(2), await ask(3)]
      expect(answers).to.deep.equal(['kept', 'kept', 'ignored', 'kept', 'busy'])
      expect(await ask(1, NOW + 1000)).to.equal('kept')
      expect(await store.answerRequests(NOW, NOW - 1000, 9)).to.equal(4)
      expect(await store.answerRequests(NOW + 5000, NOW + 4000, 9)).to.equal(0)
    })

    it('deletes with a certificate its letters and the requests for it, and no other', async () => {
      await anchoredBatch(store, 'b')
      await store.orderMail('b', undefined, NOW)
      const limits = { since: 0, perAddress: 1, total: 9 }
      await store.requestLinks(BigInt(202), NOW, limits)
      await store.requestLinks(BigInt(203), NOW, limits)
      await store.erase({ cid: 'bb0', batchId: 'b', index: 0, reason: 0, erasedAt: NOW })
      expect((await other.mailOf('b')).map(({ index }) => index)).to.deep.equal([1])
      expect(await store.requestLinks(BigInt(202), NOW, limits)).to.equal('kept')
      expect(await store.requestLinks(BigInt(203), NOW, limits)).to.equal('ignored')
      expect(await store.queueMail(one('b'))).to.equal(false)
    })

    it('notes each export of links, and lets only the first happen unasked', async () => {
      await anchoredBatch(store, 'b')
      const answers = [false, false, true, true]
      const by = { actor: 'cli', issuer: '0xissuer' }
      const seen: boolean[] = []
      for (const again of answers) seen.push(await store.recordExport('b', again, NOW, by))
      expect(seen).to.deep.equal([true, false, true, true])
      const noted = await other.auditLog({ limit: 3 })
      expect(noted.map(({ action, subject }) => `${action} ${subject}`)).to.deep.equal(
        Array(3).fill('export-links b'),
      )
    })

    it('puts a new sealing in the place of the old one, once, under the lease of the batch', async () => {
      await anchoredBatch(store, 'b')
      const change = {
        batchId: 'b',
        index: 0,
        oldCid: 'bb0',
        oldManifest: 'bold',
        reason: 2,
        at: NOW,
      }
      const next = { ...sealed('b', 0), cid: 'bnew', sealing: 1, serverKey: bytes(70) }
      expect(await thrown(store.reseal(change, lease, next, true))).to.be.instanceOf(Error)
      await store.claim('b', lease)
      await store.reseal(change, lease, next, true)
      expect(await other.findCertificate('bb0')).to.equal(undefined)
      const row = await other.findCertificate('bnew')
      expect(row).to.include({ index: 0, sealing: 1 })
      expect(row?.serverKey).to.deep.equal(bytes(70))
      expect(await other.findReplaced('bb0')).to.deep.equal({ ...change, isDone: false })
      expect(await other.unfinishedResealings('c')).to.deep.equal([])
      const [open] = await other.unfinishedResealings('b')
      expect((await other.mailOf('b')).map(({ purpose }) => purpose)).to.deep.equal(['resealed'])
      await thrown(store.reseal(change, lease, { ...next, cid: 'b3', sealing: 2 }, true))
      await store.setManifest('b', lease, 'bother')
      expect(await other.findBatch({ id: 'b' })).to.include({ manifest: 'bother' })
      if (open !== undefined) await store.finishResealing(open)
      expect(await other.unfinishedResealings()).to.deep.equal([])
      expect(await other.findReplaced('bb0')).to.include({ isDone: true })
    })

    it('owes a new sealing once, until it is there or the certificate is erased', async () => {
      await anchoredBatch(store, 'b')
      const owed = { batchId: 'b', index: 0, oldCid: 'bb0', reason: 2 }
      await store.oweResealing(owed)
      await store.oweResealing({ ...owed, reason: 3 })
      expect(await other.findOwed('bb0')).to.deep.equal(owed)
      expect(await other.owedResealings('b')).to.deep.equal([owed])
      expect(await other.owedResealings('c')).to.deep.equal([])
      await store.claim('b', lease)
      const next = { ...sealed('b', 0), cid: 'bnew', sealing: 1, serverKey: bytes(70) }
      await store.reseal({ ...owed, oldManifest: 'bold', at: NOW }, lease, next, false)
      expect(await other.owedResealings()).to.deep.equal([])
      await store.oweResealing({ ...owed, oldCid: 'bnew' })
      await store.erase({ cid: 'bnew', batchId: 'b', index: 0, reason: 2, erasedAt: NOW })
      expect(await other.findOwed('bnew')).to.equal(undefined)
    })
  })
}
