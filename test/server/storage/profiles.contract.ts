import { expect } from 'chai'
import type { StoredProfile } from '../../../server/storage/profiles.ts'
import type { Store } from '../../../server/storage/store.ts'
import { FormatError } from '../../../src/index.ts'
import { NOW } from './fixtures.ts'
import type { OpenedStore } from './store.contract.ts'

const profile = (text: string, more: Partial<StoredProfile> = {}): StoredProfile => ({
  issuer: '0xours',
  record: new TextEncoder().encode(text),
  logo: undefined,
  linkedIn: undefined,
  updatedAt: NOW,
  ...more,
})

/** Bytes as what they are, whichever class of the driver holds them. */
const plain = (found: StoredProfile | undefined): unknown =>
  found && {
    ...found,
    record: Buffer.from(found.record).toString(),
    logo: found.logo && { ...found.logo, bytes: Buffer.from(found.logo.bytes).toString() },
  }

/** The promises of `ProfileStore`, run against every driver. */
export function describeProfiles(
  name: string,
  open: () => Promise<OpenedStore>,
  close: () => Promise<void>,
): void {
  describe(`profiles on ${name}`, () => {
    let store: Store
    let other: Store
    beforeEach(async () => {
      ;({ store, other } = await open())
    })
    afterEach(close)

    it('are found by another connection as they were put, each issuer’s own, the last one', async () => {
      expect(await store.findProfile('0xours')).to.equal(undefined)
      const logo = { type: 'image/png', bytes: new TextEncoder().encode('a picture') } as const
      const one = profile('one', { logo, linkedIn: '1337' })
      expect(plain(await store.changeProfile('0xours', () => one))).to.deep.equal(plain(one))
      expect(plain(await other.findProfile('0xours'))).to.deep.equal(plain(one))
      const two = profile('two', { updatedAt: NOW + 1 })
      await other.changeProfile('0xours', (standing) => {
        expect(plain(standing)).to.deep.equal(plain(one))
        return two
      })
      expect(plain(await store.findProfile('0xours'))).to.deep.equal(plain(two))
      expect(await store.findProfile('0xtheirs')).to.equal(undefined)
    })

    it('are changed one after the other, whoever asks at the same time, the first time too', async () => {
      const add = (one: Store, text: string) =>
        one.changeProfile('0xours', (standing) =>
          profile(Buffer.from(standing?.record ?? []).toString() + text),
        )
      await Promise.all(['a', 'b', 'c', 'd'].map((text, i) => add(i % 2 ? store : other, text)))
      const { record } = (await store.findProfile('0xours')) ?? profile('')
      expect(Buffer.from(record).sort().toString()).to.equal('abcd')
    })

    it('stay as they are where none can be made of them', async () => {
      await store.changeProfile('0xours', () => profile('one'))
      const fault = new FormatError('wrong-value', 'name', 'no name')
      const thrown = await store
        .changeProfile('0xours', () => {
          throw fault
        })
        .catch((error: unknown) => error)
      expect(thrown).to.equal(fault)
      expect(plain(await other.findProfile('0xours'))).to.deep.equal(plain(profile('one')))
    })
  })
}
