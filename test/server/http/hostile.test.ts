/** Defends that what is sent on purpose to break the server is refused, and that it lives on (S3, S4, S8, S9, S10, E32). */
import { once } from 'node:events'
import { connect } from 'node:net'
import type { Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { expect } from 'chai'
import { cidOf, utf8 } from '../../../src/index.ts'
import { patiently } from '../../support/patience.ts'
import { bearer, newServer } from '../routes/server.ts'
import type { TestServer } from '../routes/server.ts'

const SLOW_SOCKETS = process.env['INALTERA_LONG'] === '1' ? 500 : 150

describe('a hostile request', function () {
  this.timeout(30_000)
  let server: TestServer
  let key: string
  before(async () => {
    server = await newServer()
    key = await server.key()
  })
  after(() => server.remove())
  afterEach('the server lives', async () => {
    expect((await fetch(`${server.url}/health`)).status).to.equal(200)
  })

  const port = (): number => Number(new URL(server.url).port)

  /** Sends bytes as they are, and gives all that comes back. */
  async function raw(...parts: (string | Uint8Array)[]): Promise<string> {
    const socket = connect(port(), '127.0.0.1')
    let answer = ''
    socket.on('data', (data) => (answer += data.toString()))
    socket.on('error', () => undefined)
    for (const part of parts) socket.write(part)
    const closed = once(socket, 'close')
    await Promise.race([closed, wait(1500)])
    socket.destroy()
    return answer
  }
  const statusOf = (answer: string): number => Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1])

  const head = (more: string): string =>
    `POST /api/v1/keys HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${key}\r\n${more}\r\n\r\n`
  const post = async (body: string | Uint8Array, headers: Record<string, string> = {}) => {
    const response = await fetch(`${server.url}/api/v1/keys`, {
      method: 'POST',
      body: typeof body === 'string' ? body : Buffer.from(body),
      headers: { ...bearer(key), 'content-type': 'application/json', ...headers },
    })
    return { status: response.status, text: await response.text() }
  }

  const BODIES: readonly [string, string | Uint8Array, Record<string, string>, number][] = [
    ['is cut JSON', '{"label":', {}, 400],
    ['is no JSON', 'label=x', {}, 400],
    ['is empty', '', {}, 400],
    ['is invalid UTF-8', Uint8Array.of(0x22, 0xff, 0x22), {}, 400],
    ['is UTF-16', Buffer.from('{}', 'utf16le'), {}, 400],
    ['says UTF-16', '{}', { 'content-type': 'application/json; charset=utf-16' }, 415],
    ['says Latin-1', '{}', { 'content-type': 'application/json;charset="iso-8859-1"' }, 415],
    ['is of another type', '{}', { 'content-type': 'text/plain' }, 415],
    ['is a form with files', '--x', { 'content-type': 'multipart/form-data; boundary=x' }, 415],
    ['is compressed', gzipSync(Buffer.alloc(1e7)), { 'content-encoding': 'gzip' }, 415],
    ['is compressed thrice', 'x', { 'content-encoding': 'gzip, br, zstd' }, 415],
    ['is beyond the limit', ' '.repeat(64 * 1024 + 1), {}, 413],
    ['is deep', '['.repeat(20_000), {}, 400],
    ['has a member twice', '{"days":1,"days":2}', {}, 400],
    ['has __proto__', '{"__proto__":{"scopes":["keys"]},"label":"x","days":1}', {}, 400],
    ['has an escaped __proto__', '{"\\u005f_proto__":{},"label":"x"}', {}, 400],
    ['has constructor', '{"constructor":{"prototype":{"a":1}},"label":"x"}', {}, 400],
    ['assigns what is not its own', '{"label":"x","scopes":["keys"],"days":1,"id":"0"}', {}, 400],
    ['has a number that is none', '{"label":"x","scopes":["keys"],"days":1e400}', {}, 400],
    ['has a lone surrogate', '{"label":"\\ud800","scopes":["keys"],"days":1}', {}, 400],
  ]
  for (const [what, body, headers, status] of BODIES) {
    it(`whose body ${what} is refused: ${status}`, async () => {
      const answer = await post(body, headers)
      expect(answer.status, answer.text).to.equal(status)
      expect(({} as Record<string, unknown>)['a']).to.equal(undefined)
    })
  }

  it('with a body where none is taken is refused', async () => {
    const json = { ...bearer(key), 'content-type': 'application/json' }
    const path = `${server.url}/api/v1/keys/0123456789abcdef`
    const answer = await fetch(path, { method: 'DELETE', body: '{}', headers: json })
    expect(answer.status).to.equal(400)
  })

  it('that is no HTTP, too long a header, or two lengths, is refused and cut', async () => {
    expect(statusOf(await raw('\u0000\u0001 nonsense\r\n\r\n'))).to.equal(400)
    expect(statusOf(await raw('GET / HTTP/1.1\r\nhost: x\r\nx: ' + 'a'.repeat(20_000)))).to.equal(
      431,
    )
    const two = head('content-type: application/json\r\ncontent-length: 2\r\ncontent-length: 3')
    expect(statusOf(await raw(two, '{}'))).to.equal(400)
    const smuggled = head(
      'content-type: application/json\r\ncontent-length: 2\r\ntransfer-encoding: chunked',
    )
    expect(statusOf(await raw(smuggled, '0\r\n\r\n'))).to.equal(400)
    expect(statusOf(await raw('GET /health HTTP/1.1\r\n\r\n'))).to.equal(400)
  })

  it('in chunks that lie, break off or never end is refused', async () => {
    const chunked = head('content-type: application/json\r\ntransfer-encoding: chunked')
    expect(statusOf(await raw(chunked, 'zz\r\n{}\r\n'))).to.equal(400)
    const chunk = `4000\r\n${' '.repeat(0x4000)}\r\n`
    expect(statusOf(await raw(chunked, ...Array.from({ length: 8 }, () => chunk)))).to.equal(413)
    const socket = connect(port(), '127.0.0.1')
    socket.on('error', () => undefined)
    socket.write(`${chunked}5\r\n{"a"`)
    await wait(50)
    socket.destroy()
    await once(socket, 'close')
  })

  it('to a path that leaves its place is refused: never a file, never a 500', async () => {
    const cid = cidOf(utf8('absent'))
    for (const path of [
      '/ipfs/../inaltera.json',
      '/ipfs/..%2f..%2finaltera.json',
      '/ipfs/%2e%2e%2fstore.sqlite',
      '/ipfs/..%5c..%5cstore.sqlite',
      `/ipfs/${cid}%00.bin`,
      `/ipfs/${cid}/../../etc/passwd`,
      '/ipfs//etc/passwd',
      '/ipfs/%',
      '/ipfs/%ff',
      '/k/..%2fkeys',
      '/api/v1/keys/..%2f..%2fhealth',
      '/api/v1/docs/../../../config.ts',
      '/api/v1/docs.js/../docs.html',
      '/api/v1/docs.js%00',
      '/API/V1/KEYS',
      '/health/',
    ]) {
      const request = `GET ${path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${key}\r\nconnection: close\r\n\r\n`
      const status = statusOf(await raw(request))
      expect([400, 401, 404, 405], path).to.include(status)
    }
  })

  it('with a query that is not known, twice there, or a prototype, is refused', async () => {
    for (const query of [
      'a=1',
      '__proto__=1',
      '__proto__[a]=1',
      'constructor=1',
      'format=a&format=b',
    ]) {
      const { status } = await fetch(`${server.url}/ipfs/x?${query}`)
      expect(status, query).to.equal(400)
    }
  })

  it('of long repetitions costs a moment', async () => {
    const long = 'a'.repeat(12_000)
    const since = performance.now()
    for (const path of [`/ipfs/${long}!`, `/ipfs/x?format=${long}!`, `/${'a/'.repeat(6000)}`]) {
      expect((await fetch(`${server.url}${path}`)).status, path.slice(0, 12)).to.be.within(400, 431)
    }
    const bearers = [`${'-'.repeat(10_000)}!`, `inaltera_${'0'.repeat(10_000)}`]
    for (const one of bearers) {
      const answer = await fetch(`${server.url}/api/v1/keys`, { headers: bearer(one) })
      expect(answer.status).to.equal(401)
    }
    const label = '\\u0061'.repeat(10_000)
    expect((await post(`{"label":"${label}!","scopes":["keys"],"days":1}`)).status).to.equal(400)
    expect(performance.now() - since).to.be.lessThan(patiently(2000))
  })

  it('that never ends its header, many times over, keeps nobody waiting', async () => {
    const slow: Socket[] = []
    for (let i = 0; i < SLOW_SOCKETS; i += 1) {
      const socket = connect({ port: port(), host: '127.0.0.1', localAddress: '127.0.0.2' })
      socket.on('error', () => undefined)
      socket.write('GET /health HTTP/1.1\r\nx: ')
      slow.push(socket)
    }
    await wait(100)
    for (const socket of slow) socket.write('a')
    const since = performance.now()
    expect((await fetch(`${server.url}/health`)).status).to.equal(200)
    expect(performance.now() - since).to.be.lessThan(patiently(1000))
    for (const socket of slow) socket.destroy()
  })

  it('on more connections than one address may have is cut, and others get through', async () => {
    const sockets: Socket[] = []
    let cut = 0
    for (let i = 0; i < 230; i += 1) {
      const socket = connect({ port: port(), host: '127.0.0.1', localAddress: '127.0.0.3' })
      socket.on('error', () => undefined)
      socket.on('close', () => (cut += 1))
      sockets.push(socket)
    }
    const deadline = Date.now() + 5000
    while (cut < 30 && Date.now() < deadline) await wait(20)
    expect(cut).to.equal(30)
    expect((await fetch(`${server.url}/health`)).status).to.equal(200)
    for (const socket of sockets) socket.destroy()
  })
})
