/** Defends against text that nobody sees: names that look alike and are not, cells that look empty and are not. */
import { expect } from 'chai'
import { hasVisible, holdsInvisible, withoutInvisible } from '../../src/credential/invisible.ts'

describe('invisible characters', () => {
  it('alone are nothing to see', () => {
    for (const text of [
      '\u200b',
      '\u00ad',
      '\ufeff',
      '\u2060 \u180e',
      '\u3164',
      '\u2800',
      '\u{e0041}',
    ])
      expect(hasVisible(text), JSON.stringify(text)).to.equal(false)
    for (const text of ['a', '0', '-', '\u200ba', '学', '\u0301', '\u{1f600}'])
      expect(hasVisible(text), JSON.stringify(text)).to.equal(true)
  })

  it('are found among others: zero width, soft hyphens, fillers, tags, marks of direction', () => {
    for (const one of [
      ...['\u200b', '\u2060', '\ufeff', '\u00ad', '\u034f', '\u3164', '\u180e', '\u{e0041}'],
      ...['\u061c', '\u200e', '\u200f', '\u202a', '\u202e', '\u2066', '\u2069'],
    ]) {
      expect(holdsInvisible(`Du${one}pont`), JSON.stringify(one)).to.equal(true)
      expect(withoutInvisible(`Du${one}pont`)).to.equal('Dupont')
    }
    for (const text of ['Dupont', 'L’Hôte', '学位', 'َعَلِيّ', 'a\u00a0b', ''])
      expect(holdsInvisible(text), JSON.stringify(text)).to.equal(false)
  })

  it('that join or part the letters of a word belong to it, elsewhere they do not', () => {
    for (const text of ['می\u200cخواهم', 'क्\u200dष', 'ක්\u200dරී'])
      expect(holdsInvisible(text), text).to.equal(false)
    for (const text of ['\u200cab', 'ab\u200d', 'a \u200db', 'a\u200d\u200db', '1\u200c2'])
      expect(holdsInvisible(text), JSON.stringify(text)).to.equal(true)
    expect(withoutInvisible('می\u200cخواهم')).to.equal('میخواهم')
  })
})
