/** Defends fetching: wrong bytes never pass, what is not there is never "damaged", and the token goes to one place. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect } from 'chai'
import { cidOf, cidOfNode } from '../../src/ipfs/cid.ts'
import { fetchBlock, fetchServerKey } from '../../src/ipfs/gateway.ts'
import type { FetchLike } from '../../src/ipfs/gateway.ts'
import { MAX_BLOCK_BYTES } from '../../src/ipfs/seal.ts'
import { base64urlOf, utf8 } from '../../src/primitives/bytes.ts'
import { FormatError, UnavailableError } from '../../src/primitives/errors.ts'

const BLOCK = utf8('a sealed document')
const CID = cidOf(BLOCK)
const AUTH = new Uint8Array(32).fill(7)
const KEY = Uint8Array.from({ length: 32 }, (_, at) => 255 - at)

type Handler = (request: IncomingMessage, response: ServerResponse) => void

async function codeOf(promise: Promise<unknown>): Promise<string> {
  const error: unknown = await promise.then(
    () => undefined,
    (e: unknown) => e,
  )
  if (error instanceof UnavailableError) return `unavailable: ${error.code}`
  return error instanceof FormatError ? `format: ${error.code}` : 'no error that we know'
}

/** For what never answers. */
const SHORT_MS = 300
/** For what begins to answer and does not end. */
const MIDDLE_MS = 2000
/** For what answers, however slow this machine is. */
const LONG_MS = 10_000

