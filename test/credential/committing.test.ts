/** Defends commitments made in numbers: each is the one that SPEC's own way gives, whatever was committed to before. */
import { expect } from 'chai'
import fc from 'fast-check'
import {
  canonicalBytes,
  commitmentCutter,
  committer,
  parseAddress,
  parsePointer,
  saltBytesOf,
} from '../../src/index.ts'
import type { Committing, Json } from '../../src/index.ts'
import { plainCommitment } from '../support/commitment.ts'
import { refusalOf } from '../support/errors.ts'
import { jsons, texts } from '../support/json.ts'

const NAMES = ['email', 'givenName', 'birthDate', 'identifier', 'result', 'narrative']
const BATCH: Committing = {
  home: `eip155:31337:0x${'5a'.repeat(20)}`,
  issuer: parseAddress(`0x${'1b'.repeat(20)}`, 'issuer'),
  pointers: NAMES.map((name) => parsePointer(`/credentialSubject/${name}`, 'pointers')),
}
const SHARED: Json = { name: '{{shared}}', 'é\u2028': [null, { $: '$&' }] }

const seeds = fc.uint8Array({ minLength: 32, maxLength: 32 })
const values = fc.oneof(jsons, texts, fc.constantFrom('{{salt}}', '$&', '"', '\u2028', '\u{1f602}'))
const subjects = fc.record(Object.fromEntries(NAMES.map((name) => [name, values])), {
  requiredKeys: [],
})
const credentials = fc
  .record({ id: texts, subject: subjects, more: jsons })
  .map(({ id, subject, more }) => ({
    '@context': SHARED,
    id,
    credentialSubject: { ...subject, achievement: SHARED, more },
    validFrom: '2026-06-15T08:00:00Z',
  }))

describe('a committer', () => {
  it('gives the commitment of each credential, one after the other', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(credentials, seeds), { maxLength: 6 }), (list) => {
        const commit = committer(BATCH)
        for (const [credential, seed] of list) {
          expect(commit(credential, seed)).to.deep.equal(plainCommitment(BATCH, credential, seed))
        }
      }),
    )
  })

  it('gives what is cut from the same credential’s bytes, where they can be cut', () => {
    const commit = committer(BATCH)
    const cut = commitmentCutter(BATCH)
    let count = 0
    fc.assert(
      fc.property(credentials, seeds, (credential, seed) => {
        const salts = saltBytesOf(seed, BATCH.pointers.length)
        const found = cut(canonicalBytes(credential), salts)
        if (found === undefined) return
        count += 1
        expect(commit(credential, seed)).to.deep.equal(found)
      }),
    )
    expect(count).to.be.greaterThan(10)
  })

  it('commits to claims that are not there as to nulls, and to none at all', () => {
    const seed = new Uint8Array(32).fill(7)
    const credential = { credentialSubject: { achievement: SHARED } }
    for (const batch of [BATCH, { ...BATCH, pointers: [] }]) {
      expect(committer(batch)(credential, seed)).to.deep.equal(
        plainCommitment(batch, credential, seed),
      )
    }
  })

  it('refuses what no JSON can hold, and goes on', () => {
    const commit = committer(BATCH)
    const seed = new Uint8Array(32)
    const whole = { credentialSubject: { email: 'é', id: '\u{1f602}' } }
    for (const half of [{ email: '\ud83d' }, { id: '\ud83d' }]) {
      const credential = { credentialSubject: { ...whole.credentialSubject, ...half } }
      expect(refusalOf(() => commit(credential, seed))).to.match(/^lone-surrogate /)
      expect(commit(whole, seed)).to.deep.equal(plainCommitment(BATCH, whole, seed))
    }
  })
})
