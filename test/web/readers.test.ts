/** Defends what is taken out of pictures and PDFs: what stands in them, and nothing that a hostile one could make of it. */
import { deflateSync } from 'node:zlib'
import { expect } from 'chai'
import { linkText } from '../../web/ui/link-text.ts'
import { headlineOf } from '../../web/ui/states.ts'
import type { Verdict } from '../../src/index.ts'
import { linkIn } from '../../web/verifier/links.ts'
import { attachmentsInPdf, isPdf } from '../../web/verifier/pdf.ts'
import { credentialsInPng, isPng } from '../../web/verifier/png.ts'
import { credentialsInSvg, isSvg } from '../../web/verifier/svg.ts'
import { bakedPng, bakedSvg, chunk, PICTURE, pdfWith, stream, textChunk } from './carriers.ts'

const CREDENTIAL = '{"a":"é"}'
const textsOf = (list: readonly Uint8Array[]): string[] =>
  list.map((bytes) => Buffer.from(bytes).toString())
/** What stands for very much more than it takes. */
const BOMB = deflateSync(Buffer.concat([Buffer.from('{'), Buffer.alloc(64 * 1024 * 1024)]))

describe('a PNG picture', () => {
  it('carries the text of its chunk, compressed or not', async () => {
    expect(isPng(PICTURE)).to.equal(true)
    expect(textsOf(await credentialsInPng(bakedPng(CREDENTIAL)))).to.deep.equal([CREDENTIAL])
    const packed = textChunk(deflateSync(CREDENTIAL), 1)
    expect(textsOf(await credentialsInPng(bakedPng(packed)))).to.deep.equal([CREDENTIAL])
  })

  it('carries nothing under another name, and every text where several stand in it', async () => {
    const other = textChunk(Buffer.from(CREDENTIAL), 0, 'openbadges')
    expect(await credentialsInPng(bakedPng(other))).to.deep.equal([])
    const both = bakedPng(textChunk(Buffer.from('{"a":1}')), textChunk(Buffer.from('{"a":2}')))
    expect(textsOf(await credentialsInPng(both))).to.deep.equal(['{"a":1}', '{"a":2}'])
  })

  it('gives nothing that it stands for too much of, or ends before', async () => {
    expect(await credentialsInPng(bakedPng(textChunk(BOMB, 1)))).to.deep.equal([])
    const whole = bakedPng(CREDENTIAL)
    for (let end = 8; end < whole.length; end += 1) {
      const found = await credentialsInPng(whole.subarray(0, end))
      expect(textsOf(found).every((text) => text === CREDENTIAL)).to.equal(true)
    }
    // Nor thousands of such, each of which alone is within what one may be.
    const large = deflateSync(Buffer.alloc(7 * 1024 * 1024))
    const many = Array.from({ length: 40 }, () => textChunk(large, 1))
    expect(await credentialsInPng(bakedPng(...many))).to.have.lengthOf(4)
    const bombs = Array.from({ length: 9 }, () => textChunk(BOMB, 1))
    expect(await credentialsInPng(bakedPng(...bombs, textChunk(large, 1)))).to.deep.equal([])
    // A length beyond the end, as large as four bytes can say.
    const long = Buffer.from(whole)
    long.writeUInt32BE(0xffff_ffff, 8)
    expect(await credentialsInPng(long)).to.deep.equal([])
    const short = chunk('iTXt', Buffer.from('openbadgecredential\0'))
    expect(await credentialsInPng(bakedPng(short))).to.deep.equal([])
  })
})

