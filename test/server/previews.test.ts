/** Defends the picture and the page that other sites read of a share: no letter is a box, no text is markup. */
import { expect } from 'chai'
import type { PreviewFacts } from '../../server/previews/facts.ts'
import { pageOfShare, pageWithoutShare } from '../../server/previews/html.ts'
import { fontFor, openFonts } from '../../server/previews/outline.ts'
import type { Fonts } from '../../server/previews/outline.ts'
import { paint } from '../../server/previews/paint.ts'
import { PICTURE, svgOf } from '../../server/previews/picture.ts'

const FACTS: PreviewFacts = {
  title: 'Soudage TIG',
  learner: 'Zoé L’Hôte',
  issuer: 'Organisme d’essai',
  accent: undefined,
  logo: undefined,
  awarded: '2026-06-15T00:00:00+02:00',
  language: 'fr',
  warning: undefined,
}
const logoIn = (colour: string): string => {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9" fill="${colour}"/></svg>`
  return `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`
}
const HOST = 'certificates.example'
const BUILT = '<!doctype html><html lang="en"><head><title>x</title></head><body></body></html>'
const ADDRESS = `https://${HOST}/s/AAAAAAAAAAAAAAAAAAAAAA`

/** Widths and heights at which anything is drawn. */
function placesOf(svg: string): { readonly x: number[]; readonly y: number[] } {
  const outlines = [...svg.matchAll(/ d="([^"]*)" fill="#(?:1b1f24|545b64|1d4d3e)"/g)]
  const pairs = outlines.flatMap(([, path = '']) =>
    [...path.matchAll(/[MLQC]([^MLQCZ]+)/g)].map(([, numbers = '']) =>
      numbers
        .trim()
        .split(/[\s,]+/)
        .map(Number),
    ),
  )
  const all = pairs.flat()
  return { x: all.filter((_, i) => i % 2 === 0), y: all.filter((_, i) => i % 2 === 1) }
}

describe('the picture of a share', () => {
  let fonts: Fonts
  before(async () => {
    fonts = await openFonts()
  })

  it('is a PNG of the size that it is announced with', async () => {
    const png = Buffer.from(await paint(svgOf(fonts, FACTS, HOST)))
    expect(png.subarray(1, 4).toString()).to.equal('PNG')
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).to.deep.equal([
      PICTURE.width,
      PICTURE.height,
    ])
  })

  it('has colour and logo of the issuer, its name as large as fits beside that', async () => {
    const dressed = { ...FACTS, accent: '#7a1f5c', issuer: 'Établissement '.repeat(9) }
    const painted = await Promise.all(
      [undefined, ...['#0077cc', '#cc0000'].map(logoIn)].map((logo) =>
        paint(svgOf(fonts, { ...dressed, logo }, HOST)),
      ),
    )
    const pictures = painted.map((bytes) => Buffer.from(bytes).toString('base64'))
    expect(new Set(pictures).size, 'logos that are drawn').to.equal(3)
    const drawn = svgOf(fonts, { ...dressed, logo: logoIn('#0077cc') }, HOST)
    expect(drawn).to.not.include('#1d4d3e')
    const [, name = ''] = / d="([^"]*)" fill="#7a1f5c"/.exec(drawn) ?? []
    const ends = [...name.matchAll(/[MLQC]([\d.-]+)/g)].map(([, x]) => Number(x))
    expect(Math.max(...ends))
      .to.be.greaterThan(600)
      .and.lessThan(776)
  })

  it('has the letters of Latin, Greek and Cyrillic, with their marks', () => {
    const names = ['Nguyễn Thị Ánh Tuyết', 'Γεωργία Παπαδοπούλου', 'Олександра Шевченко', 'ἀρχή']
    for (const name of names) {
      expect(fontFor(fonts, 'serif', name), name).to.not.equal(undefined)
    }
  })

  it('leaves a name out whose letters no font has, and says only what it is for such a title', () => {
    const nameless = svgOf(fonts, { ...FACTS, learner: undefined }, HOST)
    for (const learner of ['فاطمة الزهراء', '王小明', 'Zo\u200be', '\u202eeoZ']) {
      const drawn = svgOf(fonts, { ...FACTS, learner }, HOST)
      // It keeps its room, and nothing stands there.
      expect(placesOf(drawn).x.length, learner).to.equal(placesOf(nameless).x.length)
    }
    const generic = svgOf(fonts, { ...FACTS, title: 'Certificat' }, HOST)
    expect(svgOf(fonts, { ...FACTS, title: '数据分析' }, HOST)).to.equal(generic)
  })

  it('keeps within its sheet, whatever is long', () => {
    const long = {
      ...FACTS,
      title: 'Concevoir, documenter et évaluer des dispositifs accessibles '.repeat(2),
      learner: 'Maximilienne-Bérengère de La Rochefoucauld-Montmorency-Laval',
      issuer: 'Établissement public à caractère scientifique '.repeat(4),
    }
    for (const facts of [long, { ...long, title: 'W'.repeat(400), learner: 'M'.repeat(300) }]) {
      const { x, y } = placesOf(svgOf(fonts, facts, HOST))
      expect(x.length).to.be.greaterThan(500)
      expect(Math.min(...x)).to.be.greaterThan(100)
      expect(Math.max(...x)).to.be.lessThan(1100)
      expect(Math.max(...y)).to.be.lessThan(580)
    }
  })

  it('holds no text of anybody as markup', () => {
    const hostile = {
      ...FACTS,
      title: '"/><image href="https://evil.example/x"/>',
      learner: '&lt;',
    }
    expect(svgOf(fonts, hostile, HOST)).to.not.match(/<(?!\/?(svg|rect|path|g|clipPath)\b)|evil/)
  })
})

describe('the page of a share as crawlers read it', () => {
  it('tells the achievement, who vouches, and where the picture is; the learner is in none of it', () => {
    const html = pageOfShare(BUILT, FACTS, ADDRESS)
    expect(html).to.include('<html lang="fr">')
    expect(html).to.include('<title>Soudage TIG · Inaltera</title>')
    expect(html).to.include('<meta property="og:title" content="Soudage TIG" />')
    expect(html).to.match(/og:description" content="Délivré par Organisme d’essai\./)
    expect(html).to.include(`<meta property="og:image" content="${ADDRESS}/picture.png" />`)
    expect(html).to.include(`<link rel="canonical" href="${ADDRESS}" />`)
    expect(html).to.not.match(/Zoé|Hôte/)
    const nobody = pageOfShare(BUILT, { ...FACTS, issuer: undefined }, ADDRESS)
    expect(nobody).to.include('content="Certificat. Ouvrir le lien')
  })

  it('escapes what a document says, and takes nothing in it for a pattern', () => {
    const title = `"><script>alert(1)</script>' $& $\` &amp;`
    const html = pageOfShare(BUILT, { ...FACTS, title, issuer: '"><b>' }, ADDRESS)
    expect(html).to.not.match(/<script|<b>/)
    expect(html).to.include(
      '&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&#39; $&amp; $` &amp;amp;',
    )
    expect(html.match(/<title>/g)).to.have.length(1)
  })

  it('says no title where there is nothing to show', () => {
    expect(pageWithoutShare(BUILT, 'en')).to.include('<title>This certificate is not shared here')
  })
})
