/** Defends the replacing of a link that leaked: the old one opens nothing, the new one what it opened, nothing is lost. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'chai'
import { openJournal } from '../../../server/erasure/journal.ts'
import { filesOf } from '../../../server/files.ts'
import type { Documents } from '../../../server/ipfs/documents.ts'
import { openCertificate } from '../../../server/ipfs/sealing.ts'
import { reseal, resumeResealings } from '../../../server/issuance/reseal.ts'
import type { Store } from '../../../server/storage/store.ts'
import { base64urlOf, manifestOf, parseBase64url, serverKeyAuthOf } from '../../../src/index.ts'
import { thrown } from '../../support/errors.ts'
import { failing, Fault } from '../faults.ts'
import { issuedFolder, STORES } from './issued-folder.ts'
import type { IssuedFolder } from './issued-folder.ts'

const STEPS = [
  'reseal',
  'setManifest',
  'finishResealing',
] as const satisfies readonly (keyof Store)[]
const DOCUMENT_STEPS = [
  'put',
  'get',
  'remove',
  'dropCar',
] as const satisfies readonly (keyof Documents)[]

for (const kind of STORES) {
  describe(`a link that leaked, on ${kind}`, function () {
    this.timeout(120_000)
    let issued: IssuedFolder
    let server = ''
    before(async function () {
      issued = await issuedFolder(this, kind)
      server = (await issued.context.serve({ port: 0 })).url
    })
    after(async () => {
      // Unset where the engine is missing and everything here was skipped.
      await (issued as IssuedFolder | undefined)?.close()
    })

    const secretIn = (link: string): Uint8Array => parseBase64url(link.split('#')[1], 'fragment')
    const answered = async (url: string, secret: Uint8Array): Promise<[number, unknown]> => {
      const authorization = `Bearer ${base64urlOf(serverKeyAuthOf(secret))}`
      const answer = await fetch(url, { headers: { authorization } })
      const text = await answer.text()
      return [
        answer.status,
        answer.status === 200 ? text : (JSON.parse(text) as { code: unknown }).code,
      ]
    }
    const asked = (cid: string, link: string) => answered(`${server}/k/${cid}`, secretIn(link))

    async function opened(cid: string, link: string): Promise<Uint8Array> {
      const [, key] = await asked(cid, link)
      const block = await fetch(`${server}/ipfs/${cid}?format=raw`)
      const bytes = new Uint8Array(await block.arrayBuffer())
      return openCertificate(bytes, secretIn(link), parseBase64url(key, 'server key'))
    }

    /** Whether the batch is whole under one manifest, with one CAR, of which every block is there and none is too many. */
    async function checkBatch(...gone: readonly string[]): Promise<void> {
      const { store, documents, report } = issued
      expect(await store.unfinishedResealings()).to.deep.equal([])
      const batch = await store.findBatch({ id: report.batchId })
      const rows = await store.certificatesOf(report.batchId, 0, 99)
      const { root, blocks } = manifestOf(rows.map(({ cid }) => cid))
      expect(batch).to.include({ manifest: root })
      const cars = (await readdir(join(issued.data.folder, 'cars'))).filter((n) =>
        n.includes('.car'),
      )
      expect(cars).to.deep.equal([`${root}.car`])
      const there = rows.filter(({ serverKey }) => serverKey !== undefined).map(({ cid }) => cid)
      const inCar: string[] = []
      for await (const { cid } of documents.readCar(root)) inCar.push(cid)
      expect(inCar).to.deep.equal([...blocks.toReversed().map(({ cid }) => cid), ...there])
      for (const cid of there) await documents.get(cid)
      for (const cid of gone) {
        expect(await thrown(documents.get(cid, root))).to.include({ code: 'missing' })
      }
    }

    const parts = (ports: { store?: Store; documents?: Documents } = {}) => ({
      store: issued.store,
      documents: issued.documents,
      vaultAt: issued.vaults.vaultAt,
      actor: 'cli',
      journal: openJournal(filesOf(issued.data.folder).journal),
      publicUrl: issued.context.publicUrl,
      issuer: issued.context.issuer,
      now: Date.now,
      leaseMs: 1000,
      ...ports,
    })

    it('opens nothing any more, and the new one opens the same bytes', async () => {
      const [one] = issued.report.links
      const { cid: oldCid = '', link: oldLink = '' } = one ?? {}
      const before = await opened(oldCid, oldLink)
      const block = await issued.documents.get(oldCid)
      const old = await issued.store.findCertificate(oldCid)
      const done = await issued.context.reseal({ cid: oldCid, reason: 'holder-request' })
      expect(done).to.include({ oldCid, index: one?.index })
      expect(done.damaged).to.deep.equal([])
      expect(await asked(oldCid, oldLink)).to.deep.equal([410, 'replaced'])
      const url = `${server}/ipfs/${oldCid}?format=raw`
      expect(await answered(url, secretIn(oldLink))).to.deep.equal([410, 'replaced'])
      // Neither half of the old key opens the new document or is answered for it.
      expect((await asked(done.cid, oldLink))[0]).to.equal(404)
      const after = await opened(done.cid, done.link)
      expect(Buffer.from(after).equals(before)).to.equal(true)
      expect((await issued.context.verify(after)).outcome).to.equal('valid')
      await checkBatch(oldCid)
      const batch = await issued.store.findBatch({ id: done.batchId })
      const manifest = batch !== undefined && 'manifest' in batch ? batch.manifest : ''
      const car = await readFile(join(issued.data.folder, 'cars', `${manifest}.car`))
      expect(car.includes(Buffer.from(block))).to.equal(false)
      const row = await issued.store.findCertificate(done.cid)
      expect(row?.ownerHash).not.to.deep.equal(old?.ownerHash)
      expect(row?.sealing).to.equal(1)
      const { links } = await issued.context.linksOf(done.batchId)
      expect(links.find(({ index }) => index === done.index)?.link).to.equal(done.link)
      const audit = await issued.store.auditLog({ limit: 1 })
      expect(audit).to.deep.include({ ...audit[0], action: 'reseal', subject: oldCid })
    })

    it('is replaced by its old name too, again and again; then it is erased by that name', async () => {
      const cid = issued.report.links[1]?.cid ?? ''
      const first = await issued.context.reseal({ cid })
      const second = await issued.context.reseal({ cid })
      expect(second.oldCid).to.equal(first.cid)
      expect(new Set([cid, first.cid, second.cid]).size).to.equal(3)
      const erased = await issued.context.erase({ cid })
      expect(erased.cid).to.equal(second.cid)
      expect(await asked(second.cid, second.link)).to.deep.equal([410, 'gone'])
      expect(await asked(first.cid, first.link)).to.deep.equal([410, 'replaced'])
      expect(await thrown(issued.context.reseal({ cid }))).to.include({ code: 'erased' })
      await checkBatch(cid, first.cid, second.cid)
    })

    it('waits for other changes of its batch, and they for it', async () => {
      const cids = issued.report.links.slice(2, 7).map(({ cid }) => cid)
      const [a = '', b = '', c = '', d = '', e = ''] = cids
      const { context } = issued
      await Promise.all([
        context.reseal({ cid: a }),
        context.erase({ cid: b }),
        context.reseal({ cid: c }),
        context.erase({ cid: d }),
        context.reseal({ cid: e }),
        reseal(parts(), { cid: a }),
      ])
      await checkBatch(...cids)
    })

    for (const when of ['before', 'after'] as const) {
      for (const step of [...STEPS, ...DOCUMENT_STEPS]) {
        it(`is replaced once, by whoever comes next, where ${step} fails ${when} it took effect`, async () => {
          const place =
            8 + [...STEPS, ...DOCUMENT_STEPS].indexOf(step) * 2 + (when === 'after' ? 1 : 0)
          const { cid = '', link = '' } = issued.report.links[place] ?? {}
          const isStore = STEPS.some((one) => one === step)
          const faulty = isStore
            ? failing(issued.store, step as (typeof STEPS)[number], when)
            : failing(issued.documents, step as (typeof DOCUMENT_STEPS)[number], when)
          const ports = isStore
            ? { store: faulty.port as Store }
            : { documents: faulty.port as Documents }
          expect(await thrown(reseal(parts(ports), { cid }))).to.be.instanceOf(Fault)
          expect(faulty.happened()).to.equal(true)
          const isBegun = (await issued.store.findReplaced(cid)) !== undefined
          expect((await asked(cid, link))[0]).to.equal(isBegun ? 410 : 200)
          await resumeResealings(parts())
          if (isBegun) await checkBatch(cid)
          const again = await reseal(parts(), { cid })
          expect((await asked(again.cid, again.link))[0]).to.equal(200)
          await checkBatch(cid)
        })
      }
    }

    it('is not replaced where it is permanent, or none of ours', async () => {
      const permanent = await issued.issue({ permanent: true })
      const cid = permanent.links[0]?.cid ?? ''
      expect(await thrown(issued.context.reseal({ cid }))).to.include({ code: 'permanent-link' })
      const none = { batchId: issued.report.batchId, index: 32 }
      expect(await thrown(issued.context.reseal(none))).to.include({ code: 'not-found' })
      const mail = issued.context.reseal({ cid: issued.report.links[0]?.cid ?? '', mail: true })
      expect(await thrown(mail)).to.include({ code: 'no-mail' })
    })
  })
}
