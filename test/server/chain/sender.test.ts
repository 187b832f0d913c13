import { Transaction } from 'ethers'
import { expect } from 'chai'
import { ensureOperator } from '../../../server/chain/deploy.ts'
import { raisedFees } from '../../../server/chain/fees.ts'
import { tendTransactions } from '../../../server/chain/kept.ts'
import { isObject } from '../../../server/chain/answers.ts'
import type { Rpc } from '../../../node/rpc.ts'
import { SEND_LIMITS, senderOf } from '../../../server/chain/sender.ts'
import type { SenderParts } from '../../../server/chain/sender.ts'
import { signTransaction } from '../../../server/chain/sign.ts'
import { statusPortOf } from '../../../server/chain/status.ts'
import type { StatusPort } from '../../../server/chain/status.ts'
import { newKey } from '../../../server/keys/keystore.ts'
import { keySigner } from '../../../server/keys/signer.ts'
import { UnavailableError } from '../../../src/index.ts'
import { anchorCall, anchoredEvents, bent, newRoot, openAnvil } from './anvil.ts'
import type { Anvil } from './anvil.ts'

describe('transactions on a real chain', function () {
  this.timeout(60_000)
  let anvil: Anvil
  before(async () => {
    anvil = await openAnvil()
  })
  after(async () => {
    await anvil.close()
  })

  const sender = (more: Partial<SenderParts> = {}): ReturnType<typeof senderOf> =>
    senderOf(anvil.partsOf(anvil.anchorKey, more))

  async function pending(): Promise<number> {
    await anvil.finalize()
    await sender().tend()
    const chains = await anvil.store.pendingTransactions(await chainName(), anvil.anchorKey.address)
    return chains.length
  }

  async function chainName(): Promise<string> {
    const { chain } = anvil.partsOf(anvil.anchorKey)
    return Promise.resolve(`${chain.chainId}:${chain.genesis}`)
  }

  it('keeps the signed bytes before it sends them', async () => {
    const root = newRoot()
    const seen: boolean[] = []
    const rpc: Rpc = async (method, params) => {
      if (method === 'eth_sendRawTransaction') {
        const kept = await anvil.store.pendingTransactions(
          await chainName(),
          anvil.anchorKey.address,
        )
        seen.push(kept.some(({ signed }) => signed.some(({ raw }) => raw === params?.[0])))
      }
      return anvil.rpc(method, params)
    }
    const hash = await sender({ rpc }).send(anchorCall(anvil, root))
    expect(seen).to.deep.equal([true])
    const receipt = await anvil.rpc('eth_getTransactionReceipt', [hash])
    expect(isObject(receipt) && receipt['status']).to.equal('0x1')
    expect(await pending()).to.equal(0)
  })

  it('sends nothing where the chain is there already', async () => {
    const root = newRoot()
    await sender().send(anchorCall(anvil, root))
    const count = await anvil.rpc('eth_getTransactionCount', [anvil.anchorKey.address, 'latest'])
    expect(await sender().send({ ...anchorCall(anvil, root), intent: 'again' })).to.equal(undefined)
    expect(
      await anvil.rpc('eth_getTransactionCount', [anvil.anchorKey.address, 'latest']),
    ).to.equal(count)
  })

  it('anchors once where the node takes the bytes and then says it failed, twice', async () => {
    const root = newRoot()
    let faults = 0
    const rpc = bent(anvil, async (method, call) => {
      const answer = await call()
      if (method !== 'eth_sendRawTransaction' || faults >= 2) return answer
      faults += 1
      throw new UnavailableError('unreachable', 'the answer was lost')
    })
    await sender({ rpc }).send(anchorCall(anvil, root))
    expect(faults).to.be.greaterThan(0)
    expect(await anchoredEvents(anvil, root)).to.equal(1)
    expect(await pending()).to.equal(0)
  })

  it('signs nothing for another chain, and refuses calls that the registry refuses', async () => {
    const code = async (work: Promise<unknown>): Promise<string> => {
      const error = await work.catch((e: unknown) => e)
      return error instanceof UnavailableError ? error.code : String(error)
    }
    const chain = { chainId: '1', genesis: `0x${'0'.repeat(64)}` }
    expect(await code(sender({ chain }).send(anchorCall(anvil, newRoot())))).to.equal('refused')
    const stranger = senderOf(anvil.partsOf(newKey()))
    expect(await code(stranger.send(anchorCall(anvil, newRoot())))).to.equal('refused')
    expect(await pending()).to.equal(0)
  })

  it('never offers more than its cap, whatever the node says', async () => {
    const root = newRoot()
    const limits = { ...anvil.partsOf(anvil.anchorKey).limits, maxFeePerGas: 3_000_000_000n }
    const rpc = bent(anvil, (method, call) =>
      method === 'eth_maxPriorityFeePerGas' ? Promise.resolve('0xffffffffffff') : call(),
    )
    const hash = await sender({ rpc, limits }).send(anchorCall(anvil, root))
    const sent = await anvil.rpc('eth_getTransactionByHash', [hash])
    expect(isObject(sent) && Number(sent['maxFeePerGas'])).to.equal(3_000_000_000)
    expect(await pending()).to.equal(0)
  })

  it('does not answer a contrary change as done before what was kept earlier has come to its end', async () => {
    const { registry, statusKey, issuer } = anvil
    const root = newRoot()
    await sender().send(anchorCall(anvil, root))
    const limits = { ...anvil.partsOf(statusKey).limits, giveUpAfterMs: 60 }
    const mute = bent(anvil, (method, call) => {
      if (method !== 'eth_sendRawTransaction') return call()
      throw new UnavailableError('unreachable', 'the node is away')
    })
    const dead = anvil.partsOf(statusKey, { rpc: mute, limits })
    const change = { issuer: issuer.address, root, indexes: [3], reason: 'unspecified' } as const
    const through = (parts: SenderParts): StatusPort => statusPortOf(registry, senderOf(parts))
    const codeOf = (work: Promise<unknown>): Promise<unknown> =>
      work.then(
        () => 'done',
        (error: unknown) => (error instanceof UnavailableError ? error.code : error),
      )
    const suspend = { ...change, action: 'suspend', id: 'one' } as const
    expect(await codeOf(through(dead).change(suspend))).to.equal('unreachable')
    const reinstate = { ...change, action: 'reinstate', id: 'two' } as const
    expect(await codeOf(through(dead).change(reinstate))).to.equal('unreachable')
    const alive = anvil.partsOf(statusKey)
    expect(await through(alive).change(reinstate)).to.have.length(1)
    await anvil.finalize()
    await tendTransactions(alive, statusKey.address)
    await anvil.finalize()
    expect((await registry.statusOf(issuer.address, root, 0)).suspended).to.equal(0n)
  })

  it('takes a role away although giving it was kept and never sent', async () => {
    const { registry, issuer } = anvil
    const operator = newKey().address
    const limits = { ...anvil.partsOf(issuer).limits, giveUpAfterMs: 60 }
    const mute = bent(anvil, (method, call) => {
      if (method !== 'eth_sendRawTransaction') return call()
      throw new UnavailableError('unreachable', 'the node is away')
    })
    const dead = senderOf(anvil.partsOf(issuer, { rpc: mute, limits }))
    await ensureOperator(registry, dead, operator, 1).catch(() => undefined)
    await ensureOperator(registry, senderOf(anvil.partsOf(issuer)), operator, 0)
    await anvil.finalize()
    await tendTransactions(anvil.partsOf(issuer), issuer.address)
    await anvil.finalize()
    expect((await registry.operatorOf(issuer.address, operator)).roles).to.equal(0)
  })

  it('a tenth more is not enough for a pool: both fees rise by an eighth at least', () => {
    const before = { maxFeePerGas: 100n, maxPriorityFeePerGas: 7n }
    const raised = raisedFees(before, { maxFeePerGas: 90n, maxPriorityFeePerGas: 1n }, 1000n)
    expect(raised).to.deep.equal({ maxFeePerGas: 114n, maxPriorityFeePerGas: 9n })
    expect(raisedFees(before, before, 113n)).to.equal(undefined)
  })

  it('reads a transaction back as it was signed', async () => {
    const key = newKey()
    const call = { chainId: '10', nonce: 3, to: key.address, data: '0x01', gasLimit: 21_000n }
    const fees = { maxFeePerGas: 7n, maxPriorityFeePerGas: 1n }
    const { raw, hash } = await signTransaction(call, fees, keySigner(key))
    const read = Transaction.from(raw)
    expect([read.hash, read.from?.toLowerCase(), read.nonce]).to.deep.equal([hash, key.address, 3])
    expect(SEND_LIMITS.maxFeePerGas).to.equal(200n * 10n ** 9n)
  })
})
