/** Certificates, their changes and corrections over HTTP, on a server with a chain of its own. */
import { expect } from 'chai'
import { nodeAes256Gcm } from '../../../node/cipher.ts'
import {
  base64urlOf,
  holderLink,
  openSuccessor,
  parseBase64url,
  parseCertificate,
  parseHolderLink,
  printCertificate,
  serverKeyAuthOf,
  subjectOf,
} from '../../../src/index.ts'
import type { HolderLink } from '../../../src/index.ts'
import { exampleTemplate } from '../folder.ts'
import { newIssuingServer } from './issuing.ts'
import type { Answer, IssuingServer, Json } from './issuing.ts'

const ROW: Readonly<Record<string, string>> = {
  'N° stagiaire': 'A-2026-999',
  Prénom: 'Corrigée',
  Nom: 'Lefèvre',
  'Date de naissance': '03/02/1999',
  Courriel: 'corrigee@courriel.example',
  'Date du jury': '12/06/2026',
  'Épreuve pratique /20': '15,5',
  'QCM sécurité (%)': '90 %',
  'Assiduité (%)': '100 %',
  'Travail d’équipe': 'Acquis',
}

describe('certificates over HTTP', function () {
  this.timeout(120_000)
  let s: IssuingServer
  before(async () => {
    s = await newIssuingServer()
  })
  after(() => s.data.remove())

  describe('a certificate', () => {
    it('is shown to its issuer with learner and status, by CID and by place, and to nobody else', async () => {
      const { status, json } = await s.get(s.pathOf(0))
      expect(status).to.equal(200)
      const { index, learner } = s.report.links[0] ?? {}
      expect(json).to.deep.include({ index, batchId: s.report.batchId, erased: null, learner })
      expect(json['status']).to.deep.equal({ state: 'standing', reported: null })
      const byPlace = await s.get(
        `/api/v1/batches/${s.report.batchId}/certificates/${String(index)}`,
      )
      expect(byPlace.json).to.deep.equal(json)
      for (const path of [
        s.pathOf(0),
        `/api/v1/batches/${s.report.batchId}/certificates/${String(index)}`,
      ]) {
        expect((await s.get(path, s.theirs)).status, path).to.equal(404)
      }
      for (const bad of ['x', '-1', '01', '32', '99999999999']) {
        const answer = await s.get(`/api/v1/batches/${s.report.batchId}/certificates/${bad}`)
        expect(answer.status, bad).to.be.oneOf([400, 404])
      }
    })

    it('is found by its learner, page by page, by its issuer alone', async () => {
      const search = async (body: unknown, token = s.key): Promise<Answer> =>
        s.ask('POST', '/api/v1/certificates/search', token, body)
      const { name, email } = s.report.links[0]?.learner ?? {}
      for (const query of [{ name }, { email }, { name: 'zoe', email }]) {
        const { status, json } = await search(query)
        expect(status).to.equal(200)
        expect((json['certificates'] as Json[])[0]).to.include({ cid: s.linkAt(0).cid })
      }
      expect((await search({ name }, s.theirs)).json).to.deep.equal({
        certificates: [],
        next: null,
      })
      expect((await search({ name, email: 'nobody@else.example' })).json['next']).to.equal(null)
      for (const bad of [
        {},
        { limit: 5 },
        { name: '' },
        { name, who: 'x' },
        { name, limit: 101 },
      ]) {
        expect((await search(bad)).status, JSON.stringify(bad)).to.equal(400)
      }
    })

    it('is suspended and reinstated in the order in which that was asked for', async () => {
      const suspend = await s.ask('POST', `${s.pathOf(1)}/suspend`, s.key, {
        reason: 'under-review',
      })
      const reinstate = await s.ask('POST', `${s.pathOf(1)}/reinstate`, s.key, {})
      expect(await s.done(suspend)).to.include({ state: 'done', kind: 'suspend', trouble: null })
      expect(await s.done(reinstate)).to.include({ state: 'done', kind: 'reinstate' })
      expect(await s.statusOf(1)).to.equal('standing')
      const told = (await s.get(`${s.pathOf(1)}/changes`, s.holderOf(1))).json['changes'] as Json[]
      expect(told.map(({ action, reason }) => `${String(action)} ${String(reason)}`)).to.deep.equal(
        ['suspend under-review', 'reinstate unspecified'],
      )
      for (const other of [s.holderOf(2), s.ownerOf(1)]) {
        expect((await s.get(`${s.pathOf(1)}/changes`, other)).status).to.equal(404)
      }
    })

    it('is revoked once for one idempotency key, with a reason, by its issuer alone', async () => {
      const path = `${s.pathOf(2)}/revoke`
      const first = await s.ask('POST', path, s.key, { reason: 'fraud' }, 'one-key')
      const again = await s.ask('POST', path, s.key, { reason: 'fraud' }, 'one-key')
      expect(again.json['id']).to.equal(first.json['id'])
      const end = await s.done(first)
      expect(end).to.include({ state: 'done', reason: 'fraud' })
      expect(end['transactions']).to.have.length(1)
      const { json } = await s.get(s.pathOf(2))
      expect(json['status']).to.deep.include({ state: 'revoked' })
      expect(JSON.stringify(json['status'])).to.include('"reason":"fraud"')
      expect((await s.ask('POST', path, s.theirs, {})).status).to.equal(404)
      expect((await s.get(first.headers.get('location') ?? '', s.theirs)).status).to.equal(404)
      for (const bad of [{ reason: 'whim' }, { reason: 'fraud', why: 'x' }, []]) {
        expect((await s.ask('POST', path, s.key, bad)).status).to.equal(400)
      }
    })
  })

  describe('a correction', () => {
    const row = (more: Json = {}): Json => ({ ...ROW, ...more })

    async function correct(i: number, more: Json = {}, idempotencyKey?: string): Promise<Answer> {
      const template: unknown = JSON.parse(Buffer.from(await exampleTemplate()).toString())
      const request = { template, row: row(), ...more }
      return s.ask('POST', `${s.pathOf(i)}/correct`, s.key, request, idempotencyKey)
    }

    it('issues the replacement, then revokes the old one, and leads its holder to the new', async () => {
      const path = `/api/v1/documents/${s.linkAt(8).cid}`
      expect((await s.ask('GET', path)).json).to.deep.equal({ state: 'current', at: null })
      const asked = await correct(8, {}, 'correct-8')
      expect((await correct(8, {}, 'correct-8')).json['id']).to.equal(asked.json['id'])
      expect((await correct(8)).status).to.equal(409)
      const end = await s.done(asked)
      expect(end).to.include({ state: 'done', reason: 'superseded' })
      expect(await s.statusOf(8)).to.equal('revoked')
      expect((await s.ask('GET', path)).json['state']).to.equal('replaced')
      const old = s.linkAt(8)
      const token = s.holderOf(8)
      const answer = await s.get(`${s.pathOf(8)}/successor`, token)
      expect(answer.status).to.equal(200)
      const envelope = parseBase64url(answer.json['envelope'], 'envelope')
      const link = await openSuccessor(envelope, old, nodeAes256Gcm)
      const { json } = await s.get(s.pathOf(8))
      expect(json['replacedBy']).to.equal(link.cid)
      const [own] = (await s.context.linksOf(String(end['replacement']))).links
      expect(holderLink(link.origin, link.cid, link.linkSecret)).to.equal(own?.link)
      const certificate = parseCertificate(await s.opened(link))
      expect(subjectOf(certificate.credential)['givenName']).to.equal('Corrigée')
      const verdict = await s.context.verify(printCertificate(certificate))
      expect(verdict.outcome).to.be.oneOf(['valid', 'undetermined'])
      for (const wrong of [s.ownerOf(8), s.holderOf(9)]) {
        expect((await s.get(`${s.pathOf(8)}/successor`, wrong)).status).to.equal(404)
      }
      const none = s.holderOf(9)
      expect((await s.get(`${s.pathOf(9)}/successor`, none)).status).to.equal(404)
    })

    it('leads on after either link was replaced by a new one', async () => {
      const end = await s.done(await correct(14))
      const replacement = String(end['replacement'])
      const { cid, link } = await s.context.reseal({ batchId: replacement, index: 0 })
      const leadsTo = async (old: HolderLink): Promise<string> => {
        const token = base64urlOf(serverKeyAuthOf(old.linkSecret))
        const answer = await s.get(`/api/v1/certificates/${old.cid}/successor`, token)
        expect(answer.status).to.equal(200)
        const envelope = parseBase64url(answer.json['envelope'], 'envelope')
        const found = await openSuccessor(envelope, old, nodeAes256Gcm)
        return holderLink(found.origin, found.cid, found.linkSecret)
      }
      expect(await leadsTo(s.linkAt(14))).to.equal(link)
      const old = await s.context.reseal({ cid: s.linkAt(14).cid })
      expect(await leadsTo(parseHolderLink(old.link, 'link'))).to.equal(link)
      expect(link).to.include(cid)
    })

    it('takes a stored template by its id, unless it is archived or not there', async () => {
      const file: unknown = JSON.parse(Buffer.from(await exampleTemplate()).toString())
      const kept = await s.ask('POST', '/api/v1/templates', s.key, file)
      const template = String(kept.json['id'])
      const end = await s.done(await correct(12, { template }))
      expect(end).to.include({ state: 'done', reason: 'superseded' })
      const { templates } = s.context.batches
      await templates.archive(template, 'cli')
      expect((await correct(13, { template })).status).to.equal(409)
      expect((await correct(13, { template: 'A'.repeat(22) })).status).to.equal(404)
      expect((await correct(13, { template: 'no id' })).status).to.equal(400)
      expect(await s.statusOf(13)).to.equal('standing')
    })

    it('issues nothing of a row with a fault, and revokes nothing', async () => {
      const rest = Object.fromEntries(Object.entries(ROW).slice(1))
      for (const [request, status] of [
        [{ row: rest }, 422],
        [{ row: row({ unknown: 'x' }) }, 400],
        [{ row: row({ Prénom: 'a\u0000b' }) }, 422],
        [{ template: {} }, 400],
        [{ row: [] }, 400],
        [{ row: row({ Prénom: 7 }) }, 400],
      ] as const) {
        const answer = await correct(10, request)
        expect(answer.status, JSON.stringify(answer.json)).to.equal(status)
      }
      expect(await s.statusOf(10)).to.equal('standing')
      expect((await s.get(s.pathOf(10))).json['queued']).to.deep.equal([])
    })

    it('takes a key that may issue, and a certificate that is not erased', async () => {
      const expiresAt = Date.now() + 3_600_000
      const { issuer } = s.data.init
      const status = 'certificates:status'
      // A template of its own says what is certified: whoever may use those that are kept may not bring another.
      for (const scopes of [
        [status],
        [status, 'batches:write'],
        [status, 'templates:write'],
      ] as const) {
        const request = { issuer, label: 'w', scopes, expiresAt, by: 'cli' }
        const weak = await s.context.apiKeys.create(request)
        const body = { template: {}, row: {} }
        const answer = await s.ask('POST', `${s.pathOf(10)}/correct`, weak.text, body)
        expect(answer.status, String(scopes)).to.equal(403)
        const stored = { ...body, template: 'a'.repeat(22) }
        const other = await s.ask('POST', `${s.pathOf(10)}/correct`, weak.text, stored)
        const mayIssue = scopes.some((scope) => scope === 'batches:write')
        expect(other.status, String(scopes)).to.equal(mayIssue ? 404 : 403)
      }
      await s.ask('POST', `${s.pathOf(11)}/erase`, s.key, {})
      expect((await correct(11)).status).to.equal(410)
    })
  })

  describe('a whole batch', () => {
    it('are all revoked with their batch', async () => {
      const answer = await s.ask('POST', `/api/v1/batches/${s.report.batchId}/revoke`, s.key, {
        reason: 'key-compromise',
      })
      expect(await s.done(answer)).to.include({ state: 'done', kind: 'revoke-batch', index: null })
      expect(await s.statusOf(0)).to.equal('batch-revoked')
      expect(JSON.stringify((await s.get(s.pathOf(0))).json)).to.include('key-compromise')
    })
  })
})
