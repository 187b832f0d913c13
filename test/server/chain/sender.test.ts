import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { Transaction } from 'ethers'
import { expect } from 'chai'
import { anchorPortOf } from '../../../server/chain/anchor.ts'
import { deployRegistry, ensureOperator } from '../../../server/chain/deploy.ts'
import { raisedFees } from '../../../server/chain/fees.ts'
import { ROLES } from '../../../server/chain/registry.ts'
import { isObject, RpcError } from '../../../server/chain/rpc.ts'
import type { Rpc } from '../../../server/chain/rpc.ts'
import { SEND_LIMITS, senderOf } from '../../../server/chain/sender.ts'
import type { Call, SenderParts } from '../../../server/chain/sender.ts'
import { signTransaction } from '../../../server/chain/sign.ts'
import { statusPortOf, wordsOf } from '../../../server/chain/status.ts'
import { newKey } from '../../../server/keys/keystore.ts'
import { parseHash32, UnavailableError } from '../../../src/index.ts'
import type { BatchRoot } from '../../../src/index.ts'
import { openAnvil } from './anvil.ts'
import type { Anvil } from './anvil.ts'

const newRoot = (): BatchRoot => {
  const root = parseHash32(`0x${randomBytes(32).toString('hex')}`, 'root')
  return root as BatchRoot
}

