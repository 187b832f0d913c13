/** Defends the strict reader: what two readers could take for different things is refused, and where is said. */
import { expect } from 'chai'
import canonicalize from 'canonicalize'
import fc from 'fast-check'
import {
  canonicalText,
  MAX_DEPTH,
  parseJson,
  parseJsonText,
  readJson,
} from '../../src/primitives/json.ts'
import type { Json } from '../../src/primitives/json.ts'
import { refusalOf } from '../support/errors.ts'
import { jsons, nearlyJson, readVectors } from '../support/json.ts'
import { patiently } from '../support/patience.ts'

interface Case {
  readonly comment: string
  readonly text?: string
  readonly hex?: string
}

interface Accepted extends Case {
  readonly canonical: string
}

interface Refused extends Case {
  readonly code: string
  readonly field: string
}

const { cases: accepted } = readVectors('json/accepted.json') as { cases: Accepted[] }
const { cases: refused } = readVectors('json/refused.json') as { cases: Refused[] }

function bytesOf({ text, hex }: Case): Uint8Array {
  return Uint8Array.from(hex === undefined ? Buffer.from(text ?? '') : Buffer.from(hex, 'hex'))
}

/** Every object inside a value, itself included. */
function objectsIn(json: Json): object[] {
  if (typeof json !== 'object' || json === null) return []
  const inner = Object.values(json).flatMap((value: Json | undefined) => objectsIn(value ?? null))
  return Array.isArray(json) ? inner : [json, ...inner]
}

describe('the strict reader', () => {
  describe('accepts', () => {
    for (const one of accepted) {
      it(one.comment, () => {
        const json = parseJson(bytesOf(one))
        expect(canonicalText(json)).to.equal(one.canonical)
        expect(canonicalize(json)).to.equal(one.canonical)
      })
    }
  })

  describe('refuses', () => {
    for (const one of refused) {
      it(`${one.comment} ${JSON.stringify(one.text?.slice(0, 40) ?? one.hex)}`, () => {
        expect(refusalOf(() => parseJson(bytesOf(one)))).to.equal(`${one.code} at ${one.field}`)
      })
    }
  })

  it('earns each code of its own in some vector', () => {
    expect([...new Set(refused.map(({ code }) => code))].sort()).to.deep.equal([
      'byte-order-mark',
      'duplicate-key',
      'forbidden-key',
      'lone-surrogate',
      'not-json',
      'not-utf8',
      'number-not-exact',
      'too-deep',
    ])
  })

  it('gives objects that inherit nothing', () => {
    const json = parseJsonText('{"a":[{"toString":{}}],"constructor":{"prototype":{}}}')
    const objects = objectsIn(json)
    expect(objects).to.have.length(5)
    for (const object of objects) expect(Object.getPrototypeOf(object)).to.equal(null)
  })

  it('never meets the end of the stack, however deep a text goes', () => {
    for (const depth of [MAX_DEPTH + 1, 5_000, 1_000_000]) {
      const arrays = refusalOf(() => parseJsonText('['.repeat(depth)))
      expect(arrays).to.equal(`too-deep at ${'/0'.repeat(MAX_DEPTH)}`)
      const objects = refusalOf(() => parseJsonText('{"a":'.repeat(depth)))
      expect(objects).to.equal(`too-deep at ${'/a'.repeat(MAX_DEPTH)}`)
      expect(refusalOf(() => parseJsonText(`${'['.repeat(MAX_DEPTH)}{}`))).to.contain('too-deep')
    }
  })

  it('reads a name as it stands, whatever names it has met before', () => {
    const names = ['\\', '"', '\n', '/', 'A', '\\\\', '\\n', '\\"']
    const spelt = [
      '"\\\\"',
      '"\\""',
      '"\\n"',
      '"\\/"',
      '"\\u0041"',
      '"\\\\\\\\"',
      '"\\\\n"',
      '"\\\\\\""',
    ]
    for (let round = 0; round < 3; round++) {
      const read = spelt.map((name) => Object.keys(parseJsonText(`{"a":1,${name}:2}`) ?? {})[1])
      expect(read).to.deep.equal(names)
    }
  })

  it('counts depth, not length', () => {
    const flat = `[${'[[]],'.repeat(1000)}{}]`
    expect(parseJsonText(flat)).to.have.length(1001)
  })
})

