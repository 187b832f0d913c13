import { expect } from 'chai'
import { IdempotencyError, LeaseLostError, StateError } from '../../../server/storage/store.ts'
import type { Store } from '../../../server/storage/store.ts'
import { bytes, draft, lease, newBatch, NOW, sealed, signed, thief } from './fixtures.ts'

/** One opened store, and a second connection to the same data, as another process would have it. */
export type OpenedStore = { readonly store: Store; readonly other: Store }

/** The promises of `Store`, run against every driver. */
export function describeStore(
  name: string,
  open: () => Promise<OpenedStore>,
  close: () => Promise<void>,
): void {
  describe(`the store on ${name}`, () => {
    let store: Store
    let other: Store
    beforeEach(async () => {
      ;({ store, other } = await open())
    })
    afterEach(close)

    async function drafted(id = 'batch-1'): Promise<void> {
      await store.openDraft(newBatch(id), lease)
      await store.addDrafts(id, lease, [draft(2), draft(3)])
      await store.addDrafts(id, lease, [draft(5)])
      await store.finishDraft(id, lease, new Uint32Array([2, 0, 1]), '[]')
    }

    async function stored(id = 'batch-1'): Promise<void> {
      await drafted(id)
      await store.addSealed(id, lease, [sealed(id, 0), sealed(id, 1), sealed(id, 2)])
      await store.markSealed(id, lease, '0xroot')
      await store.markStored(id, lease, 'bmanifest')
    }

    async function thrown(work: Promise<unknown>): Promise<unknown> {
      return work.then(
        () => expect.fail('nothing was thrown'),
        (error: unknown) => error,
      )
    }

    it('keeps a batch through its states, seen by another connection at once', async () => {
      await stored()
      const batch = await other.findBatch({ root: '0xroot' })
      expect(batch).to.include({ id: 'batch-1', state: 'stored', size: 3, manifest: 'bmanifest' })
      const anchor = { anchoredAt: 1_800_000_123, operator: '0xop', transaction: '0xhash' }
      await store.markAnchored('batch-1', lease, anchor)
      expect(await other.findBatch({ id: 'batch-1' })).to.include({ state: 'anchored', ...anchor })
      const [noted] = await other.auditLog({ limit: 1 })
      expect(noted).to.include({ action: 'anchored', subject: 'batch-1', actor: 'chain' })
      expect(await other.listUnfinished(NOW * 2)).to.deep.equal([])
    })

    it('gives indexes by the order and lists in index order', async () => {
      await drafted()
      expect((await store.draftsOf('batch-1', 0, 10)).map((d) => [d.index, d.row])).to.deep.equal([
        [0, 3],
        [1, 5],
        [2, 2],
      ])
      expect(
        [...(await store.commitmentsOf('batch-1'))].filter((_, at) => at % 32 === 0),
      ).to.deep.equal([3, 5, 2])
      expect((await store.draftsOf('batch-1', 1, 1)).map((d) => d.index)).to.deep.equal([1])
    })

    it('refuses an order that is no permutation, and leaves the draft open', async () => {
      await store.openDraft(newBatch('b'), lease)
      await store.addDrafts('b', lease, [draft(2), draft(3)])
      for (const order of [[0], [0, 0], [0, 2]]) {
        await thrown(store.finishDraft('b', lease, new Uint32Array(order), '[]'))
      }
      expect(await store.findBatch({ id: 'b' })).to.equal(undefined)
      expect(await store.listUnfinished(NOW + 5000)).to.deep.equal([
        { id: 'b', issuer: newBatch('b').issuer, isOpenDraft: true },
      ])
    })

    it('takes no row of a draft by halves', async () => {
      await store.openDraft(newBatch('b'), lease)
      await thrown(store.addDrafts('b', lease, [draft(2), draft(3), draft(2)]))
      await store.addDrafts('b', lease, [draft(2), draft(3)])
      await store.finishDraft('b', lease, new Uint32Array([0, 1]), '[]')
      expect(await store.commitmentsOf('b')).to.have.length(64)
    })

    it('does not seal a batch with certificates missing, nor skip a state', async () => {
      await drafted()
      await store.addSealed('batch-1', lease, [sealed('batch-1', 0)])
      await thrown(store.markSealed('batch-1', lease, '0xroot'))
      expect(await thrown(store.markStored('batch-1', lease, 'b'))).to.be.instanceOf(StateError)
      expect(await store.findBatch({ id: 'batch-1' })).to.include({ state: 'drafted' })
    })

    it('lets only the holder of the lease work, and another once it has run out', async () => {
      await drafted()
      expect(await other.claim('batch-1', thief)).to.equal(false)
      expect(await thrown(other.markSealed('batch-1', thief, '0x'))).to.be.instanceOf(
        LeaseLostError,
      )
      expect(await store.claim('batch-1', { ...lease, until: NOW + 2000 })).to.equal(true)
      expect(await other.listUnfinished(NOW + 1500)).to.deep.equal([])
      const later = { owner: 'worker-2', now: NOW + 2000, until: NOW + 3000 }
      expect(await other.claim('batch-1', later)).to.equal(true)
      const late = thrown(store.addSealed('batch-1', lease, [sealed('batch-1', 0)]))
      expect(await late).to.be.instanceOf(LeaseLostError)
      await other.release('batch-1', later)
      expect(await store.claim('batch-1', lease)).to.equal(true)
    })

    it('finds the batch of an idempotency key, refuses it for another request', async () => {
      const idempotency = { key: 'k', digest: 'd' }
      const first = await store.openDraft(newBatch('one', { idempotency }), lease)
      expect(first).to.deep.equal({ id: 'one', isNew: true })
      const again = await other.openDraft(newBatch('two', { idempotency }), lease)
      expect(again).to.deep.equal({ id: 'one', isNew: false })
      const differs = newBatch('three', { idempotency: { key: 'k', digest: 'e' } })
      expect(await thrown(store.openDraft(differs, lease))).to.be.instanceOf(IdempotencyError)
      await store.dropDraft('one')
      expect((await store.openDraft(newBatch('four', { idempotency }), lease)).isNew).to.equal(true)
    })

    it('drops drafts, never what is sealed', async () => {
      await drafted('open')
      await store.dropDraft('open')
      expect(await store.findBatch({ id: 'open' })).to.equal(undefined)
      await stored('kept')
      await store.dropDraft('kept')
      expect(await store.findBatch({ id: 'kept' })).to.include({ state: 'stored' })
    })

    it('keeps the signed bytes and submits the batch in one step, and once', async () => {
      await stored()
      const plan = {
        chain: 'c',
        signer: 's',
        intent: 'anchor:0xroot',
        chainNonce: 7,
        batch: { id: 'batch-1', lease: lease.owner },
        now: NOW,
      }
      const first = await store.planTransaction(plan, (nonce) => signed(nonce))
      expect(first).to.include({ nonce: 7, intent: 'anchor:0xroot' })
      expect(await other.findBatch({ id: 'batch-1' })).to.include({ state: 'submitted' })
      const again = await other.planTransaction(plan, () => expect.fail('signed twice'))
      expect(again.signed).to.deep.equal([signed(7)])
      expect((await store.draftsOf('batch-1', 0, 9).catch(() => [])).length).to.equal(0)
    })

    it('keeps nothing where signing fails', async () => {
      await stored()
      const batch = { id: 'batch-1', lease: lease.owner }
      const plan = { chain: 'c', signer: 's', intent: 'i', chainNonce: 0, batch, now: NOW }
      await thrown(
        store.planTransaction(plan, () => {
          throw new Error('no key')
        }),
      )
      expect(await store.findBatch({ id: 'batch-1' })).to.include({ state: 'stored' })
      expect(await store.pendingTransactions('c', 's')).to.deep.equal([])
    })

    it('never gives a nonce twice, whoever asks, and counts every chain and signer apart', async () => {
      const plan = { chain: 'c', signer: 's', intent: '', chainNonce: 0, now: NOW }
      const nonces: number[] = []
      for (let i = 0; i < 6; i += 1) {
        const at = i % 2 === 0 ? store : other
        const intent = `intent ${i}`
        nonces.push((await at.planTransaction({ ...plan, intent }, (n) => signed(n))).nonce)
      }
      expect(nonces).to.deep.equal([0, 1, 2, 3, 4, 5])
      const elsewhere = { ...plan, chain: 'd', chainNonce: 3, intent: 'x' }
      expect((await store.planTransaction(elsewhere, (n) => signed(n, 1n, 'd'))).nonce).to.equal(3)
    })

    it('keeps replacements beside the first, until the nonce is settled', async () => {
      const plan = { chain: 'c', signer: 's', intent: 'i', chainNonce: 0, now: NOW }
      const first = await store.planTransaction(plan, (n) => signed(n, 100n))
      const second = await store.addReplacement(first, signed(0, 113n))
      expect(second.signed.map((s) => s.maxFeePerGas)).to.deep.equal([100n, 113n])
      expect(await other.pendingTransactions('c', 's')).to.deep.equal([second])
      await store.settleTransaction(second, 'lost')
      expect(await other.pendingTransactions('c', 's')).to.deep.equal([])
      const next = await store.planTransaction(plan, (n) => signed(n, 120n))
      expect(next.nonce).to.equal(1)
    })

    it('erases what could reveal a learner, and says when and why', async () => {
      await stored()
      const cid = 'bbatch-11'
      expect(await store.search(newBatch('x').issuer, [205n], { limit: 5 })).to.have.length(1)
      const tombstone = { cid, batchId: 'batch-1', index: 1, reason: 6, erasedAt: NOW }
      await store.erase(tombstone)
      await store.erase({ ...tombstone, erasedAt: NOW + 1 })
      expect(await other.findTombstone(cid)).to.deep.equal(tombstone)
      expect(await other.search(newBatch('x').issuer, [205n], { limit: 5 })).to.deep.equal([])
      const row = await other.findCertificate(cid)
      expect(row?.serverKey).to.equal(undefined)
      expect(row?.sealedLearner).to.equal(undefined)
      expect(row?.keyAuthHash).to.deep.equal(bytes(0))
      await thrown(store.erase({ ...tombstone, cid: 'bnone' }))
      expect(await store.findTombstone('bnone')).to.equal(undefined)
    })

    it('forgets the request of a batch of which a certificate is erased, and of no other', async () => {
      for (const id of ['p', 'q']) {
        const idempotency = { key: `key ${id}`, digest: 'd' }
        await store.openDraft(newBatch(id, { idempotency }), lease)
        await store.addDrafts(id, lease, [draft(2)])
        await store.finishDraft(id, lease, new Uint32Array([0]), '[]')
        await store.addSealed(id, lease, [sealed(id, 0)])
      }
      await store.erase({ cid: 'bp0', batchId: 'p', index: 0, reason: 0, erasedAt: NOW })
      const again = async (id: string): Promise<boolean> => {
        const idempotency = { key: `key ${id}`, digest: 'd' }
        return (await other.openDraft(newBatch(`${id} again`, { idempotency }), lease)).isNew
      }
      expect([await again('p'), await again('q')]).to.deep.equal([true, false])
    })

    it('forgets the secret of a permanent batch only', async () => {
      await store.openDraft(newBatch('p', { permanent: true }), lease)
      await store.addDrafts('p', lease, [draft(2)])
      await store.finishDraft('p', lease, new Uint32Array([0]), '[]')
      await drafted('q')
      await store.forgetSecret('p')
      await store.forgetSecret('q')
      expect((await store.findBatch({ id: 'p' }))?.sealedSecret).to.equal(undefined)
      expect((await store.findBatch({ id: 'q' }))?.sealedSecret).to.deep.equal(bytes(1))
    })

    it('keeps status changes and the audit log in order', async () => {
      const change = { batchId: 'b', indexes: [1, 2], reason: 3, transaction: '0xt', at: NOW }
      await store.recordStatus({ ...change, action: 'revoke' })
      await store.recordStatus({ ...change, action: 'suspend', indexes: [] })
      expect((await other.statusChangesOf('b')).map((c) => c.action)).to.deep.equal([
        'revoke',
        'suspend',
      ])
      await store.audit({ at: NOW, action: 'issue', subject: 'b', actor: 'cli' })
      await store.audit({ at: NOW + 1, action: 'erase', subject: 'c', actor: 'cli' })
      expect((await other.auditLog({ limit: 1 })).map((e) => e.action)).to.deep.equal(['erase'])
    })
  })
}
