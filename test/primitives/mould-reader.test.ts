/** Defends the reader of batches: whatever it has learned, it takes what the plain reader takes, for the same value. */
import { expect } from 'chai'
import fc from 'fast-check'
import { canonicalText, parseJson } from '../../src/primitives/json.ts'
import type { Json } from '../../src/primitives/json.ts'
import { sharingReader } from '../../src/primitives/mould-reader.ts'
import type { Reads } from '../../src/primitives/mould-reader.ts'
import { refusalOf } from '../support/errors.ts'
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

/** Whether the plain reader takes the bytes for this value. */
function plainly(bytes: Uint8Array, json: Json): boolean {
  let read: Json
  try {
    read = parseJson(bytes)
  } catch {
    return false
  }
  return canonicalText(read) === canonicalText(json)
}

function expectSame(reads: Reads, text: string | Uint8Array, json: Json): void {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text
  expect(reads(bytes, json)).to.equal(plainly(bytes, json))
}

describe('the reader of what is shared', () => {
  it('takes every document of a batch for itself, and for no other that says something else', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(rows, jsons), { maxLength: 20 }), (batch) => {
        const reads = sharingReader()
        for (const json of [...batch, ...batch]) {
          expect(reads(Buffer.from(canonicalText(json)), json)).to.equal(true)
          expectSame(reads, `${canonicalText(json)} \n`, json)
          for (const other of batch) expectSame(reads, canonicalText(other), json)
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
          const reads = sharingReader()
          for (const json of batch) expectSame(reads, canonicalText(json), json)
          for (const json of batch) {
            const text = Buffer.from(canonicalText(json))
            const at = place % text.length
            text[at] = byte
            expectSame(reads, isCut ? text.subarray(0, at) : text, json)
          }
        },
      ),
    )
  })

  it('takes other spellings, other orders and deep values as the plain reader does', () => {
    const reads = sharingReader()
    const nested = (levels: number): Json => (levels === 0 ? [] : [nested(levels - 1)])
    const of = (id: Json, list: Json, a: Json = 1): Json => ({ id, list: [list], z: { a } })
    for (const id of ['1', '2', '3']) expectSame(reads, canonicalText(of(id, id)), of(id, id))
    const four = of('4', '4')
    for (const text of [
      '{"id":"4","list":["4"],"z":{"a":1}}',
      '{"id":"4","list":["4"],"z":{"a":1}}x',
      '{"id":"4","list":["4"],"z":{"a":1},"id":"4"}',
      '{"list":["4"],"id":"4","z":{"a":1}}',
      '{"id":"\\u0034","list":["4"],"z":{"a":1}}',
      '{"id":"\\ud800","list":["4"],"z":{"a":1}}',
      '{"id":04,"list":["4"],"z":{"a":1}}',
      '{"id":4,"list":["4"],"z":{"a":1}}',
      '{"id":"4","list":["4"],"z":{"a":1.0}}',
      '{ "id":"4","list":["4"],"z":{"a":1}}',
      '\ufeff{"id":"4","list":["4"],"z":{"a":1}}',
    ]) {
      expectSame(reads, text, four)
    }
    for (const json of [
      of(nested(30), '4'),
      of(nested(31), '4'),
      of('4', nested(29)),
      of('4', nested(30)),
      of(0, -0),
      of(null, null),
    ]) {
      expectSame(reads, canonicalText(json), json)
    }
  })

  it('learns nothing from a document that is too deep to be read', () => {
    const reads = sharingReader()
    const nested = (levels: number): Json => (levels === 0 ? 'x' : [nested(levels - 1)])
    for (const id of ['1', '2', '3']) {
      const json = { deep: nested(40), id }
      expect(reads(Buffer.from(canonicalText(json)), json)).to.equal(false)
    }
  })

  it('throws for a value that no text can hold', () => {
    const reads = sharingReader()
    for (const id of ['1', '2', '\ud800']) {
      const json = { fixed: SHARED, id }
      const text = Buffer.from(JSON.stringify(json))
      const said = refusalOf(() => reads(text, json))
      expect(said).to.match(id.isWellFormed() ? /^accepted$/ : /^lone-surrogate /)
    }
  })
})
