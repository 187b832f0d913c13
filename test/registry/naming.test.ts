/** Defends that who hangs starves nobody, and that evidence names those who were asked, with what they did, and no others. */
import { expect } from 'chai'
import { setTimeout as sleep } from 'node:timers/promises'
import { gather, verify } from '../../src/index.ts'
import type { Request } from '../../src/index.ts'
import { Roll } from '../../src/registry/roll.ts'
import { addressFor } from '../support/ledger.ts'
import { CERTIFICATE, chainOf, dead, look, never, observed, outcomes } from '../support/panel.ts'
import { providerOf } from '../support/provider.ts'
import {
  ACCREDITOR,
  ANCHORED_AT,
  HEAD_TIME,
  HOME,
  ISSUER,
  ledgerOf,
  NOW,
  policyOf,
} from '../support/world.ts'

const TIMEOUT = 2_000
const delay = (milliseconds: number) => sleep(milliseconds, undefined, { ref: false })

/** How long the work takes, in milliseconds, beside what it gives. */
async function timed<T>(work: () => Promise<T>): Promise<{ value: T; took: number }> {
  const start = performance.now()
  const value = await work()
  return { value, took: performance.now() - start }
}

describe('a provider that hangs at every call', () => {
  it('starves no good one, wherever it stands, however few must agree', async () => {
    const chain = await chainOf()
    const policy = { quorum: 1, level: 'reported', timeoutMs: TIMEOUT }
    for (const at of [0, 1, 2]) {
      const changes = [undefined, undefined, undefined].map((_, position) =>
        position === at ? never : undefined,
      )
      const { value, took } = await timed(() => look({ chain, changes, policy, ports: { delay } }))
      expect(took).to.be.lessThan(TIMEOUT / 2)
      expect(observed(value).level).to.equal('proven')
      const named = ['answered', 'answered', 'answered']
      named[at] = 'timeout'
      expect(outcomes(value)).to.equal(named.join(' '))
    }
    const alone = await timed(() =>
      look({ chain, changes: [never, undefined], policy, ports: { delay } }),
    )
    expect(alone.took).to.be.lessThan(TIMEOUT / 2)
    expect(observed(alone.value).level).to.equal('reported')
    expect(outcomes(alone.value)).to.equal('timeout answered')
  })

  it('or at logs alone, hides no accreditor that another tells', async () => {
    const middle = addressFor('middle')
    const period = { from: ANCHORED_AT - 1, until: ANCHORED_AT + 1 }
    const ledger = ledgerOf()
      .accredit(ACCREDITOR, middle, [period])
      .accredit(middle, ISSUER, [period])
    const honest = providerOf(ledger, {
      headTime: HEAD_TIME,
      hints: [
        [middle, ISSUER],
        [ACCREDITOR, middle],
      ],
    })
    const mute: Request = (call) => (call.method === 'eth_getLogs' ? never() : honest(call))
    const policy = policyOf({
      issuers: [],
      accreditors: [{ account: `eip155:31337:${ACCREDITOR}`, name: 'Ministry' }],
      providers: { '31337': ['https://mute.example/', 'https://good.example/'] },
      timeoutMs: TIMEOUT,
    })
    const { value, took } = await timed(() =>
      gather(CERTIFICATE, policy, {
        connect: (url) => (url.includes('mute') ? mute : honest),
        delay,
      }),
    )
    expect(took).to.be.lessThan(TIMEOUT / 2)
    expect(verify(CERTIFICATE, value, policy, NOW).outcome).to.equal('valid')
  })
})

describe('evidence', () => {
  it('names the hosts that were asked, in the order of the policy, each with what it did', async () => {
    const chain = await chainOf()
    const policy = { timeoutMs: 400, level: 'reported', quorum: 1 }
    const changes = [undefined, never, dead]
    const { chain: seen } = await look({ chain, changes, policy, ports: { delay } })
    const [good, hung, gone] = seen.providers
    expect(seen.providers).to.have.length(3)
    expect(good).to.deep.equal({ provider: 'a.example', outcome: 'answered' })
    expect(hung).to.deep.include({ provider: 'b.example', outcome: 'timeout' })
    expect(hung?.detail).to.include('did not come in time')
    expect(gone).to.deep.include({ provider: 'c.example', outcome: 'unreachable' })
    expect(gone?.detail).to.include('connection refused')
  })

  it('names a provider by what it did first, and tells the rest', () => {
    const roll = new Roll(['a.example', 'b.example'])
    roll.blame(0, 'timeout', 'its head did not come in time')
    roll.blame(0, 'providers-disagree', 'another block')
    roll.blame(0, 'providers-disagree', 'another block')
    expect(roll.answers()).to.deep.equal([
      {
        provider: 'a.example',
        outcome: 'timeout',
        detail: 'its head did not come in time; another block',
      },
      { provider: 'b.example', outcome: 'answered' },
    ])
    expect(roll.firstFault()).to.equal('timeout')
  })

  it('names nobody of another chain, and nobody at all where the home is unknown', async () => {
    const asked: string[] = []
    const honest = providerOf(ledgerOf(), { headTime: HEAD_TIME })
    const ports = {
      connect: (url: string): Request => {
        asked.push(url)
        return honest
      },
      delay: never,
    }
    const providers = {
      [HOME.chainId]: ['https://ours.example/'],
      '1': ['https://theirs.example/'],
    }
    const evidence = await gather(CERTIFICATE, policyOf({ providers }), ports)
    expect(evidence.chain.providers.map(({ provider }) => provider)).to.deep.equal(['ours.example'])
    expect(asked).to.deep.equal(['https://ours.example/'])
    const unknown = await gather(CERTIFICATE, policyOf({ providers, registries: [] }), ports)
    expect(unknown.chain).to.deep.equal({ observed: false, code: 'unknown-home', providers: [] })
    expect(asked).to.have.length(1)
  })
})
