import { expect } from 'chai'
import type { NewOperation } from '../../../server/storage/operations.ts'
import type { Lease, Store } from '../../../server/storage/store.ts'
import { bytes, draft, lease, newBatch, NOW, sealed } from './fixtures.ts'
import type { OpenedStore } from './store.contract.ts'

const ISSUER = `0x${'b'.repeat(40)}`

function operation(id: string, more: Partial<NewOperation> = {}): NewOperation {
  return {
    id,
    issuer: ISSUER,
    kind: 'revoke',
    batchId: 'b',
    index: 0,
    reason: 3,
    replacement: undefined,
    createdAt: NOW,
    createdBy: '0123456789abcdef',
    startAt: NOW,
    ...more,
  }
}

const held = (owner: string, now = NOW): Lease => ({ owner, now, until: now + 1000 })

/** The promises of `OperationStore`, run against every driver. */
export function describeOperations(
  name: string,
  open: () => Promise<OpenedStore>,
  close: () => Promise<void>,
): void {
  describe(`operations on ${name}`, () => {
    let store: Store
    let other: Store
    beforeEach(async () => {
      ;({ store, other } = await open())
      for (const id of ['b', 'c']) {
        await store.openDraft(newBatch(id), lease)
        await store.addDrafts(id, lease, [draft(2), draft(3)])
        await store.finishDraft(id, lease, new Uint32Array([0, 1]), '[]')
        await store.addSealed(id, lease, [sealed(id, 0), sealed(id, 1)])
      }
    })
    afterEach(close)

    const pick = async (from: Store, owner: string, now = NOW) =>
      (await from.pickOperation([ISSUER], held(owner, now)))?.id

    it('are kept once, found by their own issuer, and say all of themselves', async () => {
      const first = await store.addOperation(operation('one'))
      expect(first?.isNew).to.equal(true)
      const again = await other.addOperation(operation('one', { reason: 1, createdAt: NOW + 5 }))
      expect(again?.isNew).to.equal(false)
      expect(again?.operation).to.deep.equal(first?.operation)
      const { startAt, ...told } = operation('one')
      expect(await other.findOperation(ISSUER, 'one')).to.deep.equal({
        ...told,
        state: 'queued',
        attempts: 0,
        nextAttemptAt: startAt,
        trouble: undefined,
        transactions: [],
        finishedAt: undefined,
      })
      expect(await other.findOperation('0xother', 'one')).to.equal(undefined)
    })

    it('are picked once each, oldest first, one of a batch at a time, of one’s own issuers, when due', async () => {
      await store.addOperation(operation('one'))
      await store.addOperation(operation('two', { kind: 'reinstate' }))
      await store.addOperation(operation('three', { batchId: 'c' }))
      await store.addOperation(operation('later', { batchId: 'c', startAt: NOW + 50 }))
      expect(await store.pickOperation(['0xother'], held('x'))).to.equal(undefined)
      const picks = await Promise.all([pick(store, 'w1'), pick(other, 'w2'), pick(store, 'w3')])
      expect(picks.filter((id) => id !== undefined).toSorted()).to.deep.equal(['one', 'three'])
      const owner = `w${picks.indexOf('one') + 1}`
      const end = { state: 'done', transactions: ['0xabc'], at: NOW + 1 } as const
      await other.finishOperation('one', owner, end)
      expect(await store.findOperation(ISSUER, 'one')).to.deep.include({
        state: 'done',
        transactions: ['0xabc'],
        finishedAt: NOW + 1,
      })
      expect(await pick(other, 'w4')).to.equal('two')
      await store.finishOperation('three', `w${picks.indexOf('three') + 1}`, end)
      expect(await pick(other, 'w5')).to.equal(undefined)
      expect(await pick(other, 'w5', NOW + 50)).to.equal('later')
    })

    it('are taken over when a lease runs out, and not changed any more by who lost it', async () => {
      await store.addOperation(operation('one'))
      expect(await pick(store, 'w1')).to.equal('one')
      expect(await store.renewOperation('one', held('w1', NOW + 500))).to.equal(true)
      expect(await pick(other, 'w2', NOW + 1400)).to.equal(undefined)
      expect(await pick(other, 'w2', NOW + 1500)).to.equal('one')
      expect(await store.renewOperation('one', held('w1', NOW + 1600))).to.equal(false)
      await store.finishOperation('one', 'w1', { state: 'failed', transactions: [], at: NOW })
      await store.restOperation('one', 'w1', 'timeout', NOW)
      expect(await store.findOperation(ISSUER, 'one')).to.include({ state: 'queued', attempts: 0 })
    })

    it('rest after trouble, and hold up what comes after them in the same batch', async () => {
      await store.addOperation(operation('one'))
      await store.addOperation(operation('two'))
      expect(await pick(store, 'w1')).to.equal('one')
      await store.restOperation('one', 'w1', 'timeout', NOW + 100)
      expect(await pick(store, 'w1', NOW + 99)).to.equal(undefined)
      const queued = await other.queuedOperationsOf('b')
      expect(queued.map(({ id, attempts, trouble }) => [id, attempts, trouble])).to.deep.equal([
        ['one', 1, 'timeout'],
        ['two', 0, undefined],
      ])
      await store.readyOperation('one', NOW)
      expect(await pick(store, 'w1')).to.equal('one')
    })

    it('wait for no correction, which waits for them, and count no attempt of one that only waited', async () => {
      await store.addOperation(operation('one'))
      const correction = { kind: 'correct', index: 1, replacement: 'c' } as const
      await store.addOperation(operation('two', correction))
      await store.addOperation(operation('three'))
      expect(await pick(store, 'w1')).to.equal('one')
      expect(await pick(other, 'w2')).to.equal(undefined)
      await store.finishOperation('one', 'w1', { state: 'done', transactions: [], at: NOW })
      expect(await pick(other, 'w2')).to.equal('two')
      await other.restOperation('two', 'w2', 'in-progress', NOW + 100, false)
      expect(await pick(store, 'w1')).to.equal('three')
      expect(await store.findOperation(ISSUER, 'two')).to.include({
        attempts: 0,
        trouble: 'in-progress',
        nextAttemptAt: NOW + 100,
      })
    })

    it('correct a certificate once, and once more only where that failed', async () => {
      const correct = (id: string) =>
        store.addOperation(operation(id, { kind: 'correct', replacement: `batch-of-${id}` }))
      const both = await Promise.all([correct('one'), correct('two')])
      expect(both.filter((one) => one !== undefined)).to.have.length(1)
      const id = both.find((one) => one !== undefined)?.operation.id ?? ''
      expect(await pick(store, 'w1')).to.equal(id)
      await store.finishOperation(id, 'w1', {
        state: 'failed',
        trouble: 'x',
        transactions: [],
        at: NOW,
      })
      expect((await correct('three'))?.isNew).to.equal(true)
      expect(await correct('four')).to.equal(undefined)
    })

    it('remember what replaces a certificate, and no way to it once either is erased', async () => {
      const replacement = {
        batchId: 'b',
        row: 2,
        byBatchId: 'c',
        byRow: 3,
        at: NOW,
        envelope: bytes(9),
      }
      await store.saveReplacement(replacement)
      await store.saveReplacement({ ...replacement, at: NOW + 9, envelope: bytes(8) })
      const found = async () => {
        const one = await other.findReplacement('b', 2)
        return one && { ...one, envelope: one.envelope && new Uint8Array(one.envelope) }
      }
      expect(await found()).to.deep.equal({ ...replacement, envelope: bytes(8) })
      expect(await other.findReplacement('c', 3)).to.equal(undefined)
      expect(await other.findReplacedBy('c', 3)).to.include({ batchId: 'b', row: 2, byRow: 3 })
      expect(await other.findReplacedBy('b', 2)).to.equal(undefined)
      const [first] = await other.certificatesOf('c', 0, 1)
      expect(await other.indexOf('c', first?.row ?? 0)).to.equal(0)
      expect(await other.indexOf('c', 99)).to.equal(undefined)
      await store.erase({ cid: 'bc0', batchId: 'c', index: 0, reason: 0, erasedAt: NOW })
      expect((await found())?.envelope).to.deep.equal(bytes(8))
      await store.erase({ cid: 'bc1', batchId: 'c', index: 1, reason: 0, erasedAt: NOW })
      expect(await found()).to.deep.equal({ ...replacement, envelope: undefined })
    })
  })
}
