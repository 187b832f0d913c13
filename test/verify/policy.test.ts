/** Defends the file that decides whom a verifier trusts: what does not fit, contradicts itself or deceives is refused. */
import { expect } from 'chai'
import { canonicalText, hexOf, parsePolicy, sha256, utf8 } from '../../src/index.ts'
import type { Json, Policy } from '../../src/index.ts'
import { changed } from '../credential/changed.ts'
import type { Change } from '../credential/changed.ts'
import { refusalOf } from '../support/errors.ts'
import { readVectors } from '../support/json.ts'
import { certificateAt, HOME, judged, policyOf } from '../support/world.ts'

interface Vectors {
  readonly minimal: Json
  readonly accepted: readonly (Change & { comment: string })[]
  readonly refused: readonly (Change & { comment: string; code: string; field: string })[]
}

const { minimal, accepted, refused } = readVectors('policy.json') as Vectors

function read(policy: Json): Policy {
  return parsePolicy(utf8(canonicalText(policy)))
}

describe('a policy', () => {
  it('is read as it stands, with the digest of its bytes', () => {
    const bytes = utf8(canonicalText(minimal))
    const policy = parsePolicy(bytes)
    expect(policy.digest).to.equal(hexOf(sha256(bytes)))
    expect(policy.quorum).to.equal(2)
    expect(policy.level).to.equal('proven')
    expect(policy.registries.map(({ home }) => home.text)).to.deep.equal([
      `eip155:1:0x${'a'.repeat(40)}`,
    ])
    expect(policy.endedHomes).to.deep.equal([`eip155:1:0x${'d'.repeat(40)}`])
  })

  for (const { comment, ...change } of accepted) {
    it(`may have ${comment}`, () => {
      expect(refusalOf(() => read(changed(minimal, change)))).to.equal('accepted')
    })
  }

  for (const { comment, code, field, ...change } of refused) {
    it(`is refused: ${comment}`, () => {
      expect(refusalOf(() => read(changed(minimal, change)))).to.equal(`${code} at ${field}`)
    })
  }

  it('whose quorum its providers cannot give leaves every check on the chain undetermined', async () => {
    const policy = policyOf({ quorum: 2 })
    const { checks } = await judged(certificateAt(3), { policy })
    const unreachable = { outcome: 'undetermined', code: 'unreachable' }
    const { anchor, operator, issuer, status } = checks
    for (const check of [anchor, operator, issuer, status]) expect(check).to.deep.equal(unreachable)
  })

  it('that says of a home that its network ended gives no verdict on it yet', async () => {
    const successor = `eip155:1:0x${'e'.repeat(40)}`
    const policy = policyOf({ succession: [{ home: HOME.text, successor, snapshot: 'snapshot' }] })
    const verdict = await judged(certificateAt(3), { policy })
    const unsupported = { outcome: 'undetermined', code: 'succession-unsupported' }
    expect(verdict.outcome).to.equal('undetermined')
    expect(verdict.checks).to.deep.include({ anchor: unsupported, status: unsupported })
    const other = policyOf({
      succession: [{ home: successor, successor: HOME.text, snapshot: 's' }],
    })
    expect((await judged(certificateAt(3), { policy: other })).outcome).to.equal('valid')
  })

  it('is strict JSON', () => {
    const text = canonicalText(minimal)
    const twice = text.replace('"level":', '"level":"reported","level":')
    expect(refusalOf(() => parsePolicy(utf8(twice)))).to.match(/^duplicate-key/)
    expect(refusalOf(() => parsePolicy(utf8(`\ufeff${text}`)))).to.match(/^byte-order-mark/)
    expect(refusalOf(() => parsePolicy(utf8('[]')))).to.equal('wrong-type at ')
  })

  it('of 100,000 issuers is read in no more than a moment', () => {
    const issuers = Array.from({ length: 100_000 }, (_, at) => ({
      account: `eip155:1:0x${at.toString(16).padStart(40, '0')}`,
      name: 'School',
    }))
    const bytes = utf8(JSON.stringify({ ...(minimal as object), issuers }))
    const start = performance.now()
    expect(parsePolicy(bytes).issuers).to.have.length(100_000)
    expect(performance.now() - start).to.be.lessThan(10_000)
    const more = utf8(JSON.stringify({ ...(minimal as object), issuers: [...issuers, issuers[0]] }))
    expect(refusalOf(() => parsePolicy(more))).to.equal('out-of-range at /issuers')
  })
})
