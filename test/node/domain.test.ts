/** Defends what a domain is taken to say of accounts: its own words over HTTPS, or nothing that counts. */
import { expect } from 'chai'
import { domainPortOf } from '../../node/domain.ts'
import type { Internet } from '../../node/domain.ts'
import { MAX_DID_DOCUMENT_BYTES } from '../../src/index.ts'
import { certificateFor } from './certificate.ts'
import { didDocument, openSite, says } from './web.ts'
import type { Serve, Site } from './web.ts'

const DOMAIN = 'school.example'
const HERE = '127.0.0.1'
const ACCOUNT = `eip155:1:0x${'1'.repeat(40)}`
const OTHER = `eip155:1:0x${'2'.repeat(40)}`
const TIMEOUT_MS = 800
/** What a busy machine may add. */
const MARGIN_MS = 1_000

describe('what a domain says of accounts', () => {
  const certificate = certificateFor(DOMAIN, 'localhost')
  let site: Site
  let internet: Internet
  before(async () => {
    site = await openSite(certificate)
    internet = {
      addressesOf: () => Promise.resolve([HERE]),
      isPublic: (address) => address === HERE,
      port: site.port,
      ca: certificate.cert,
    }
  })
  after(() => site.close())

  async function accounts(
    serve: Serve,
    change: Partial<Internet> = {},
    timeoutMs = TIMEOUT_MS,
  ): Promise<unknown> {
    site.serve(serve)
    const ask = domainPortOf({ resolver: undefined, timeoutMs }, { ...internet, ...change })
    return (await ask(DOMAIN)).accounts
  }

  it('is in its did.json, asked for as a stranger would', async () => {
    expect(await accounts(says(didDocument(ACCOUNT, OTHER)))).to.deep.equal([ACCOUNT, OTHER])
    const [request] = site.requests
    expect([request?.method, request?.url]).to.deep.equal(['GET', '/.well-known/did.json'])
    expect(request?.headers).to.deep.equal({
      host: `${DOMAIN}:${site.port}`,
      accept: 'application/did+json, application/json',
      'accept-encoding': 'identity',
      connection: 'close',
    })
  })

  it('is nothing where the document is missing, and could not be asked where the answer is another', async () => {
    for (const status of [404, 410]) expect(await accounts(says('', status))).to.deep.equal([])
    for (const status of [201, 204, 206, 400, 401, 403, 429, 500, 503]) {
      const body = status === 204 ? '' : didDocument(ACCOUNT)
      expect(await accounts(says(body, status)), `${status}`).to.equal(null)
    }
    for (const text of ['', '[]', 'null', '{"alsoKnownAs":[', '<html></html>']) {
      expect(await accounts(says(text)), text).to.equal(null)
    }
    const packed = says(didDocument(ACCOUNT), 200, { 'content-encoding': 'gzip' })
    expect(await accounts(packed)).to.equal(null)
  })

  it('is not what the target of a redirect says', async () => {
    for (const status of [301, 302, 303, 307, 308]) {
      const places = ['/elsewhere', `https://localhost:${site.port}/`, 'http://127.0.0.1/']
      for (const location of places) {
        const answer = await accounts(says(didDocument(ACCOUNT), status, { location }))
        expect([answer, site.requests.length], `${status} ${location}`).to.deep.equal([null, 1])
      }
    }
  })

  it('is cut off where it is too long, announced or not', async () => {
    const room = MAX_DID_DOCUMENT_BYTES - didDocument(ACCOUNT).length
    const padded = (spaces: number): string => didDocument(ACCOUNT) + ' '.repeat(spaces)
    expect(await accounts(says(padded(room)))).to.deep.equal([ACCOUNT])
    expect(await accounts(says(padded(room + 1)))).to.equal(null)
    const before = performance.now()
    const endless: Serve = (_, response) => {
      const more = setInterval(() => response.write(' '.repeat(50_000)), 1)
      response.on('close', () => {
        clearInterval(more)
      })
    }
    expect(await accounts(endless, {}, 10_000)).to.equal(null)
    expect(performance.now() - before).to.be.below(5_000)
    expect(await accounts(says('', 200, { 'x-long': 'x'.repeat(20_000) }))).to.equal(null)
    expect(await accounts((_, response) => response.socket?.destroy())).to.equal(null)
    const short = says(didDocument(ACCOUNT), 200, { 'content-length': '9999' })
    expect(await accounts(short)).to.equal(null)
  })

  const slow: Readonly<Record<string, Serve>> = {
    'before the first byte': () => undefined,
    'within the headers': (_, response) => response.socket?.write('HTTP/1.1 200 OK\r\nx:'),
    'after the headers': (_, response) => void response.writeHead(200).write('{'),
    'for ever saying that more will come': (_, response) => {
      const more = setInterval(() => {
        response.writeProcessing()
      }, 20)
      response.on('close', () => {
        clearInterval(more)
      })
    },
  }
  for (const [when, serve] of Object.entries(slow)) {
    it(`is given up in time by one that is silent ${when}`, async () => {
      const before = performance.now()
      expect(await accounts(serve)).to.equal(null)
      expect(performance.now() - before).to.be.below(TIMEOUT_MS + MARGIN_MS)
    })
  }

  it('is given up in time where its name does not resolve, or never', async () => {
    expect(await accounts(says(''), { addressesOf: () => Promise.resolve([]) })).to.equal(null)
    const failing = (): Promise<never> => Promise.reject(new Error('no such name'))
    expect(await accounts(says(''), { addressesOf: failing })).to.equal(null)
    expect(site.connections).to.deep.equal([])
  })

  it('counts only under a certificate for its name that is trusted', async () => {
    const serve = says(didDocument(ACCOUNT))
    const stranger = certificateFor(DOMAIN)
    expect(await accounts(serve, { ca: stranger.cert })).to.equal(null)
    site.serve(serve)
    const ask = domainPortOf({ resolver: undefined, timeoutMs: TIMEOUT_MS }, internet)
    expect(await ask('other.example')).to.deep.equal({ domain: 'other.example', accounts: null })
    const before = process.env['NODE_TLS_REJECT_UNAUTHORIZED']
    try {
      process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0'
      expect(await accounts(serve, { ca: stranger.cert })).to.equal(null)
    } finally {
      if (before === undefined) delete process.env['NODE_TLS_REJECT_UNAUTHORIZED']
      else process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = before
    }
    expect(site.requests).to.deep.equal([])
  })

  it('is asked once for all who ask meanwhile, and again afterwards', async () => {
    site.serve(says(didDocument(ACCOUNT)))
    const ask = domainPortOf({ resolver: undefined, timeoutMs: TIMEOUT_MS }, internet)
    await Promise.all([ask(DOMAIN), ask(DOMAIN), ask(DOMAIN)])
    expect(site.requests).to.have.length(1)
    await ask(DOMAIN)
    expect(site.requests).to.have.length(2)
  })

  it('takes so many connections at a time, however many domains there are', async () => {
    let [now, most] = [0, 0]
    const addressesOf = async (): Promise<string[]> => {
      most = Math.max(most, (now += 1))
      await new Promise((resolve) => setTimeout(resolve, 5))
      now -= 1
      return []
    }
    const ask = domainPortOf(
      { resolver: undefined, timeoutMs: 5_000 },
      { ...internet, addressesOf },
    )
    const domains = Array.from({ length: 200 }, (_, i) => `d${i}.example`)
    await Promise.all(domains.map((domain) => ask(domain)))
    expect(most).to.equal(32)
  })
})
