/** Defends verifiers from a server that remembers: what was observed serves a crowd, and never speaks beyond its time. */
import { expect } from 'chai'
import { registryOf } from '../../server/chain/registry.ts'
import { KEPT_MS, LOOK_MS, RETRY_MS } from '../../server/verifier-evidence.ts'
import { verifierOf } from '../../server/verifier.ts'
import type { Verifier } from '../../server/verifier.ts'
import { instantOfMilliseconds, parseHash32, printCertificate, verify } from '../../src/index.ts'
import { gistOf, judgeOver, mine, openAnchoredChain } from '../support/anchored-chain.ts'
import type { AnchoredChain, Fate, Truth } from '../support/anchored-chain.ts'
import { openFaultyProvider } from '../support/faulty-provider/provider.ts'
import type { FaultyProvider } from '../support/faulty-provider/provider.ts'

const BLOCK_MS = 12_000
const VALID = ['valid', undefined]

describe('a verifier that remembers what was observed', function () {
  this.timeout(60_000)
  let chain: AnchoredChain
  let providers: FaultyProvider[]
  let verifier: Verifier
  let clock: number
  beforeEach(async () => {
    chain = await openAnchoredChain()
    providers = await Promise.all([1, 2, 3].map(() => openFaultyProvider(chain.anvil.url)))
    clock = Number(chain.now / 1_000_000n)
    verifier = verifierOf(policy(), () => clock)
  })
  afterEach(async () => {
    await Promise.all(providers.map((one) => one.close()))
    await chain.close()
  })

  const policy = () =>
    chain.policyFor(
      'good',
      providers.map(({ url }) => url),
      10_000,
    )
  const judge = async (fate: Fate): Promise<Truth> =>
    gistOf(await verifier.verdictOn(printCertificate(chain.certificates[fate])))
  const callsOf = (method: string): number[] => providers.map(({ calls }) => calls.get(method) ?? 0)

  async function revokeGood(): Promise<void> {
    const { issuer, root, home } = chain.certificates.good
    const { rpc } = chain.anvil
    const data = registryOf(rpc, home.registry).encode('revoke', [issuer, root, 0, 1n << 1n, 3])
    await rpc('eth_sendTransaction', [{ from: issuer, to: home.registry, data, gas: '0x989680' }])
  }

  /** Seconds of the clock until the certificate is no longer valid, while it is looked at every second. */
  async function secondsUntilSeen(): Promise<number> {
    const start = clock
    for (let second = 0; second <= 120; second += 1) {
      clock = start + second * 1000
      if (second > 0 && (second * 1000) % BLOCK_MS === 0) await mine(chain.anvil, 1)
      const [outcome, code] = await judge('good')
      if (outcome !== 'valid') {
        expect([outcome, code]).to.deep.equal(['invalid', 'revoked'])
        return second
      }
    }
    return Infinity
  }

  it('shows a revocation within a minute of its block, though it is asked all the time', async () => {
    expect(await judge('good')).to.deep.equal(VALID)
    const head = Number(await chain.anvil.rpc('eth_blockNumber'))
    await revokeGood()
    if (Number(await chain.anvil.rpc('eth_blockNumber')) === head) await mine(chain.anvil, 1)
    for (const provider of providers) provider.reset()
    const seconds = await secondsUntilSeen()
    // Two blocks until verifiers look at it, and then no longer than anything is remembered: well within a minute.
    expect(seconds).to.be.at.most((2 * BLOCK_MS) / 1000 + 15)
    // That it was remembered in between: one observation each ten seconds, not one each second.
    for (const count of callsOf('eth_getProof')) expect(count).to.be.at.most(seconds / 10 + 1)
    clock += KEPT_MS
    expect(await judge('good')).to.deep.equal(['invalid', 'revoked'])
  })

  it('asks each provider once for each batch, and for its head once, whatever the crowd', async () => {
    const fates = ['good', 'revoked', 'unanchored', 'young'] as const
    const crowd = async (): Promise<void> => {
      const all = Array.from({ length: 200 }, (_, i) => fates[i % fates.length] ?? 'good')
      const gists = await Promise.all(all.map(judge))
      gists.forEach((gist, i) => {
        expect(gist).to.deep.equal(chain.truthAt(all[i] ?? 'good', null))
      })
    }
    await crowd()
    clock += 9_999
    await crowd()
    // Good and revoked are of one batch and of one word of it.
    expect(callsOf('eth_getProof')).to.deep.equal([3, 3, 3])
    expect(callsOf('eth_blockNumber')).to.deep.equal([1, 1, 1])
    for (const count of callsOf('eth_getBlockByNumber')) expect(count).to.be.at.most(4)
    clock += 1
    await crowd()
    expect(callsOf('eth_getProof')).to.deep.equal([6, 6, 6])
    expect(callsOf('eth_blockNumber')).to.deep.equal([2, 2, 2])
  })

  it('says what a verifier says that remembers nothing', async () => {
    for (const fate of ['good', 'revoked', 'unanchored', 'young', 'vouched'] as const) {
      const { evidence } = await judgeOver(chain, fate, policy())
      const alone = verify(
        chain.certificates[fate],
        evidence,
        policy(),
        instantOfMilliseconds(clock),
      )
      const bytes = printCertificate(chain.certificates[fate])
      expect(await verifier.verdictOn(bytes)).to.deep.equal(alone)
      expect(await verifier.verdictOn(bytes)).to.deep.equal(alone)
    }
  })

  it('speaks without its providers for no longer than ten seconds, and says then that it cannot look', async () => {
    expect(await judge('good')).to.deep.equal(VALID)
    for (const provider of providers) provider.fail({ mode: 'reset' })
    clock += 9_999
    expect(await judge('good')).to.deep.equal(VALID)
    expect((await judge('young'))[0]).to.equal('undetermined')
    clock += 1
    expect((await judge('good'))[0]).to.equal('undetermined')
    // What failed is tried again after a moment, not at once for each who asks.
    for (const provider of providers) provider.reset()
    expect((await judge('good'))[0]).to.equal('undetermined')
    expect(callsOf('eth_blockNumber')).to.deep.equal([0, 0, 0])
    clock += RETRY_MS
    expect(await judge('good')).to.deep.equal(VALID)
  })

  it('takes a clock that is set back for no reason to go on remembering', async () => {
    expect(await judge('good')).to.deep.equal(VALID)
    clock -= 1
    await judge('good')
    expect(callsOf('eth_getProof')).to.deep.equal([2, 2, 2])
  })

  it('looks for a newer head where the one that it remembers has become too old', async () => {
    const { maxHeadAge } = policy().registries[0] ?? expect.fail()
    const { block } = await verifier.verdictOn(printCertificate(chain.certificates.good))
    expect(block).not.to.equal(null)
    const number = parseInt(String(block?.number), 10)
    const head = await mine(chain.anvil, 1)
    const timed = await chain.anvil.rpc('eth_getBlockByNumber', [
      `0x${(head - 2).toString(16)}`,
      false,
    ])
    const seconds = Number((timed as { timestamp: string }).timestamp)
    expect(head - 2).to.be.greaterThan(number)
    clock = (seconds + maxHeadAge) * 1000 - 2000
    expect(await judge('good')).to.deep.equal(VALID)
    await mine(chain.anvil, 1)
    clock += 3000
    expect(await judge('good')).to.deep.equal(VALID)
    clock += BLOCK_MS
    expect((await judge('good'))[0]).to.equal('undetermined')
  })

  it('calls nothing valid of blocks that were replaced since it looked at the head', async () => {
    expect(await judge('good')).to.deep.equal(VALID)
    await chain.anvil.rpc('anvil_reorg', [6, []])
    expect((await judge('young'))[0]).not.to.equal('valid')
    clock += Math.min(RETRY_MS, LOOK_MS)
    expect(await judge('young')).to.deep.equal(['invalid', 'not-anchored'])
  })

  it('asks again, and not its memory, whether the block still stands whose words it was told', async () => {
    verifier = verifierOf({ ...policy(), level: 'agreed' }, () => clock)
    let work: Promise<unknown> | undefined
    const reorganise = async (): Promise<void> => {
      await (work ??= chain.anvil.rpc('anvil_reorg', [6, []]))
    }
    for (const provider of providers) {
      provider.fail({ mode: 'error', code: -32_601, message: 'no proofs here' }, 'eth_getProof')
    }
    expect(await judge('good')).to.deep.equal(VALID)
    for (const provider of providers) {
      provider.fail({ mode: 'meanwhile', work: reorganise }, 'eth_getCode')
    }
    expect((await judge('young'))[0]).to.equal('undetermined')
    expect(work).not.to.equal(undefined)
  })

  it('has no word for a certificate but those of its own batch', async () => {
    await judge('good')
    const { good } = chain.certificates
    const other = { ...good, root: parseHash32(`0x${'7'.repeat(64)}`, 'root') }
    const bytes = printCertificate(other as typeof good)
    const { checks } = await verifier.verdictOn(bytes)
    expect(checks.anchor).to.deep.equal({ outcome: 'failed', code: 'not-anchored' })
  })
})
