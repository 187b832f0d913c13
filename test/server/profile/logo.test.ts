/** Defends what may stand on every page as an issuer's logo: a picture, and nothing that runs, loads or never ends. */
import { expect } from 'chai'
import { MAX_LOGO_BYTES, parseLogo, printLogo } from '../../../server/profile/logo.ts'
import { FormatError } from '../../../src/index.ts'

const NS = 'xmlns="http://www.w3.org/2000/svg"'
const XLINK = 'xmlns:xlink="http://www.w3.org/1999/xlink"'
const PNG =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

const svgUrl = (text: string | Uint8Array): string =>
  `data:image/svg+xml;base64,${Buffer.from(text).toString('base64')}`
const pngUrl = (bytes: Uint8Array): string =>
  `data:image/png;base64,${Buffer.from(bytes).toString('base64')}`
const svg = (inside: string, attributes = NS): string => `<svg ${attributes}>${inside}</svg>`

function codeOf(url: string): string {
  try {
    parseLogo(url, 'logo')
    return 'taken'
  } catch (error) {
    return error instanceof FormatError ? error.field : 'another error'
  }
}

const HOSTILE = {
  'a script': svg('<script>alert(1)</script>'),
  'a script in capitals': svg('<SCRIPT>alert(1)</SCRIPT>'),
  'a script of another namespace': svg('<x:script xmlns:x="http://www.w3.org/1999/xhtml"/>'),
  'a handler': svg('<rect onload="alert(1)"/>'),
  'a handler in capitals': svg('<rect ONLOAD="alert(1)"/>'),
  'a page inside': svg('<foreignObject><p/></foreignObject>'),
  'another namespace as its own': svg('<g xmlns="http://www.w3.org/1999/xhtml"/>'),
  'a picture from elsewhere': svg('<image href="https://evil.example/a.png"/>'),
  'a link': svg('<a href="javascript:alert(1)"><rect/></a>'),
  'a gradient from elsewhere': svg('<linearGradient href="https://evil.example/a.svg#a"/>'),
  'a use, which may multiply': svg('<use href="#a"/>'),
  'a style sheet': svg('<style>@import "https://evil.example/a.css"</style>'),
  'a style that loads': svg('<rect style="fill:url(https://evil.example/a#b)"/>'),
  'a fill that loads': svg('<rect fill="url(//evil.example/a#b)"/>'),
  'a style that loads by another name': svg(`<rect style="mask:image-set('//evil.example' 1x)"/>`),
  'an escape in a style': svg('<rect style="fill:u\\72l(//evil.example/a#b)"/>'),
  'a comment in a style': svg('<rect style="fill:ur/**/l(//evil.example/a#b)"/>'),
  'a function in a colour': svg('<rect fill="rgb(url(//evil.example/a))"/>'),
  animation: svg('<rect><animate attributeName="href" to="https://evil.example"/></rect>'),
  'a set': svg('<rect><set attributeName="onclick" to="alert(1)"/></rect>'),
  'a mask that names a mask': svg('<mask id="a"><g mask="url(#b)"/></mask>'),
  'a clip that names a clip': svg('<clipPath id="a" clip-path="url(#b)"/>'),
  'a clip in a style': svg('<clipPath id="a"><rect style="clip-path:url(#b)"/></clipPath>'),
  entities: `<!DOCTYPE svg [<!ENTITY a "b">]>${svg('&a;')}`,
  'an entity nobody declared': svg('&nbsp;'),
  'a letter as a number': svg('<rect fill="&#117;rl(//evil.example/a)"/>'),
  'a CDATA section': svg('<title><![CDATA[<script>]]></title>'),
  'a style sheet from elsewhere': `<?xml-stylesheet href="https://evil.example/a.css"?>${svg('')}`,
  'another encoding': `<?xml version="1.0" encoding="UTF-7"?>${svg('')}`,
  'a declaration that is not first': ` <?xml version="1.0"?>${svg('')}`,
  'two roots': svg('') + svg(''),
  'an svg in an svg': svg(svg('')),
  'another root': `<g ${NS}/>`,
  'no namespace': '<svg/>',
  'text around it': `${svg('')}x`,
  'an open element': `<svg ${NS}><g>`,
  'a wrong end': `<svg ${NS}><g></svg></g>`,
  'an attribute twice': svg('<rect fill="#000" fill="url(#a)"/>'),
  'an attribute without quotes': svg('<rect fill=red/>'),
  'an end with attributes': `<svg ${NS}></svg onload="alert(1)">`,
  'a comment that is not closed': svg('<!-- <script/>'),
  nothing: '',
  'too deep': svg('<g>'.repeat(65) + '</g>'.repeat(65)),
  'too many bytes': svg(`<title>${'x'.repeat(MAX_LOGO_BYTES)}</title>`),
}

