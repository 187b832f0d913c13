/** Laws of base64url, for whatever engine reads and writes it. */
import { expect } from 'chai'
import { base64urlOf, parseBase64url } from '../../src/primitives/bytes.ts'
import { refusalOf } from './errors.ts'

export function expectRoundTrip(bytes: Uint8Array): void {
  const text = base64urlOf(bytes)
  expect(text).to.equal(Buffer.from(bytes).toString('base64url'))
  expect(parseBase64url(text, 'text')).to.deep.equal(new Uint8Array(bytes))
}

/** What is read prints as it was; what does not is refused. */
export function expectOneSpelling(text: string): void {
  const answer = refusalOf(() => {
    expect(base64urlOf(parseBase64url(text, 'text'))).to.equal(text)
  })
  const isOwnPrint = Buffer.from(text, 'base64url').toString('base64url') === text
  expect(answer).to.equal(isOwnPrint ? 'accepted' : 'not-base64url at text')
}