describe('an SVG picture', () => {
  const SPELLED = CREDENTIAL.replaceAll('"', '&quot;').replace('é', '&#xe9;')

  it('carries the text of its element, as it is or spelled out', () => {
    expect(isSvg(bakedSvg(CREDENTIAL))).to.equal(true)
    expect(credentialsInSvg(bakedSvg(CREDENTIAL))).to.deep.equal([CREDENTIAL])
    const spelled = bakedSvg('x').replace('<![CDATA[x]]>', SPELLED)
    expect(credentialsInSvg(spelled)).to.deep.equal([CREDENTIAL])
    const prefixed = bakedSvg(CREDENTIAL).replaceAll('openbadges', 'ob')
    expect(credentialsInSvg(prefixed)).to.deep.equal([CREDENTIAL])
  })

  it('carries nothing of another kind, nor what ends before its end', () => {
    const other = bakedSvg(CREDENTIAL).replace('/ob/v3p0', '/ob/v2p0')
    expect(credentialsInSvg(other)).to.deep.equal([])
    const whole = bakedSvg(CREDENTIAL)
    for (let end = 0; end < whole.length; end += 1) {
      expect([[], [CREDENTIAL]]).to.deep.include(credentialsInSvg(whole.slice(0, end)))
    }
    const grown = bakedSvg('x').replace('<![CDATA[x]]>', '&a;&#0;&#x110000;')
    expect(credentialsInSvg(grown)).to.deep.equal(['&a;&#0;&#x110000;'])
    const inherited = bakedSvg('x').replace('<![CDATA[x]]>', '&constructor;')
    expect(credentialsInSvg(inherited)).to.deep.equal(['&constructor;'])
  })
})

describe('a PDF', () => {
  const carried = async (...streams: readonly Buffer[]): Promise<string[]> => {
    const found = await attachmentsInPdf(pdfWith(...streams))
    return found.isEncrypted ? ['encrypted'] : textsOf(found.files)
  }
  const EMBEDDED = '/Type /EmbeddedFile /Subtype /application#2Fjson'

  it('gives the JSON of files that it carries, compressed or not, and whether it says so', async () => {
    expect(isPdf(pdfWith())).to.equal(true)
    const content = Buffer.from(CREDENTIAL)
    const packed = deflateSync(content)
    expect(await carried(stream(EMBEDDED, content))).to.deep.equal([CREDENTIAL])
    expect(await carried(stream(`${EMBEDDED} /Filter /FlateDecode`, packed))).to.deep.equal([
      CREDENTIAL,
    ])
    expect(await carried(stream('/Filter [ /FlateDecode ]', packed))).to.deep.equal([CREDENTIAL])
  })

  it('gives no page, no picture, no text of another kind, and the same file once', async () => {
    const content = Buffer.from(CREDENTIAL)
    expect(await carried(stream('/Type /XObject /Subtype /Image', content))).to.deep.equal([])
    expect(await carried(stream('', Buffer.from('BT (x) Tj ET')))).to.deep.equal([])
    expect(await carried(stream(`${EMBEDDED} /Filter /LZWDecode`, content))).to.deep.equal([])
    const twice = [stream(EMBEDDED, content), stream(EMBEDDED, content)]
    expect(await carried(...twice)).to.deep.equal([CREDENTIAL])
  })

  it('gives nothing that it stands for too much of, nor what a stream says of streams', async () => {
    const bomb = stream(`${EMBEDDED} /Filter /FlateDecode`, BOMB)
    expect(await carried(bomb)).to.deep.equal([])
    const packed = stream('/Filter /FlateDecode', deflateSync(CREDENTIAL))
    expect(await carried(bomb, packed)).to.deep.equal([CREDENTIAL])
    // Thousands of them are not read one by one.
    expect(await carried(...Array.from({ length: 9 }, () => bomb), packed)).to.deep.equal([])
    const within = Buffer.from('x obj\n<< /Type /EmbeddedFile >>\nstream\n{"inner":1}\n')
    expect(await carried(stream('/Type /XObject', within))).to.deep.equal([])
    expect(await carried(Buffer.from('9 0 obj << /Encrypt 1 0 R >> endobj'))).to.deep.equal([
      'encrypted',
    ])
  })

  it('is read in time where it is made to take long', async () => {
    const many = Array.from({ length: 20_000 }, () => Buffer.from('stream\n'))
    expect(await carried(...many)).to.deep.equal([])
    expect(await carried(Buffer.alloc(4_000_000, '<< '))).to.deep.equal([])
    const far = Array.from({ length: 4_000 }, () => Buffer.from('stream\n'))
    expect(await carried(...far, Buffer.alloc(24_000_000, 'e '))).to.deep.equal([])
    const blank = stream(`/Filter${' '.repeat(3_900)}`, Buffer.from('x'))
    expect(await carried(...Array.from({ length: 4_000 }, () => blank))).to.deep.equal([])
  }).timeout(20_000)
})

