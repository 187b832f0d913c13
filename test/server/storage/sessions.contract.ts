import { expect } from 'chai'
import type { StoredSession } from '../../../server/storage/sessions.ts'
import type { Store } from '../../../server/storage/store.ts'
import { bytes, NOW } from './fixtures.ts'
import type { OpenedStore } from './store.contract.ts'

const session = (n: number, more: Partial<StoredSession> = {}): StoredSession => ({
  tokenHash: bytes(n),
  keyId: 'key',
  seenAt: NOW,
  endsAt: NOW + 1000,
  ...more,
})

/** The promises of `SessionStore`, run against every driver. */
export function describeSessions(
  name: string,
  open: () => Promise<OpenedStore>,
  close: () => Promise<void>,
): void {
  describe(`sessions on ${name}`, () => {
    let store: Store
    let other: Store
    beforeEach(async () => {
      ;({ store, other } = await open())
      for (const id of ['key', 'second']) {
        await store.addApiKey({
          id,
          issuer: '0xours',
          label: 'console',
          scopes: ['keys'],
          createdAt: NOW,
          expiresAt: NOW + 9000,
          secretHash: bytes(9),
        })
      }
    })
    afterEach(close)

    const known = async (n: number): Promise<boolean> =>
      (await other.findSession(bytes(n))) !== undefined

    it('are found by another connection as they were added, until they are ended', async () => {
      await store.addSession(session(1), 5)
      const found = await other.findSession(bytes(1))
      expect({ ...found, tokenHash: new Uint8Array(found?.tokenHash ?? []) }).to.deep.equal(
        session(1),
      )
      expect(await other.findSession(bytes(2))).to.equal(undefined)
      expect(await other.endSession(bytes(1))).to.equal(true)
      expect(await store.endSession(bytes(1))).to.equal(false)
      expect(await store.findSession(bytes(1))).to.equal(undefined)
    })

    it('remember when they were last seen, which does not go back', async () => {
      await store.addSession(session(1), 5)
      await store.touchSession(bytes(1), NOW + 9)
      await other.touchSession(bytes(1), NOW)
      expect((await store.findSession(bytes(1)))?.seenAt).to.equal(NOW + 9)
    })

    it('of one key are the newest few, whoever signs in at the same time', async () => {
      await store.addSession(session(9, { keyId: 'second' }), 2)
      for (const n of [1, 2, 3]) await store.addSession(session(n, { endsAt: NOW + n }), 2)
      expect(await Promise.all([1, 2, 3, 9].map(known))).to.deep.equal([false, true, true, true])
      // One whose end is the earliest is still the one that was just made.
      await store.addSession(session(4, { endsAt: NOW }), 2)
      expect(await Promise.all([2, 3, 4].map(known))).to.deep.equal([false, true, true])
      await Promise.all(
        [11, 12, 13, 14].map((n, i) => (i % 2 === 0 ? store : other).addSession(session(n), 2)),
      )
      const left = await Promise.all([3, 4, 11, 12, 13, 14].map(known))
      expect(left.filter((is) => is)).to.have.length(2)
    })

    it('are deleted when they are over or idle, and no others', async () => {
      await store.addSession(session(1, { endsAt: NOW + 100 }), 5)
      await store.addSession(session(2, { seenAt: NOW - 100 }), 5)
      await store.addSession(session(3), 5)
      expect(await store.pruneSessions(NOW + 99, NOW - 101)).to.equal(0)
      expect(await store.pruneSessions(NOW + 100, NOW - 100)).to.equal(2)
      expect(await Promise.all([1, 2, 3].map(known))).to.deep.equal([false, false, true])
    })
  })
}
