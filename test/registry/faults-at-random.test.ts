/** Defends the same law as faults.test.ts against faults that nobody thought of together. */
import { expect } from 'chai'
import fc from 'fast-check'
import { FATES, openAnchoredChain } from '../support/anchored-chain.ts'
import type { AnchoredChain } from '../support/anchored-chain.ts'
import {
  arrangementsOf,
  complaintsOf,
  failing,
  LIARS,
  OUTAGES,
  safeIn,
} from '../support/fault-roles.ts'
import { honest, Lanes } from '../support/lanes.ts'
import type { Role, Scenario } from '../support/lanes.ts'
import { oneDigitChanged } from '../support/lies.ts'

/** Scenarios judged side by side in one run. */
const ABREAST = 8
const TIMEOUT_MS = 600
const RUNS = 12

/** Every call that a verifier makes or may make. */
const METHODS = [
  'eth_chainId',
  'eth_blockNumber',
  'eth_getBlockByNumber',
  'eth_getProof',
  'eth_getCode',
  'eth_getStorageAt',
  'eth_getLogs',
]

/** Who lies, lags and fails, where, and at which calls: each may also be honest. */
function scenarioArbitrary(oldest: number): fc.Arbitrary<Scenario> {
  const method = fc.option(fc.constantFrom(...METHODS), { nil: undefined })
  const changed = fc
    .tuple(fc.nat(), fc.constantFrom(...METHODS))
    .map(([seed, at]) =>
      failing(`digit ${seed} changed`, { mode: 'lie', change: oneDigitChanged(seed) }, at),
    )
  const liar = fc.oneof(fc.constantFrom(...LIARS), changed)
  const stale = fc
    .tuple(fc.integer({ min: 1, max: oldest }), method)
    .map(([behind, at]) => failing(`${behind} behind`, { mode: 'stale', behind }, at))
  const gone = fc
    .tuple(fc.constantFrom(...OUTAGES), method)
    .map(([[name, fault], at]) => failing(name, fault, at))
  const orHonest = (one: fc.Arbitrary<Role>): fc.Arbitrary<Role> =>
    fc.oneof({ weight: 3, arbitrary: one }, { weight: 1, arbitrary: fc.constant(honest) })
  return fc
    .tuple(orHonest(liar), orHonest(stale), orHonest(gone), fc.nat(5), fc.constantFrom(...FATES))
    .map(([first, second, third, at, fate]) => {
      const cast: [Role, Role, Role] = [first, second, third]
      return { fate, roles: arrangementsOf(cast)[at] ?? cast }
    })
}

describe('providers that fail at random, with one liar at most', function () {
  // A long run has a thousand courses of about a second.
  this.timeout(1_800_000)
  let chain: AnchoredChain
  let lanes: Lanes
  before(async () => {
    chain = await openAnchoredChain()
    lanes = await Lanes.open(chain.anvil.url, ABREAST)
  })
  after(async () => {
    await lanes.close()
    await chain.close()
  })

  it('bring no verifier to say anything wrong', async () => {
    const safe = safeIn(chain)
    let determined = 0
    const scenarios = fc.array(scenarioArbitrary(chain.behind.anchor + 5), {
      minLength: ABREAST,
      maxLength: ABREAST,
    })
    await fc.assert(
      fc.asyncProperty(scenarios, async (some) => {
        const complaints = await complaintsOf(
          chain,
          lanes,
          some,
          (judged, scenario) => {
            if (judged.verdict.outcome !== 'undetermined') determined += 1
            return safe(judged, scenario)
          },
          TIMEOUT_MS,
        )
        expect(complaints).to.deep.equal([])
      }),
      { numRuns: fc.readConfigureGlobal().numRuns ?? RUNS },
    )
    expect(determined).to.be.greaterThan(0)
  })
})
