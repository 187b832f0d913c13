/** Defends who may vouch: accreditors of this chain, within limits, and by words that were read. */
import { expect } from 'chai'
import {
  accreditationCountSlot,
  accreditationSlots,
  operatorSlot,
  verify,
} from '../../src/index.ts'
import type { Address, Check, Evidence, Hash32, Policy, Verdict } from '../../src/index.ts'
import { slotsNeeded } from '../../src/verify/needed.ts'
import { addressFor, withChain } from '../support/ledger.ts'
import type { Ledger } from '../support/ledger.ts'
import {
  ACCREDITOR,
  ANCHORED_AT,
  certificateAt,
  evidenceOf,
  ISSUER,
  ledgerOf,
  NOW,
  policyOf,
} from '../support/world.ts'

const MIDDLE = addressFor('middle')
const OTHER = addressFor('other')
const always = { from: ANCHORED_AT - 1000, until: ANCHORED_AT + 1000 }
const UNVOUCHED: Check = { outcome: 'undetermined', code: 'issuer-unvouched' }
const MISSING: Check = { outcome: 'undetermined', code: 'evidence-missing' }
const PASSED: Check = { outcome: 'passed' }

type Edge = readonly [accreditor: Address, issuer: Address]

const PATH: readonly Edge[] = [
  [MIDDLE, ISSUER],
  [ACCREDITOR, MIDDLE],
]

const account = (address: string, chain = '31337') => `eip155:${chain}:${address}`
const hint = ([accreditor, issuer]: Edge, chain?: string) => ({
  accreditor: account(accreditor, chain),
  issuer: account(issuer, chain),
  record: null,
})

function policyOn(...accounts: string[]): Policy {
  const accreditors = accounts.map((one) => ({ account: one, name: 'Ministry' }))
  return policyOf({ issuers: [], accreditors })
}

const MINISTRY = policyOn(account(ACCREDITOR))

/** Evidence with every word that these hints make a verifier look at, and with these hints. */
async function seenOf(
  ledger: Ledger,
  edges: readonly Edge[],
  policy = MINISTRY,
): Promise<Evidence> {
  const evidence = await evidenceOf(certificateAt(3), ledger, policy)
  const accreditations = edges.map((edge) => hint(edge))
  let storage: Record<Hash32, Hash32> = {}
  for (let size = -1; size < Object.keys(storage).length;) {
    size = Object.keys(storage).length
    const slots = slotsNeeded(certificateAt(3), policy, accreditations, storage)
    storage = Object.fromEntries(slots.map((slot) => [slot, ledger.wordAt(slot)]))
  }
  return withChain({ ...evidence, accreditations }, { storage })
}

function judge(evidence: Evidence, policy = MINISTRY): Verdict {
  return verify(certificateAt(3), evidence, policy, NOW)
}

async function issuerCheck(
  ledger: Ledger,
  edges: readonly Edge[],
  policy?: Policy,
): Promise<Check> {
  return judge(await seenOf(ledger, edges, policy), policy).checks.issuer
}

function without(evidence: Evidence, slot: Hash32): Evidence {
  if (!evidence.chain.observed) throw new Error('nothing was observed')
  expect(evidence.chain.storage).to.have.property(slot)
  const storage = Object.entries(evidence.chain.storage).filter(([name]) => name !== slot)
  return withChain(evidence, { storage: Object.fromEntries(storage) })
}

