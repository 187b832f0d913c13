import { expect } from 'chai'
import type { Begun } from '../../../server/storage/requests.ts'
import type { Store } from '../../../server/storage/store.ts'
import { bytes, NOW } from './fixtures.ts'
import type { OpenedStore } from './store.contract.ts'

const name = { issuer: '0xours', key: bytes(1) }
const DAY = 86_400_000

/** The promises of `RequestStore`, run against every driver. */
export function describeRequests(
  driver: string,
  open: () => Promise<OpenedStore>,
  close: () => Promise<void>,
): void {
  describe(`requests with an idempotency key on ${driver}`, () => {
    let store: Store
    let other: Store
    beforeEach(async () => {
      ;({ store, other } = await open())
    })
    afterEach(close)

    const begin = (from: Store, owner: string, now = NOW, issuer = '0xours'): Promise<Begun> =>
      from.beginRequest({ ...name, issuer, owner, now, until: now + 60, keepUntil: now + DAY })
    const done = { digest: bytes(2), status: 201, reply: '{"id":"b"}' }

    it('are taken by one of many that begin at the same time', async () => {
      const begun = await Promise.all(
        Array.from({ length: 8 }, (_, i) => begin(i % 2 === 0 ? store : other, `w${i}`)),
      )
      expect(begun.filter(({ kind }) => kind === 'new')).to.have.length(1)
      expect(begun.filter(({ kind }) => kind === 'running')).to.have.length(7)
    })

    it('are answered as the first time once they are done, to their own issuer', async () => {
      await begin(store, 'w')
      expect(await store.finishRequest({ ...name, ...done, owner: 'w' })).to.equal(true)
      const again = await begin(other, 'v')
      expect(again).to.include({ kind: 'done', status: 201, reply: done.reply })
      expect('digest' in again && Buffer.from(again.digest)).to.deep.equal(Buffer.from(done.digest))
      expect(await begin(other, 'v', NOW, '0xtheirs')).to.deep.equal({ kind: 'new' })
    })

    it('are free again once dropped, once their worker is gone, and after a day', async () => {
      await begin(store, 'w')
      await store.dropRequest({ ...name, owner: 'w' })
      expect(await begin(other, 'v')).to.deep.equal({ kind: 'new' })
      expect(await begin(store, 'w', NOW + 60)).to.deep.equal({ kind: 'new' })
      await store.finishRequest({ ...name, ...done, owner: 'w' })
      expect((await begin(store, 'x', NOW + DAY)).kind).to.equal('done')
      expect(await begin(store, 'x', NOW + DAY + 60)).to.deep.equal({ kind: 'new' })
    })

    it('are not finished or dropped by a worker who lost them, nor dropped once done', async () => {
      await begin(store, 'w')
      await begin(other, 'v', NOW + 60)
      expect(await store.finishRequest({ ...name, ...done, owner: 'w' })).to.equal(false)
      await store.dropRequest({ ...name, owner: 'w' })
      expect(await other.finishRequest({ ...name, ...done, owner: 'v' })).to.equal(true)
      await other.dropRequest({ ...name, owner: 'v' })
      expect((await begin(store, 'w', NOW + 61)).kind).to.equal('done')
    })

    it('are deleted when their day is over', async () => {
      await begin(store, 'w')
      expect(await store.pruneRequests(NOW + DAY - 1)).to.equal(0)
      expect(await store.pruneRequests(NOW + DAY)).to.equal(1)
    })
  })
}
