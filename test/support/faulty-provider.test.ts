/** Defends the faulty provider that the fault tests stand on: each mode does what its name says, and only where told. */
import { request as httpRequest } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'chai'
import { startAnvil } from './anvil-process.ts'
import type { AnvilProcess } from './anvil-process.ts'
import type { Fault, RpcReply } from './faulty-provider/faults.ts'
import { openFaultyProvider } from './faulty-provider/provider.ts'
import type { FaultyProvider } from './faulty-provider/provider.ts'

const START = 1_781_500_000
const HEAD = 40

interface Raw {
  readonly status: number
  readonly retryAfter: string | undefined
  readonly text: string
}

describe('a faulty provider', function () {
  this.timeout(30_000)
  let anvil: AnvilProcess
  let provider: FaultyProvider
  before(async () => {
    anvil = await startAnvil(START)
    await anvil.rpc('anvil_mine', [`0x${HEAD.toString(16)}`, '0xc'])
    provider = await openFaultyProvider(anvil.url)
  })
  after(async () => {
    await provider.close()
    await anvil.close()
  })
  beforeEach(() => {
    provider.reset()
  })

  function post(body: unknown, ms = 5_000): Promise<Raw> {
    return new Promise((resolve, reject) => {
      const request = httpRequest(provider.url, { method: 'POST', timeout: ms }, (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('error', reject)
        response.on('end', () => {
          const { statusCode, headers } = response
          const text = Buffer.concat(chunks).toString('latin1')
          resolve({ status: statusCode ?? 0, retryAfter: headers['retry-after'], text })
        })
      })
      request.on('timeout', () => request.destroy(new Error('no answer')))
      request.on('error', reject)
      request.end(JSON.stringify(body))
    })
  }

  async function ask(method: string, ...params: unknown[]): Promise<RpcReply> {
    const { text } = await post({ jsonrpc: '2.0', id: 7, method, params })
    return JSON.parse(text) as RpcReply
  }

  async function codeOfFailure(method: string, ms?: number): Promise<string> {
    try {
      await post({ jsonrpc: '2.0', id: 7, method, params: [] }, ms)
      return 'answered'
    } catch (error) {
      const { code, message } = error as { code?: string; message: string }
      return code ?? message
    }
  }

  it('passes calls on, single and in batches, and counts them', async () => {
    expect(await ask('eth_chainId')).to.deep.equal({ jsonrpc: '2.0', id: 7, result: '0x7a69' })
    const batch = ['eth_chainId', 'eth_blockNumber'].map((method, id) => ({ method, id }))
    const { text } = await post(batch)
    expect(JSON.parse(text)).to.deep.equal([
      { jsonrpc: '2.0', id: 0, result: '0x7a69' },
      { jsonrpc: '2.0', id: 1, result: `0x${HEAD.toString(16)}` },
    ])
    expect(Object.fromEntries(provider.calls)).to.deep.equal({ eth_chainId: 2, eth_blockNumber: 1 })
    expect(provider.exchanges).to.equal(2)
    expect((await ask('no_such_method')).error).to.be.an('object')
  })

  it('tells exchanges that follow each other from those at the same time', async () => {
    provider.fail({ mode: 'delay', ms: 50 })
    await Promise.all([ask('eth_chainId'), ask('eth_chainId'), ask('eth_chainId')])
    expect(provider.roundTrips()).to.equal(1)
    await ask('eth_chainId')
    await ask('eth_chainId')
    expect(provider.roundTrips()).to.equal(3)
    expect(provider.exchanges).to.equal(5)
  })

  it('delays', async () => {
    provider.fail({ mode: 'delay', ms: 120 })
    const before = Date.now()
    expect((await ask('eth_chainId')).result).to.equal('0x7a69')
    expect(Date.now() - before).to.be.at.least(119)
  })

  it('hangs, at the method it was told and no other', async () => {
    provider.fail({ mode: 'hang' }, 'eth_blockNumber')
    expect((await ask('eth_chainId')).result).to.equal('0x7a69')
    expect(await codeOfFailure('eth_blockNumber', 150)).to.equal('no answer')
    provider.fail({ mode: 'pass' }, 'eth_blockNumber')
    expect((await ask('eth_blockNumber')).result).to.equal('0x28')
  })

  it('answers with a status, and when to come again', async () => {
    provider.fail({ mode: 'status', status: 429, retryAfter: 30 })
    const busy = await post({ method: 'eth_chainId', id: 1 })
    expect([busy.status, busy.retryAfter]).to.deep.equal([429, '30'])
    provider.fail({ mode: 'status', status: 503 })
    const down = await post({ method: 'eth_chainId', id: 1 })
    expect([down.status, down.retryAfter]).to.deep.equal([503, undefined])
  })

  it('resets the connection', async () => {
    provider.fail({ mode: 'reset' })
    expect(await codeOfFailure('eth_chainId')).to.equal('ECONNRESET')
  })

  it('gives bytes that are no JSON', async () => {
    provider.fail({ mode: 'garbage' })
    const { status, text } = await post({ method: 'eth_chainId', id: 1 })
    expect(status).to.equal(200)
    expect(() => JSON.parse(text) as unknown).to.throw(SyntaxError)
  })

  it('ends the connection in the middle of an answer', async () => {
    provider.fail({ mode: 'truncated' })
    expect(await codeOfFailure('eth_chainId')).to.equal('ECONNRESET')
  })

  it('drops the connection after the node has done its work', async () => {
    const before = await anvil.rpc('eth_blockNumber')
    provider.fail({ mode: 'persist-then-drop' }, 'evm_mine')
    const id = (await anvil.rpc('evm_snapshot')) as string
    expect(await codeOfFailure('evm_mine')).to.equal('ECONNRESET')
    expect(Number(await anvil.rpc('eth_blockNumber'))).to.equal(Number(before) + 1)
    await anvil.rpc('evm_revert', [id])
  })

  it('refuses in the way of JSON-RPC', async () => {
    provider.fail({ mode: 'error', code: -32_601, message: 'no' }, 'eth_getProof')
    const { error, result } = await ask('eth_getProof')
    expect([error, result]).to.deep.equal([{ code: -32_601, message: 'no' }, undefined])
  })

  it('lies, seeing what it lies about', async () => {
    const change: Extract<Fault, { mode: 'lie' }>['change'] = (result, { method, params }) =>
      `${String(result)} ${method} ${JSON.stringify(params)}`
    provider.fail({ mode: 'lie', change }, 'eth_chainId')
    expect((await ask('eth_chainId')).result).to.equal('0x7a69 eth_chainId []')
  })

  it('answers another call than the one made', async () => {
    provider.fail({ mode: 'wrong-id' })
    expect((await ask('eth_chainId')).id).to.equal(8)
  })

  it('serves another chain, or one of the same id with another first block', async () => {
    const block = async (number: string) =>
      ((await ask('eth_getBlockByNumber', number, false)).result as { hash: string }).hash
    const [genesis, first] = [await block('0x0'), await block('0x1')]
    provider.fail({ mode: 'wrong-chain', part: 'chain-id' })
    expect((await ask('eth_chainId')).result).not.to.equal('0x7a69')
    expect(await block('0x0')).to.equal(genesis)
    provider.fail({ mode: 'wrong-chain', part: 'genesis' })
    expect((await ask('eth_chainId')).result).to.equal('0x7a69')
    expect(await block('0x0')).not.to.equal(genesis)
    expect(await block('0x1')).to.equal(first)
  })

  it('lets something happen before the node hears of a call', async () => {
    const id = (await anvil.rpc('evm_snapshot')) as string
    const work = async () => {
      await anvil.rpc('anvil_mine', ['0x2', '0xc'])
    }
    provider.fail({ mode: 'meanwhile', work }, 'eth_blockNumber')
    expect((await ask('eth_blockNumber')).result).to.equal('0x2a')
    await anvil.rpc('evm_revert', [id])
  })

  describe('that is stale', () => {
    beforeEach(() => {
      provider.fail({ mode: 'stale', behind: 10 })
    })

    it('has an older head, and an older final block', async () => {
      expect((await ask('eth_blockNumber')).result).to.equal('0x1e')
      const of = async (tag: string) =>
        Number(
          ((await ask('eth_getBlockByNumber', tag, false)).result as { number: string }).number,
        )
      expect(await of('latest')).to.equal(HEAD - 10)
      expect(await of('finalized')).to.equal(HEAD - 18)
      expect(await of('0x5')).to.equal(5)
      expect(await of('earliest')).to.equal(0)
    })

    it('knows nothing beyond it', async () => {
      expect((await ask('eth_getBlockByNumber', '0x1f', false)).result).to.equal(null)
      const address = `0x${'11'.repeat(20)}`
      expect((await ask('eth_getCode', address, '0x1f')).error).to.be.an('object')
      expect((await ask('eth_getCode', address, '0x1e')).result).to.equal('0x')
      expect((await ask('eth_getStorageAt', address, '0x0', 'latest')).result).to.be.a('string')
    })

    it('that never saw more than the first block says so', async () => {
      provider.fail({ mode: 'stale', behind: 1_000 })
      expect((await ask('eth_blockNumber')).result).to.equal('0x0')
    })
  })

  it('closes although somebody waits, and leaves nothing behind', async () => {
    const other = await openFaultyProvider(anvil.url)
    other.fail({ mode: 'hang' })
    const waiting = fetch(other.url, { method: 'POST', body: '{}' }).then(
      () => 'answered',
      () => 'dropped',
    )
    await sleep(50)
    await other.close()
    expect(await waiting).to.equal('dropped')
    const again = fetch(other.url, { method: 'POST', body: '{}' }).then(
      () => 'open',
      () => 'closed',
    )
    expect(await again).to.equal('closed')
  })
})
