import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'chai'
import { rpcOf } from '../../../node/rpc.ts'
import { ensureOperator } from '../../../server/chain/deploy.ts'
import { readFunds } from '../../../server/chain/funds.ts'
import { ROLES } from '../../../server/chain/registry.ts'
import { senderOf } from '../../../server/chain/sender.ts'
import type { SenderParts } from '../../../server/chain/sender.ts'
import { TroubleError } from '../../../server/chain/trouble.ts'
import type { Trouble } from '../../../server/issuance/anchor-port.ts'
import { keySigner } from '../../../server/keys/signer.ts'
import { openFaultyProvider } from '../../support/faulty-provider/provider.ts'
import type { FaultyProvider } from '../../support/faulty-provider/provider.ts'
import type { Fault } from '../../support/faulty-provider/faults.ts'
import { anchorCall, anchoredEvents, newRoot, openAnvil } from './anvil.ts'
import type { Anvil } from './anvil.ts'

const GWEI = 10n ** 9n

describe('anchoring through faults of the chain and its provider', function () {
  this.timeout(60_000)
  let anvil: Anvil
  let provider: FaultyProvider
  before(async () => {
    anvil = await openAnvil()
    provider = await openFaultyProvider(anvil.url)
  })
  after(async () => {
    await provider.close()
    await anvil.close()
  })
  beforeEach(() => {
    provider.reset()
  })

  function partsWith(more: Partial<SenderParts['limits']> = {}): SenderParts {
    const parts = anvil.partsOf(anvil.anchorKey)
    return { ...parts, rpc: rpcOf(provider.url, 500), limits: { ...parts.limits, ...more } }
  }

  type Sending = {
    readonly root: string
    readonly troubles: (Trouble | undefined)[]
    readonly end: Promise<unknown>
  }

  /** Starts to anchor a new root, and writes down what was in the way. */
  function anchoring(parts: SenderParts = partsWith()): Sending {
    const root = newRoot()
    const troubles: (Trouble | undefined)[] = []
    const onTrouble = (trouble: Trouble | undefined): Promise<void> => {
      if (troubles.at(-1) !== trouble) troubles.push(trouble)
      return Promise.resolve()
    }
    const end = senderOf(parts)
      .send({ ...anchorCall(anvil, root), onTrouble })
      .catch((error: unknown) => error)
    return { root, troubles, end }
  }

  async function until(isSo: () => boolean): Promise<void> {
    for (let i = 0; i < 400 && !isSo(); i += 1) await sleep(25)
    expect(isSo(), 'it came so far').to.equal(true)
  }

  const OUTAGES: Fault[] = [
    { mode: 'hang' },
    { mode: 'status', status: 429, retryAfter: 3600 },
    { mode: 'status', status: 503 },
    { mode: 'reset' },
    { mode: 'garbage' },
    { mode: 'wrong-id' },
    { mode: 'persist-then-drop' },
    { mode: 'error', code: -32_005, message: 'limit exceeded' },
  ]
  for (const fault of OUTAGES) {
    it(`says that the provider is down, and goes on when it is back, twice: ${fault.mode}`, async () => {
      provider.fail(fault)
      const first = anchoring()
      await until(() => first.troubles.includes('provider-down'))
      provider.reset()
      await sleep(100)
      provider.fail(fault)
      await sleep(300)
      provider.reset()
      await first.end
      expect(first.troubles.at(-1)).to.equal(undefined)
      expect(await anchoredEvents(anvil, first.root)).to.equal(1)
    })
  }

  it('asks a provider that wants rest ever less often', async () => {
    provider.fail({ mode: 'status', status: 429, retryAfter: 3600 })
    const sending = anchoring(partsWith({ longestPauseMs: 5000 }))
    await sleep(3000)
    // Two calls at a look, and looks that double their pause from 20 ms on.
    expect(provider.exchanges).to.be.lessThan(30)
    provider.reset()
    await sending.end
    expect(await anchoredEvents(anvil, sending.root)).to.equal(1)
  })

  for (const part of ['chain-id', 'genesis'] as const) {
    it(`signs nothing once the provider serves another chain (${part})`, async () => {
      provider.fail({ mode: 'wrong-chain', part })
      const sending = anchoring()
      const error = await sending.end
      expect(error).to.be.instanceOf(TroubleError)
      expect(sending.troubles).to.deep.equal(['wrong-chain'])
      expect(provider.calls.get('eth_sendRawTransaction')).to.equal(undefined)
    })
  }

  it('believes no receipt: what counts is the record in the registry', async () => {
    provider.fail({ mode: 'error', code: -32_005, message: 'limit' }, 'eth_sendRawTransaction')
    provider.fail(
      { mode: 'lie', change: () => ({ status: '0x1', blockNumber: '0x1' }) },
      'eth_getTransactionReceipt',
    )
    const sending = anchoring()
    await until(() => sending.troubles.includes('provider-down'))
    await sleep(300)
    expect(await anchoredEvents(anvil, sending.root)).to.equal(0)
    provider.reset()
    await sending.end
    expect(await anchoredEvents(anvil, sending.root)).to.equal(1)
  })

  it('waits without funds, says so, and goes on after a top-up', async () => {
    const { address } = anvil.anchorKey
    const before = await anvil.rpc('eth_getBalance', [address, 'latest'])
    await anvil.rpc('anvil_setBalance', [address, '0x0'])
    const limits = { maxFeePerGas: 200n * GWEI }
    expect(await readFunds(anvil.rpc, address, limits)).to.include({ isLow: true, anchorsLeft: 0n })
    const sending = anchoring()
    await until(() => sending.troubles.includes('no-funds'))
    await anvil.rpc('anvil_setBalance', [address, before])
    await sending.end
    expect(await anchoredEvents(anvil, sending.root)).to.equal(1)
    expect(await readFunds(anvil.rpc, address, limits)).to.include({ isLow: false })
  })

  it('waits above its cap, says so, and anchors under it', async () => {
    await anvil.rpc('anvil_setNextBlockBaseFeePerGas', [`0x${(50n * GWEI).toString(16)}`])
    await anvil.rpc('anvil_mine', ['0x1'])
    const cap = { maxFeePerGas: 3n * GWEI }
    const funds = await readFunds(anvil.rpc, anvil.anchorKey.address, cap)
    expect(funds.isFeeAboveCap).to.equal(true)
    const sending = anchoring(partsWith({ ...cap, stuckAfterMs: 100 }))
    await until(() => sending.troubles.includes('fee-cap'))
    expect(await anchoredEvents(anvil, sending.root)).to.equal(0)
    await anvil.rpc('anvil_setNextBlockBaseFeePerGas', [`0x${GWEI.toString(16)}`])
    await anvil.rpc('anvil_mine', ['0x1'])
    const hash = await sending.end
    expect(await anchoredEvents(anvil, sending.root)).to.equal(1)
    const sent = await anvil.rpc('eth_getTransactionByHash', [hash])
    expect(BigInt((sent as { maxFeePerGas: string }).maxFeePerGas) <= cap.maxFeePerGas).to.equal(
      true,
    )
  })

  it('ends where the registry refuses the operator, sends nothing, and works once it is let in', async () => {
    const { registry, issuer, anchorKey } = anvil
    const owner = senderOf(anvil.partsOf(issuer))
    await ensureOperator(registry, owner, anchorKey.address, 0)
    const refused = anchoring()
    expect(await refused.end).to.include({ trouble: 'refused', code: 'refused' })
    expect(provider.calls.get('eth_sendRawTransaction')).to.equal(undefined)
    await ensureOperator(registry, owner, anchorKey.address, ROLES.anchor)
    const again = anchoring()
    await again.end
    expect(await anchoredEvents(anvil, again.root)).to.equal(1)
  })

  it('takes no nonce while its signer is away, and leaves no gap when it is back', async () => {
    const own = keySigner(anvil.anchorKey)
    let isAway = true
    const parts: SenderParts = {
      ...partsWith(),
      signer: {
        address: own.address,
        signTransaction: (fields) =>
          isAway
            ? Promise.reject(new TroubleError('signer', 'timeout', 'the signer does not answer'))
            : own.signTransaction(fields),
      },
    }
    const waiting = [1, 2, 3].map(() => anchoring(parts))
    await until(() => waiting.every(({ troubles }) => troubles.includes('signer')))
    const other = anchoring()
    await other.end
    isAway = false
    for (const { end } of waiting) await end
    for (const { root } of [other, ...waiting]) {
      expect(await anchoredEvents(anvil, root)).to.equal(1)
    }
    const { chain } = parts
    const count = Number(await anvil.rpc('eth_getTransactionCount', [own.address, 'latest']))
    const kept = await anvil.store.pendingTransactions(
      `${chain.chainId}:${chain.genesis}`,
      own.address,
    )
    expect(kept.every(({ nonce }) => nonce < count)).to.equal(true)
  })
})
