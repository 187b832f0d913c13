import { expect } from 'chai'
import type { NewApiKey } from '../../../server/storage/api-keys.ts'
import type { Store } from '../../../server/storage/store.ts'
import { bytes, NOW } from './fixtures.ts'
import type { OpenedStore } from './store.contract.ts'

const key = (id: string, issuer = '0xours', createdAt = NOW): NewApiKey => ({
  id,
  issuer,
  label: 'console',
  scopes: ['keys', 'audit:read'],
  createdAt,
  expiresAt: NOW + 1000,
  secretHash: bytes(9),
})

/** The promises of `ApiKeyStore`, run against every driver. */
export function describeApiKeys(
  name: string,
  open: () => Promise<OpenedStore>,
  close: () => Promise<void>,
): void {
  describe(`API keys on ${name}`, () => {
    let store: Store
    let other: Store
    beforeEach(async () => {
      ;({ store, other } = await open())
    })
    afterEach(close)

    it('are found by another connection as they were added, and listed by issuer, oldest first', async () => {
      await store.addApiKey(key('b', '0xours', NOW + 1))
      await store.addApiKey(key('a'))
      await store.addApiKey(key('c', '0xtheirs'))
      const { secretHash, ...rest } = key('a')
      const fresh = { ...rest, revokedAt: undefined, lastUsedAt: undefined }
      expect(await other.findApiKey('a')).to.deep.include(fresh)
      expect(Buffer.from((await other.findApiKey('a'))?.secretHash ?? [])).to.deep.equal(
        Buffer.from(secretHash),
      )
      expect(await other.findApiKey('x')).to.equal(undefined)
      expect((await other.listApiKeys('0xours')).map(({ id }) => id)).to.deep.equal(['a', 'b'])
      expect((await store.listApiKeys('0xours'))[0]).to.deep.equal(fresh)
    })

    it('are never added twice under one id', async () => {
      await store.addApiKey(key('a'))
      const again = await other.addApiKey(key('a')).catch((error: unknown) => error)
      expect(again).to.be.instanceOf(Error)
      expect(await store.listApiKeys('0xours')).to.have.length(1)
    })

    it('are revoked by their own issuer alone, and keep the first date', async () => {
      await store.addApiKey(key('a'))
      expect(await other.revokeApiKey('0xtheirs', 'a', NOW)).to.equal(false)
      expect(await other.revokeApiKey('0xours', 'x', NOW)).to.equal(false)
      expect((await store.findApiKey('a'))?.revokedAt).to.equal(undefined)
      expect(await other.revokeApiKey('0xours', 'a', NOW)).to.equal(true)
      expect(await other.revokeApiKey('0xours', 'a', NOW + 5)).to.equal(true)
      expect((await store.findApiKey('a'))?.revokedAt).to.equal(NOW)
    })

    it('remember their last use, which does not go back', async () => {
      await store.addApiKey(key('a'))
      await store.touchApiKey('a', NOW + 9)
      await other.touchApiKey('a', NOW)
      expect((await store.findApiKey('a'))?.lastUsedAt).to.equal(NOW + 9)
    })
  })
}
