import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'chai'
import { RpcError } from '../../../node/rpc.ts'
import { anchorPortOf } from '../../../server/chain/anchor.ts'
import { deployRegistry, ensureOperator } from '../../../server/chain/deploy.ts'
import { ROLES } from '../../../server/chain/registry.ts'
import { isObject } from '../../../server/chain/answers.ts'
import { senderOf } from '../../../server/chain/sender.ts'
import type { SenderParts } from '../../../server/chain/sender.ts'
import { signTransaction } from '../../../server/chain/sign.ts'
import { statusPortOf, wordsOf } from '../../../server/chain/status.ts'
import { keySigner } from '../../../server/keys/signer.ts'
import type { AnchorRequest } from '../../../server/issuance/anchor-port.ts'
import { UnavailableError } from '../../../src/index.ts'
import type { BatchRoot } from '../../../src/index.ts'
import { anchorCall, anchoredEvents, bent, newRoot, openAnvil } from './anvil.ts'
import { newBatch } from '../storage/fixtures.ts'
import type { Anvil } from './anvil.ts'

describe('the registry on a real chain', function () {
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

  describe('anchoring', () => {
    const port = (more: Partial<SenderParts> = {}): ReturnType<typeof anchorPortOf> =>
      anchorPortOf({
        rpc: anvil.rpc,
        registry: anvil.registry,
        sender: sender(more),
        limits: { ...anvil.partsOf(anvil.anchorKey).limits, pollMs: 50 },
        now: Date.now,
        sleep,
      })

    async function storedBatch(root: BatchRoot): Promise<string> {
      const id = `batch-${root.slice(2, 10)}`
      const lease = { owner: 'w', now: 0, until: Date.now() + 60_000 }
      const { store } = anvil
      const blank = new Uint8Array(32)
      await store.openDraft(newBatch(id), lease)
      const draft = { commitment: blank, sealedSeed: blank, sealedCredential: blank }
      const rest = { sealedLearner: blank, tags: [], isAddressed: false }
      await store.addDrafts(id, lease, [{ row: 2, ...draft, ...rest }])
      await store.finishDraft(id, lease, new Uint32Array([0]), '[]')
      const hashes = { keyAuthHash: blank, ownerHash: blank, serverKey: undefined }
      await store.addSealed(id, lease, [{ index: 0, cid: `b${id}`, sealing: 0, ...hashes }])
      await store.markSealed(id, lease, root)
      await store.markStored(id, lease, 'bmanifest')
      return id
    }

    function request(
      batchId: string,
      root: BatchRoot,
      onStanding = (): void => undefined,
    ): AnchorRequest {
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
      const rpc = bent(anvil, (method, call) => {
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
      await sender().send(anchorCall(anvil, root))
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
      ...anchorCall(anvil, root),
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
    const rpc = bent(anvil, (method, call) =>
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
      const sending = sender().send(anchorCall(anvil, root))
      const first = await untilPooled()
      await anvil.rpc('anvil_dropTransaction', [first])
      expect(await untilPooled()).to.equal(first)
      await anvil.rpc('anvil_mine', ['0x1'])
      expect(await sending).to.equal(first)
    })

    it('replaces a stuck transaction with one that pays an eighth more, under the cap', async () => {
      const root = newRoot()
      const limits = { ...anvil.partsOf(anvil.anchorKey).limits, stuckAfterMs: 300, resendMs: 50 }
      const sending = sender({ limits }).send(anchorCall(anvil, root))
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
      expect(await anchoredEvents(anvil, root)).to.equal(1)
    })

    it('goes on to the next nonce where another transaction took ours', async () => {
      const root = newRoot()
      const key = anvil.anchorKey
      const sending = sender().send(anchorCall(anvil, root))
      const ours = await untilPooled()
      await anvil.rpc('anvil_dropTransaction', [ours])
      const nonce = Number(await anvil.rpc('eth_getTransactionCount', [key.address, 'latest']))
      const fees = { maxFeePerGas: 50n * 10n ** 9n, maxPriorityFeePerGas: 10n ** 9n }
      const call = { chainId: '31337', nonce, to: key.address, data: '0x', gasLimit: 30_000n }
      const foreign = await signTransaction(call, fees, keySigner(key))
      await anvil.rpc('eth_sendRawTransaction', [foreign.raw]).catch((error: unknown) => {
        // Our own came back in between; the next drop takes it away.
        if (!(error instanceof RpcError)) throw error
      })
      await anvil.rpc('evm_setAutomine', [true])
      await anvil.rpc('anvil_mine', ['0x1'])
      const hash = await sending
      const read = await anvil.rpc('eth_getTransactionByHash', [hash])
      expect(isObject(read) && Number(read['nonce'])).to.be.at.least(nonce)
      expect(await anchoredEvents(anvil, root)).to.equal(1)
    })
  })
})
