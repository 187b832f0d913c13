/** Defends what the sheet makes of names and colours that an issuer chooses: none deceives, none is unreadable. */
import { expect } from 'chai'
import { accentOf, contrastOnPaper } from '../../src/index.ts'
import { lookAlikeOf } from '../../web/ui/look-alike.ts'

const TRUSTED = ['Harvard University', 'École normale de Lyon', 'Barclay College', '東京大学']

describe('a name that a document gives its issuer', () => {
  for (const name of ['Harvаrd University', 'Ηarvard University', 'Université dе Lyon']) {
    it(`is pointed out where its letters are of several alphabets: ${escaped(name)} (I2)`, () => {
      expect(lookAlikeOf(name, [])?.kind).to.equal('mixed')
    })
  }

  const resembling: readonly (readonly [string, string])[] = [
    ['Harvard  Univers1ty', 'Harvard University'],
    ['Harvard University', 'Harvard University'],
    ['ecole normale de lyon', 'École normale de Lyon'],
    ['Barcla\u200by Co11ege', 'Barclay College'],
  ]
  for (const [name, trusted] of resembling) {
    it(`is pointed out where it reads like one that is trusted: ${escaped(name)}`, () => {
      expect(lookAlikeOf(name, TRUSTED)).to.deep.equal({ kind: 'resembles', name: trusted })
    })
  }

  for (const name of [
    'Université de Lyon',
    'Московский университет',
    '京都大学',
    'Πανεπιστήμιο',
    'جامعة القاهرة',
  ]) {
    it(`is left alone where it is a name like others: ${name}`, () => {
      expect(lookAlikeOf(name, TRUSTED)).to.equal(undefined)
    })
  }
})

describe('a colour that an issuer chooses', () => {
  for (const colour of ['#ffff66', '#fdfcf9', '#fff', '#8ab4f8', '#1d4d3e', '#000000']) {
    it(`can be read on paper: ${colour}`, () => {
      expect(contrastOnPaper(accentOf([colour]) ?? '')).to.be.at.least(4.5)
    })
  }

  it('stays as it is where it can be read', () => {
    expect(accentOf(['#1d4d3e'])).to.equal('#1d4d3e')
  })

  it('is none where it is no colour', () => {
    expect(accentOf(['url(https://example.org)', 'red;', ''])).to.equal(undefined)
    expect(accentOf(undefined)).to.equal(undefined)
  })
})

function escaped(name: string): string {
  return name.replaceAll(/[^\u0020-\u00ff]/g, (letter) => `U+${letter.charCodeAt(0).toString(16)}`)
}