describe('transactions on a real chain', function () {
  this.timeout(60_000)
  let anvil: Anvil
  before(async () => {
    anvil = await openAnvil()
  })
  after(async () => {
    await anvil.close()
  })

  function anchorCall(root: BatchRoot): Call {
    const { registry, issuer } = anvil
    return {
      intent: `anchor:${root}`,
      to: registry.address,
      data: registry.encode('anchor', [issuer.address, root, 5]),
      isDone: async () => (await registry.anchorOf(issuer.address, root)) !== undefined,
    }
  }

  /** The chain as before, save that some calls go through `bend` first. */
  function bent(bend: (method: string, call: () => Promise<unknown>) => Promise<unknown>): Rpc {
    return (method, params) => bend(method, () => anvil.rpc(method, params))
  }

  const sender = (more: Partial<SenderParts> = {}): ReturnType<typeof senderOf> =>
    senderOf(anvil.partsOf(anvil.anchorKey, more))

  async function anchoredEvents(root: BatchRoot): Promise<number> {
    const topics = [anvil.registry.topicOf('Anchored'), null, root]
    const filter = { address: anvil.registry.address, fromBlock: '0x0', topics }
    const logs = await anvil.rpc('eth_getLogs', [filter])
    return Array.isArray(logs) ? logs.length : -1
  }

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
    const hash = await sender({ rpc }).send(anchorCall(root))
    expect(seen).to.deep.equal([true])
    const receipt = await anvil.rpc('eth_getTransactionReceipt', [hash])
    expect(isObject(receipt) && receipt['status']).to.equal('0x1')
    expect(await pending()).to.equal(0)
  })

  it('sends nothing where the chain is there already', async () => {
    const root = newRoot()
    await sender().send(anchorCall(root))
    const count = await anvil.rpc('eth_getTransactionCount', [anvil.anchorKey.address, 'latest'])
    expect(await sender().send({ ...anchorCall(root), intent: 'again' })).to.equal(undefined)
    expect(
      await anvil.rpc('eth_getTransactionCount', [anvil.anchorKey.address, 'latest']),
    ).to.equal(count)
  })

  it('anchors once where the node takes the bytes and then says it failed, twice', async () => {
    const root = newRoot()
    let faults = 0
    const rpc = bent(async (method, call) => {
      const answer = await call()
      if (method !== 'eth_sendRawTransaction' || faults >= 2) return answer
      faults += 1
      throw new UnavailableError('unreachable', 'the answer was lost')
    })
    await sender({ rpc }).send(anchorCall(root))
    expect(faults).to.be.greaterThan(0)
    expect(await anchoredEvents(root)).to.equal(1)
    expect(await pending()).to.equal(0)
  })

  it('signs nothing for another chain, and refuses calls that the registry refuses', async () => {
    const code = async (work: Promise<unknown>): Promise<string> => {
      const error = await work.catch((e: unknown) => e)
      return error instanceof UnavailableError ? error.code : String(error)
    }
    const chain = { chainId: '1', genesis: `0x${'0'.repeat(64)}` }
    expect(await code(sender({ chain }).send(anchorCall(newRoot())))).to.equal('refused')
    const stranger = senderOf(anvil.partsOf(newKey()))
    expect(await code(stranger.send(anchorCall(newRoot())))).to.equal('refused')
    expect(await pending()).to.equal(0)
  })

  it('never offers more than its cap, whatever the node says', async () => {
    const root = newRoot()
    const limits = { ...anvil.partsOf(anvil.anchorKey).limits, maxFeePerGas: 3_000_000_000n }
    const rpc = bent((method, call) =>
      method === 'eth_maxPriorityFeePerGas' ? Promise.resolve('0xffffffffffff') : call(),
    )
    const hash = await sender({ rpc, limits }).send(anchorCall(root))
    const sent = await anvil.rpc('eth_getTransactionByHash', [hash])
    expect(isObject(sent) && Number(sent['maxFeePerGas'])).to.equal(3_000_000_000)
    expect(await pending()).to.equal(0)
  })

  it('a tenth more is not enough for a pool: both fees rise by an eighth at least', () => {
    const before = { maxFeePerGas: 100n, maxPriorityFeePerGas: 7n }
    const raised = raisedFees(before, { maxFeePerGas: 90n, maxPriorityFeePerGas: 1n }, 1000n)
    expect(raised).to.deep.equal({ maxFeePerGas: 114n, maxPriorityFeePerGas: 9n })
    expect(raisedFees(before, before, 113n)).to.equal(undefined)
  })

  describe('anchoring', () => {
    const port = (more: Partial<SenderParts> = {}): ReturnType<typeof anchorPortOf> =>
      anchorPortOf({
        rpc: anvil.rpc,
        registry: anvil.registry,
        sender: sender(more),
        pollMs: 50,
        sleep,
      })

    async function storedBatch(root: BatchRoot): Promise<string> {
      const id = `batch-${root.slice(2, 10)}`
      const lease = { owner: 'w', now: 0, until: Date.now() + 60_000 }
      const { store } = anvil
      const blank = new Uint8Array(32)
      const batch = { id, home: 'h', issuer: 'i', pointers: [], permanent: false, createdAt: 0 }
      await store.openDraft({ ...batch, sealedSecret: undefined }, lease)
      const draft = { commitment: blank, sealedSeed: blank, sealedCredential: blank }
      const rest = { sealedLearner: blank, emailTag: undefined, externalIdTag: undefined }
      await store.addDrafts(id, lease, [{ row: 2, ...draft, ...rest }])
      await store.finishDraft(id, lease, new Uint32Array([0]), '[]')
      const hashes = { keyAuthHash: blank, ownerHash: blank, serverKey: undefined }
      await store.addSealed(id, lease, [{ index: 0, cid: `b${id}`, sealing: 0, ...hashes }])
      await store.markSealed(id, lease, root)
      await store.markStored(id, lease, 'bmanifest')
      return id
    }

    function request(batchId: string, root: BatchRoot, onStanding = (): void => undefined) {
      const issuer = anvil.issuer.address
      const onPoll = (): Promise<void> => Promise.resolve()
      return { batchId, lease: 'w', issuer, root, size: 1, onPoll, onStanding }
    }

    it('ends when the anchor is final, with the batch submitted before', async () => {
      const root = newRoot()
      const id = await storedBatch(root)
      const anchor = await port().anchor(request(id, root))
      expect(await anvil.store.findBatch({ id })).to.include({ state: 'submitted' })
      expect(anchor.operator).to.equal(anvil.anchorKey.address)
      const final = await anvil.rpc('eth_getBlockByNumber', ['finalized', false])
      expect(isObject(final) && Number(final['timestamp'])).to.be.greaterThan(anchor.anchoredAt)
      const receipt = await anvil.rpc('eth_getTransactionReceipt', [anchor.transaction])
      expect(isObject(receipt)).to.equal(true)
    })

    it('anchors again what a reorganisation took away', async () => {
      const root = newRoot()
      const id = await storedBatch(root)
      let stood = 0
      let sent = 0
      const rpc = bent((method, call) => {
        if (method === 'eth_sendRawTransaction') sent += 1
        return call()
      })
      const anchor = await port({ rpc }).anchor(
        request(id, root, () => {
          stood += 1
          void anvil.rpc('anvil_reorg', [1, []])
        }),
      )
      expect(stood).to.equal(1)
      expect(sent).to.be.greaterThan(1)
      expect(await anvil.registry.anchorOf(anvil.issuer.address, root)).to.include({
        anchoredAt: anchor.anchoredAt,
        size: 1,
      })
    })

    it('refuses a root that stands with another size', async () => {
      const root = newRoot()
      await sender().send(anchorCall(root))
      const id = await storedBatch(root)
      const error = await port()
        .anchor(request(id, root))
        .catch((e: unknown) => e)
      expect(error).to.be.instanceOf(UnavailableError).with.property('code', 'refused')
      expect(await anvil.store.findBatch({ id })).to.include({ state: 'stored' })
    })
  })

  it('changes the status of many certificates, and of none where it stands already', async () => {
    const root = newRoot()
    const { registry, issuer } = anvil
    await sender().send({
      ...anchorCall(root),
      data: registry.encode('anchor', [issuer.address, root, 600]),
    })
    const status = statusPortOf(registry, senderOf(anvil.partsOf(anvil.statusKey)))
    const change = {
      issuer: issuer.address,
      root,
      reason: 'fraud',
      indexes: [0, 257, 599],
    } as const
    expect(await status.change({ ...change, action: 'revoke', id: '1' })).to.have.length(1)
    expect(await status.change({ ...change, action: 'revoke', id: '2' })).to.have.length(0)
    expect((await registry.statusOf(issuer.address, root, 1)).revoked).to.equal(2n)
    expect(await status.change({ ...change, action: 'suspend', id: '3' })).to.have.length(3)
    expect(
      await status.change({ ...change, action: 'reinstate', indexes: [257], id: '4' }),
    ).to.have.length(1)
    expect((await registry.statusOf(issuer.address, root, 1)).suspended).to.equal(0n)
    expect((await registry.statusOf(issuer.address, root, 0)).suspended).to.equal(1n)
    await status.revokeBatch(issuer.address, root, 'key-compromise', '5')
    expect((await registry.anchorOf(issuer.address, root))?.revoked).to.equal(true)
    expect(wordsOf([3, 256, 3])).to.deep.equal([
      { word: 0, mask: 8n },
      { word: 1, mask: 1n },
    ])
  })

  it('deploys once, accepts what is there, and refuses other code', async () => {
    const parts = {
      rpc: anvil.rpc,
      sender: senderOf(anvil.partsOf(anvil.issuer)),
      sleep,
      pollMs: 20,
    }
    expect(await deployRegistry(parts)).to.equal(false)
    const rpc = bent((method, call) =>
      method === 'eth_getCode' ? Promise.resolve('0x6001') : call(),
    )
    const error = await deployRegistry({ ...parts, rpc }).catch((e: unknown) => e)
    expect(error).to.be.instanceOf(UnavailableError).with.property('code', 'refused')
    await ensureOperator(anvil.registry, parts.sender, anvil.anchorKey.address, ROLES.anchor)
  })

  describe('with a slow chain', () => {
    beforeEach(async () => {
      await anvil.rpc('evm_setAutomine', [false])
      await anvil.rpc('evm_setIntervalMining', [0])
    })
    afterEach(async () => {
      await anvil.rpc('evm_setAutomine', [true])
      await anvil.rpc('anvil_mine', ['0x1'])
    })

    async function pooled(): Promise<string[]> {
      const pool = await anvil.rpc('txpool_content')
      const all = isObject(pool) && isObject(pool['pending']) ? Object.values(pool['pending']) : []
      return all
        .flatMap((of) => (isObject(of) ? Object.values(of) : []))
        .map((t) => (isObject(t) ? String(t['hash']) : ''))
    }

    async function untilPooled(): Promise<string> {
      for (let i = 0; i < 500; i += 1) {
        const [hash] = await pooled()
        if (hash !== undefined) return hash
        await sleep(10)
      }
      return expect.fail('nothing was sent')
    }

    it('sends the same bytes again where the pool forgot them', async () => {
      const root = newRoot()
      const sending = sender().send(anchorCall(root))
      const first = await untilPooled()
      await anvil.rpc('anvil_dropTransaction', [first])
      expect(await untilPooled()).to.equal(first)
      await anvil.rpc('anvil_mine', ['0x1'])
      expect(await sending).to.equal(first)
    })

    it('replaces a stuck transaction with one that pays an eighth more, under the cap', async () => {
      const root = newRoot()
      const limits = { ...anvil.partsOf(anvil.anchorKey).limits, stuckAfterMs: 300, resendMs: 50 }
      const sending = sender({ limits }).send(anchorCall(root))
      const first = await untilPooled()
      const second = async (): Promise<string> => {
        for (let i = 0; i < 500; i += 1) {
          const hash = (await pooled()).find((one) => one !== first)
          if (hash !== undefined) return hash
          await sleep(10)
        }
        return expect.fail('nothing replaced it')
      }
      await second()
      await anvil.rpc('anvil_mine', ['0x1'])
      const mined = await sending
      expect(mined).not.to.equal(first)
      const sent = await anvil.rpc('eth_getTransactionByHash', [mined])
      expect(isObject(sent) && Number(sent['nonce'])).to.be.a('number')
      expect(await anchoredEvents(root)).to.equal(1)
    })

    it('goes on to the next nonce where another transaction took ours', async () => {
      const root = newRoot()
      const key = anvil.anchorKey
      const sending = sender().send(anchorCall(root))
      const ours = await untilPooled()
      await anvil.rpc('anvil_dropTransaction', [ours])
      const nonce = Number(await anvil.rpc('eth_getTransactionCount', [key.address, 'latest']))
      const fees = { maxFeePerGas: 50n * 10n ** 9n, maxPriorityFeePerGas: 10n ** 9n }
      const call = { chainId: '31337', nonce, to: key.address, data: '0x', gasLimit: 30_000n }
      const foreign = signTransaction(call, fees, key)
      await anvil.rpc('eth_sendRawTransaction', [foreign.raw]).catch((error: unknown) => {
        // Our own came back in between; the next drop takes it away.
        if (!(error instanceof RpcError)) throw error
      })
      await anvil.rpc('evm_setAutomine', [true])
      await anvil.rpc('anvil_mine', ['0x1'])
      const hash = await sending
      const read = await anvil.rpc('eth_getTransactionByHash', [hash])
      expect(isObject(read) && Number(read['nonce'])).to.be.at.least(nonce)
      expect(await anchoredEvents(root)).to.equal(1)
    })
  })

  it('reads a transaction back as it was signed', () => {
    const key = newKey()
    const call = { chainId: '10', nonce: 3, to: key.address, data: '0x01', gasLimit: 21_000n }
    const fees = { maxFeePerGas: 7n, maxPriorityFeePerGas: 1n }
    const { raw, hash } = signTransaction(call, fees, key)
    const read = Transaction.from(raw)
    expect([read.hash, read.from?.toLowerCase(), read.nonce]).to.deep.equal([hash, key.address, 3])
    expect(SEND_LIMITS.maxFeePerGas).to.equal(200n * 10n ** 9n)
  })
})
