import { expect } from 'chai'
import { brokenEntry } from '../../../server/storage/audit.ts'
import type { Store, StoredCertificate } from '../../../server/storage/store.ts'
import { draft, lease, newBatch, NOW, sealed } from './fixtures.ts'
import type { OpenedStore } from './store.contract.ts'

const ISSUER = newBatch('any').issuer

/** The promises of `SearchStore` and `AuditStore`, run against every driver. */
export function describeSearch(
  name: string,
  open: () => Promise<OpenedStore>,
  close: () => Promise<void>,
): void {
  describe(`search and audit log on ${name}`, () => {
    let store: Store
    let other: Store
    beforeEach(async () => {
      ;({ store, other } = await open())
    })
    afterEach(close)

    /** A batch whose i-th row, from 0, has these tags. */
    async function issued(id: string, tags: readonly (readonly bigint[])[]): Promise<void> {
      await store.openDraft(newBatch(id), lease)
      const drafts = tags.map((own, row) => ({ ...draft(row), tags: own }))
      await store.addDrafts(id, lease, drafts.slice(0, 1))
      await store.addDrafts(id, lease, drafts.slice(1))
      await store.finishDraft(id, lease, new Uint32Array(tags.keys()), '[]')
      await store.addSealed(
        id,
        lease,
        tags.map((_, index) => sealed(id, index)),
      )
    }

    const cids = (rows: readonly StoredCertificate[]): string[] => rows.map(({ cid }) => cid)
    const found = async (...tags: bigint[]): Promise<string[]> =>
      cids(await other.search(ISSUER, tags, { limit: 9 }))

    it('finds the certificates that have every tag, newest first, page by page', async () => {
      await issued('p', [[1n, 2n], [1n], [-(2n ** 63n), 1n, 1n]])
      await issued('q', [[2n, 1n], [3n]])
      expect(await found(1n)).to.deep.equal(['bq0', 'bp2', 'bp1', 'bp0'])
      expect(await found(1n, 2n, 2n)).to.deep.equal(['bq0', 'bp0'])
      expect(await found(-(2n ** 63n))).to.deep.equal(['bp2'])
      expect(await found(1n, 9n)).to.deep.equal([])
      const paged: string[] = []
      for (let after: StoredCertificate | undefined; ;) {
        const page = await other.search(ISSUER, [1n], { after, limit: 1 })
        after = page[0]
        if (after === undefined) break
        paged.push(after.cid)
      }
      expect(paged).to.deep.equal(['bq0', 'bp2', 'bp1', 'bp0'])
      const nowhere = { after: { batchId: 'none', row: 1 }, limit: 9 }
      expect(await store.search(ISSUER, [1n], nowhere)).to.deep.equal([])
    })

    it('finds nothing of another issuer, nothing that is not sealed, nothing that was dropped', async () => {
      await issued('p', [[1n], [1n]])
      expect(await store.search('0xother', [1n], { limit: 9 })).to.deep.equal([])
      await store.openDraft(newBatch('d'), lease)
      await store.addDrafts('d', lease, [{ ...draft(0), tags: [1n] }])
      expect(await found(1n)).to.deep.equal(['bp1', 'bp0'])
      await store.dropDraft('d')
      await issued('e', [[4n]])
      expect(await found(1n)).to.deep.equal(['bp1', 'bp0'])
    })

    it('finds an erased learner no more, and the others still', async () => {
      await issued('p', [
        [1n, 5n],
        [1n, 6n],
      ])
      const erasure = { batchId: 'p', index: 1, reason: 0, erasedAt: NOW }
      await store.erase({ ...erasure, cid: 'bp1' })
      expect(await found(1n)).to.deep.equal(['bp0'])
      expect(await found(6n)).to.deep.equal([])
      await store.erase({ ...erasure, index: 0, cid: 'bp0' })
      const all = await other.tombstones('', 9)
      expect(all.map(({ cid }) => cid)).to.deep.equal(['bp0', 'bp1'])
      expect((await other.tombstones('bp0', 9)).map(({ index }) => index)).to.deep.equal([1])
    })

    it('tells which tags are in use, of one issuer and of batches whose rows are all there', async () => {
      await issued('p', [[1n], [-(2n ** 63n), 1n]])
      await store.openDraft(newBatch('open'), lease)
      await store.addDrafts('open', lease, [{ ...draft(0), tags: [3n] }])
      const tags = [1n, -(2n ** 63n), 3n, 4n, 1n]
      const inUse = await other.tagsInUse(ISSUER, tags)
      expect(new Set(inUse)).to.deep.equal(new Set([1n, -(2n ** 63n)]))
      expect(inUse).to.have.length(2)
      expect(await other.tagsInUse(`0x${'c'.repeat(40)}`, tags)).to.deep.equal([])
      expect(await other.tagsInUse(ISSUER, [])).to.deep.equal([])
      await store.finishDraft('open', lease, new Uint32Array([0]), '[]')
      expect(await other.tagsInUse(ISSUER, [3n])).to.deep.equal([3n])
    })

    it('tells of each of very many tags whether it is in use', async () => {
      const tags = Array.from({ length: 1000 }, (_, at) => BigInt(at) * 2n ** 53n - 2n ** 62n)
      const entered = tags.filter((_, at) => at % 3 === 0 || at % 64 === 63)
      await issued(
        'p',
        entered.map((tag) => [tag]),
      )
      const inUse = await other.tagsInUse(ISSUER, tags)
      expect(inUse).to.have.length(entered.length)
      expect(new Set(inUse)).to.deep.equal(new Set(entered))
    })

    it('forgets the tags of a batch that is not approved', async () => {
      await store.openDraft(newBatch('p', { approvalFrom: 1 }), lease)
      await store.addDrafts('p', lease, [{ ...draft(0), tags: [5n] }])
      await store.finishDraft('p', lease, new Uint32Array([0]), '[]')
      await store.rejectBatch(ISSUER, 'p', 'key-2', NOW)
      await issued('q', [[6n]])
      expect(await other.tagsInUse(ISSUER, [5n, 6n])).to.deep.equal([6n])
    })

    it('keeps who did what, page by page and by issuer, and shows where an entry is missing', async () => {
      const acts = ['a', 'b', 'c', 'd'].map((action, i) => ({
        at: NOW + i,
        action,
        subject: 's',
        actor: i === 1 ? 'key-1' : 'cli',
        ...(i < 2 ? { issuer: ISSUER } : {}),
      }))
      for (const act of acts) await store.audit(act)
      const log = await other.auditLog({ limit: 9 })
      expect(log).to.have.length(4)
      for (const [i, entry] of log.toReversed().entries()) expect(entry).to.include(acts[i])
      const own = await other.auditLog({ limit: 1, issuer: ISSUER })
      expect(own.map(({ action }) => action)).to.deep.equal(['b'])
      const next = await other.auditLog({ limit: 9, after: own[0]?.id })
      expect(next.map(({ action }) => action)).to.deep.equal(['a'])
      const oldestFirst = log.toReversed()
      expect(brokenEntry(oldestFirst)).to.equal(undefined)
      expect(brokenEntry(oldestFirst.toSpliced(1, 1))).to.include({ action: 'c' })
      const forged = oldestFirst.map((one) => (one.action === 'b' ? { ...one, actor: 'x' } : one))
      expect(brokenEntry(forged)).to.include({ action: 'b' })
    })
  })
}