describe('over HTTP', () => {
  let server: Server
  let base = ''
  let handler: Handler
  let requests: IncomingMessage[]

  before(async () => {
    server = createServer((request, response) => {
      requests.push(request)
      handler(request, response)
    })
    await once(server.listen(0, '127.0.0.1'), 'listening')
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  after(() => {
    server.closeAllConnections()
    server.close()
  })
  beforeEach(() => {
    requests = []
  })

  let patience = LONG_MS
  afterEach(() => {
    patience = LONG_MS
  })

  /** Node's own `fetch` has the shape that the library asks for. */
  const limited: FetchLike = (url, init) =>
    fetch(url, { ...init, signal: AbortSignal.timeout(patience) })
  const answering =
    (
      status: number,
      body: string | Uint8Array = '',
      headers: Record<string, string> = {},
    ): Handler =>
    (_, response) => {
      response.writeHead(status, headers).end(body)
    }
  const block = (cid = CID): Promise<Uint8Array> => fetchBlock(limited, base, cid)
  const key = (): Promise<Uint8Array> => fetchServerKey(limited, base, CID, AUTH)

  it('a block is asked for raw, and given if it hashes to its CID', async () => {
    handler = answering(200, BLOCK)
    expect(Buffer.from(await block()).equals(BLOCK)).to.equal(true)
    expect(Buffer.from(await fetchBlock(limited, `${base}/`, CID)).equals(BLOCK)).to.equal(true)
    expect(Buffer.from(await block(cidOfNode(BLOCK))).equals(BLOCK)).to.equal(true)
    expect(requests.map(({ method, url }) => `${String(method)} ${String(url)}`)).to.deep.equal([
      `GET /ipfs/${CID}?format=raw`,
      `GET /ipfs/${CID}?format=raw`,
      `GET /ipfs/${cidOfNode(BLOCK)}?format=raw`,
    ])
    for (const { headers } of requests) {
      expect(headers).not.to.have.any.keys('authorization', 'cookie', 'referer')
    }
  })

  it('a block of any length up to 1 MiB arrives, in however many pieces', async () => {
    const large = new Uint8Array(MAX_BLOCK_BYTES).fill(0x61)
    handler = (_, response) => {
      for (let at = 0; at < large.length; at += 300_000)
        response.write(large.subarray(at, at + 300_000))
      response.end()
    }
    expect(await block(cidOf(large))).to.have.length(MAX_BLOCK_BYTES)
    handler = answering(200, '')
    expect(await block(cidOf(new Uint8Array(0)))).to.have.length(0)
  })

  it('other bytes than those named are damaged: changed, cut, none, or more than 1 MiB', async () => {
    const large = new Uint8Array(MAX_BLOCK_BYTES + 1).fill(0x61)
    for (const body of ['a sealed documenT', BLOCK.subarray(1), '', large]) {
      handler = answering(200, body)
      expect(await codeOf(block())).to.equal('format: block-damaged')
    }
    handler = answering(200, large)
    expect(await codeOf(block(cidOf(large)))).to.equal('format: block-damaged')
  })

  it('an endless answer is dropped after 1 MiB', async () => {
    let closed: Promise<unknown> = Promise.resolve()
    handler = (_, response) => {
      closed = once(response, 'close')
      const more = (): void => {
        while (response.write(new Uint8Array(65_536))) continue
        response.once('drain', more)
      }
      more()
    }
    expect(await codeOf(block())).to.equal('format: block-damaged')
    await closed
  })

  it('a redirect to another host is followed for a block, since bytes are hashed', async () => {
    handler = (request, response) => {
      if (request.url === '/elsewhere') answering(200, BLOCK)(request, response)
      else answering(302, '', { location: '/elsewhere' })(request, response)
    }
    expect(Buffer.from(await block()).equals(BLOCK)).to.equal(true)
  })

  it('what is not given says why', async () => {
    for (const [status, code] of [
      [404, 'not-found'],
      [410, 'erased'],
      [401, 'refused'],
      [403, 'refused'],
      [429, 'refused'],
      [400, 'bad-answer'],
      [500, 'bad-answer'],
      [503, 'bad-answer'],
      [206, 'bad-answer'],
      [204, 'bad-answer'],
    ] as const) {
      handler = answering(status, status === 204 ? '' : 'not what was asked for')
      expect(await codeOf(block()), String(status)).to.equal(`unavailable: ${code}`)
      expect(await codeOf(key()), String(status)).to.equal(`unavailable: ${code}`)
    }
  })

  it('what is gone was erased, unless the host says that its link was replaced', async () => {
    const gone = async (body: string): Promise<string[]> => {
      handler = answering(410, body, { 'content-type': 'application/problem+json' })
      return [await codeOf(block()), await codeOf(key())]
    }
    expect(await gone('{"code":"replaced"}')).to.deep.equal(Array(2).fill('unavailable: replaced'))
    const long = `{"code":"replaced","detail":"${'x'.repeat(4096)}"}`
    for (const body of ['{"code":"gone"}', '', '"replaced"', 'null', '{"code":', long]) {
      expect(await gone(body), body).to.deep.equal(Array(2).fill('unavailable: erased'))
    }
    patience = MIDDLE_MS
    handler = (_, response) => {
      response.writeHead(410).write('{"code":')
    }
    expect(await codeOf(block())).to.equal('unavailable: erased')
  })

  it('a host that is late, cuts off, or is not there is unavailable, never damaged', async () => {
    patience = SHORT_MS
    handler = () => undefined
    expect(await codeOf(block())).to.equal('unavailable: timeout')
    handler = (_, response) => {
      response.writeHead(200).write('a sealed')
    }
    expect(await codeOf(block())).to.equal('unavailable: timeout')
    // What does not answer at all is told from what is slow.
    patience = LONG_MS
    handler = (_, response) => {
      response
        .writeHead(200, { 'content-length': '100' })
        .write('a sealed', () => response.destroy())
    }
    expect(await codeOf(block())).to.equal('unavailable: unreachable')
    handler = (request) => request.socket.destroy()
    expect(await codeOf(block())).to.equal('unavailable: unreachable')
    expect(await codeOf(fetchBlock(limited, 'http://127.0.0.1:1', CID))).to.contain('unreachable')
  })

  it('what is no CID is never asked for', async () => {
    expect(await codeOf(block('../k/x'))).to.equal('format: bad-cid')
    expect(await codeOf(fetchServerKey(limited, base, '..', AUTH))).to.equal('format: bad-cid')
    expect(requests).to.have.length(0)
  })

  it('a server key is asked for with the token, and is 43 letters', async () => {
    handler = answering(200, base64urlOf(KEY))
    expect(Buffer.from(await key()).equals(KEY)).to.equal(true)
    const [request] = requests
    expect(request?.url).to.equal(`/k/${CID}`)
    expect(request?.headers.authorization).to.equal(`Bearer ${base64urlOf(AUTH)}`)
  })

  it('anything else than a key is a bad answer', async () => {
    const good = base64urlOf(KEY)
    const others = [
      '',
      good.slice(1),
      `${good}A`,
      `${good}\n`,
      `"${good}"`,
      `{"serverKey":"${good}"}`,
    ]
    for (const body of [...others, `\ufeff${good}`, 'é'.repeat(20), 'A'.repeat(100_000)]) {
      handler = answering(200, body)
      expect(await codeOf(key()), body.slice(0, 60)).to.equal('unavailable: bad-answer')
    }
  })

  it('the token does not follow a redirect', async () => {
    handler = answering(302, '', { location: '/elsewhere' })
    expect(await codeOf(key())).to.equal('unavailable: unreachable')
    expect(requests.map(({ url }) => url)).to.deep.equal([`/k/${CID}`])
  })
})
