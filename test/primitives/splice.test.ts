/** Defends what is put into bytes that are printed already: the whole is what the plain printer prints. */
import { expect } from 'chai'
import fc from 'fast-check'
import { canonicalBytes } from '../../src/primitives/json.ts'
import type { Json } from '../../src/primitives/json.ts'
import { withMember } from '../../src/primitives/splice.ts'
import { jsons } from '../support/json.ts'

/** Names before, behind and around `proof`, some of which are printed with a backslash, and what looks like an end. */
const names = fc.oneof(
  fc.constantFrom(
    '@context',
    'id',
    'pro',
    'proofs',
    'Proof',
    'type',
    'validFrom',
    'p"',
    'p\\',
    '\\',
  ),
  fc.constantFrom(
    '"',
    '\u0000',
    'p\u0001',
    'é',
    'pé',
    '\u{1f602}',
    '\u2028',
    '',
    '}',
    ',"proof":1}',
  ),
  fc.string({ unit: 'binary' }).filter((text) => text.isWellFormed()),
)
const values = fc.oneof(
  jsons,
  fc.constantFrom<Json>(
    '"',
    '\\',
    '\\"}',
    ',"q":{',
    [['}', ']'], { '"}': '{' }],
    {},
    [],
    'é\u{1f602}',
  ),
)
const objects = fc
  .dictionary(names, values, { noNullPrototype: true })
  .filter((object) => !Object.hasOwn(object, 'proof') && !Object.hasOwn(object, '__proto__'))

describe('an object with one member more', () => {
  it('is printed from its bytes as the plain printer prints it', () => {
    fc.assert(
      fc.property(objects, values, (object, proof) => {
        const joined = withMember(canonicalBytes(object), 'proof', canonicalBytes(proof))
        expect(joined).to.deep.equal(canonicalBytes({ ...object, proof }))
      }),
      { numRuns: 2000 },
    )
  })

  it('has each name once, and no name that would be printed otherwise', () => {
    const bytes = canonicalBytes({ proof: 1 })
    expect(() => withMember(bytes, 'proof', bytes)).to.throw('one member of a name')
    expect(() => withMember(bytes, 'pro"of', bytes)).to.throw('letters from a to z')
    expect(() => withMember(new Uint8Array([0x5b, 0x5d]), 'proof', bytes)).to.throw('an object')
  })
})
