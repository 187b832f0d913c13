import { request as httpRequest } from 'node:http'
import { connect } from 'node:net'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { expect } from 'chai'
import type { Context, IssuedLink, Served } from '../../../server/context.ts'
import { openCertificate } from '../../../server/ipfs/sealing.ts'
import {
  base64urlOf,
  cidOf,
  MAX_BUNDLE_BYTES,
  parseBase64url,
  serverKeyAuthOf,
  utf8,
} from '../../../src/index.ts'
import { EXAMPLE_ROWS, exampleTemplate, newDataFolder } from '../folder.ts'
import type { DataFolder } from '../folder.ts'
import { patiently } from '../../support/patience.ts'

describe('the server over HTTP', function () {
  this.timeout(60_000)
  let data: DataFolder
  let context: Context
  let served: Served
  let links: readonly IssuedLink[]
  const lines: string[] = []

  before(async () => {
    data = await newDataFolder()
    context = await data.open({
      passphrase: 'a passphrase of tests',
      log: (line) => lines.push(line),
    })
    await context.deploy()
    ;({ links } = await context.issue({ rows: EXAMPLE_ROWS, template: await exampleTemplate() }))
    served = await context.serve({ port: 0 })
  })
  after(async () => {
    await data.remove()
  })

  type Answer = {
    status: number
    headers: Headers
    body: Uint8Array
    json: Record<string, unknown>
  }

  async function ask(path: string, init: RequestInit = {}): Promise<Answer> {
    const response = await fetch(`${served.url}${path}`, init)
    const body = new Uint8Array(await response.arrayBuffer())
    const isJson = response.headers.get('content-type')?.includes('json') === true
    const json: unknown = isJson ? JSON.parse(Buffer.from(body).toString()) : {}
    return {
      status: response.status,
      headers: response.headers,
      body,
      json: json as Record<string, unknown>,
    }
  }

  const linkAt = (i: number): IssuedLink => links[i] ?? expect.fail('there is no such link')
  const secretOf = ({ link }: IssuedLink): Uint8Array =>
    parseBase64url(link.split('#')[1], 'the fragment')
  const tokenOf = (link: IssuedLink): string => base64urlOf(serverKeyAuthOf(secretOf(link)))
  const bearer = (token: string): RequestInit => ({ headers: { authorization: `Bearer ${token}` } })

  async function certificateOf(link: IssuedLink): Promise<Uint8Array> {
    const key = await ask(`/k/${link.cid}`, bearer(tokenOf(link)))
    const serverKey = parseBase64url(Buffer.from(key.body).toString(), 'serverKey')
    const block = await ask(`/ipfs/${link.cid}?format=raw`)
    return openCertificate(block.body, secretOf(link), serverKey)
  }

  const verifyBytes = (bytes: Uint8Array, type = 'application/json'): Promise<Answer> =>
    ask('/api/v1/verifications', {
      method: 'POST',
      body: Buffer.from(bytes),
      headers: { 'content-type': type },
    })

  it('leads a holder from the link alone to a certificate that is valid', async () => {
    const verdict = await verifyBytes(await certificateOf(linkAt(0)), 'application/vc+ld+json')
    expect(verdict.status).to.equal(200)
    expect(verdict.json['outcome']).to.equal('valid')
  })

  it('answers 200 with a verdict on bytes of any kind', async () => {
    const certificate = Buffer.from(await certificateOf(linkAt(0)))
    const changed = Buffer.from(certificate.toString().replace('Zoé', 'Zoë'))
    const flipped = await verifyBytes(changed)
    expect(flipped.json['outcome']).to.equal('invalid')
    for (const bytes of ['', '{', '{"__proto__":1}', '[]', '\ufeff{}', '{"proof":[]}']) {
      const verdict = await verifyBytes(utf8(bytes))
      expect([verdict.status, verdict.json['outcome']]).to.deep.equal([200, 'invalid'])
    }
  })

  it('shows a revoked certificate as invalid, with the reason', async () => {
    const link = linkAt(1)
    const bytes = await certificateOf(link)
    await context.revoke({ cid: link.cid, reason: 'fraud' })
    const deadline = Date.now() + patiently(20_000)
    for (;;) {
      const { json } = await verifyBytes(bytes)
      if (json['outcome'] === 'invalid') {
        const status = { outcome: 'failed', code: 'revoked' }
        expect(json['checks']).to.have.deep.property('status', status)
        return
      }
      if (Date.now() > deadline) expect.fail('the revocation does not show')
      await wait(200)
    }
  })

  it('refuses other media types, encodings, and bodies over the limit', async () => {
    const certificate = await certificateOf(linkAt(0))
    expect((await verifyBytes(certificate, 'text/plain')).status).to.equal(415)
    const big = await verifyBytes(new Uint8Array(MAX_BUNDLE_BYTES + 1).fill(0x20))
    expect([big.status, big.json['code']]).to.deep.equal([413, 'too-large'])
    const zipped = await ask('/api/v1/verifications', {
      method: 'POST',
      body: 'x',
      headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
    })
    expect([zipped.status, zipped.json['code']]).to.deep.equal([415, 'unsupported-media-type'])
  })

  describe('the gateway', () => {
    it('gives a block that hashes to its CID, for ever, by format or by Accept', async () => {
      const { cid } = linkAt(0)
      const accept = { headers: { accept: 'text/html, application/vnd.ipld.raw;q=1' } }
      for (const answer of [
        await ask(`/ipfs/${cid}?format=raw`),
        await ask(`/ipfs/${cid}`, accept),
      ]) {
        expect(answer.status).to.equal(200)
        expect(cidOf(answer.body)).to.equal(cid)
        expect(answer.headers.get('content-type')).to.equal('application/vnd.ipld.raw')
        expect(answer.headers.get('cache-control')).to.include('immutable')
        expect(answer.headers.get('content-disposition')).to.include('attachment')
        expect(answer.headers.get('x-content-type-options')).to.equal('nosniff')
      }
      const head = await ask(`/ipfs/${cid}?format=raw`, { method: 'HEAD' })
      expect([head.status, head.body.length]).to.deep.equal([200, 0])
      const known = { headers: { 'if-none-match': `"${cid}.raw"` } }
      expect((await ask(`/ipfs/${cid}?format=raw`, known)).status).to.equal(304)
    })

    it('refuses what is no CID, what is not asked for raw, and what it does not have', async () => {
      const { cid } = linkAt(0)
      const absent = cidOf(utf8('absent'))
      for (const [path, status, code] of [
        ['/ipfs/..%2f..%2finaltera.json?format=raw', 400, 'bad-request'],
        ['/ipfs/hello?format=raw', 400, 'bad-request'],
        [`/ipfs/${cid.toUpperCase()}?format=raw`, 400, 'bad-request'],
        [`/ipfs/${cid}`, 406, 'not-acceptable'],
        [`/ipfs/${cid}?format=tar`, 406, 'not-acceptable'],
        [`/ipfs/${absent}?format=raw`, 404, 'not-found'],
        ['/nothing', 404, 'not-found'],
        ['/ipfs/%ff?format=raw', 400, 'bad-request'],
      ] as const) {
        const answer = await ask(path)
        expect([path, answer.status, answer.json['code']]).to.deep.equal([path, status, code])
        expect(answer.headers.get('content-type')).to.include('application/problem+json')
      }
    })
  })

  describe('the server key', () => {
    it('is given to the holder alone; a wrong token and no document look the same', async () => {
      const [link, other] = [linkAt(0), linkAt(2)]
      expect((await ask(`/k/${link.cid}`, bearer(tokenOf(link)))).status).to.equal(200)
      const wrong = await ask(`/k/${link.cid}`, bearer(tokenOf(other)))
      const absent = await ask(`/k/${cidOf(utf8('absent'))}`, bearer(tokenOf(other)))
      expect(wrong.status).to.equal(404)
      expect([wrong.status, wrong.json]).to.deep.equal([absent.status, absent.json])
      for (const headers of [{}, { authorization: 'Basic x' }, { authorization: 'Bearer short' }]) {
        const known = await ask(`/k/${link.cid}`, { headers })
        const unknown = await ask(`/k/${cidOf(utf8('absent'))}`, { headers })
        expect([known.status, unknown.status]).to.deep.equal([401, 401])
        expect(known.json).to.deep.equal(unknown.json)
      }
    })

    it('is gone after erasure, and the document with it', async () => {
      const link = linkAt(3)
      const token = tokenOf(link)
      await context.erase({ cid: link.cid, reason: 'holder-request' })
      expect((await ask(`/k/${link.cid}`, bearer(token))).status).to.equal(410)
      expect((await ask(`/ipfs/${link.cid}?format=raw`)).status).to.equal(410)
    })
  })

  it('answers other methods with 405 and what is allowed', async () => {
    for (const [path, method, allowed] of [
      ['/health', 'POST', 'GET, HEAD'],
      ['/ipfs/x', 'PUT', 'GET, HEAD'],
      ['/k/x', 'DELETE', 'GET, HEAD'],
      ['/api/v1/verifications', 'GET', 'POST'],
    ] as const) {
      const answer = await ask(path, { method })
      expect([answer.status, answer.headers.get('allow')]).to.deep.equal([405, allowed])
    }
  })

  it('sets headers under which nothing runs, loads or frames', async () => {
    for (const path of ['/health', '/nothing']) {
      const { headers } = await ask(path)
      const policy = headers.get('content-security-policy') ?? ''
      expect(policy).to.include("default-src 'none'").and.include("frame-ancestors 'none'")
      expect(policy).not.to.include('unsafe')
      expect(headers.get('referrer-policy')).to.equal('no-referrer')
      expect(headers.get('x-powered-by')).to.equal(null)
    }
  })

  it('takes a hostile request without harm: cut short, malformed, with a forbidden query', async () => {
    const { port } = new URL(served.url)
    const socket = connect(Number(port), '127.0.0.1')
    socket.write('POST /api/v1/verifications HTTP/1.1\r\nhost: x\r\ncontent-length: 99\r\n\r\n{')
    socket.destroy()
    const garbage = connect(Number(port), '127.0.0.1')
    garbage.end('\u0000\u0001 nonsense\r\n\r\n')
    garbage.resume()
    await once(garbage, 'close')
    const strange = httpRequest(`${served.url}/health?__proto__=1&a[b]=c`)
    strange.end()
    const [answer] = (await once(strange, 'response')) as [{ statusCode: number; resume(): void }]
    answer.resume()
    expect(answer.statusCode).to.equal(400)
  })

  it('logs what happened, and no token, key, query or body', async () => {
    const link = linkAt(0)
    await ask(`/k/${link.cid}?canary-in-query=1`, bearer(tokenOf(link)))
    const log = lines.join('\n')
    expect(log).to.include('"route":"/k/:cid"')
    for (const secret of [
      link.cid,
      tokenOf(link),
      link.link.split('#')[1] ?? '',
      'canary-in-query',
      'Zoé',
    ]) {
      expect(log).not.to.include(secret)
    }
  })
})
