/** Defends the ways of links over HTTP: once as a file, once by letter, anew where they leaked, alike for strangers. */
import { expect } from 'chai'
import { parse } from 'csv-parse/sync'
import { SCOPES } from '../../../server/http/scopes.ts'
import type { Scope } from '../../../server/http/scopes.ts'
import { nodeAes256Gcm } from '../../../node/cipher.ts'
import {
  fetchBlock,
  fetchServerKey,
  openDocument,
  parseHolderLink,
  serverKeyAuthOf,
} from '../../../src/index.ts'
import type { HolderLink } from '../../../src/index.ts'
import { issuedFolder } from '../issuance/issued-folder.ts'
import type { IssuedFolder } from '../issuance/issued-folder.ts'
import { openSink } from '../mail/sink.ts'
import type { Sink } from '../mail/sink.ts'
import { bearer } from './server.ts'

/** As the link's holder reads it. */
async function certificateBehind({ origin, cid, linkSecret }: HolderLink): Promise<Uint8Array> {
  const block = await fetchBlock(fetch, origin, cid)
  const serverKey = await fetchServerKey(fetch, origin, cid, serverKeyAuthOf(linkSecret))
  return openDocument(block, { linkSecret, serverKey }, nodeAes256Gcm)
}

type Answer = { readonly status: number; readonly json: Record<string, unknown>; text: string }

