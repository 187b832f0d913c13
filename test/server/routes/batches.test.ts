/** Defends the way of a batch over HTTP: a template kept, rows tried and taken, followed to the end, approved by another. */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'chai'
import { addIssuer } from '../../../server/context.ts'
import type { Context } from '../../../server/context.ts'
import { SCOPES } from '../../../server/http/scopes.ts'
import { EXAMPLE_ROWS, exampleTemplate, newDataFolder, PASSPHRASE } from '../folder.ts'
import type { DataFolder } from '../folder.ts'
import { ask } from './ask.ts'
import type { Answer, Asked, Json } from './ask.ts'

const CSV = 'text/csv'

describe('batches over HTTP', function () {
  this.timeout(180_000)
  let data: DataFolder
  let context: Context
  let url = ''
  let key = ''
  let template = ''
  let rows: string

  before(async () => {
    data = await newDataFolder()
    const second = { name: 'Autre école', passphrase: PASSPHRASE, scryptLogN: 10 }
    await addIssuer(data.folder, second)
    await approveFrom(20)
    context = await data.open()
    await context.deploy()
    ;({ url } = await context.serve({ port: 0 }))
    key = await newKey()
    rows = await readFile(EXAMPLE_ROWS, 'utf8')
    const kept = await call('POST', '/templates', {
      body: await exampleTemplate(),
      type: JSON_TYPE,
    })
    expect(kept.status).to.equal(201)
    template = String(kept.json['id'])
  })
  after(() => data.remove())

  const JSON_TYPE = 'application/json'

  /** Batches of this size and more want a second person. */
  async function approveFrom(from: number): Promise<void> {
    const path = join(data.folder, 'inaltera.json')
    const config = JSON.parse(await readFile(path, 'utf8')) as object
    await writeFile(path, JSON.stringify({ ...config, approval: { from } }))
  }

  async function newKey(issuer = context.issuer): Promise<string> {
    const expiresAt = Date.now() + 3_600_000
    const request = { issuer, label: 'a test', scopes: SCOPES, expiresAt, by: 'cli' }
    return (await context.apiKeys.create(request)).text
  }

  const call = (method: string, path: string, more: Asked = {}): Promise<Answer> =>
    ask(url, method, path, { as: key, ...more })

  const first = (count: number): string =>
    rows
      .split('\n')
      .slice(0, count + 1)
      .join('\n')
  const issue = (
    body: string,
    more: { as?: string; idempotencyKey?: string; query?: string } = {},
  ): Promise<Answer> =>
    call('POST', `/batches?template=${template}${more.query ?? ''}`, { body, type: CSV, ...more })

  /** The batches that the events tell of, to the end. */
  async function followed(id: string): Promise<Json[]> {
    const response = await fetch(`${url}/api/v1/batches/${id}/events`, {
      headers: { authorization: `Bearer ${key}` },
    })
    expect(response.headers.get('content-type')).to.match(/^text\/event-stream/)
    const text = await response.text()
    const events = text.split('\n\n').filter((one) => one.startsWith('event: batch\n'))
    return events.map((one) => JSON.parse(one.slice(one.indexOf('data: ') + 6)) as Json)
  }

  it('shows the template as it was given, with what it has and lacks', async () => {
    const { json } = await call('GET', `/templates/${template}`)
    expect(json['template']).to.deep.equal(
      JSON.parse(Buffer.from(await exampleTemplate()).toString()),
    )
    expect(json).to.deep.include({ isComplete: true, version: 1, isSuperseded: false })
    expect(json['lint']).to.deep.include({ complete: true })
    const lint = await call('POST', '/templates/lints', { body: '{}', type: JSON_TYPE })
    expect([lint.status, lint.json['format']]).to.deep.equal([
      400,
      { code: 'missing-member', field: '/inaltera' },
    ])
  })

  it('tells of every bad row, a sample, and keeps nothing', async () => {
    const bad = first(4).replace(/;[^;]*@[^;]*;/, ';not an address;')
    const run = await call('POST', `/batches/dry-runs?template=${template}&row=3`, {
      body: bad,
      type: CSV,
    })
    expect(run.status).to.equal(200)
    expect(run.json).to.deep.include({ isAccepted: false, size: 4, more: 0 })
    const problems = run.json['problems'] as Json[]
    expect(problems.map(({ code, row, column }) => [code, row, column])).to.deep.equal([
      ['bad-value', 2, 'Courriel'],
    ])
    expect((run.json['sample'] as Json)['row']).to.equal(3)
    const refused = await issue(bad)
    expect([refused.status, refused.json['code']]).to.deep.equal([422, 'unprocessable'])
    expect((refused.json['rows'] as Json[])[0]).to.deep.include({ code: 'bad-value', row: 2 })
    expect((await call('GET', '/batches')).json).to.deep.equal({ batches: [], next: null })
  })

  it('proposes a mapping of other column names, and takes rows under it, as JSON too', async () => {
    const other = first(3).replace('Prénom', 'prenom')
    const query = `?template=${template}`
    const preview = await call('POST', `/batches/previews${query}`, { body: other, type: CSV })
    expect(preview.json['mapping']).to.deep.equal({ prenom: 'Prénom' })
    expect((preview.json['rows'] as Json[])[0]?.['cells']).to.include('Zoé')
    const [head = '', ...lines] = first(3).split('\n')
    const names = head.split(';')
    const objects = lines.map((line): Record<string, string> =>
      Object.fromEntries(line.split(';').map((cell, i) => [names[i] ?? '', cell])),
    )
    const mapping = encodeURIComponent(JSON.stringify({ prenom: 'Prénom' }))
    const asJson = await call('POST', `/batches/dry-runs${query}`, {
      body: JSON.stringify(objects),
      type: JSON_TYPE,
    })
    const mapped = await call('POST', `/batches/dry-runs${query}&mapping=${mapping}`, {
      body: other,
      type: CSV,
    })
    for (const { json } of [asJson, mapped]) {
      expect(json).to.deep.include({ isAccepted: true, size: 3 })
    }
    const nonsense = await call('POST', `/batches/dry-runs${query}&mapping=%5B%5D`, {
      body: other,
      type: CSV,
    })
    expect(nonsense.json['format']).to.deep.equal({ code: 'wrong-type', field: 'query/mapping' })
  })

  it('takes rows once for an idempotency key, and tells of every step until the batch is final', async () => {
    const idempotencyKey = 'autumn-2026'
    const taken = await issue(first(5), { idempotencyKey })
    expect(taken.status).to.equal(202)
    const again = await issue(first(5), { idempotencyKey })
    expect([again.status, again.json]).to.deep.equal([202, taken.json])
    const other = await issue(first(6), { idempotencyKey })
    expect([other.status, other.json['code']]).to.deep.equal([422, 'idempotency-conflict'])
    const id = String(taken.json['id'])
    const told = await followed(id)
    expect(told.at(-1)).to.deep.include({ id, state: 'anchored', size: 5, trouble: null })
    expect(told.at(-1)).to.deep.equal((await call('GET', `/batches/${id}`)).json)
    const { json: done } = await call('GET', `/batches/${id}`)
    const { rejected, ...times } = done['times'] as Json
    const order = [done['createdAt'], ...Object.values(times)].map(String)
    expect([rejected, order]).to.deep.equal([null, order.toSorted()])
    expect(done).to.deep.include({ home: context.home, permanent: false, exports: 0 })
    expect((await call('GET', '/batches?state=anchored')).json['batches']).to.have.length(1)
    const page = await call('GET', `/batches/${id}/certificates?limit=3`)
    const rest = await call('GET', `/batches/${id}/certificates?limit=3&from=3`)
    const certificates = [page, rest].flatMap(({ json }) => json['certificates'] as Json[])
    expect(certificates.map(({ index }) => index)).to.deep.equal([0, 1, 2, 3, 4])
    expect([page.json['next'], rest.json['next']]).to.deep.equal([3, null])
    const names = certificates.map(({ learner }) => (learner as Json)['name'])
    expect(names).to.include('Zoé L’Hôte')
    const links = await context.linksOf(id)
    expect(links.links.map(({ cid }) => cid)).to.have.members(certificates.map(({ cid }) => cid))
  })

  it('lets a large batch wait for another person, who approves or rejects it', async () => {
    const id = String((await issue(rows)).json['id'])
    const view = await call('GET', `/batches/${id}`)
    expect(view.json).to.deep.include({ state: 'awaiting-approval', size: 32, root: null })
    const own = await call('POST', `/batches/${id}/approval`)
    expect([own.status, own.json['issuing']]).to.deep.equal([409, 'same-person'])
    expect(own.json['detail']).to.match(/use another key/)
    const second = await newKey()
    const approved = await call('POST', `/batches/${id}/approval`, { as: second })
    expect(approved.status).to.equal(200)
    expect(approved.json['approvedBy']).to.equal(second.slice(9, 25))
    expect((await followed(id)).at(-1)).to.deep.include({ state: 'anchored' })
    const late = await call('POST', `/batches/${id}/rejection`, { as: second })
    expect([late.status, late.json['issuing']]).to.deep.equal([409, 'not-awaiting'])
    const other = String((await issue(rows, { query: '&allowDuplicates=true' })).json['id'])
    const rejected = await call('POST', `/batches/${other}/rejection`, { as: second })
    expect(rejected.json).to.deep.include({ state: 'rejected', size: 32 })
    expect((await followed(other)).at(-1)).to.deep.include({ state: 'rejected' })
    expect((await call('GET', '/batches?limit=1')).json['next']).to.be.a('string')
  })

  it('is nothing to another issuer, in any of its parts', async () => {
    const [, other = ''] = context.accounts
    const stranger = await newKey(context.as(other).issuer)
    const { json } = await call('GET', '/batches')
    const id = String((json['batches'] as Json[])[0]?.['id'])
    for (const [method, path] of [
      ['GET', `/batches/${id}`],
      ['GET', `/batches/${id}/events`],
      ['GET', `/batches/${id}/certificates`],
      ['POST', `/batches/${id}/approval`],
      ['POST', `/batches/${id}/rejection`],
      ['GET', `/templates/${template}`],
      ['DELETE', `/templates/${template}`],
    ] as const) {
      const answer = await call(method, path, { as: stranger })
      expect([answer.status, answer.json['code']], path).to.deep.equal([404, 'not-found'])
    }
    const stolen = await issue(first(3), { as: stranger })
    expect([stolen.status, stolen.json['code']]).to.deep.equal([404, 'not-found'])
    expect((await call('GET', '/batches', { as: stranger })).json['batches']).to.deep.equal([])
    expect((await call('GET', '/templates', { as: stranger })).json['templates']).to.deep.equal([])
  })

  it('goes page by page through all batches, each once', async () => {
    const seen: unknown[] = []
    let after = ''
    for (let pages = 0; pages < 9; pages += 1) {
      const { json } = await call('GET', `/batches?limit=1${after}`)
      seen.push(...(json['batches'] as Json[]).map(({ id }) => id))
      if (json['next'] === null) break
      after = typeof json['next'] === 'string' ? `&after=${json['next']}` : ''
    }
    const all = (await call('GET', '/batches')).json['batches'] as Json[]
    expect(seen).to.deep.equal(all.map(({ id }) => id))
    expect(new Set(seen).size).to.equal(2)
    const bad = await call('GET', '/batches?after=x')
    expect([bad.status, bad.json['code']]).to.deep.equal([400, 'bad-request'])
  })

  it('issues with the newest version of a template, and with none that is archived', async () => {
    const body = await exampleTemplate()
    const next = await call('POST', `/templates?supersedes=${template}`, { body, type: JSON_TYPE })
    expect(next.status).to.equal(201)
    const late = await call('POST', `/templates?supersedes=${template}`, { body, type: JSON_TYPE })
    expect([late.status, late.json['issuing']]).to.deep.equal([409, 'template-superseded'])
    const shown = (await call('GET', '/templates')).json['templates'] as Json[]
    expect(shown.map(({ id, version }) => [id, version])).to.deep.equal([[next.json['id'], 2]])
    expect((await call('GET', '/templates?all=true')).json['templates']).to.have.length(2)
    const path = `/templates/${String(next.json['id'])}`
    expect((await call('DELETE', path)).status).to.equal(204)
    const refused = await issue(first(3))
    expect([refused.status, refused.json['issuing']]).to.deep.equal([409, 'template-archived'])
  })
})
