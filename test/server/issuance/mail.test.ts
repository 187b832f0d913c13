/** Defends the way of links by e-mail: each to its learner, once, when the batch is final, and with no trace of either. */
import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'chai'
import { KeystoreError } from '../../../server/context.ts'
import type { IssuedLink } from '../../../server/context.ts'
import { mailStep, requestLinks } from '../../../server/issuance/mail.ts'
import type { MailParts } from '../../../server/issuance/mail.ts'
import { vaultOf } from '../../../server/keys/vault.ts'
import type { MailPort } from '../../../server/mail/smtp.ts'
import { anyFileHolds } from '../../support/postgresql.ts'
import { thrown } from '../../support/errors.ts'
import { failing } from '../faults.ts'
import { openSink } from '../mail/sink.ts'
import type { Sink } from '../mail/sink.ts'
import { issuedFolder, STORES } from './issued-folder.ts'
import type { IssuedFolder } from './issued-folder.ts'

/** The text of a letter, out of quoted-printable. */
function textOf(letter: string): string {
  return letter
    .replaceAll('=\r\n', '')
    .replaceAll(/(=[0-9A-F]{2})+/g, (some) =>
      Buffer.from(some.replaceAll('=', ''), 'hex').toString('utf8'),
    )
}

for (const kind of STORES) {
  describe(`links by e-mail, on ${kind}`, function () {
    this.timeout(120_000)
    let sink: Sink
    let issued: IssuedFolder
    before(async function () {
      sink = await openSink()
      const mail = { host: '127.0.0.1', port: sink.port, tls: 'none', from: 'a@school.example' }
      issued = await issuedFolder(this, kind, mail)
    })
    after(async () => {
      // Unset where the engine is missing and everything here was skipped.
      await (issued as IssuedFolder | undefined)?.close()
      await sink.close()
    })
    beforeEach(() => {
      sink.letters.length = 0
      sink.answer = {}
    })

    const parts = (more: Partial<MailParts> = {}): MailParts => ({
      store: issued.store,
      vaultsFor: () => Promise.resolve(issued.vaults),
      nameOf: () => 'School',
      publicUrl: issued.context.publicUrl,
      now: Date.now,
      mailer: { send: () => expect.fail('no letter is sent') },
      language: 'en',
      domain: 'school.example',
      ...more,
    })
    /** Some rows of the example have no address. */
    const addressed = (place: number): IssuedLink =>
      issued.report.links.filter(({ learner }) => learner.email !== undefined)[place] ??
      expect.fail('no such row')
    const recipients = (): string[] =>
      sink.letters.map((letter) => /^To: (.*)\r$/m.exec(letter)?.[1] ?? '')

    it('go to each learner, their own, once, in the language of the template', async () => {
      const report = await issued.issue({ send: true })
      expect(await issued.context.mail.work()).to.equal(29)
      expect(sink.letters).to.have.length(29)
      expect(new Set(recipients()).size).to.equal(29)
      for (const letter of sink.letters) {
        const to = /^To: (.*)\r$/m.exec(letter)?.[1]
        const own = report.links.filter(({ learner }) => learner.email === to)
        const text = textOf(letter)
        const inside = report.links.filter(({ link }) => text.includes(link))
        expect(inside.map(({ link }) => link)).to.deep.equal(own.map(({ link }) => link))
        expect(text).to.include('Organisme d’essai').and.to.include('Gardez ce lien')
      }
      await issued.context.mail.send(report.batchId)
      expect(await issued.context.mail.work()).to.equal(0)
      const { letters } = await issued.context.mail.report(report.batchId)
      expect(new Set(letters.map(({ state, code }) => `${state} ${code}`))).to.deep.equal(
        new Set(['accepted 250']),
      )
    })

    it('leave neither an address nor a link secret in any file', async () => {
      const secrets = issued.report.links.slice(0, 5).flatMap(({ link, learner }) => {
        const fragment = link.split('#')[1] ?? ''
        const texts = [fragment, learner.email ?? fragment].map((text) => Buffer.from(text))
        return [Buffer.from(fragment, 'base64url'), ...texts]
      })
      expect(await anyFileHolds(issued.data.folder, ...secrets)).to.equal(false)
    })

    it('are refused for good, tried again, or given once more, as the mail server and the issuer say', async () => {
      const { batchId } = issued.report
      const [a, b] = [addressed(0), addressed(1)]
      sink.answer = { recipient: 550 }
      await issued.context.mail.resend({ cid: a.cid })
      await issued.context.mail.work()
      sink.answer = { recipient: 451 }
      await issued.context.mail.resend({ cid: b.cid })
      await issued.context.mail.work()
      const states = async (): Promise<unknown[]> => {
        const { letters } = await issued.context.mail.report(batchId)
        return letters.map((one) => [one.index, one.state, one.code, one.attempts])
      }
      expect(await states()).to.deep.equal([
        [a.index, 'refused', 550, 1],
        [b.index, 'queued', 451, 1],
      ])
      sink.answer = {}
      expect(await issued.context.mail.work()).to.equal(0)
      const later = Date.now() + 90_000
      const send: MailPort['send'] = async ({ to }) => {
        expect(to).to.equal(b.learner.email)
        return Promise.resolve({ kind: 'accepted', code: 250 })
      }
      expect(await mailStep(parts({ now: () => later, mailer: { send } }))).to.equal(1)
      expect((await states())[1]).to.deep.equal([b.index, 'accepted', 250, 2])
    })

    it('arrive whoever dies: a letter taken up and not settled is taken up again, under the same name', async () => {
      const { cid } = addressed(2)
      await issued.context.mail.resend({ cid })
      const names: string[] = []
      const send: MailPort['send'] = ({ messageId }) => {
        names.push(messageId)
        return Promise.resolve({ kind: 'accepted', code: 250 })
      }
      // The process ends between the mail server's answer and the note of it: the one way to a second letter.
      const { port } = failing(issued.store, 'settleMail', 'before')
      await thrown(mailStep(parts({ store: port, mailer: { send } })))
      expect(await mailStep(parts({ mailer: { send } }))).to.equal(0)
      const later = { now: () => Date.now() + 61_000, mailer: { send } }
      expect(await mailStep(parts(later))).to.equal(1)
      expect(await mailStep(parts(later))).to.equal(0)
      expect(names).to.have.length(2)
      expect(new Set(names).size).to.equal(1)
    })

    it('hold up no other issuer’s where the key of one is not there', async () => {
      const [gone, other] = [addressed(4), addressed(5)]
      await issued.context.mail.resend({ cid: gone.cid })
      await issued.context.mail.resend({ cid: other.cid })
      const missing = new KeystoreError('missing', 'master.json', 'the file is not there')
      let asked = 0
      const vaultsFor: MailParts['vaultsFor'] = () => {
        asked += 1
        return asked === 1 ? Promise.reject(missing) : Promise.resolve(issued.vaults)
      }
      const sent: string[] = []
      const send: MailPort['send'] = ({ to }) => {
        sent.push(to)
        return Promise.resolve({ kind: 'accepted', code: 250 })
      }
      expect(await mailStep(parts({ vaultsFor, mailer: { send } }))).to.equal(1)
      expect(sent).to.deep.equal([])
      expect(await mailStep(parts({ vaultsFor, mailer: { send } }))).to.equal(1)
      expect(sent).to.have.length(1)
      const { letters } = await issued.context.mail.report(issued.report.batchId)
      const waiting = letters.filter(({ state }) => state === 'queued')
      expect(waiting.map(({ attempts }) => attempts)).to.deep.equal([1])
      const later = () => Date.now() + 90_000
      expect(await mailStep(parts({ now: later, mailer: { send } }))).to.equal(1)
    })

    it('come to whoever lost them and asks by address, and a stranger is answered alike', async () => {
      const address = addressed(3).learner.email ?? ''
      const known = await issued.context.mail.requestLinks(` ${address.toUpperCase()} `)
      const unknown = await issued.context.mail.requestLinks('nobody@learners.example')
      const nonsense = await issued.context.mail.requestLinks('\r\nBcc: x'.repeat(1000))
      expect([known, unknown, nonsense]).to.deep.equal(Array(3).fill({ taken: true }))
      expect(sink.letters).to.deep.equal([])
      await issued.context.mail.work()
      // Two batches have a certificate for each learner.
      expect(recipients()).to.deep.equal([address, address])
      expect(textOf(sink.letters.join('\n'))).to.include(addressed(3).link)
    })

    it('are asked for so often, and no oftener; who asks too often is answered alike', async () => {
      const address = addressed(4).learner.email ?? ''
      for (let i = 0; i < 6; i += 1) {
        expect(await issued.context.mail.requestLinks(address)).to.deep.equal({ taken: true })
      }
      await issued.context.mail.work()
      expect(recipients()).to.have.length(3 * 2)
    })

    it('hold what stands when they are written: a new link once it was replaced, none once erased', async () => {
      const [one, two] = [addressed(6), addressed(7)]
      await issued.context.mail.resend({ cid: one.cid })
      await issued.context.mail.resend({ cid: two.cid })
      const done = await issued.context.reseal({ cid: one.cid })
      await issued.context.erase({ cid: two.cid })
      await issued.context.mail.work()
      expect(recipients()).to.deep.equal([one.learner.email])
      const text = textOf(sink.letters.join())
      expect(text).to.include(done.link).and.not.to.include(one.link)
      const again = issued.context.mail.resend({ cid: two.cid })
      expect(await thrown(again)).to.include({ code: 'no-address' })
    })

    it('are mailed with a new sealing, where that is asked for', async () => {
      const one = addressed(8)
      const done = await issued.context.reseal({ cid: one.cid, mail: true })
      await issued.context.mail.work()
      expect(textOf(sink.letters.join())).to.include(done.link)
      expect(recipients()).to.deep.equal([one.learner.email])
    })

    it('are asked for as often by each person, however many issuers there are', async () => {
      const many = Array.from({ length: 50 }, () => {
        const vault = vaultOf(randomBytes(32))
        return { vault, masterVersion: 1, vaultAt: () => vault }
      })
      const at = Date.now() - 7_200_000
      for (let i = 0; i < 30; i += 1) {
        const address = `${i}@learners.example`
        const own = { store: issued.store, now: () => at }
        expect(await requestLinks(own, many, address)).to.deep.equal({ taken: true })
      }
      expect(await issued.store.answerRequests(Date.now(), at, 2000)).to.equal(1500)
    })

    it('are never permanent ones', async () => {
      const permanent = issued.issue({ send: true, permanent: true })
      expect(await thrown(permanent)).to.include({ code: 'permanent-by-mail' })
      const { batchId, links } = await issued.issue({ permanent: true })
      const sent = issued.context.mail.send(batchId)
      expect(await thrown(sent)).to.include({ code: 'permanent-by-mail' })
      const resent = issued.context.mail.resend({ cid: links[0]?.cid ?? '' })
      expect(await thrown(resent)).to.include({ code: 'permanent-by-mail' })
    })

    it('are handed over by a server that has the keys, which stops when it is told to', async () => {
      const serving = await issued.data.open()
      await serving.serve({ port: 0 })
      const one = addressed(9)
      await issued.context.mail.resend({ cid: one.cid })
      for (let i = 0; sink.letters.length === 0 && i < 200; i += 1) await sleep(50)
      expect(recipients()).to.deep.equal([one.learner.email])
      await serving.close()
      await issued.context.mail.resend({ cid: one.cid })
      expect(await issued.context.mail.work()).to.equal(1)
    })
  })
}
