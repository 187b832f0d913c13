/** Defends the canonical form: one text for each value, the one that RFC 8785 gives. */
import { runInNewContext } from 'node:vm'
import { expect } from 'chai'
import canonicalize from 'canonicalize'
import fc from 'fast-check'
import { FormatError } from '../../src/primitives/errors.ts'
import { canonicalText, parseJsonText } from '../../src/primitives/json.ts'
import type { Json } from '../../src/primitives/json.ts'
import { refusalOf } from '../support/errors.ts'
import { jsons } from '../support/json.ts'

describe('JCS', () => {
  it('of what was read is read as the same', () => {
    fc.assert(
      fc.property(jsons, (json) => {
        const text = canonicalText(json)
        const again = parseJsonText(text)
        expect(canonicalText(again)).to.equal(text)
        expect(JSON.parse(text)).to.deep.equal(JSON.parse(JSON.stringify(json)))
      }),
    )
  })

  it('is what another implementation prints', () => {
    fc.assert(
      fc.property(jsons, (json) => {
        expect(canonicalText(json)).to.equal(canonicalize(json))
      }),
    )
  })

  it('does not depend on order, white space or spelling', () => {
    fc.assert(
      fc.property(jsons, fc.constantFrom(0, 1, '\t'), (json, indent) => {
        expect(canonicalText(parseJsonText(respelt(json, indent)))).to.equal(canonicalText(json))
      }),
    )
  })

  it('orders members by UTF-16 code units, not by characters', () => {
    const names = ['\ufb33', '\u{1f602}', '\u20ac', '\u00e9', 'z', 'A', '10', '9', '', '\u007f']
    const units = (name: string): number[] =>
      Array.from({ length: name.length }, (_, at) => name.charCodeAt(at))
    const ordered = names.toSorted((a, b) => {
      const [left, right] = [units(a), units(b)]
      const at = left.findIndex((unit, place) => unit !== right[place])
      return at < 0 ? left.length - right.length : (left[at] ?? 0) - (right[at] ?? -1)
    })
    const text = canonicalText(Object.fromEntries(names.map((name) => [name, 0])))
    expect(text).to.equal(`{${ordered.map((name) => `${JSON.stringify(name)}:0`).join()}}`)
    expect(ordered.indexOf('\u{1f602}')).to.be.lessThan(ordered.indexOf('\ufb33'))
  })

  it('leaves out members that are undefined, as a copy without them would', () => {
    expect(canonicalText({ a: undefined, b: 1, c: undefined })).to.equal('{"b":1}')
    expect(canonicalText({ a: undefined })).to.equal('{}')
  })

  it('refuses what JSON cannot hold', () => {
    const bad: readonly (readonly [unknown, string])[] = [
      [Number.NaN, 'number-not-exact'],
      [[Number.POSITIVE_INFINITY], 'number-not-exact'],
      [{ a: '\ud800' }, 'lone-surrogate'],
      [{ '\udc00': 1 }, 'lone-surrogate'],
      [undefined, 'wrong-type'],
      [[undefined], 'wrong-type'],
      [[1, , 2], 'wrong-type'], // eslint-disable-line no-sparse-arrays
      [1n, 'wrong-type'],
      [Symbol('a'), 'wrong-type'],
      [{ toJSON: () => 'other' }, 'wrong-type'],
      [new Date(0), 'wrong-type'],
      [new Map([['a', 1]]), 'wrong-type'],
      [new FormatError('not-json', '', ''), 'wrong-type'],
    ]
    for (const [value, code] of bad) {
      expect(refusalOf(() => canonicalText(value as Json))).to.equal(`${code} at `)
    }
  })

  it('prints objects that inherit nothing, and those of another realm', () => {
    const bare = Object.assign(Object.create(null) as Record<string, Json>, { b: 1, a: 2 })
    expect(canonicalText(bare)).to.equal('{"a":2,"b":1}')
    const foreign = runInNewContext('({ b: [1], a: {} })') as Json
    expect(canonicalText(foreign)).to.equal('{"a":{},"b":[1]}')
  })
})

/** JSON of the same value, members reversed, characters escaped, whole numbers with a fraction. */
function respelt(json: Json, indent: string | number): string {
  const reversed = JSON.stringify(
    json,
    (_, value: unknown) =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).reverse())
        : value,
    indent,
  )
  return reversed.replaceAll(/[\u007f-\uffff]/g, (unit) => {
    return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
  })
}
