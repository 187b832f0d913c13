/** Defends "nothing by omission" where one observation serves many: whoever shares it needs the very same of the chain. */
import { expect } from 'chai'
import { observationNameOf } from '../../src/index.ts'
import type { Certificate, Json } from '../../src/index.ts'
import { slotsNeeded } from '../../src/verify/needed.ts'
import { ACCREDITOR, credentialJson, issueBatch, policyOf, STRANGER } from '../support/world.ts'

describe('the name of an observation', () => {
  const profiled = (i: number): Json => {
    const { issuer, ...rest } = credentialJson(i)
    const named = { ...(issuer as Record<string, Json>), id: 'did:web:school.example' }
    return { ...rest, issuer: named }
  }
  const first = issueBatch(Array.from({ length: 258 }, (_, i) => credentialJson(i)))
  const mixed = issueBatch([credentialJson(0), profiled(1), profiled(2)], { label: 'mixed' })
  const others = issueBatch([credentialJson(0, STRANGER), credentialJson(1, STRANGER)], {
    issuer: STRANGER,
    label: 'others',
  })
  const certificates: readonly Certificate[] = [
    ...[0, 1, 255, 256, 257].flatMap((i) => first.certificates[i] ?? []),
    ...mixed.certificates,
    ...others.certificates,
  ]
  const policies = [
    policyOf(),
    policyOf({ issuers: [], accreditors: [{ account: `eip155:31337:${ACCREDITOR}`, name: 'A' }] }),
  ]

  it('is equal for two certificates exactly where they need the same slots', () => {
    expect(certificates).to.have.length(10)
    for (const policy of policies) {
      for (const one of certificates) {
        for (const two of certificates) {
          const needs = [one, two].map((each) => slotsNeeded(each, policy, [], {}).join())
          const names = [one, two].map(observationNameOf)
          expect(names[0] === names[1]).to.equal(needs[0] === needs[1])
        }
      }
    }
  })
})