describe('whatever the text,', () => {
  it('what is accepted is what JSON.parse reads, and what is no JSON, JSON.parse refuses', () => {
    const seen = { accepted: 0, syntax: 0, strict: 0 }
    fc.assert(
      fc.property(nearlyJson, (text) => {
        fc.pre(!text.includes('"\\\\"'))
        const answer = refusalOf(() => {
          expect(canonicalize(parseJsonText(text))).to.equal(canonicalize(JSON.parse(text)))
        })
        const standard = refusalOfStandard(text)
        if (answer === 'accepted') {
          seen.accepted += 1
          expect(standard).to.equal('accepted')
        } else if (answer.startsWith('not-json')) {
          seen.syntax += 1
          expect(standard).to.equal('refused')
        } else seen.strict += 1
      }),
      { numRuns: 3000 },
    )
    for (const [kind, times] of Object.entries(seen)) expect(times, kind).to.be.greaterThan(5)
  })

  it('knows of any text whether it is in canonical form', () => {
    const seen = { canonical: 0, another: 0 }
    const look = (text: string): void => {
      if (refusalOf(() => parseJsonText(text)) !== 'accepted') return
      const { json, isCanonical } = readJson(Buffer.from(text))
      expect(json).to.deep.equal(parseJsonText(text))
      expect(isCanonical, text).to.equal(canonicalText(json) === text)
      seen[isCanonical ? 'canonical' : 'another'] += 1
    }
    for (const one of accepted) look(Buffer.from(bytesOf(one)).toString())
    const others = [
      '{"b":1,"a":2}',
      '{"a":1 }',
      '1.0',
      '1e3',
      '"\\/"',
      '"\\u0041"',
      '{"":1,"a":[]}',
    ]
    for (const text of others) look(text)
    fc.assert(fc.property(nearlyJson, look), { numRuns: 2000 })
    fc.assert(
      fc.property(jsons, (json) => {
        look(canonicalText(json))
        look(JSON.stringify(json))
      }),
    )
    expect(seen.canonical).to.be.greaterThan(200)
    expect(seen.another).to.be.greaterThan(50)
  })

  it('bytes of any kind are accepted or refused with a code, nothing else', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        expect(refusalOf(() => parseJson(bytes))).to.be.a('string')
      }),
    )
  })

  it('half a megabyte is read in no more than a moment', () => {
    const size = 500_000
    const hostile: Record<string, string> = {
      'white space': `${' '.repeat(size)}1`,
      'many members': `{${Array.from({ length: size / 10 }, (_, i) => `"k${i}":1`).join()}}`,
      'numbered members': `{${Array.from({ length: size / 10 }, (_, i) => `"${i * 7}":1`).join()}}`,
      'escapes only': `"${'\\u0061'.repeat(size / 6)}"`,
      'backslashes without an end': `"${'\\\\'.repeat(size / 2)}`,
      'a text without an end': `"${'a'.repeat(size)}`,
      'empty arrays': `[${'[],'.repeat(size / 3)}1]`,
      'a long whole number': '1'.repeat(size),
      'a long fraction': `0.${'3'.repeat(size)}`,
      'zeros behind the point': `1.${'0'.repeat(size)}`,
      'zeros in the exponent': `1e-${'0'.repeat(size)}`,
      'nines in the exponent': `0e${'9'.repeat(size)}`,
      'zeros taken back by the exponent': `5${'0'.repeat(size)}e-${size}`,
      'one long name twice': `{"${'a'.repeat(size / 2)}":1,"${'a'.repeat(size / 2)}":2}`,
    }
    for (const [name, text] of Object.entries(hostile)) {
      const start = performance.now()
      refusalOf(() => canonicalText(parseJsonText(text)))
      // What takes a time that grows with the square of its length takes minutes.
      expect(performance.now() - start, name).to.be.lessThan(patiently(2000))
    }
  })
})

function refusalOfStandard(text: string): 'accepted' | 'refused' {
  try {
    JSON.parse(text)
    return 'accepted'
  } catch {
    return 'refused'
  }
}