describe('links over HTTP', function () {
  this.timeout(120_000)
  let sink: Sink
  let issued: IssuedFolder
  let url = ''
  let key = ''
  before(async function () {
    sink = await openSink()
    const mail = { host: '127.0.0.1', port: sink.port, tls: 'none', from: 'a@school.example' }
    issued = await issuedFolder(this, 'SQLite', mail)
    url = (await issued.context.serve({ port: 0 })).url
    key = await keyOf(SCOPES)
  })
  after(async () => {
    await issued.close()
    await sink.close()
  })

  async function keyOf(scopes: readonly Scope[]): Promise<string> {
    const { apiKeys, issuer } = issued.context
    const expiresAt = Date.now() + 3_600_000
    return (await apiKeys.create({ issuer, label: 'a test', scopes, expiresAt, by: 'cli' })).text
  }

  async function ask(
    method: string,
    path: string,
    body?: unknown,
    token = key,
    address = url,
  ): Promise<Answer> {
    const response = await fetch(`${address}/api/v1${path}`, {
      method,
      headers: {
        ...bearer(token),
        'idempotency-key': crypto.randomUUID(),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    const isJson = response.headers.get('content-type')?.includes('json') === true && text !== ''
    const json = isJson ? (JSON.parse(text) as Record<string, unknown>) : {}
    return { status: response.status, json, text }
  }

  const actionsOf = async (subject: string): Promise<unknown[]> => {
    const { json } = await ask('GET', '/audit?limit=1000')
    const entries = json['entries'] as Record<string, unknown>[]
    return entries.filter((one) => one['subject'] === subject).map((one) => one['action'])
  }
  const addressed = (): string =>
    issued.report.links.find(({ learner }) => learner.email !== undefined)?.cid ??
    expect.fail('somebody has an address')

  it('leave as a file once, and again where that is meant; both are in the audit log', async () => {
    const { batchId, links } = issued.report
    const path = `/batches/${batchId}/links`
    expect((await ask('HEAD', path)).status).to.equal(405)
    const first = await ask('GET', path)
    expect(first.status).to.equal(200)
    const rows = parse(first.text, { bom: true, columns: true }) as unknown as {
      link: string
    }[]
    expect(rows.map(({ link }) => link)).to.deep.equal(links.map(({ link }) => link))
    const second = await ask('GET', path)
    expect([second.status, second.json['code']]).to.deep.equal([409, 'exported'])
    expect((await ask('GET', `${path}?again=true`)).text).to.equal(first.text)
    expect(await actionsOf(batchId)).to.have.length.at.least(2)
    const none = await ask('GET', '/batches/none/links')
    expect([none.status, none.json['code']]).to.deep.equal([404, 'not-found'])
  })

  it('that are permanent are forgotten once they are delivered, by who may write too', async () => {
    const { batchId } = await issued.issue({ permanent: true })
    const path = `/batches/${batchId}/links`
    const mine = await ask('POST', `/batches/${issued.report.batchId}/links/delivered`)
    expect([mine.status, mine.json['code']]).to.deep.equal([409, 'conflict'])
    const reader = await keyOf(['links:read'])
    expect((await ask('POST', `${path}/delivered`, undefined, reader)).status).to.equal(403)
    expect((await ask('GET', path, undefined, reader)).status).to.equal(200)
    expect((await ask('POST', `${path}/delivered`)).status).to.equal(204)
    const gone = await ask('GET', `${path}?again=true`)
    expect([gone.status, gone.json['issuing']]).to.deep.equal([409, 'delivered'])
    const mailed = await ask('POST', `/batches/${batchId}/mail`, {})
    expect([mailed.status, mailed.json['issuing']]).to.deep.equal([409, 'permanent-by-mail'])
  })

  it('are sent to each learner once, and one of them again', async () => {
    const { batchId } = issued.report
    const counted = async (): Promise<Record<string, number>> => {
      const { json } = await ask('GET', `/batches/${batchId}/mail?limit=1`)
      expect((json['letters'] as unknown[]).length).to.be.at.most(1)
      return json['counts'] as Record<string, number>
    }
    const sent = await ask('POST', `/batches/${batchId}/mail`, { language: 'fr' })
    expect(sent.status, sent.text).to.equal(202)
    const all = issued.report.links.filter(({ learner }) => learner.email !== undefined).length
    expect((await ask('POST', `/batches/${batchId}/mail`, {})).status).to.equal(202)
    const counts = await counted()
    expect(Object.values(counts).reduce((a, b) => a + b)).to.equal(all)
    const again = await ask('POST', `/certificates/${addressed()}/mail`, { language: 'en' })
    expect([again.status, again.json]).to.deep.equal([202, { cid: addressed() }])
    // The server that runs sends letters too.
    while (((await counted())['queued'] ?? 0) > 0) await issued.context.mail.work()
    expect(await counted()).to.deep.equal({ queued: 0, accepted: all + 1, refused: 0, failed: 0 })
    const { json } = await ask('GET', `/certificates/${addressed()}`)
    const letters = json['letters'] as Record<string, unknown>[]
    expect(letters.map(({ purpose }) => purpose)).to.deep.equal(['issued', 'resent'])
    expect(letters[0]).to.include({ state: 'accepted' })
    const bad = await ask('POST', `/batches/${batchId}/mail`, { language: 'de' })
    expect(bad.status).to.equal(400)
    for (const query of ['limit=0', 'limit=1001', 'offset=-1', 'limit=1e3', 'limit=']) {
      const answer = await ask('GET', `/batches/${batchId}/mail?${query}`)
      expect([query, answer.status]).to.deep.equal([query, 400])
    }
  })

  it('that leaked are replaced; the new one is told to who may read links, and nobody else', async () => {
    const [, one, two] = issued.report.links
    const reseal = (cid = '', token = key): Promise<Answer> =>
      ask('POST', `/certificates/${cid}/reseal`, { reason: 'holder-request' }, token)
    const told = await reseal(one?.cid)
    expect(told.status, told.text).to.equal(200)
    expect(told.json).to.include({ oldCid: one?.cid, index: one?.index })
    expect(told.json['link']).to.be.a('string').and.not.equal(one?.link)
    const eraser = await keyOf(['certificates:erase'])
    const untold = await reseal(two?.cid, eraser)
    expect([untold.status, untold.json['link']]).to.deep.equal([200, null])
    expect(untold.text).not.to.include('#')
    const old = await fetch(`${url}/ipfs/${String(one?.cid)}?format=raw`)
    expect([old.status, ((await old.json()) as { code: string }).code]).to.deep.equal([
      410,
      'replaced',
    ])
    const actors = (await ask('GET', '/audit')).json['entries'] as Record<string, unknown>[]
    const resealed = actors.find((entry) => entry['subject'] === two?.cid)
    expect(resealed).to.include({ action: 'reseal', actor: eraser.slice(9, 25) })
  })

  it('show no more than the contents that their issuer opens with the same right, and that is noted', async () => {
    const link = parseHolderLink(issued.report.links[5]?.link, 'link')
    const path = `/certificates/${link.cid}/contents`
    const { text, status, json } = await ask('GET', path)
    expect(status, text).to.equal(200)
    const holders = await certificateBehind({ ...link, origin: url })
    expect(json['certificate']).to.equal(Buffer.from(holders).toString())
    expect(await actionsOf(link.cid)).to.deep.equal(['read-certificate'])
    expect((await ask('GET', path, undefined, await keyOf(['certificates:read']))).status).to.equal(
      403,
    )
    expect((await ask('POST', `/certificates/${link.cid}/erase`, {})).status).to.equal(200)
    expect((await ask('GET', path)).status).to.equal(410)
  })

  it('that are lost are asked for by address, with one answer for all', async () => {
    const known = issued.report.links.find(({ learner }) => learner.email !== undefined)
    const answers: string[] = []
    for (const address of [known?.learner.email, 'nobody@elsewhere.example', 'no address at all']) {
      const response = await fetch(`${url}/api/v1/link-requests`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ address }),
      })
      const headers = [...response.headers].filter(
        ([name]) => !['x-request-id', 'date', 'ratelimit'].includes(name),
      )
      answers.push(JSON.stringify([response.status, headers, await response.text()]))
    }
    expect(answers[0]).to.include('202').and.to.include('accepted')
    expect(new Set(answers).size).to.equal(1)
  })
})
