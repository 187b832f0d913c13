/** Defends a verifier against a chain that changes while it is read: it says what is true of one branch, or nothing. */
import { expect } from 'chai'
import { gistOf, judgeOver, openAnchoredChain } from '../support/anchored-chain.ts'
import type { AnchoredChain, Fate, Truth } from '../support/anchored-chain.ts'
import { openFaultyProvider } from '../support/faulty-provider/provider.ts'
import type { FaultyProvider } from '../support/faulty-provider/provider.ts'

/** Less than the distance to the block that is read, at it, and enough to undo the youngest anchor. */
const DEPTHS = [1, 3, 6] as const

const MOMENTS = ['eth_blockNumber', 'eth_getBlockByNumber', 'eth_getProof'] as const

describe('a reorganisation', function () {
  this.timeout(60_000)
  let chain: AnchoredChain
  let providers: FaultyProvider[]
  beforeEach(async () => {
    chain = await openAnchoredChain()
    providers = await Promise.all([1, 2, 3].map(() => openFaultyProvider(chain.anvil.url)))
  })
  afterEach(async () => {
    await Promise.all(providers.map((one) => one.close()))
    await chain.close()
  })

  function judge(fate: Fate): Promise<Truth> {
    const urls = providers.map(({ url }) => url)
    const policy = chain.policyFor(fate, urls, 1_500)
    return judgeOver(chain, fate, policy).then(({ verdict }) => gistOf(verdict))
  }

  /** Replaces the newest blocks once, at the first call of the method by anyone. */
  function reorganiseAt(method: string, depth: number): () => boolean {
    let work: Promise<void> | undefined
    const reorganise = async (): Promise<void> => {
      await chain.anvil.rpc('anvil_reorg', [depth, []])
    }
    for (const provider of providers) {
      provider.fail({ mode: 'meanwhile', work: () => (work ??= reorganise()) }, method)
    }
    return () => work !== undefined
  }

  for (const depth of DEPTHS) {
    for (const method of MOMENTS) {
      it(`of ${depth} blocks, at the first ${method}, makes nothing valid or invalid that is not`, async () => {
        const happened = reorganiseAt(method, depth)
        expect(['valid', 'undetermined']).to.include((await judge('good'))[0])
        expect(happened()).to.equal(true)
        expect(await judge('good')).to.deep.equal(['valid', undefined])
        expect(await judge('revoked')).to.deep.equal(['invalid', 'revoked'])
        expect(await judge('unanchored')).to.deep.equal(['invalid', 'not-anchored'])
      })
    }
  }

  for (const method of MOMENTS) {
    it(`that undoes an anchor, at the first ${method}, leaves it without effect`, async () => {
      expect(await judge('young')).to.deep.equal(['undetermined', 'not-final'])
      const happened = reorganiseAt(method, 6)
      expect((await judge('young'))[0]).not.to.equal('valid')
      expect(happened()).to.equal(true)
      expect(await judge('young')).to.deep.equal(['invalid', 'not-anchored'])
    })
  }
})
