import { expect } from 'chai'
import type { DayCount, Tally } from '../../../server/storage/statistics.ts'
import type { Store } from '../../../server/storage/store.ts'
import { bytes, draft, lease, newBatch, NOW, sealed } from './fixtures.ts'
import { ISSUER } from './outbox.contract.ts'
import type { OpenedStore } from './store.contract.ts'

const DAY_MS = 86_400_000
const TODAY = Math.floor(NOW / DAY_MS)
const THEIRS = `0x${'c'.repeat(40)}`

const tally = (batchId: string, more: Partial<Tally> = {}): Tally => ({
  of: { batchId },
  day: TODAY,
  what: 'opened',
  count: 1,
  ...more,
})

/** The promises of `StatisticsStore`, run against every driver. */
export function describeStatistics(
  name: string,
  open: () => Promise<OpenedStore>,
  close: () => Promise<void>,
): void {
  describe(`statistics on ${name}`, () => {
    let store: Store
    let other: Store
    beforeEach(async () => {
      ;({ store, other } = await open())
    })
    afterEach(close)

    /** Of three certificates, anchored on the day. */
    async function anchored(id: string, more: object = {}, day = TODAY): Promise<void> {
      await store.openDraft(newBatch(id, more), lease)
      await store.addDrafts(id, lease, [draft(2), draft(3), draft(4)])
      await store.finishDraft(id, lease, new Uint32Array([0, 1, 2]), '[]')
      await store.addSealed(id, lease, [sealed(id, 0), sealed(id, 1), sealed(id, 2)])
      await store.markSealed(id, lease, `0xroot-${id}`)
      await store.markStored(id, lease, `bmanifest-${id}`)
      const anchor = { operator: '0xop', transaction: undefined, anchoredAt: day * 86_400 }
      await store.markAnchored(id, lease, anchor)
    }

    async function template(id: string, supersedes?: string): Promise<void> {
      const body = Buffer.from('{}')
      const one = { id, issuer: ISSUER, name: id, body, isComplete: true }
      await store.addTemplate({ ...one, createdAt: NOW, createdBy: undefined, supersedes })
    }

    const found = (issuer = ISSUER, from = TODAY, to = TODAY): Promise<DayCount[]> =>
      other.statisticsOf(issuer, from, to)
    const plain = async (issuer = ISSUER, from = TODAY, to = TODAY): Promise<string[]> =>
      (await found(issuer, from, to)).map(
        ({ series = '-', day, what, count }) => `${day - TODAY} ${series} ${what} ${count}`,
      )

    it('are empty where nothing happened', async () => {
      expect(await found()).to.deep.equal([])
    })

    it('count what is anchored, by day and by all versions of a template together', async () => {
      await template('first')
      await template('second', 'first')
      await anchored('a', { templateId: 'first' })
      await anchored('b', { templateId: 'second' })
      await anchored('c', {}, TODAY - 1)
      await anchored('d', { issuer: THEIRS })
      await store.openDraft(newBatch('open'), lease)
      expect(await plain(ISSUER, TODAY - 1)).to.deep.equal(['-1 - issued 3', '0 first issued 6'])
      expect(await plain()).to.deep.equal(['0 first issued 6'])
      expect(await plain(THEIRS)).to.deep.equal(['0 - issued 3'])
    })

    it('put what happens at midnight, where a year ends, on the day that begins', async () => {
      const newYear = Date.parse('2025-01-01T00:00:00Z') / DAY_MS
      const of = { batchId: 'a', action: 'revoke', reason: 1 } as const
      await anchored('a', {}, newYear)
      await store.recordStatus({
        ...of,
        indexes: [0],
        transaction: '0x1',
        at: newYear * DAY_MS - 1,
      })
      await store.recordStatus({ ...of, indexes: [1], transaction: '0x2', at: newYear * DAY_MS })
      const days = await found(ISSUER, newYear - 1, newYear)
      expect(days.map(({ day, what, count }) => `${day - newYear} ${what} ${count}`)).to.deep.equal(
        ['-1 revoked 1', '0 issued 3', '0 revoked 1'],
      )
      expect(await plain(ISSUER, newYear - 31, newYear - 2)).to.deep.equal([])
    })

    it('add up what several processes count, by batch or root, and drop what is of no batch', async () => {
      await anchored('a', {}, TODAY - 9)
      await anchored('b', { issuer: THEIRS }, TODAY - 9)
      await Promise.all(
        [store, other, store, other].map((one) =>
          one.addTallies([
            tally('a', { count: 2 }),
            tally('a', { what: 'verified', of: { root: '0xroot-a' } }),
            tally('a', { what: 'shareOpened', day: TODAY - 1 }),
            tally('b'),
            tally('nobody'),
            tally('', { of: { root: '0xstranger' } }),
          ]),
        ),
      )
      expect(await plain(ISSUER, TODAY - 1)).to.deep.equal([
        '-1 - shareOpened 4',
        '0 - opened 8',
        '0 - verified 4',
      ])
      expect(await plain(THEIRS)).to.deep.equal(['0 - opened 4'])
    })

    it('count a certificate that is revoked once, the first time, whatever follows', async () => {
      await anchored('a', {}, TODAY - 9)
      const revoke = { batchId: 'a', action: 'revoke', reason: 1 } as const
      const change = (indexes: number[], days: number, transaction: string) =>
        store.recordStatus({ ...revoke, indexes, transaction, at: NOW + days * DAY_MS })
      await change([0], 0, '0x1')
      await change([0], 0, '0x2')
      await change([0], 1, '0x3')
      const suspend = { ...revoke, action: 'suspend', indexes: [1], transaction: '0x4', at: NOW }
      await store.recordStatus({ ...suspend, action: 'suspend' })
      expect(await plain(ISSUER, TODAY, TODAY + 3)).to.deep.equal(['0 - revoked 1'])
      const whole = { batchId: 'a', action: 'revoke-batch', indexes: [], reason: 1 } as const
      await store.recordStatus({ ...whole, transaction: '0x5', at: NOW + 2 * DAY_MS })
      await change([2], 3, '0x6')
      expect(await plain(ISSUER, TODAY, TODAY + 3)).to.deep.equal([
        '0 - revoked 1',
        '2 - revoked 2',
      ])
      expect(await plain(THEIRS, TODAY, TODAY + 3)).to.deep.equal([])
    })

    it('outlive withdrawal and erasure as the numbers they are', async () => {
      await anchored('a')
      const share = { id: 's', batchId: 'a', row: 2, createdAt: NOW, expiresAt: undefined }
      const presentation = Buffer.from('presentation')
      await store.addShare(
        { ...share, ownerHash: bytes(62), presentation },
        { standing: 5, ever: 5 },
      )
      await store.addTallies([tally('a'), tally('a', { what: 'shareOpened' })])
      await store.withdrawShare('s', NOW)
      await store.erase({ cid: 'ba0', batchId: 'a', index: 0, reason: 0, erasedAt: NOW })
      expect(await plain()).to.deep.equal([
        '0 - issued 3',
        '0 - opened 1',
        '0 - shareOpened 1',
        '0 - shared 1',
      ])
    })
  })
}
