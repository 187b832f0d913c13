/** Defends what stands in a letter: one recipient, no header of another's, nothing that is loaded, both languages. */
import { expect } from 'chai'
import { isAddress, LetterError, letterOf } from '../../../server/mail/letter.ts'
import type { LetterContent } from '../../../server/mail/letter.ts'
import { MAIL_PURPOSES } from '../../../server/storage/outbox.ts'
import { LANGUAGES } from '../../../src/index.ts'

const content: LetterContent = {
  id: 'a1',
  address: 'zoe@learners.example',
  learner: 'Zoé <b>L’Hôte</b>',
  issuer: 'École & Métiers',
  link: 'https://school.example/c/bcid#secret',
  purpose: 'issued',
  language: 'fr',
  domain: 'school.example',
  publicUrl: 'https://school.example',
}

describe('a letter', () => {
  it('holds the link once in each form, who issued it and how to ask for another, in both languages', () => {
    for (const language of LANGUAGES) {
      for (const purpose of MAIL_PURPOSES) {
        const { text, html, subject } = letterOf({ ...content, language, purpose })
        expect(text.split(content.link)).to.have.length(2)
        expect(html.split(`href="${content.link}"`)).to.have.length(2)
        expect(subject).to.include(content.issuer)
        expect(text).to.include(content.issuer).and.to.include(content.publicUrl)
        expect(html).to.include(`lang="${language}"`)
      }
    }
  })

  it('loads nothing, runs nothing, and shows what names hold as text', () => {
    const { html } = letterOf(content)
    expect(html).to.include('Zoé &lt;b&gt;L’Hôte&lt;/b&gt;').and.to.include('École &amp; Métiers')
    expect(html).not.to.match(/<(img|script|link|style|iframe|form|object)|\ssrc=|url\(|@import/i)
    const hrefs = [...html.matchAll(/href="([^"]*)"/g)].map(([, href]) => href)
    expect(hrefs).to.deep.equal([content.link])
  })

  it('lets no name begin a header or a line of its own', () => {
    for (const issuer of ['School\r\nBcc: all@other.example', 'School\nX: y', 'School\u2028x']) {
      expect(() => letterOf({ ...content, issuer }), JSON.stringify(issuer)).to.throw(LetterError)
    }
    const { text } = letterOf({ ...content, learner: 'Zoé\r\n\r\nhttps://evil.example' })
    expect(text).to.include('Bonjour Zoé https://evil.example,')
  })

  it('goes to one address and to nothing else that could be read as one', () => {
    const good = ['zoe@learners.example', "o'neil+a.b@sub.example.org", 'zoé@exemple.fr']
    for (const one of good) expect(isAddress(one), one).to.equal(true)
    const bad = [
      'a@b.example, c@d.example',
      'a@b.example;c@d.example',
      'Name <a@b.example>',
      'a@b.example\r\nBcc: c@d.example',
      'a@b.example\u0000',
      '"a b"@b.example',
      'a@b@c.example',
      'a@[127.0.0.1]',
      'a@127.0.0.1',
      'a@.example',
      'a@b..example',
      '@b.example',
      'a@',
      `${'a'.repeat(65)}@b.example`,
      'group:a@b.example;',
    ]
    for (const one of bad) {
      expect(isAddress(one), JSON.stringify(one)).to.equal(false)
      expect(() => letterOf({ ...content, address: one })).to.throw(LetterError)
    }
  })
})
