/** Defends what a quorum of providers makes of a chain: what they agree on, and what is said of each. */
import { expect } from 'chai'
import { verify } from '../../src/index.ts'
import {
  CERTIFICATE,
  chainOf,
  dead,
  look,
  observed,
  onMethod,
  OTHER_HASH,
  outcomes,
  policyFor,
  registriesOf,
} from '../support/panel.ts'
import type { Change } from '../support/panel.ts'
import { wavesOf } from '../support/waves.ts'
import { NOW } from '../support/world.ts'

describe('three honest providers', () => {
  it('prove the words at two blocks below the head, and the final block', async () => {
    const chain = await chainOf()
    const evidence = await look({ chain, changes: [undefined, undefined, undefined] })
    const seen = observed(evidence)
    expect(seen.level).to.equal('proven')
    expect([seen.block.number, seen.finalized?.number]).to.deep.equal([100, 90])
    expect(outcomes(evidence)).to.equal('answered answered answered')
    expect(verify(CERTIFICATE, evidence, policyFor(chain, 3), NOW).outcome).to.equal('valid')
  })

  it('are asked in no more than three round trips, and not again for what they have shown', async () => {
    const chain = await chainOf()
    const pins = new Set<string>()
    const methods: string[][] = []
    for (const round of ['cold', 'warm']) {
      const waves = wavesOf(chain.request)
      const evidence = await look({
        chain,
        changes: [undefined, undefined, undefined],
        ports: { connect: () => waves.request, pins },
      })
      expect(observed(evidence).level, round).to.equal('proven')
      expect(waves.count(), round).to.be.at.most(3)
      methods.push(waves.asked())
    }
    const [cold = [], warm = []] = methods
    expect(cold.filter((one) => one.includes('["0x0",false]'))).to.have.length(3)
    expect(warm.filter((one) => one.includes('["0x0",false]'))).to.have.length(0)
    expect(warm.filter((one) => one.startsWith('eth_getProof'))).to.have.length(3)
  })
})

describe('a chain without the tag `finalized`', () => {
  it('is final so many blocks below the head of the quorum', async () => {
    const chain = await chainOf()
    const registries = registriesOf(chain, { finality: 64 })
    const refusesTag: Change = (call, honest) =>
      call.params[0] === 'finalized' ? Promise.reject(new Error('no such tag')) : honest(call)
    const changes = [refusesTag, refusesTag]
    const evidence = await look({ chain, changes, policy: { registries } })
    expect(observed(evidence).finalized?.number).to.equal(102 - 64)
    expect(observed(await look({ chain, changes })).finalized).to.equal(null)
  })
})

describe('a head', () => {
  const head = (number: number) => onMethod('eth_blockNumber', () => `0x${number.toString(16)}`)

  it('is the quorum’s: one that runs ahead moves nothing', async () => {
    const chain = await chainOf()
    const evidence = await look({ chain, changes: [head(5_000), undefined, undefined] })
    expect(observed(evidence).block.number).to.equal(100)
  })

  it('is the quorum’s: one that lags moves nothing, and is named where it has no such block', async () => {
    const chain = await chainOf()
    const lagging: Change = async (call, honest) => {
      if (call.method === 'eth_blockNumber') return '0x32'
      const isYoung = call.method === 'eth_getBlockByNumber' && Number(call.params[0]) > 50
      return isYoung ? null : honest(call)
    }
    const evidence = await look({ chain, changes: [lagging, undefined, undefined] })
    expect(observed(evidence).block.number).to.equal(100)
    expect(outcomes(evidence)).to.equal('stale answered answered')
  })

  it('that fewer than the quorum give leaves the chain unseen', async () => {
    const chain = await chainOf()
    const evidence = await look({ chain, changes: [dead, undefined, dead] })
    expect(evidence.chain).to.deep.include({ observed: false, code: 'unreachable' })
    expect(outcomes(evidence)).to.equal('unreachable answered unreachable')
  })
})

describe('providers that disagree', () => {
  const otherBlock = onMethod('eth_getBlockByNumber', (block, [which]) =>
    which === '0x64' ? { ...(block as object), hash: OTHER_HASH } : block,
  )

  it('are outvoted by a quorum, and named with what they said', async () => {
    const chain = await chainOf()
    const evidence = await look({ chain, changes: [undefined, otherBlock, undefined] })
    expect(observed(evidence).level).to.equal('proven')
    expect(outcomes(evidence)).to.equal('answered providers-disagree answered')
    expect(evidence.chain.providers[1]?.detail).to.include(OTHER_HASH)
  })

  it('leave the chain unseen where no quorum is of one mind, or two are', async () => {
    const chain = await chainOf()
    const one = await look({ chain, changes: [undefined, otherBlock] })
    expect(one.chain).to.deep.include({ observed: false, code: 'providers-disagree' })
    const two = await look({ chain, changes: [undefined, otherBlock, otherBlock, undefined] })
    expect(two.chain).to.deep.include({ observed: false, code: 'providers-disagree' })
    const sole = await look({ chain, changes: [undefined, otherBlock], policy: { quorum: 1 } })
    expect(sole.chain).to.deep.include({ observed: false, code: 'providers-disagree' })
  })

  it('serve another network, each by its own name', async () => {
    const chain = await chainOf()
    const foreign = onMethod('eth_chainId', () => '0x1')
    const forked = onMethod('eth_getBlockByNumber', (block, [which]) =>
      which === '0x0' ? { ...(block as object), hash: OTHER_HASH } : block,
    )
    const evidence = await look({ chain, changes: [foreign, undefined, forked, undefined] })
    expect(observed(evidence).level).to.equal('proven')
    expect(outcomes(evidence)).to.equal('wrong-network answered wrong-network answered')
  })
})

describe('a provider that cannot even be asked', () => {
  it('is one that does not answer, however its port fails', async () => {
    const chain = await chainOf()
    const broken = (): never => {
      throw new Error('no such protocol')
    }
    for (const first of [broken, () => broken]) {
      const connect = (url: string) => (url.includes('//a.') ? first() : chain.request)
      const evidence = await look({
        chain,
        changes: [dead, undefined, undefined],
        ports: { connect },
      })
      expect(observed(evidence).level).to.equal('proven')
      expect(outcomes(evidence)).to.equal('unreachable answered answered')
    }
  })

  it('leaves nothing seen where the policy wants more providers than it lists', async () => {
    const chain = await chainOf()
    const evidence = await look({ chain, changes: [undefined, undefined], policy: { quorum: 3 } })
    expect(evidence.chain).to.deep.include({ observed: false, code: 'unreachable' })
  })
})
