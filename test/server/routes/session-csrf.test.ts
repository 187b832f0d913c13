/** Defends the console's session against what other sites have a browser send, and against a network that listens. */
import { once } from 'node:events'
import { createServer, request as ask } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect } from 'chai'
import { chromium } from 'playwright-core'
import type { Page } from 'playwright-core'
import { isScope } from '../../../server/http/scopes.ts'
import { ROUTES } from '../../../server/routes/table.ts'
import { engineFor } from '../../support/engines.ts'
import { cookieAt, OF_CONSOLE, signInAt } from './console.ts'
import type { Headers } from './console.ts'
import { newServer } from './server.ts'
import type { TestServer } from './server.ts'
import { askExample } from './walk.ts'

const guarded = ROUTES.filter(({ access }) => isScope(access))

describe('a request with the cookie of the console', () => {
  let server: TestServer
  before(async () => {
    server = await newServer()
  })
  after(() => server.remove())

  const session = (headers: Headers, method = 'GET'): Promise<Response> =>
    fetch(`${server.url}/api/v1/session`, { method, headers })

  it('changes nothing without the header that no other site can send: 403', async () => {
    const cookie = await cookieAt(server.url, await server.key())
    for (const route of guarded.filter(({ method }) => method !== 'GET')) {
      for (const headers of [{}, { 'x-inaltera-console': '0' }]) {
        const answer = await askExample(server.url, route, { ...cookie, ...headers })
        expect([answer.status, answer.code], route.name).to.deep.equal([403, 'not-from-console'])
      }
    }
    const key = await server.key()
    expect((await signInAt(server.url, key, {})).status).to.equal(403)
    expect((await session(cookie, 'DELETE')).status).to.equal(403)
    expect((await session(cookie)).status).to.equal(200)
  })

  /** As a browser on that page would: `fetch` sets neither `Host` nor `Origin`. */
  async function asBrowser(method: string, headers: Headers): Promise<number> {
    const { cookie } = await cookieAt(server.url, await server.key())
    const { hostname, port } = new URL(server.url)
    const path = method === 'POST' ? '/api/v1/batches/none/mail' : '/api/v1/keys'
    const body = method === 'POST' ? '{}' : ''
    const all = { cookie, 'content-type': 'application/json', ...OF_CONSOLE, ...headers }
    const sent = ask({ hostname, port, path, method, headers: all }).end(body)
    const [response] = (await once(sent, 'response')) as [{ statusCode: number; resume(): void }]
    response.resume()
    return response.statusCode
  }

  it('is refused to what a browser says another site sent, whatever the method', async () => {
    const { host, port } = new URL(server.url)
    const site = (value: string): Headers => ({ 'sec-fetch-site': value })
    for (const headers of [
      site('cross-site'),
      site('same-site'),
      { origin: 'null' },
      { origin: 'https://evil.example' },
      { origin: `http://127.0.0.1:${Number(port) + 1}` },
      { origin: `http://127.0.0.1.evil.example:${port}`, host: `127.0.0.1.evil.example:${port}` },
      { origin: 'http://certificates.example', host: 'certificates.example' },
      { origin: `${server.url}/`, ...site('same-origin') },
    ]) {
      for (const method of ['GET', 'POST']) {
        expect(await asBrowser(method, headers), JSON.stringify(headers)).to.equal(403)
      }
    }
    expect(await asBrowser('POST', site('none'))).to.equal(403)
    expect(await asBrowser('GET', site('none'))).to.equal(200)
    for (const headers of [
      { origin: server.url, ...site('same-origin') },
      { origin: `https://${host}` },
      { origin: 'https://certificates.example', ...site('same-origin') },
    ]) {
      expect(await asBrowser('POST', headers), JSON.stringify(headers)).to.equal(404)
    }
  })

  it('is not opened over a network in clear, and is where TLS ends before us', async () => {
    const key = await server.key()
    const { hostname, port } = new URL(server.url)
    const statusAt = async (headers: Headers): Promise<number> => {
      const all = { 'content-type': 'application/json', ...OF_CONSOLE, ...headers }
      const path = '/api/v1/session'
      const sent = ask({ hostname, port, path, method: 'POST', headers: all })
      const [response] = (await once(sent.end(JSON.stringify({ key })), 'response')) as [
        { statusCode: number; resume(): void },
      ]
      response.resume()
      return response.statusCode
    }
    expect(await statusAt({ host: '192.0.2.7' })).to.equal(403)
    expect(await statusAt({ host: 'localhost.evil.example' })).to.equal(403)
    const own = { host: 'certificates.example' }
    expect(await statusAt({ ...own, origin: 'http://certificates.example' })).to.equal(403)
    expect(await statusAt({ ...own, origin: 'https://certificates.example' })).to.equal(200)
    expect(
      await statusAt({ host: 'backend:8080', origin: 'https://certificates.example' }),
    ).to.equal(200)
    for (const host of ['localhost', '127.0.0.1:8080', '[::1]:8080']) {
      expect(await statusAt({ host }), host).to.equal(200)
    }
  })
})

