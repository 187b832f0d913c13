/** Defends what an issuer is told of how its certificates fare: its own alone, numbers alone, all of them. */
import { join } from 'node:path'
import { expect } from 'chai'
import { openSqliteStore } from '../../../server/storage/sqlite.ts'
import { lease, newBatch } from '../storage/fixtures.ts'
import { newIssuingServer } from './issuing.ts'
import type { IssuingServer, Json } from './issuing.ts'
import { bearer, ISSUER, newServer } from './server.ts'

const NOTHING = { issued: 0, opened: 0, shared: 0, shareOpened: 0, verified: 0, revoked: 0 }

describe('statistics over HTTP', function () {
  this.timeout(120_000)
  let s: IssuingServer
  before(async () => {
    s = await newIssuingServer()
  })
  after(() => s.data.remove())

  const totals = async (query = '', key = s.key): Promise<unknown> => {
    const { status, json } = await s.get(`/api/v1/statistics${query}`, key)
    expect(status, JSON.stringify(json)).to.equal(200)
    return json['totals']
  }
  const verify = (text: string): Promise<Response> =>
    fetch(new URL('/api/v1/verifications', s.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: text,
    })

  it('count what is issued, opened, shared, verified and revoked, by day and template', async () => {
    const issued = s.report.links.length
    expect(await totals()).to.deep.equal({ ...NOTHING, issued })
    const presentation = await s.presentationOf(0)
    const wrong = s.holderOf(1)
    expect((await s.get(`/k/${s.linkAt(0).cid}`, wrong)).status).to.equal(404)
    const { json: share } = await s.share(0, { presentation })
    const path = `/api/v1/shares/${String(share['id'])}`
    for (let i = 0; i < 3; i += 1) expect((await s.ask('GET', path)).status).to.equal(200)
    await Promise.all([1, 2].map(() => verify(presentation)))
    // Changed, so that it leads to another root; and none at all.
    await verify(presentation.replace(/"givenName":"[^"]*"/, '"givenName":"Eve"'))
    await verify('{}')
    await s.done(await s.ask('POST', `${s.pathOf(1)}/revoke`, s.key, { reason: 'fraud' }))
    const all = { issued, opened: 1, shared: 1, shareOpened: 3, verified: 2, revoked: 1 }
    const { json } = await s.get('/api/v1/statistics')
    const today = new Date().toISOString().slice(0, 10)
    expect(json['to']).to.equal(today)
    const days = json['days'] as Json[]
    expect(days).to.have.length(30)
    expect(days.at(-1)).to.deep.equal({ day: today, ...all })
    expect(days[0]).to.deep.equal({ day: json['from'], ...NOTHING })
    expect(json['templates']).to.deep.equal([{ id: null, name: null, ...all }])
    expect(json['totals']).to.deep.equal(all)
    expect(await totals('', s.theirs)).to.deep.equal(NOTHING)
  })

  it('outlive an erasure, and name nobody', async () => {
    const before = await totals()
    const erased = await s.ask('POST', `${s.pathOf(0)}/erase`, s.key, { reason: 'holder-request' })
    expect(erased.status).to.equal(200)
    expect(await totals()).to.deep.equal(before)
    const { json } = await s.get('/api/v1/statistics')
    for (const secret of [
      s.linkAt(0).cid,
      s.report.links[0]?.learner.name ?? '',
      s.report.batchId,
    ]) {
      expect(JSON.stringify(json)).not.to.include(secret)
    }
  })

  it('are of 1 to 400 days of the calendar, and of templates of one’s own', async () => {
    expect(await totals('?from=2020-02-29&to=2020-02-29')).to.deep.equal(NOTHING)
    expect(await totals('?from=2023-01-01&to=2024-02-04')).to.deep.equal(NOTHING)
    const statuses = []
    for (const query of [
      'from=2023-01-01&to=2024-02-05',
      'from=2024-01-02&to=2024-01-01',
      'from=2023-02-29',
      'from=yesterday',
      'to=2024-1-1',
      'day=2024-01-01',
    ]) {
      statuses.push((await s.get(`/api/v1/statistics?${query}`)).status)
    }
    expect(statuses).to.deep.equal(statuses.map(() => 400))
    expect((await s.get(`/api/v1/statistics?template=${'A'.repeat(22)}`)).status).to.equal(404)
  })

  it('lose nothing when the server is closed', async () => {
    await s.opened(s.linkAt(2))
    await s.opened(s.linkAt(3))
    await s.context.close()
    const store = openSqliteStore(join(s.data.folder, 'store.sqlite'))
    const today = Math.floor(Date.now() / 86_400_000)
    const found = await store.statisticsOf(s.data.init.issuer, today - 1, today)
    await store.close()
    const opened = found.filter(({ what }) => what === 'opened')
    expect(opened.reduce((sum, { count }) => sum + count, 0)).to.equal(3)
  })
})

describe('statistics by template', () => {
  it('are of all its versions, under the name of the newest, and of one template where asked', async () => {
    const server = await newServer()
    const { store, url } = server
    try {
      const body = Buffer.from('{}')
      const one = { issuer: ISSUER, body, isComplete: true, createdBy: undefined }
      for (const [id, name, supersedes] of [
        ['first', 'Soudage', undefined],
        ['second', 'Soudage 2', 'first'],
        ['other', 'Cuisine', undefined],
      ] as const) {
        await store.addTemplate({ ...one, id, name, supersedes, createdAt: 1 })
        await store.openDraft(newBatch(`of-${id}`, { issuer: ISSUER, templateId: id }), lease)
        const day = Math.floor(Date.now() / 86_400_000)
        await store.addTallies([{ of: { batchId: `of-${id}` }, day, what: 'opened', count: 2 }])
      }
      const headers = bearer(await server.key())
      const found = async (query: string): Promise<unknown> => {
        const response = await fetch(`${url}/api/v1/statistics${query}`, { headers })
        const { templates, totals } = (await response.json()) as {
          templates: { id: string; name: string; opened: number }[]
          totals: { opened: number }
        }
        const rows = templates.map(({ id, name, opened }) => `${id} ${name} ${opened}`)
        return [...rows, totals.opened]
      }
      expect(await found('')).to.deep.equal(['first Soudage 2 4', 'other Cuisine 2', 6])
      for (const id of ['first', 'second']) {
        expect(await found(`?template=${id}`), id).to.deep.equal(['first Soudage 2 4', 4])
      }
    } finally {
      await server.remove()
    }
  })
})