describe('a logo', () => {
  it('is a PNG or an SVG as it was given, byte for byte', () => {
    for (const url of [
      `data:image/png;base64,${PNG}`,
      svgUrl(svg('<path d="M0 0h9v9z" fill="#0a7"/>')),
      svgUrl(
        `\uFEFF<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n<!-- École -->\n${svg(
          `<title>École &amp; Cie</title><defs><linearGradient id='a'><stop offset="0" stop-color="rgb(1, 2, 3)"/></linearGradient>
           <linearGradient id="b" xlink:href="#a"/><clipPath id="c"><rect width="4" height="4" fill="url(#a)"/></clipPath></defs>
           <g clip-path="url(#c)" transform="translate(1 2) rotate(30)" style="fill:url('#b');stroke:#123456" aria-label="a (b)">
           <circle cx="1" cy="1" r=".5"/><text x="1">É > e</text></g>`,
          `${NS} ${XLINK} viewBox="0 0 9 9"`,
        )}\n`,
      ),
    ]) {
      expect(printLogo(parseLogo(url, 'logo'))).to.equal(url)
    }
  })

  for (const [what, text] of Object.entries(HOSTILE)) {
    it(`is no SVG with ${what}`, () => {
      expect(codeOf(svgUrl(text))).to.equal('logo')
    })
  }

  it('is no SVG that is not UTF-8', () => {
    expect(codeOf(svgUrl(Buffer.from(svg('<title>\xe9</title>'), 'latin1')))).to.equal('logo')
    expect(codeOf(svgUrl(Buffer.from(svg(''), 'utf16le')))).to.equal('logo')
  })

  it('is no PNG that is cut, longer than itself, too large to draw, or something else', () => {
    const whole = Buffer.from(PNG, 'base64')
    const wide = Buffer.from(whole)
    wide.writeUInt32BE(2049, 16)
    const none = Buffer.from(whole)
    none.writeUInt32BE(0, 20)
    for (const bytes of [
      whole.subarray(0, -1),
      whole.subarray(0, 33),
      Buffer.concat([whole, Buffer.from('x')]),
      Buffer.concat([Buffer.from('x'), whole]),
      wide,
      none,
      Buffer.from('<svg/>'),
      Buffer.alloc(0),
      Buffer.alloc(MAX_LOGO_BYTES + 1),
    ]) {
      expect(codeOf(pngUrl(bytes))).to.equal('logo')
    }
  })

  it('is a data URL of one spelling', () => {
    for (const url of [
      `data:image/gif;base64,${PNG}`,
      `data:image/png,${PNG}`,
      `data:image/png;charset=x;base64,${PNG}`,
      `DATA:image/png;base64,${PNG}`,
      `data:image/png;base64,${PNG.replace('=', '')}`,
      `data:image/png;base64, ${PNG}`,
      `https://evil.example/${PNG}`,
      `data:image/svg+xml;utf8,${svg('')}`,
    ]) {
      expect(codeOf(url), url.slice(0, 30)).to.equal('logo')
    }
  })
})
