import { once } from 'node:events'
import { createServer } from 'node:http'
import type { RequestListener } from 'node:http'
import { expect } from 'chai'
import { RpcError, rpcOf } from '../../../server/chain/rpc.ts'
import type { Rpc } from '../../../server/chain/rpc.ts'
import { UnavailableError } from '../../../src/index.ts'

describe('JSON-RPC over HTTP', function () {
  this.timeout(30_000)

  /** What a call of a node that answers so ends with. */
  async function calling(answer: RequestListener, timeoutMs = 10_000): Promise<unknown> {
    const server = createServer(answer).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const rpc: Rpc = rpcOf(`http://127.0.0.1:${port}`, timeoutMs)
    try {
      return await rpc('eth_chainId').catch((error: unknown) =>
        error instanceof UnavailableError || error instanceof RpcError ? error.code : error,
      )
    } finally {
      server.closeAllConnections()
      server.close()
    }
  }

  const answering =
    (text: string, status = 200): RequestListener =>
    (_request, response) => {
      response.writeHead(status).end(text)
    }

  it('gives the result, also in letters of several bytes that come in pieces', async () => {
    const [head, tail] = ['{"jsonrpc":"2.0","id":1,"result":"', '"}']
    const letters = Buffer.from('é'.repeat(1000))
    const pieces: RequestListener = (_request, response) => {
      response.write(Buffer.concat([Buffer.from(head), letters.subarray(0, 999)]))
      setTimeout(() => {
        response.end(Buffer.concat([letters.subarray(999), Buffer.from(tail)]))
      }, 20)
    }
    expect(await calling(pieces)).to.equal('é'.repeat(1000))
  })

  it('tells a refusal from an answer that makes no sense', async () => {
    const refusal = '{"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"no"}}'
    expect(await calling(answering(refusal, 400))).to.equal(-32000)
    for (const text of ['', '[]', '{"jsonrpc":"2.0","id":2,"result":"0x1"}', '\ufeff{}']) {
      expect(await calling(answering(text))).to.equal('bad-answer')
    }
    expect(await calling(answering('no', 500))).to.equal('unreachable')
  })

  it('stops reading an answer that has no end', async () => {
    let sent = 0
    const endless: RequestListener = (_request, response) => {
      const chunk = Buffer.alloc(1024 * 1024, ' ')
      const more = (): void => {
        while (!response.destroyed && response.write(chunk)) sent += 1
      }
      response.on('drain', more)
      more()
    }
    expect(await calling(endless, 25_000)).to.equal('unreachable')
    // Mebibytes; what was in the pipe beyond the cap of 16 is the system's buffers.
    expect(sent).to.be.lessThan(64)
  })

  it('waits no longer than its time', async () => {
    expect(await calling(() => undefined, 100)).to.equal('timeout')
  })
})
