/** Defends the search for accreditors: providers only say where to look, and one that invents hides none. */
import { expect } from 'chai'
import { gather, verify } from '../../src/index.ts'
import type { Address, Evidence, Request } from '../../src/index.ts'
import { addressFor } from '../support/ledger.ts'
import { providerOf } from '../support/provider.ts'
import {
  ACCREDITOR,
  ANCHORED_AT,
  certificateAt,
  HEAD_TIME,
  ISSUER,
  ledgerOf,
  NOW,
  policyOf,
} from '../support/world.ts'

const MIDDLE = addressFor('middle')
const LOWER = addressFor('lower')
const account = (address: string) => `eip155:31337:${address}`
const period = { from: ANCHORED_AT - 1, until: ANCHORED_AT + 1 }
const urls = ['a', 'b', 'c'].map((name) => `https://${name}.example/`)
const policy = policyOf({
  issuers: [],
  accreditors: [{ account: account(ACCREDITOR), name: 'Ministry' }],
  providers: { '31337': urls },
  quorum: 2,
})
const ledger = ledgerOf().accredit(ACCREDITOR, MIDDLE, [period]).accredit(MIDDLE, ISSUER, [period])
const honest = providerOf(ledger, {
  headTime: HEAD_TIME,
  hints: [
    [MIDDLE, ISSUER],
    [ACCREDITOR, MIDDLE],
  ],
})
const onLogs =
  (logs: (call: Parameters<Request>[0]) => Promise<unknown>): Request =>
  (call) =>
    call.method === 'eth_getLogs' ? logs(call) : honest(call)

function lookWith(...requests: readonly Request[]): Promise<Evidence> {
  return gather(certificateAt(3), policy, {
    connect: (url) => requests[urls.indexOf(url)] ?? honest,
    delay: () => new Promise(() => undefined),
  })
}

type Edge = readonly [accreditor: Address, issuer: Address]

/** Accreditations that cost strangers no more than a call each: of the victim, and of each other. */
function spamOf(count: number): Edge[] {
  const strangers = Array.from({ length: count }, (_, at) => addressFor(`spam ${at}`))
  return strangers.flatMap((one, at): Edge[] => [
    [one, ISSUER],
    [one, MIDDLE],
    [strangers[at + 1] ?? ACCREDITOR, one],
  ])
}

describe('accreditors', () => {
  it('are found by looking from the policy’s accreditors down and from the issuer up', async () => {
    const evidence = await lookWith(honest, honest, honest)
    expect(evidence.accreditations).to.deep.equal([
      { accreditor: account(MIDDLE), issuer: account(ISSUER), record: null },
      { accreditor: account(ACCREDITOR), issuer: account(MIDDLE), record: null },
    ])
    expect(verify(certificateAt(3), evidence, policy, NOW).outcome).to.equal('valid')
  })

  it('are found though one provider invents a thousand, another refuses logs', async () => {
    const topic = (address: string) => `0x${'0'.repeat(24)}${address.slice(2)}`
    const invented = Array.from({ length: 1_000 }, (_, at) => ({
      topics: ['0x', topic(addressFor(`invented ${at}`)), topic(ISSUER)],
    }))
    const liar = onLogs(() => Promise.resolve(invented))
    const mute = onLogs(() => Promise.reject(new Error('too many blocks')))
    for (const requests of [
      [liar, honest, honest],
      [mute, honest, mute],
    ]) {
      const evidence = await lookWith(...requests)
      expect(verify(certificateAt(3), evidence, policy, NOW).outcome).to.equal('valid')
      expect(evidence.accreditations.length).to.be.at.most(64)
    }
  })

  it('are not found where nobody tells, and that is all', async () => {
    const mute = onLogs(() => Promise.resolve('0x'))
    const evidence = await lookWith(mute, mute, mute)
    expect(verify(certificateAt(3), evidence, policy, NOW).checks.issuer).to.deep.equal({
      outcome: 'undetermined',
      code: 'issuer-unvouched',
    })
  })

  for (const count of [63, 64, 700]) {
    it(`are found behind ${count} strangers who accredit the same issuer`, async () => {
      const spam = spamOf(count).filter(([accreditor]) => accreditor !== ACCREDITOR)
      const hints: Edge[] = [...spam, [MIDDLE, ISSUER], [ACCREDITOR, MIDDLE]]
      const spammed = providerOf(ledger, { headTime: HEAD_TIME, hints })
      const evidence = await lookWith(spammed, spammed, spammed)
      expect(evidence.accreditations).to.have.length(2)
      expect(verify(certificateAt(3), evidence, policy, NOW).outcome).to.equal('valid')
    })
  }

  it('are found where a provider has too many answers to one question, whichever it is', async () => {
    const far = ledgerOf()
      .accredit(ACCREDITOR, MIDDLE, [period])
      .accredit(MIDDLE, LOWER, [period])
      .accredit(LOWER, ISSUER, [period])
    const path: Edge[] = [
      [ACCREDITOR, MIDDLE],
      [MIDDLE, LOWER],
      [LOWER, ISSUER],
    ]
    const whole = providerOf(far, { headTime: HEAD_TIME, hints: path })
    const refusing = (which: number | undefined): Request => {
      let asked = 0
      return (call) => {
        if (call.method !== 'eth_getLogs') return whole(call)
        return asked++ === which ? Promise.reject(new Error('too many results')) : whole(call)
      }
    }
    for (const which of [undefined, 0, 1]) {
      const evidence = await lookWith(refusing(which), refusing(which), refusing(which))
      expect(evidence.accreditations, String(which)).to.have.length(3)
      expect(verify(certificateAt(3), evidence, policy, NOW).outcome).to.equal('valid')
    }
  })

  it('already found are kept where a deeper question fails', async () => {
    let asked = 0
    const shallow: Request = (call) =>
      call.method === 'eth_getLogs' && asked++ >= 2
        ? Promise.reject(new Error('too many results'))
        : honest(call)
    const evidence = await gather(
      certificateAt(3),
      { ...policy, quorum: 1 },
      {
        connect: (url) => (url === urls[0] ? shallow : () => Promise.reject(new Error('dead'))),
        delay: () => new Promise(() => undefined),
      },
    )
    expect(evidence.accreditations).to.have.length(2)
    expect(verify(certificateAt(3), evidence, policy, NOW).outcome).to.equal('valid')
  })

  it('of one honest provider are not crowded out by another that invents whole chains', async () => {
    const invented = Array.from({ length: 200 }, (_, at) => addressFor(`invented ${at}`))
    const chains = invented.flatMap((one): Edge[] => [
      [ACCREDITOR, one],
      [one, ISSUER],
    ])
    const liar = providerOf(ledger, { headTime: HEAD_TIME, hints: chains })
    for (const requests of [
      [liar, honest],
      [honest, liar],
    ]) {
      const two = { ...policy, quorum: 1, providers: new Map([['31337', urls.slice(0, 2)]]) }
      const evidence = await gather(certificateAt(3), two, {
        connect: (url) => requests[urls.indexOf(url)] ?? honest,
        delay: () => new Promise(() => undefined),
      })
      expect(evidence.accreditations).to.have.length(64)
      expect(verify(certificateAt(3), evidence, two, NOW).outcome).to.equal('valid')
    }
  })
})
