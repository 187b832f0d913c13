/** Defends the printer of batches: whatever it has learned, it prints what the plain printer prints. */
import { expect } from 'chai'
import fc from 'fast-check'
import { canonicalBytes } from '../../src/primitives/json.ts'
import type { Json } from '../../src/primitives/json.ts'
import { sharingPrinter } from '../../src/primitives/mould.ts'
import type { Print } from '../../src/primitives/mould.ts'
import { refusalOf } from '../support/errors.ts'
import { jsons } from '../support/json.ts'

/** What has been taken for a mark, a pattern, an escape or an end by one printer or another. */
const nasty = fc.constantFrom(
  '',
  '{{name}}',
  '${name}',
  '$&',
  '$1$$',
  '%s',
  '\u0000',
  '"',
  '\\"',
  '","salt":"',
  '\u2028\u2029',
  '\u{1f602}',
  '\u{1d306}é',
  'e\u0301',
  'é',
  'ﬀ',
  '\ufeff',
  '__proto__',
  'x'.repeat(300),
)
const texts = fc.oneof(
  nasty,
  fc.string({ unit: 'binary' }).filter((text) => text.isWellFormed()),
)
const leaves: fc.Arbitrary<Json> = fc.oneof(
  { weight: 5, arbitrary: texts },
  { weight: 1, arbitrary: fc.constantFrom<Json>(null, true, false, 0, -0, 1.5, 1e21) },
  { weight: 1, arbitrary: jsons },
)

const SHARED: Json = { name: '{{shared}}', list: [1, { $: '$&' }], 'é\u2028': null }

/** Rows of a batch: members that come and go, lists of any length, an object that all have in common, and its like. */
const rows = fc
  .record(
    {
      '@context': fc.constant<Json>(['a', 'b']),
      id: leaves,
      shared: fc.constantFrom<Json>(SHARED, { ...(SHARED as Record<string, Json>) }, 'none'),
      subject: fc.record(
        { givenName: leaves, é: leaves, achievement: fc.constant(SHARED), list: fc.array(leaves) },
        { requiredKeys: ['achievement'] },
      ),
      '\u{1f602}': leaves,
    },
    { requiredKeys: ['@context', 'id', 'shared'] },
  )
  .map((row): Json => row)

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8')

function expectSame(print: Print, json: Json): void {
  const plain = (() => {
    try {
      return text(canonicalBytes(json))
    } catch {
      return refusalOf(() => canonicalBytes(json))
    }
  })()
  const ours = (() => {
    try {
      return text(print(json))
    } catch {
      return refusalOf(() => print(json))
    }
  })()
  expect(ours).to.equal(plain)
}

describe('the printer of what is shared', () => {
  it('prints every document of a batch as the plain printer does', () => {
    fc.assert(
      fc.property(fc.array(rows, { minLength: 1, maxLength: 30 }), (batch) => {
        const print = sharingPrinter()
        for (const json of [...batch, ...batch]) expectSame(print, json)
      }),
    )
  })

  it('prints anything at all so, whatever came before', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(rows, jsons), { maxLength: 30 }), (list) => {
        const print = sharingPrinter()
        for (const json of list) expectSame(print, json)
      }),
    )
  })

  it('goes on when there is more than it can learn', () => {
    const print = sharingPrinter()
    for (let round = 0; round < 600; round++) {
      const json: Json = { [`n${round % 20}`]: round, a: SHARED, b: { c: [`${round}`] } }
      expectSame(print, json)
    }
  })

  it('prints long documents, and long values in them', () => {
    const print = sharingPrinter()
    const long = { text: '’é'.repeat(20_000), list: [{ deep: 'x'.repeat(9000) }] }
    for (let round = 0; round < 4; round++) {
      expectSame(print, { a: `${round}`, long, z: 'é'.repeat(10_000 * round), zz: long })
    }
  })

  it('refuses what the plain printer refuses, where it was and where it was not the same', () => {
    const print = sharingPrinter()
    const row = (change: object): Json => {
      return { id: 'x', fixed: { a: 1, list: [1, 2] }, ...change }
    }
    for (const id of ['a', 'b', 'c']) expectSame(print, row({ id }))
    const bad: unknown[] = [
      Number.NaN,
      '\ud800',
      [undefined],
      [1, , 2], // eslint-disable-line no-sparse-arrays
      undefined,
      new Date(0),
      new Map([['a', 1]]),
      Object.assign(new Date(0), { a: 1, list: [1, 2] }),
      1n,
    ]
    for (const value of bad) {
      for (const name of ['id', 'fixed']) expectSame(print, row({ [name]: value }))
      expectSame(print, row({ fixed: { a: value, list: [1, 2] } }))
      expectSame(print, row({ fixed: { a: 1, list: [1, value] } }))
    }
    expectSame(print, row({ id: 'd' }))
  })

  it('freezes what it has printed once for all, so that it stays what it is', () => {
    const print = sharingPrinter()
    const fixed = { a: [{ b: 1 }] }
    for (const id of ['1', '2', '3']) print({ id, fixed })
    expect(() => Object.assign(fixed.a[0] ?? {}, { b: 2 })).to.throw(TypeError)
    expect(text(print({ id: '4', fixed }))).to.equal('{"fixed":{"a":[{"b":1}]},"id":"4"}')
  })
})
