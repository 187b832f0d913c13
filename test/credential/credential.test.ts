import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import {
  issuerId,
  issuerName,
  parseCredential,
  title,
  validFrom,
  validUntil,
} from '../../src/credential/credential.ts'
import { parseJsonText } from '../../src/primitives/json.ts'
import type { Json } from '../../src/primitives/json.ts'
import { instantOfSeconds } from '../../src/primitives/time.ts'
import { refusalOf } from '../support/errors.ts'
import { changed } from './changed.ts'
import type { Change } from './changed.ts'

type Vectors = {
  readonly minimal: Json
  readonly accepted: readonly (Change & { comment: string })[]
  readonly refused: readonly (Change & { comment: string; code: string; field: string })[]
}

const VECTORS = JSON.parse(
  readFileSync(new URL('../vectors/credential/refused.json', import.meta.url), 'utf8'),
) as Vectors

describe('a credential', () => {
  const { minimal, accepted, refused } = VECTORS

  it('is read as it stands', () => {
    expect(parseCredential(minimal)).to.deep.equal(minimal)
  })

  it('tells its issuer, its title and its period', () => {
    const credential = parseCredential(minimal)
    expect(issuerId(credential)).to.equal('did:web:organisme.example')
    expect(issuerName(credential)).to.equal('Organisme')
    expect(title(credential)).to.equal('Souder à l’arc TIG')
    expect(validFrom(credential)).to.equal(instantOfSeconds(Date.UTC(2026, 5, 11, 22) / 1000))
    expect(validUntil(credential)).to.equal(instantOfSeconds(Date.UTC(2031, 5, 11, 22) / 1000))
  })

  it('may name its issuer by a text, and have no end', () => {
    const short = changed(minimal, { at: '/issuer', value: 'did:web:organisme.example' })
    const credential = parseCredential(changed(short, { at: '/validUntil' }))
    expect(issuerId(credential)).to.equal('did:web:organisme.example')
    expect(issuerName(credential)).to.equal(undefined)
    expect(validUntil(credential)).to.equal(undefined)
  })

  for (const change of accepted) {
    it(`may have ${change.comment}`, () => {
      const credential = changed(minimal, change)
      expect(parseCredential(credential)).to.deep.equal(credential)
    })
  }

  for (const { comment, code, field, ...change } of refused) {
    it(`is refused: ${comment}`, () => {
      const credential = changed(minimal, change)
      expect(refusalOf(() => parseCredential(credential))).to.equal(`${code} at ${field}`)
    })
  }

  it('is one object', () => {
    for (const json of [null, [], 'credential', 1, true] as const) {
      expect(refusalOf(() => parseCredential(json))).to.equal('wrong-type at ')
    }
  })

  it('cannot carry a prototype, whoever made the object', () => {
    const member = { at: '/credentialSubject/__proto__', value: { givenName: 'Eve' } }
    const expected = 'forbidden-key at /credentialSubject/__proto__'
    const made = changed(minimal, member)
    expect(refusalOf(() => parseCredential(made))).to.equal(expected)
    expect(refusalOf(() => parseJsonText(JSON.stringify(made)))).to.match(/^forbidden-key /)
    const top = changed(minimal, { at: '/__proto__', value: {} })
    expect(refusalOf(() => parseCredential(top))).to.equal('forbidden-key at /__proto__')
  })

  it('is refused beyond the depth of the reader, not overflowed', () => {
    const nested = (levels: number): Json => (levels === 0 ? 'x' : [nested(levels - 1)])
    const at = (levels: number): (() => unknown) => {
      const credential = changed(minimal, { at: '/evidence', value: nested(levels) })
      return () => parseCredential(credential)
    }
    expect(at(31)).to.not.throw()
    expect(refusalOf(at(32))).to.match(/^too-deep /)
  })

  describe('of which a part cannot change, and is met again', () => {
    const frozen = (json: Json): Json => {
      if (typeof json !== 'object' || json === null) return json
      for (const member of Object.values(json) as Json[]) frozen(member)
      return Object.freeze(json)
    }
    const refused = (evidence: Json): string =>
      refusalOf(() => parseCredential(changed(minimal, { at: '/evidence', value: evidence })))

    it('is refused each time for what is wrong with that part', () => {
      const part = frozen([{ ok: { '@id': 'x' } }])
      for (let time = 0; time < 3; time += 1)
        expect(refused(part)).to.equal('forbidden-key at /evidence/0/ok/@id')
    })

    it('is refused where the part stands too deep, though it stood less deep before', () => {
      const nested = (levels: number, inside: Json): Json =>
        levels === 0 ? inside : [nested(levels - 1, inside)]
      const part = frozen(nested(20, 'x'))
      for (const levels of [0, 11, 5]) {
        const credential = changed(minimal, { at: '/evidence', value: nested(levels, part) })
        expect(() => parseCredential(credential), `${levels}`).to.not.throw()
      }
      expect(refused(nested(12, part))).to.match(/^too-deep /)
    })

    it('is read anew where only its outside is frozen', () => {
      const inside: Record<string, Json> = { ok: true }
      const part = Object.freeze([inside])
      parseCredential(changed(minimal, { at: '/evidence', value: part }))
      inside['@id'] = 'x'
      expect(refused(part)).to.equal('forbidden-key at /evidence/0/@id')
    })
  })
})
