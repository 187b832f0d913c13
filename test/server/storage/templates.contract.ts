import { expect } from 'chai'
import type { Store } from '../../../server/storage/store.ts'
import type { NewTemplate } from '../../../server/storage/templates.ts'
import { bytes, NOW } from './fixtures.ts'
import type { OpenedStore } from './store.contract.ts'

const OURS = '0xours'
const THEIRS = '0xtheirs'

/** The promises of `TemplateStore`, run against every driver. */
export function describeTemplates(
  name: string,
  open: () => Promise<OpenedStore>,
  close: () => Promise<void>,
): void {
  describe(`templates on ${name}`, () => {
    let store: Store
    let other: Store
    beforeEach(async () => {
      ;({ store, other } = await open())
    })
    afterEach(close)

    const template = (id: string, more: Partial<NewTemplate> = {}): NewTemplate => ({
      id,
      issuer: OURS,
      name: `Template ${id}`,
      body: bytes(7),
      isComplete: true,
      createdAt: NOW,
      createdBy: 'key-1',
      supersedes: undefined,
      ...more,
    })
    const listed = async (all: boolean): Promise<string[]> =>
      (await other.listTemplates(OURS, { limit: 9, all })).map(({ id }) => id)

    it('keeps versions, of which the newest is listed', async () => {
      const first = await store.addTemplate(template('a'))
      expect(first).to.include({ series: 'a', version: 1, isSuperseded: false, createdBy: 'key-1' })
      const second = await store.addTemplate(template('b', { supersedes: 'a', createdAt: NOW + 1 }))
      expect(second).to.include({ series: 'a', version: 2, isSuperseded: false })
      expect(await other.findTemplate(OURS, 'a')).to.include({ version: 1, isSuperseded: true })
      expect((await other.findTemplate(OURS, 'a'))?.body).to.deep.equal(bytes(7))
      expect([await listed(false), await listed(true)]).to.deep.equal([['b'], ['b', 'a']])
    })

    it('lets one version alone take the place of another', async () => {
      await store.addTemplate(template('a'))
      const both = await Promise.all([
        store.addTemplate(template('b', { supersedes: 'a' })),
        other.addTemplate(template('c', { supersedes: 'a' })),
      ])
      expect(both.filter((one) => one === undefined)).to.have.length(1)
      const foreign = template('d', { supersedes: 'a', issuer: THEIRS })
      expect(await store.addTemplate(foreign)).to.equal(undefined)
    })

    it('archives every version, keeps the first time, and adds none to them', async () => {
      await store.addTemplate(template('a'))
      await store.addTemplate(template('b', { supersedes: 'a' }))
      expect(await store.archiveTemplate(THEIRS, 'a', NOW)).to.equal(false)
      expect(await store.archiveTemplate(OURS, 'a', NOW + 1)).to.equal(true)
      expect(await store.archiveTemplate(OURS, 'b', NOW + 2)).to.equal(true)
      expect(await other.findTemplate(OURS, 'b')).to.include({ archivedAt: NOW + 1 })
      expect(await listed(false)).to.deep.equal([])
      expect(await store.addTemplate(template('c', { supersedes: 'b' }))).to.equal(undefined)
    })

    it('shows an issuer its own alone, newest first, page by page', async () => {
      for (const id of ['a', 'b', 'c']) await store.addTemplate(template(id))
      await store.addTemplate(template('theirs', { issuer: THEIRS }))
      const [first] = await store.listTemplates(OURS, { limit: 1 })
      const rest = await store.listTemplates(OURS, { limit: 9, ...(first && { after: first }) })
      expect([first, ...rest].map((one) => one?.id)).to.deep.equal(['c', 'b', 'a'])
      expect(await store.findTemplate(OURS, 'theirs')).to.equal(undefined)
    })
  })
}
