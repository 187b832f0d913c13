/** Defends the form of a bundle: what does not fit is refused, and of several faults the one that SPEC says comes first. */
import { expect } from 'chai'
import { canonicalText, parseDocument, utf8 } from '../../src/index.ts'
import type { Json } from '../../src/index.ts'
import { changed } from '../credential/changed.ts'
import type { Change } from '../credential/changed.ts'
import { refusalOf } from '../support/errors.ts'
import { readVectors } from '../support/json.ts'

interface Vectors {
  readonly minimal: Json
  readonly accepted: readonly (Change & { comment: string })[]
  readonly refused: readonly (Change & { comment: string; code: string; field: string })[]
}

const { minimal, accepted, refused } = readVectors('bundle.json') as Vectors

const refusal = (change: Change): string =>
  refusalOf(() => parseDocument(utf8(canonicalText(changed(minimal, change)))))

describe('the form of a bundle, as data', () => {
  for (const { comment, ...change } of accepted) {
    it(`may have ${comment}`, () => {
      expect(refusal(change)).to.equal('accepted')
    })
  }

  for (const { comment, code, field, ...change } of refused) {
    it(`is refused: ${comment}`, () => {
      expect(refusal(change)).to.equal(`${code} at ${field}`)
    })
  }
})