describe('the cookie of the console in Chromium', function () {
  this.timeout(60_000)

  /** Of a page: what `fetch` was answered there, or that it failed. */
  const fetched = (page: Page, url: string, init: RequestInit): Promise<unknown> =>
    page.evaluate(
      `fetch(${JSON.stringify(url)}, ${JSON.stringify(init)}).then((answer) => answer.status, () => 'failed')`,
    )

  it('is taken on loopback, read by no script, and of no use to a page of another origin', async function () {
    const executablePath = engineFor(this, 'chromium')
    const server = await newServer()
    // Same site, another origin: the port alone differs, and browsers send SameSite cookies there.
    const other = createServer((_, response) =>
      response.setHeader('content-type', 'text/html').end('x'),
    )
    other.listen(0, '127.0.0.1')
    await once(other, 'listening')
    const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
    try {
      const key = await server.key()
      const context = await browser.newContext()
      const page = await context.newPage()
      await page.goto(`${server.url}/api/v1/docs`)
      const headers = { 'content-type': 'application/json', ...OF_CONSOLE }
      const body = JSON.stringify({ key })
      const of = `${server.url}/api/v1`
      expect(await fetched(page, `${of}/session`, { method: 'POST', headers, body })).to.equal(200)
      expect(await page.evaluate('document.cookie')).to.equal('')
      expect(await fetched(page, `${of}/keys`, {})).to.equal(200)
      const made = { method: 'POST', body: '{"label":"x","scopes":["keys"],"days":1}' }
      expect(await fetched(page, `${of}/keys`, { ...made, headers })).to.equal(201)
      const count = (await server.store.auditLog({ limit: 100 })).length

      const theirs = await context.newPage()
      await theirs.goto(`http://127.0.0.1:${(other.address() as AddressInfo).port}`)
      const credentials = 'include'
      const plain = { 'content-type': 'text/plain' }
      for (const init of [
        { ...made, credentials, headers },
        { ...made, credentials, headers: plain },
        { method: 'DELETE', credentials, headers: OF_CONSOLE },
        { credentials },
      ] as const) {
        expect(await fetched(theirs, `${of}/keys`, init)).to.equal('failed')
      }
      const blind = { ...made, credentials, headers: plain, mode: 'no-cors' } as const
      const before = server.lines.length
      await fetched(theirs, `${of}/keys`, blind)
      const statuses = server.lines.slice(before).map((line) => /"status":(\d+)/.exec(line)?.[1])
      expect(statuses).to.deep.equal(['403'])
      expect(await server.store.auditLog({ limit: 100 })).to.have.length(count)
      expect(
        await fetched(page, `${of}/session`, { method: 'DELETE', headers: OF_CONSOLE }),
      ).to.equal(204)
      expect(await fetched(page, `${of}/keys`, {})).to.equal(401)
    } finally {
      await browser.close()
      other.close()
      await server.remove()
    }
  })
})
