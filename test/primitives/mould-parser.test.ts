/** Defends the reader of batches: whatever it has learned, it reads what the plain reader reads, and refuses the same. */
import { expect } from 'chai'
import fc from 'fast-check'
import { canonicalText, parseJson } from '../../src/primitives/json.ts'
import type { Json } from '../../src/primitives/json.ts'
import { sharingParser } from '../../src/primitives/mould-parser.ts'
import type { Parse } from '../../src/primitives/mould-parser.ts'
import { jsons } from '../support/json.ts'

const SHARED: Json = { name: '{{shared}}', list: [1, { $: '$&' }], 'é\u2028': null }
const values: fc.Arbitrary<Json> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('', '","z":"', '"', '\\', 'e\u0301', '\u{1f602}', '}') },
  { weight: 2, arbitrary: jsons },
)
const rows = fc
  .record(
    { id: values, shared: fc.constant(SHARED), list: fc.tuple(values, values), z: values },
    { requiredKeys: ['id', 'shared'] },
  )
  .map((row): Json => row)

/** What a reader says of bytes: the value with its prototypes, or the whole of its refusal. */
function saidBy(parse: Parse, bytes: Uint8Array): unknown {
  try {
    return described(parse(bytes))
  } catch (error) {
    return String(error) + JSON.stringify(error)
  }
}

function described(json: Json): unknown {
  if (typeof json !== 'object' || json === null) return Object.is(json, -0) ? '-0' : json
  if (Array.isArray(json)) return json.map(described)
  expect(Object.getPrototypeOf(json)).to.equal(null)
  return Object.entries(json).map(([name, member]) => [name, described(member ?? null)])
}

function expectSame(parse: Parse, text: string | Uint8Array): void {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text
  expect(saidBy(parse, bytes)).to.deep.equal(saidBy(parseJson, bytes))
}

describe('the reader of what is shared', () => {
  it('reads every document of a batch as the plain reader does, padded or not', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(rows, jsons), { maxLength: 30 }), (batch) => {
        const parse = sharingParser()
        for (const json of [...batch, ...batch]) {
          expectSame(parse, canonicalText(json))
          expectSame(parse, `${canonicalText(json)} \n`)
        }
      }),
    )
  })

  it('says of a text with any change what the plain reader says', () => {
    const bytes = fc.constantFrom(...Buffer.from('"{}[],:\\ 0-a\n'), 0, 0xff, 0xc3)
    fc.assert(
      fc.property(
        fc.array(rows, { minLength: 4, maxLength: 8 }),
        fc.nat(),
        bytes,
        fc.boolean(),
        (batch, place, byte, isCut) => {
          const parse = sharingParser()
          for (const json of batch) expectSame(parse, canonicalText(json))
          for (const json of batch) {
            const text = Buffer.from(canonicalText(json))
            const at = place % text.length
            text[at] = byte
            expectSame(parse, isCut ? text.subarray(0, at) : text)
          }
        },
      ),
    )
  })

  it('reads other spellings, other orders and deep values as the plain reader does', () => {
    const parse = sharingParser()
    const deep = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels)
    for (const id of ['1', '2', '3'])
      expectSame(parse, `{"id":"${id}","list":["${id}"],"z":{"a":1}}`)
    for (const text of [
      '{"id":"4","list":["4"],"z":{"a":1}}',
      '{"id":"4","list":["4"],"z":{"a":1}}x',
      '{"id":"4","list":["4"],"z":{"a":1},"id":"5"}',
      '{"list":["4"],"id":"4","z":{"a":1}}',
      '{"id":"\\u0034","list":["\\/"],"z":{"a":1}}',
      '{"id":"\\ud800","list":["4"],"z":{"a":1}}',
      '{"id":01,"list":["4"],"z":{"a":1}}',
      '{"id":1.0,"list":[1e400],"z":{"a":1.0}}',
      '{ "id":"4","list":["4"],"z":{"a":1}}',
      `{"id":${deep(31)},"list":["4"],"z":{"a":1}}`,
      `{"id":${deep(32)},"list":["4"],"z":{"a":1}}`,
      `{"id":"4","list":[${deep(30)}],"z":{"a":1}}`,
      `{"id":"4","list":[${deep(31)}],"z":{"a":1}}`,
      '\ufeff{"id":"4","list":["4"],"z":{"a":1}}',
    ]) {
      expectSame(parse, text)
    }
  })

  it('gives what documents share once, frozen, and makes the rest for each', () => {
    const parse = sharingParser()
    const read = (id: string): Record<string, unknown> =>
      parse(Buffer.from(`{"fixed":{"a":[{"b":1}]},"id":"${id}","list":["${id}"]}`)) as Record<
        string,
        unknown
      >
    for (const id of ['1', '2']) read(id)
    const [three, four] = [read('3'), read('4')]
    expect(three['fixed']).to.equal(four['fixed'])
    expect(Object.isFrozen(three['fixed'])).to.equal(true)
    expect(three['list']).to.deep.equal(['3'])
    expect(three).not.to.equal(four)
  })
})
