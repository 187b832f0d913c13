/** Defends the canonical form against the input/output pairs published with RFC 8785. */
import { expect } from 'chai'
import { canonicalBytes, parseJson } from '../../src/primitives/json.ts'
import type { Json } from '../../src/primitives/json.ts'
import { refusalOf } from '../support/errors.ts'
import { readVectorBytes } from '../support/json.ts'

const PAIRS = ['arrays', 'french', 'structures', 'unicode', 'values', 'weird']
/** Has 333333333.33333329, 1E30 and other numbers that are not what JCS prints for them. */
const REFUSED: Record<string, string> = { values: 'number-not-exact at /numbers/0' }

describe('the pairs of RFC 8785', () => {
  for (const name of PAIRS) {
    const input = readVectorBytes(`json/rfc8785/input/${name}.json`)
    const output = readVectorBytes(`json/rfc8785/output/${name}.json`)

    it(`${name}: prints as published`, () => {
      const json = JSON.parse(input.toString('utf8')) as Json
      expect(Buffer.from(canonicalBytes(json)).toString('utf8')).to.equal(output.toString('utf8'))
    })

    it(`${name}: the strict reader ${name in REFUSED ? 'refuses it' : 'gives the same'}`, () => {
      const answer = refusalOf(() => {
        expect(Buffer.from(canonicalBytes(parseJson(input))).equals(output)).to.equal(true)
      })
      expect(answer).to.equal(REFUSED[name] ?? 'accepted')
    })
  }
})
