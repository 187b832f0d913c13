/** Defends the answer to JSON of another shape: the first thing that does not fit, with its code and its place. */
import { expect } from 'chai'
import { z } from 'zod'
import {
  FormatError,
  invariant,
  InvariantError,
  UnavailableError,
} from '../../src/primitives/errors.ts'
import { parseJsonText } from '../../src/primitives/json.ts'
import { parseShape, pointerOf } from '../../src/primitives/shape.ts'
import { refusalOf } from '../support/errors.ts'

const schema = z.strictObject({
  kind: z.literal('thing/1'),
  name: z.string().min(1).max(5),
  count: z.int().min(0).max(9).optional(),
  'a/b~c': z.array(z.boolean()).max(2).optional(),
  choice: z
    .union([
      z.strictObject({ left: z.strictObject({ deep: z.string() }) }),
      z.strictObject({ right: z.string() }),
    ])
    .optional(),
  either: z.union([z.string(), z.boolean()]).optional(),
})

const GOOD = { kind: 'thing/1', name: 'a' }

function answerTo(change: Record<string, unknown>, field?: string): string {
  const json = parseJsonText(JSON.stringify({ ...GOOD, ...change }))
  return refusalOf(() => parseShape(schema, json, field))
}

describe('a shape', () => {
  it('gives what fits', () => {
    expect(parseShape(schema, parseJsonText(JSON.stringify(GOOD)))).to.deep.equal(GOOD)
    expect(answerTo({ choice: { right: 'x' }, 'a/b~c': [true] })).to.equal('accepted')
  })

  it('names what does not, and where', () => {
    expect(answerTo({ extra: 1 })).to.equal('unknown-member at /extra')
    expect(answerTo({ name: undefined })).to.equal('missing-member at /name')
    expect(answerTo({ kind: undefined })).to.equal('missing-member at /kind')
    expect(answerTo({ name: 1 })).to.equal('wrong-type at /name')
    expect(answerTo({ name: null })).to.equal('wrong-type at /name')
    expect(answerTo({ name: '' })).to.equal('out-of-range at /name')
    expect(answerTo({ name: '123456' })).to.equal('out-of-range at /name')
    expect(answerTo({ count: 10 })).to.equal('out-of-range at /count')
    expect(answerTo({ kind: 'thing/2' })).to.equal('wrong-value at /kind')
    expect(answerTo({ 'a/b~c': [true, 0] })).to.equal('wrong-type at /a~1b~0c/1')
    expect(answerTo({ name: 1 }, '/profile')).to.equal('wrong-type at /profile/name')
    expect(refusalOf(() => parseShape(schema, null))).to.equal('wrong-type at ')
  })

  it('names the place in the alternative that came furthest', () => {
    expect(answerTo({ choice: { left: { deep: 1 } } })).to.equal('wrong-type at /choice/left/deep')
    expect(answerTo({ either: 1 })).to.equal('wrong-value at /either')
  })

  it('writes pointers as RFC 6901 does', () => {
    expect(pointerOf([])).to.equal('')
    expect(pointerOf(['a', 0, '', '~1/'])).to.equal('/a/0//~01~1')
  })
})

describe('errors', () => {
  it('are of three kinds, each with what is needed to answer', () => {
    const cause = new Error('socket hang up')
    const world = new UnavailableError('unreachable', 'no answer', { cause })
    expect(world).to.include({ name: 'UnavailableError', code: 'unreachable', cause })
    const input = new FormatError('bad-time', '/validFrom', 'no time')
    expect(input).to.include({ name: 'FormatError', code: 'bad-time', field: '/validFrom' })
    expect(() => {
      invariant(false, 'a promise')
    }).to.throw(InvariantError, 'a promise')
    invariant(true, 'nothing happens')
  })
})
