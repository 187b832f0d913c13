import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import fc from 'fast-check'
import {
  DEFAULT_HIDABLE_NAMES,
  nameOf,
  parsePointer,
  pointerOfName,
} from '../../src/credential/pointer.ts'
import { refusalOf } from '../support/errors.ts'

const VECTORS = JSON.parse(
  readFileSync(new URL('../vectors/credential/pointers.json', import.meta.url), 'utf8'),
) as {
  readonly accepted: readonly { pointer: string; name: string }[]
  readonly refused: readonly { pointer: unknown; comment: string; code: string }[]
}

describe('a hidable pointer', () => {
  for (const { pointer, name } of VECTORS.accepted) {
    it(`${pointer} leads to ${name}`, () => {
      expect(nameOf(parsePointer(pointer, '/hidable/0'))).to.equal(name)
      expect(pointerOfName(name)).to.equal(pointer)
    })
  }

  for (const { pointer, comment, code } of VECTORS.refused) {
    it(`is not ${String(pointer).slice(0, 40)} (${comment})`, () => {
      const refusal = refusalOf(() => parsePointer(pointer, '/hidable/0'))
      expect(refusal).to.equal(`${code} at /hidable/0`)
    })
  }

  it('is not half a character', () => {
    const half = `/credentialSubject/a${String.fromCharCode(0xd800)}`
    expect(refusalOf(() => parsePointer(half, 'x'))).to.equal('bad-pointer at x')
  })

  it('comes back from its name, whatever the name', () => {
    const names = fc
      .string({ unit: 'binary', minLength: 1, maxLength: 40 })
      .filter((name) => !/^(@|id$|type$|achievement$|__proto__$)/.test(name))
    fc.assert(fc.property(names, (name) => nameOf(pointerOfName(name)) === name))
  })

  it('has a default list of six claims', () => {
    expect(DEFAULT_HIDABLE_NAMES.map((name) => pointerOfName(name))).to.have.length(6)
  })
})
