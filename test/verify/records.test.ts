/** Defends the name that an accreditor gives: from its bound record alone, and only where it reads as it is written. */
import { expect } from 'chai'
import { base64urlOf, hexOf, sha256, utf8, verify } from '../../src/index.ts'
import type { AccreditationHint, Hash32, Verdict } from '../../src/index.ts'
import { addressFor } from '../support/ledger.ts'
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
const always = { from: ANCHORED_AT - 1000, until: ANCHORED_AT + 1000 }
const account = (address: string, chain = '31337') => `eip155:${chain}:${address}`
const policy = policyOf({
  issuers: [],
  accreditors: [{ account: account(ACCREDITOR), name: 'Ministry' }],
})

describe('the record of an accreditation', () => {
  const honest = {
    inaltera: 'accreditation/1',
    accreditor: account(ACCREDITOR),
    issuer: account(ISSUER),
    name: 'École des métiers',
  }

  async function issuerNamedBy(
    record: object,
    served: object = record,
  ): Promise<Verdict['issuer']> {
    const digest = hexOf(sha256(utf8(JSON.stringify(record)))) as Hash32
    const ledger = ledgerOf().accredit(ACCREDITOR, ISSUER, [{ ...always, digest }])
    const evidence = await evidenceOf(certificateAt(3), ledger, policy)
    const bytes = base64urlOf(utf8(JSON.stringify(served)))
    const accreditations = [
      { accreditor: account(ACCREDITOR), issuer: account(ISSUER), record: bytes },
    ]
    const verdict = verify(certificateAt(3), { ...evidence, accreditations }, policy, NOW)
    expect(verdict.outcome).to.equal('valid')
    return verdict.issuer
  }

  it('gives the issuer its name, where its digest is the one on chain', async () => {
    expect(await issuerNamedBy(honest)).to.deep.include({
      name: 'École des métiers',
      namedBy: 'accreditation',
    })
    expect(await issuerNamedBy({ ...honest, scope: 'welding' })).to.deep.include({
      name: 'École des métiers',
    })
    expect(await issuerNamedBy(honest, { ...honest, name: 'Other' })).to.deep.include({
      name: null,
      namedBy: null,
    })
  })

  it('gives no name that is not for these two, not strict, or does not read as written', async () => {
    for (const change of [
      { accreditor: account(MIDDLE) },
      { issuer: account(MIDDLE) },
      { issuer: account(ISSUER, '1') },
      { issuer: ISSUER },
      { inaltera: 'accreditation/2' },
      { name: '' },
      { name: ' ' },
      { name: 'École\u202e' },
      { name: 7 },
      { valid: true },
    ]) {
      const issuer = await issuerNamedBy({ ...honest, ...change })
      expect(issuer, JSON.stringify(change)).to.deep.include({ name: null, namedBy: null })
    }
  })

  it('names the issuer by the last accreditation of a chain, not by one above it', async () => {
    const told = (accreditor: string, issuer: string, name: string) => {
      const names = { accreditor: account(accreditor), issuer: account(issuer) }
      const bytes = utf8(JSON.stringify({ inaltera: 'accreditation/1', ...names, name }))
      const digest = hexOf(sha256(bytes)) as Hash32
      return { hint: { ...names, record: base64urlOf(bytes) }, period: { ...always, digest } }
    }
    const last = told(MIDDLE, ISSUER, 'School')
    const above = told(ACCREDITOR, MIDDLE, 'Academy')
    const ledger = ledgerOf()
      .accredit(MIDDLE, ISSUER, [last.period])
      .accredit(ACCREDITOR, MIDDLE, [above.period])
    const links = [
      [MIDDLE, ISSUER],
      [ACCREDITOR, MIDDLE],
    ] as const
    const evidence = await evidenceOf(certificateAt(3), ledger, policy, links)
    const nameBy = (...accreditations: AccreditationHint[]) => {
      const verdict = verify(certificateAt(3), { ...evidence, accreditations }, policy, NOW)
      expect(verdict.outcome).to.equal('valid')
      return verdict.issuer?.name
    }
    expect(nameBy(above.hint, last.hint)).to.equal('School')
    const unserved = { ...last.hint, record: null }
    expect(nameBy(above.hint, unserved)).to.equal(null)
  })
})
