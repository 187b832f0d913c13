import { expect } from 'chai'
import { franceCompetencesUrl, isSiret } from '../../src/credential/identifiers.ts'

describe('identifiers', () => {
  it('know a SIRET by its check digit', () => {
    // The numbers of the post office's head office and of one of its establishments, and of INSEE's.
    for (const siret of ['35600000000048', '35600000049837', '12002701600563', '00000001800010']) {
      expect(isSiret(siret), siret).to.equal(true)
    }
    for (const siret of [
      '35600000000049',
      '12002701600564',
      '1200270160056',
      '1200270160056A',
      '',
    ]) {
      expect(isSiret(siret), siret).to.equal(false)
    }
  })

  it('find every wrong digit, and every pair of neighbours that changed places, but 0 and 9', () => {
    const siret = '12002701600563'
    for (let at = 0; at < siret.length; at += 1) {
      for (let digit = 0; digit < 10; digit += 1) {
        const other = siret.slice(0, at) + String(digit) + siret.slice(at + 1)
        expect(isSiret(other), other).to.equal(other === siret)
      }
    }
    expect(isSiret('21002701600563')).to.equal(false)
  })

  it('lead to the page of a certification in its directory', () => {
    const base = 'https://www.francecompetences.fr/recherche'
    expect(franceCompetencesUrl('RNCP99999BC02')).to.equal(`${base}/rncp/99999/`)
    expect(franceCompetencesUrl('RS6543')).to.equal(`${base}/rs/6543/`)
  })
})
