/**
 * Defends what a verifier says when providers lie, lag or fail: never a wrong `valid`, never `invalid` because somebody
 * did not answer, and the truth as long as two of three are honest. A real chain, real HTTP, the real way from
 * certificate to verdict; only the faults are made up.
 */
import { expect } from 'chai'
import { FATES, judgeOver, openAnchoredChain } from '../support/anchored-chain.ts'
import type { AnchoredChain, Fate } from '../support/anchored-chain.ts'
import {
  arrangementsOf,
  behind,
  complaintsOf,
  dead,
  failing,
  LIARS,
  OUTAGES,
  safeIn,
  TIMEOUT_MS,
  truthfulIn,
  withTwoHonest,
} from '../support/fault-roles.ts'
import type { Complaint } from '../support/fault-roles.ts'
import { MODES } from '../support/faulty-provider/faults.ts'
import { honest, Lanes } from '../support/lanes.ts'
import type { Role, Scenario } from '../support/lanes.ts'

function fateAt(turn: number): Fate {
  return FATES[turn % FATES.length] ?? 'good'
}

describe('a verifier among three providers', function () {
  this.timeout(60_000)
  let chain: AnchoredChain
  let lanes: Lanes
  let methods: readonly string[]
  let truthful: Complaint
  let safe: Complaint
  before(async () => {
    chain = await openAnchoredChain()
    lanes = await Lanes.open(chain.anvil.url, 12)
    truthful = truthfulIn(chain)
    safe = safeIn(chain)
    const scenarios = FATES.map((fate): Scenario => ({ fate, roles: [honest, honest, honest] }))
    await complaintsOf(chain, lanes, scenarios, () => undefined)
    methods = lanes.methodsSeen()
  })
  after(async () => {
    await lanes.close()
    await chain.close()
  })

  async function expectNone(scenarios: readonly Scenario[], complaint: Complaint): Promise<void> {
    expect(await complaintsOf(chain, lanes, scenarios, complaint)).to.deep.equal([])
  }

  it('who are honest says what is true, proven', async () => {
    const scenarios = FATES.map((fate): Scenario => ({ fate, roles: [honest, honest, honest] }))
    await expectNone(scenarios, (judged, scenario) => {
      const { level } = judged.verdict
      return level === 'proven' ? truthful(judged, scenario) : `level ${String(level)}`
    })
    expect(methods).to.include.members(['eth_chainId', 'eth_getBlockByNumber', 'eth_getProof'])
  })

  it('meets every fault that a provider can have, here and in reorganisations.test.ts', () => {
    const met = [...OUTAGES.map(([, { mode }]) => mode), 'lie', 'stale', 'pass', 'meanwhile']
    expect(new Set(met)).to.deep.equal(new Set(MODES))
  })

  for (const [name, fault] of OUTAGES) {
    it(`of whom one is ${name}, at any call, says what is true`, async () => {
      const scenarios = [undefined, ...methods].flatMap((method, at) =>
        [0, 1, 2].map((position): Scenario => {
          const fate = fateAt(at + position)
          // Who vouches for an issuer is told by logs: hints, which an outage may take away.
          const isHint = fate === 'vouched' && method === 'eth_getLogs'
          const roles = withTwoHonest(position, failing(name, fault, method))
          return { fate: isHint ? 'good' : fate, roles }
        }),
      )
      await expectNone(scenarios, truthful)
    })
  }

  it('of whom one is slow, says what is true', async () => {
    const slow = failing('slow', { mode: 'delay', ms: 40 })
    const scenarios = FATES.map((fate, at) => ({ fate, roles: withTwoHonest(at % 3, slow) }))
    await expectNone(scenarios, truthful)
  })

  it('of whom one lies, in whatever way, says what is true', async () => {
    const fates = ['good', 'revoked', 'young'] as const
    const scenarios = LIARS.flatMap((liar, at) =>
      fates.map((fate, more) => ({ fate, roles: withTwoHonest((at + more) % 3, liar) })),
    )
    await expectNone(scenarios, truthful)
  })

  it('of whom one lies about accreditations says no more than is true', async () => {
    const liars = LIARS.filter(({ name }) => name.endsWith('eth_getLogs'))
    const scenarios = liars.flatMap((liar) =>
      [0, 1, 2].map((at): Scenario => ({ fate: 'vouched', roles: withTwoHonest(at, liar) })),
    )
    expect(scenarios.length).to.be.greaterThan(0)
    await expectNone(scenarios, safe)
  })

  it('of whom one is behind, says what is true', async () => {
    const scenarios = FATES.flatMap((fate) =>
      [0, 1, 2, 3, 4].map((turn) => ({
        fate,
        roles: withTwoHonest(turn % 3, behind(chain, turn)),
      })),
    )
    await expectNone(scenarios, truthful)
  })

  it('of whom one is behind and one gone, says nothing that is no longer true', async () => {
    const scenarios = FATES.flatMap((fate) =>
      [0, 1, 2, 3, 4].flatMap((turn) =>
        arrangementsOf([honest, behind(chain, turn), dead(turn + 2)]).map((roles) => ({
          fate,
          roles,
        })),
      ),
    )
    await expectNone(scenarios, safe)
  })

  it('of whom none gives proofs, and one lies instead, says what two agree on', async () => {
    const noProof: Role = failing(
      'proofless',
      { mode: 'error', code: -32_601, message: 'no' },
      'eth_getProof',
    )
    const both = (liar: Role): Role => ({
      name: `${noProof.name}, ${liar.name}`,
      apply: (provider) => {
        noProof.apply(provider)
        liar.apply(provider)
      },
    })
    const liars = [honest, ...LIARS.filter(({ name }) => /eth_get(Code|StorageAt)$/.test(name))]
    const scenarios = liars.flatMap((liar, at) =>
      (['good', 'revoked'] as const).map((fate): Scenario => {
        const roles = [0, 1, 2].map((position) => (position === at % 3 ? both(liar) : noProof))
        return { fate, roles }
      }),
    )
    const complaints = await lanes.run(scenarios, async ({ urls }, scenario, patience) => {
      const own = chain.policyFor(scenario.fate, urls, TIMEOUT_MS * patience)
      const policy = { ...own, level: 'agreed' as const }
      const judged = await judgeOver(chain, scenario.fate, policy)
      const { level } = judged.verdict
      const what = level === 'agreed' ? truthful(judged, scenario) : `level ${String(level)}`
      return what === undefined ? undefined : { what, mayBeTime: level !== 'agreed' }
    })
    expect(complaints).to.deep.equal([])
  })

  it('of whom one is on another branch of the same chain, says what is true or nothing', async () => {
    const branch = await chain.openBranch()
    const forked = await Lanes.open([chain.anvil.url, chain.anvil.url, branch.url], 2)
    try {
      const all = FATES.map((fate): Scenario => ({ fate, roles: [honest, honest, honest] }))
      expect(await complaintsOf(chain, forked, all, truthful)).to.deep.equal([])
      const fewer = FATES.map((fate): Scenario => ({ fate, roles: [dead(1), honest, honest] }))
      expect(await complaintsOf(chain, forked, fewer, safe)).to.deep.equal([])
    } finally {
      await forked.close()
      await branch.close()
    }
  })

  it('all gone says nothing, and says who is missing', async () => {
    const scenarios = OUTAGES.map((_, at) => {
      const gone = dead(at)
      return { fate: fateAt(at), roles: [gone, gone, gone] }
    })
    await expectNone(scenarios, ({ verdict, evidence }) => {
      const { providers } = evidence.chain
      const missing = providers.filter(({ outcome }) => outcome !== 'answered')
      if (missing.length !== 3) return 'somebody is not named'
      return verdict.outcome === 'undetermined' ? undefined : verdict.outcome
    })
  })

  it('a liar, a stale one and a dead one, in all arrangements, says nothing wrong', async () => {
    let determined = 0
    const scenarios = LIARS.flatMap((liar, at) => {
      const [stale, gone] = [behind(chain, at), dead(at)]
      const casts: [Role, Role, Role][] = [
        [liar, stale, gone],
        [liar, honest, gone],
        [liar, stale, honest],
        [honest, stale, gone],
      ]
      return casts.map((cast, more): Scenario => {
        const roles = arrangementsOf(cast)[(at + more) % 6] ?? cast
        return { fate: fateAt(Math.floor(at / 5) + more), roles }
      })
    })
    await expectNone(scenarios, (judged, scenario) => {
      if (judged.verdict.outcome !== 'undetermined') determined += 1
      return safe(judged, scenario)
    })
    expect(determined).to.be.greaterThan(scenarios.length / 20)
  })
})
