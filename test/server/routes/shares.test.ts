/** Shares over HTTP: what a holder publishes, and that nobody else does in their name. */
import { join } from 'node:path'
import { expect } from 'chai'
import { Refusal } from '../../../server/http/problems.ts'
import { sharingOf } from '../../../server/sharing.ts'
import { openSqliteStore } from '../../../server/storage/sqlite.ts'
import { ownerTokenOf } from '../../../src/index.ts'
import { newIssuingServer, pause } from './issuing.ts'
import type { IssuingServer, Json } from './issuing.ts'

describe('shares over HTTP', function () {
  this.timeout(120_000)
  let s: IssuingServer
  before(async () => {
    s = await newIssuingServer()
  })
  after(() => s.data.remove())

  it('shows what its holder chose, is counted, listed, and gone when withdrawn', async () => {
    const presentation = await s.presentationOf(3, ['/credentialSubject/familyName'])
    const made = await s.share(3, { presentation })
    expect(made.status, JSON.stringify(made.json)).to.equal(201)
    const path = `/api/v1/shares/${String(made.json['id'])}`
    const seen = await s.ask('GET', path)
    expect(seen.status).to.equal(200)
    expect(seen.headers.get('x-robots-tag')).to.include('noindex')
    expect(seen.json['presentation']).to.equal(presentation)
    expect(Object.keys(seen.json)).to.not.include.members(['cid', 'batchId', 'opened'])
    const verdict = await s.context.verify(Buffer.from(String(seen.json['presentation'])))
    expect(verdict.hidden).to.include('/credentialSubject/familyName')
    await s.ask('GET', path)
    const list = await s.get(`${s.pathOf(3)}/shares`, s.ownerOf(3))
    expect(list.json['shares']).to.have.length(1)
    expect((list.json['shares'] as Json[])[0]).to.include({ id: made.json['id'], opened: 2 })
    const told = async (): Promise<unknown> => (await s.get(s.pathOf(3))).json['shares']
    expect(await told()).to.deep.equal({ made: 1, standing: 1, opened: 2 })
    expect((await s.ask('DELETE', path, s.ownerOf(4))).status).to.equal(404)
    expect((await s.ask('GET', path)).status).to.equal(200)
    for (const time of ['first', 'second']) {
      expect((await s.ask('DELETE', path, s.ownerOf(3))).status, time).to.equal(204)
    }
    expect((await s.ask('GET', path)).status).to.equal(410)
    expect(await told()).to.deep.equal({ made: 1, standing: 0, opened: 3 })
    expect((await s.ask('GET', `/api/v1/shares/${'A'.repeat(22)}`)).status).to.equal(404)
  })

  it('is of the certificate whose link its maker has, as it was issued, and of no other', async () => {
    const other = await s.presentationOf(5)
    expect((await s.share(4, { presentation: other })).status).to.equal(422)
    expect((await s.share(4, {}, s.ownerOf(5))).status).to.equal(404)
    const auth = s.holderOf(4)
    expect((await s.share(4, {}, auth)).status).to.equal(404)
    const changed = (await s.presentationOf(4)).replace(/"givenName":"[^"]*"/, '"givenName":"Eve"')
    expect((await s.share(4, { presentation: changed })).status).to.equal(422)
    const expired = new Date(Date.now() - 1000).toISOString()
    expect((await s.share(4, { expiresAt: expired })).status).to.equal(422)
    expect((await s.share(4, { presentation: '{"canary":"Zoé canary"' })).status).to.equal(400)
    const { json } = await s.get(`${s.pathOf(4)}/shares`, s.ownerOf(4))
    expect(json['shares']).to.deep.equal([])
  })

  it('is not made of a revoked certificate', async () => {
    const presentation = await s.presentationOf(2)
    await s.done(await s.ask('POST', `${s.pathOf(2)}/revoke`, s.key, { reason: 'fraud' }))
    // Seen once its block is as deep as the policy wants it.
    for (let i = 0; i < 100; i += 1) {
      if ((await s.context.verify(Buffer.from(presentation))).outcome === 'invalid') break
      await pause(200)
    }
    expect((await s.share(2, { presentation })).status).to.equal(422)
    const { json } = await s.get(s.pathOf(2))
    expect((json['history'] as Json[])[0]).to.include({ action: 'revoke', reason: 'fraud' })
    const cids = [4, 2].map((i) => s.linkAt(i).cid)
    const unknown = s.linkAt(4).cid.replace(/...$/, 'aaa')
    const statesFor = async (token: string): Promise<unknown> => {
      const request = { cids: [...cids, unknown] }
      return (await s.ask('POST', '/api/v1/certificates/states', token, request)).json['states']
    }
    const [standing, revoked] = ['standing', 'revoked'].map((state, i) => ({
      ...{ cid: cids[i], state, queued: null, isReplaced: false },
    }))
    expect(await statesFor(s.key)).to.deep.equal([standing, revoked])
    expect(await statesFor(s.theirs)).to.deep.equal([])
  })

  it('is not made while the chain cannot be asked', async () => {
    const store = openSqliteStore(join(s.data.folder, 'store.sqlite'))
    const presentation = Buffer.from(await s.presentationOf(8))
    const { cid, linkSecret } = s.linkAt(8)
    const token = ownerTokenOf(linkSecret)
    const verdict = await s.context.verify(presentation)
    for (const name of ['anchor', 'operator', 'status'] as const) {
      const unseen = { outcome: 'undetermined', code: 'unreachable' } as const
      const checks = { ...verdict.checks, [name]: unseen }
      const verdictOn = () =>
        Promise.resolve({ ...verdict, outcome: 'undetermined', checks } as const)
      const count = (): void => undefined
      const sharing = sharingOf({ store, verifier: { verdictOn }, now: Date.now, count })
      const refused = await sharing
        .publish({ cid, token, presentation, expiresAt: undefined })
        .catch((error: unknown) => error)
      expect(refused, name).to.be.instanceOf(Refusal).and.include({ code: 'unavailable' })
    }
    await store.close()
    expect((await s.get(`${s.pathOf(8)}/shares`, s.ownerOf(8))).json['shares']).to.deep.equal([])
  })

  it('ends when it expires', async () => {
    const expiresAt = new Date(Date.now() + 1500).toISOString()
    const made = await s.share(6, { expiresAt })
    const path = `/api/v1/shares/${String(made.json['id'])}`
    for (let i = 0; i < 50; i += 1) {
      if ((await s.ask('GET', path)).status === 410) return
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    expect.fail('it does not expire')
  })

  it('and all that is known of the learner ends with the certificate’s erasure, at once', async () => {
    const made = await s.share(7)
    const path = `/api/v1/shares/${String(made.json['id'])}`
    expect((await s.ask('POST', `${s.pathOf(7)}/erase`, s.theirs, {})).status).to.equal(404)
    const erased = await s.ask('POST', `${s.pathOf(7)}/erase`, s.key, {
      reason: 'holder-request',
    })
    expect(erased.status).to.equal(200)
    expect((await s.ask('GET', path)).status).to.equal(410)
    expect((await s.ask('DELETE', path, s.ownerOf(7))).status).to.equal(410)
    expect((await s.get(`${s.pathOf(7)}/shares`, s.ownerOf(7))).status).to.equal(410)
    expect((await s.get(`/api/v1/documents/${s.linkAt(7).cid}`)).json['state']).to.equal('erased')
    const { json } = await s.get(s.pathOf(7))
    expect(json['learner']).to.equal(null)
    expect(json['erased']).to.deep.include({ reason: 'holder-request' })
    const again = await s.ask('POST', `${s.pathOf(7)}/erase`, s.key, {})
    expect(again.json['erasedAt']).to.equal(erased.json['erasedAt'])
  })

  it('leave no link secret, token, name or presentation in the log, and none in the store in clear', async () => {
    await s.share(11)
    const store = openSqliteStore(join(s.data.folder, 'store.sqlite'))
    const found = (await store.auditLog({ limit: 1000 }))
      .map((entry) => JSON.stringify(entry))
      .join('\n')
    await store.close()
    for (const secret of [
      s.ownerOf(11),
      s.report.links[11]?.link.split('#')[1] ?? '',
      s.report.links[3]?.learner.name ?? '',
      'Corrigée',
      'Zoé canary',
      s.linkAt(11).cid,
    ]) {
      expect(secret).not.to.equal('')
      expect(s.lines.join('\n'), secret).not.to.include(secret)
      if (secret !== s.linkAt(11).cid) expect(found, secret).not.to.include(secret)
    }
  })
})