describe('an address', () => {
  const CID = 'bafkreidon73zkcrwdb5iafqtijxildoonbwnpv7dyd6ef3qdgads2jc4su'
  const SECRET = 'A'.repeat(43)
  const ID = 'A'.repeat(22)

  it('leads to a certificate, to a share, or to nothing that is opened', () => {
    const kinds = (text: string): string | undefined => linkIn(text)?.kind
    expect(kinds(`https://a.example/c/${CID}#${SECRET}`)).to.equal('holder')
    expect(kinds(`https://a.example/s/${ID}`)).to.equal('share')
    expect(kinds(`https://a.example/s/${ID}/embed?x#y`)).to.equal('share')
    expect(kinds(`http://127.0.0.1:80/s/${ID}`)).to.equal('share')
    for (const other of [
      `http://a.example/s/${ID}`,
      `https://user@a.example/s/${ID}`,
      `https://a.example/s/${ID}A`,
      `https://a.example/x/s/${ID}`,
      `https://a.example/c/${CID}`,
      'https://a.example/',
      `javascript:alert(1)//s/${ID}`,
    ]) {
      expect(kinds(other), other).to.equal(undefined)
    }
  })

  it('names its host as it is asked, whatever its letters', () => {
    expect(linkIn(`https://A.Example/s/${ID}`)?.origin).to.equal('https://a.example')
    // A Cyrillic letter is no letter of a host here: its ASCII form, which shows, is.
    expect(linkIn(`https://hаrvard.example/s/${ID}`)).to.equal(undefined)
    const shown = linkIn(`https://xn--hrvard-2nf.example/s/${ID}`)?.origin
    expect(shown).to.equal('https://xn--hrvard-2nf.example')
  })
})

describe('the text of a link', () => {
  const read = (href: string, text?: string): string => linkText(new URL(href), href, text)

  it('names a skill or a code, and never another address than its own', () => {
    expect(read('https://evil.example/x', 'RNCP35584')).to.equal('RNCP35584')
    expect(read('https://good.example/é')).to.equal('https://good.example/é')
    for (const text of ['https://university.example', 'university.example/login', 'bank．example'])
      expect(read('https://evil.example/x', text)).to.equal('https://evil.example/x')
  })

  it('shows an address as the browser understands it', () => {
    expect(read('https://b\u0430nk.example/')).to.equal('https://xn--bnk-6cd.example/')
    expect(read('https://bank.example\t.evil.example/')).to.equal(
      'https://bank.example.evil.example/',
    )
  })
})

describe('the name over a certificate', () => {
  const judged = (outcome: string, code: string): Verdict =>
    ({
      outcome,
      asOf: null,
      issuer: { name: 'University', domain: null },
      checks: { inclusion: { outcome: outcome === 'valid' ? 'passed' : 'failed', code } },
    }) as unknown as Verdict

  it('is not that of an issuer who did not write it', () => {
    expect(headlineOf(judged('valid', ''))).to.equal('University')
    expect(headlineOf(judged('invalid', 'revoked'))).to.equal('University')
    expect(headlineOf(judged('invalid', 'not-included'))).to.equal(undefined)
  })

  it('is nobody’s where its anchor could not be seen: anybody can name an account', () => {
    const unseen = (anchor: string): Verdict =>
      ({
        ...judged('undetermined', ''),
        checks: {
          anchor: { outcome: anchor, code: 'unreachable' },
          status: { outcome: 'undetermined', code: 'stale' },
        },
      }) as unknown as Verdict
    expect(headlineOf(unseen('undetermined'))).to.equal(undefined)
    expect(headlineOf(unseen('passed'))).to.equal('University')
  })
})
