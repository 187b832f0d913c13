/** Defends the time that a verification takes: a few round trips to each provider, whatever has to be read. */
import { expect } from 'chai'
import { FATES, gistOf, judgeOver, openAnchoredChain } from '../support/anchored-chain.ts'
import type { AnchoredChain } from '../support/anchored-chain.ts'
import { openFaultyProvider } from '../support/faulty-provider/provider.ts'
import type { FaultyProvider } from '../support/faulty-provider/provider.ts'

/** So long a way to each provider that exchanges which could overlap do. */
const WAY_MS = 150
const MOST = 3

describe('verifying among three providers', function () {
  this.timeout(60_000)
  let chain: AnchoredChain
  let providers: FaultyProvider[]
  const pins = new Set<string>()
  before(async () => {
    chain = await openAnchoredChain()
    providers = await Promise.all([1, 2, 3].map(() => openFaultyProvider(chain.anvil.url)))
    await judge('good')
  })
  after(async () => {
    await Promise.all(providers.map((one) => one.close()))
    await chain.close()
  })

  async function judge(fate: (typeof FATES)[number]) {
    const urls = providers.map(({ url }) => url)
    return judgeOver(chain, fate, chain.policyFor(fate, urls, 10_000), pins)
  }

  for (const fate of FATES) {
    it(`takes at most ${MOST} round trips to each, once they have shown their first block (${fate})`, async () => {
      for (const provider of providers) {
        provider.reset()
        provider.fail({ mode: 'delay', ms: WAY_MS })
      }
      const { verdict } = await judge(fate)
      expect(gistOf(verdict)).to.deep.equal(chain.truthAt(fate, null))
      for (const provider of providers) {
        expect(provider.roundTrips(), JSON.stringify([...provider.calls])).to.be.within(1, MOST)
      }
    })
  }

  it('asks for the first block once, and never again', async () => {
    for (const provider of providers) provider.reset()
    await judge('good')
    const again = providers.map(({ calls }) => calls.get('eth_getBlockByNumber') ?? 0)
    pins.clear()
    for (const provider of providers) provider.reset()
    await judge('good')
    const anew = providers.map(({ calls }) => calls.get('eth_getBlockByNumber') ?? 0)
    expect(anew).to.deep.equal(again.map((calls) => calls + 1))
  })
})
