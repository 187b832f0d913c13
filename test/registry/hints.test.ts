/** Defends the search for accreditors: providers only say where to look, and one that invents hides none. */
import { expect } from 'chai'
import { gather, verify } from '../../src/index.ts'
import type { Evidence, Request } from '../../src/index.ts'
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

describe('accreditors', () => {
  it('are found by climbing from the issuer', async () => {
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
})
