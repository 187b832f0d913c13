import { expect } from 'chai'
import { verifierOf } from '../../server/verifier.ts'
import { FormatError, printCertificate, utf8 } from '../../src/index.ts'
import { certificateAt, HEAD_TIME, policyOf } from '../support/world.ts'

describe('the verifier of the server', () => {
  const policy = policyOf({ providers: { '31337': [] } })
  const bytes = printCertificate(certificateAt(0))

  it('has a verdict on bytes that do not parse', async () => {
    const { outcome, checks } = await verifierOf(policy, Date.now).verdictOn(utf8('{'))
    expect([outcome, checks.integrity.outcome]).to.deep.equal(['invalid', 'failed'])
  })

  it('calls no certificate invalid for a fault of ours after it was parsed', async () => {
    let calls = 0
    const now = (): number => {
      calls += 1
      if (calls === 2) throw new FormatError('out-of-range', 'now', 'the clock is broken')
      return HEAD_TIME * 1000
    }
    const error = await verifierOf(policy, now)
      .verdictOn(bytes)
      .catch((e: unknown) => e)
    expect(error).to.be.instanceOf(FormatError)
    const { outcome } = await verifierOf(policy, () => HEAD_TIME * 1000).verdictOn(bytes)
    expect(outcome).to.equal('undetermined')
  })
})