describe('an accreditor', () => {
  const accredited = (): Ledger =>
    ledgerOf().accredit(ACCREDITOR, MIDDLE, [always]).accredit(MIDDLE, ISSUER, [always])

  it('vouches through another that it accredited', async () => {
    expect(await issuerCheck(accredited(), PATH)).to.deep.equal(PASSED)
  })

  it('of another chain is somebody else, whatever its address', async () => {
    const direct = ledgerOf().accredit(ACCREDITOR, ISSUER, [always])
    const edges: Edge[] = [[ACCREDITOR, ISSUER]]
    expect(await issuerCheck(direct, edges, MINISTRY)).to.deep.equal(PASSED)
    const elsewhere = policyOn(account(ACCREDITOR, '1'))
    expect(await issuerCheck(direct, edges, elsewhere)).to.deep.equal(UNVOUCHED)
    // Known to lead somewhere by what is only hinted, it is still not whom the policy means.
    const both = policyOn(account(MIDDLE, '1'), account(ACCREDITOR))
    const half = ledgerOf().accredit(MIDDLE, ISSUER, [always])
    expect(await issuerCheck(half, PATH, both)).to.deep.equal(UNVOUCHED)
  })

  it('is not found by hints about another chain', async () => {
    const evidence = await seenOf(accredited(), PATH)
    expect(judge(evidence).outcome).to.equal('valid')
    const accreditations = PATH.map((edge) => hint(edge, '1'))
    expect(judge({ ...evidence, accreditations }).checks.issuer).to.deep.equal(UNVOUCHED)
    const mixed = PATH.map((edge) => ({ ...hint(edge), issuer: account(edge[1], '1') }))
    const other = judge({ ...evidence, accreditations: mixed })
    expect(other.checks.issuer).to.deep.equal(UNVOUCHED)
  })

  it('vouches through no more than two others, whatever is hinted', async () => {
    const [low, high] = [addressFor('low'), addressFor('high')]
    const [near, far]: Edge[][] = [
      [
        [low, ISSUER],
        [MIDDLE, low],
        [ACCREDITOR, MIDDLE],
      ],
      [
        [low, ISSUER],
        [MIDDLE, low],
        [high, MIDDLE],
        [ACCREDITOR, high],
      ],
    ]
    for (const [edges, check] of [
      [near, PASSED],
      [far, UNVOUCHED],
    ] as const) {
      const ledger = ledgerOf()
      for (const [accreditor, issuer] of edges ?? []) ledger.accredit(accreditor, issuer, [always])
      expect(await issuerCheck(ledger, edges ?? [])).to.deep.equal(check)
    }
  })

  it('does not vouch for itself, straight or by way of another', async () => {
    const itself = policyOn(account(ISSUER))
    const edges: Edge[] = [
      [MIDDLE, ISSUER],
      [ISSUER, MIDDLE],
      [ISSUER, ISSUER],
    ]
    const ledger = ledgerOf()
    for (const [accreditor, issuer] of edges) ledger.accredit(accreditor, issuer, [always])
    expect(await issuerCheck(ledger, edges, itself)).to.deep.equal(UNVOUCHED)
  })

  it('is looked for among the first 64 hints that lead down from whom the policy names', async () => {
    const fillers = Array.from({ length: 40 }, (_, at) => addressFor(`filler ${at}`))
    const filling = (count: number) =>
      fillers.slice(0, count).flatMap((one): Edge[] => [
        [one, ISSUER],
        [ACCREDITOR, one],
      ])
    expect(await issuerCheck(accredited(), [...filling(31), ...PATH])).to.deep.equal(PASSED)
    expect(await issuerCheck(accredited(), [...filling(32), ...PATH])).to.deep.equal(UNVOUCHED)
    // The same hint again is the same hint, and shorter chains come first.
    const twice = [...filling(31), ...filling(31), ...PATH]
    expect(await issuerCheck(accredited(), twice)).to.deep.equal(PASSED)
    const longer = fillers.flatMap((one): Edge[] => [
      [one, OTHER],
      [ACCREDITOR, one],
    ])
    const mixed: Edge[] = [[OTHER, ISSUER], ...longer, ...PATH]
    expect(await issuerCheck(accredited(), mixed)).to.deep.equal(PASSED)
  })

  it('is heard for 64 periods', async () => {
    const never = { from: 1, until: 2 }
    const periods = (count: number) => [...Array.from({ length: count }, () => never), always]
    const ledger = (count: number) => ledgerOf().accredit(ACCREDITOR, ISSUER, periods(count))
    expect(await issuerCheck(ledger(63), [])).to.deep.equal(PASSED)
    expect(await issuerCheck(ledger(64), [])).to.deep.equal(UNVOUCHED)
  })
})

describe('an accreditation of which a word was not read', () => {
  const two = ledgerOf().accredit(ACCREDITOR, ISSUER, [{ from: 1, until: 2 }, always])
  const slotsOf = (period: number) => accreditationSlots(ACCREDITOR, ISSUER, period)

  it('may have stood: nobody can tell', async () => {
    const evidence = await seenOf(two, [])
    expect(judge(evidence).checks.issuer).to.deep.equal(PASSED)
    const slots = [...Object.values(slotsOf(1)), operatorSlot(ACCREDITOR, ACCREDITOR)]
    for (const slot of slots) {
      expect(judge(without(evidence, slot)).checks.issuer, slot).to.deep.equal(MISSING)
    }
  })

  it('may have stood below one that did: still nobody can tell', async () => {
    const ledger = ledgerOf()
    for (const [accreditor, issuer] of PATH) ledger.accredit(accreditor, issuer, [always])
    const evidence = await seenOf(ledger, PATH)
    for (const [accreditor, issuer] of PATH) {
      const unread = without(evidence, accreditationCountSlot(accreditor, issuer))
      expect(judge(unread).checks.issuer).to.deep.equal(MISSING)
    }
  })

  it('does no harm where another period stands', async () => {
    const evidence = await seenOf(two, [])
    for (const slot of Object.values(slotsOf(0))) {
      expect(judge(without(evidence, slot)).checks.issuer, slot).to.deep.equal(PASSED)
    }
  })

  it('does no harm either where nothing of it could have shown a voucher', async () => {
    const over = { from: 1, until: 2 }
    const ended = await seenOf(ledgerOf().accredit(ACCREDITOR, ISSUER, [over]), [])
    const own = without(ended, operatorSlot(ACCREDITOR, ACCREDITOR))
    expect(judge(own).checks.issuer).to.deep.equal(UNVOUCHED)
    const digest = without(ended, slotsOf(0).digest)
    expect(judge(digest).checks.issuer).to.deep.equal(UNVOUCHED)
    const ledger = ledgerOf()
      .accredit(ACCREDITOR, MIDDLE, [over])
      .accredit(MIDDLE, ISSUER, [always])
    const through = await seenOf(ledger, PATH)
    const unread = without(through, accreditationCountSlot(MIDDLE, ISSUER))
    expect(judge(unread).checks.issuer).to.deep.equal(UNVOUCHED)
  })
})
