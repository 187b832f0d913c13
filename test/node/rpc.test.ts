/** Defends the one way to a node: what is no answer to this very call is never taken for one, and nothing goes on for ever. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect } from 'chai'
import { RpcError, rpcOf } from '../../node/rpc.ts'
import { UnavailableError } from '../../src/index.ts'

const TIMEOUT_MS = 300
const MAX_BYTES = 1_000

type Call = { readonly id: number; readonly method: string; readonly params: readonly unknown[] }
type Behaviour = (call: Call, response: ServerResponse, path: string) => void

describe('JSON-RPC of a node', () => {
  let behave: Behaviour = () => undefined
  const paths: string[] = []
  let url = ''
  const server = createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk as Buffer)
      paths.push(request.url ?? '')
      const text = Buffer.concat(chunks).toString()
      behave(JSON.parse(text || '{}') as Call, response, request.url ?? '')
    })()
  })
  before(async () => {
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  })
  after(() => {
    server.closeAllConnections()
    server.close()
  })
  beforeEach(() => {
    paths.length = 0
  })

  const says = (text: (call: Call) => string, status = 200): Behaviour => {
    return (call, response) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(text(call))
    }
  }
  const answer = (call: Call, more: object): string =>
    JSON.stringify({ jsonrpc: '2.0', id: call.id, ...more })

  async function outcomeOf(behaviour: Behaviour): Promise<unknown> {
    behave = behaviour
    try {
      return { result: await rpcOf(url, TIMEOUT_MS, MAX_BYTES)('eth_chainId') }
    } catch (error) {
      if (error instanceof UnavailableError || error instanceof RpcError) return error.code
      throw error
    }
  }

  it('gives the result of this very call, null too', async () => {
    const result = { result: '0x1' }
    expect(await outcomeOf(says((call) => answer(call, result)))).to.deep.equal(result)
    const nothing = { result: null }
    expect(await outcomeOf(says((call) => answer(call, nothing)))).to.deep.equal(nothing)
    const without = { result: '0x1', error: null }
    expect(await outcomeOf(says((call) => answer(call, without)))).to.deep.equal(result)
  })

  it('joins letters whose bytes come in pieces', async () => {
    const letters = 'é'.repeat(100)
    const pieces: Behaviour = (call, response) => {
      const bytes = Buffer.from(answer(call, { result: letters }))
      const middle = bytes.indexOf('é') + 1
      response.write(bytes.subarray(0, middle))
      setTimeout(() => response.end(bytes.subarray(middle)), 20)
    }
    expect(await outcomeOf(pieces)).to.deep.equal({ result: letters })
  })

  it('counts its calls, so that a late answer to an earlier one is none', async () => {
    const rpc = rpcOf(url, TIMEOUT_MS)
    behave = says((call) => answer(call, { result: call.id }))
    expect([await rpc('a'), await rpc('b', [1])]).to.deep.equal([1, 2])
  })

  it('tells a refusal by its code, whatever the status', async () => {
    const refusal = { error: { code: -32601, message: 'no such method' } }
    expect(await outcomeOf(says((call) => answer(call, refusal)))).to.equal(-32601)
    expect(await outcomeOf(says((call) => answer(call, refusal), 400))).to.equal(-32601)
    const both = { ...refusal, result: '0x1' }
    expect(await outcomeOf(says((call) => answer(call, both)))).to.equal(-32601)
  })

  const strange: Readonly<Record<string, (call: Call) => string>> = {
    'another id': (call) => answer({ ...call, id: call.id + 1 }, { result: '0x1' }),
    'its id as a text': ({ id }) => `{"jsonrpc":"2.0","id":"${id}","result":"0x1"}`,
    'no id': () => '{"jsonrpc":"2.0","result":"0x1"}',
    'another version': ({ id }) => `{"jsonrpc":"1.0","id":${id},"result":"0x1"}`,
    'neither result nor error': (call) => answer(call, {}),
    'a list': (call) => `[${answer(call, { result: '0x1' })}]`,
    'two results': ({ id }) => `{"jsonrpc":"2.0","id":${id},"result":"0x1","result":"0x2"}`,
    'half an answer': (call) => answer(call, { result: '0x1' }).slice(0, -3),
    nothing: () => '',
  }
  for (const [what, text] of Object.entries(strange)) {
    it(`takes ${what} for no answer`, async () => {
      expect(await outcomeOf(says(text))).to.equal('bad-answer')
    })
  }

  it('believes no result that comes with a failure of HTTP', async () => {
    for (const status of [301, 404, 429, 500, 503]) {
      const outcome = await outcomeOf(says((call) => answer(call, { result: '0x1' }), status))
      expect(outcome, `${status}`).to.equal('unreachable')
    }
  })

  it('follows no redirect', async () => {
    for (const status of [301, 302, 303, 307, 308]) {
      const outcome = await outcomeOf((call, response, path) => {
        if (path === '/') response.writeHead(status, { location: '/elsewhere' }).end()
        else response.end(answer(call, { result: '0x1' }))
      })
      expect(outcome, `${status}`).to.equal('unreachable')
    }
    expect(paths).to.not.include('/elsewhere')
  })

  it('reads no more than so much', async () => {
    const long = (size: number): Behaviour =>
      says((call) => answer(call, { result: 'x'.repeat(size) }))
    expect(await outcomeOf(long(MAX_BYTES - 100))).to.have.property('result')
    expect(await outcomeOf(long(MAX_BYTES))).to.equal('unreachable')
    const endless = await outcomeOf((_, response) => {
      const more = setInterval(() => response.write(' '.repeat(200)), 1)
      response.on('close', () => {
        clearInterval(more)
      })
    })
    expect(endless).to.equal('unreachable')
  })

  it('waits no longer than it may, for the first byte and for the last', async () => {
    expect(await outcomeOf(() => undefined)).to.equal('timeout')
    const dribble = await outcomeOf((_, response) => {
      const more = setInterval(() => response.write(' '), 20)
      response.on('close', () => {
        clearInterval(more)
      })
    })
    expect(dribble).to.equal('timeout')
  })

  it('says unreachable of a port where nobody listens', async () => {
    const closed = createServer().listen(0, '127.0.0.1')
    await once(closed, 'listening')
    const { port } = closed.address() as AddressInfo
    closed.close()
    await once(closed, 'close')
    const call = rpcOf(`http://127.0.0.1:${port}/`, TIMEOUT_MS)('eth_chainId')
    const code = await call.catch((error: unknown) => (error as UnavailableError).code)
    expect(code).to.equal('unreachable')
  })
})
