/**
 * Defends what a holder makes in the browser: PDF and badges carry the very certificate, as readers that share no code
 * with their makers find it, in whatever script a name is, and nothing of it is sent anywhere.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { crc32, inflateSync } from 'node:zlib'
import { expect } from 'chai'
import { parseCertificate } from '../../src/index.ts'
import { bakePng, bakeSvg } from '../../web/share/bake.ts'
import { linkedInPostUrl, linkedInUrl } from '../../web/share/linkedin.ts'
import { newIssuingServer } from '../server/routes/issuing.ts'
import type { IssuingServer } from '../server/routes/issuing.ts'
import { engineFor } from '../support/engines.ts'
import { ROOT } from '../support/source.ts'
import { openBrowser } from './browser.ts'
import type { TestBrowser } from './browser.ts'

/** François Œillet; فاطمة الزهراء بن علي; Γεωργία Παπαδοπούλου. */
const LATIN = 3
const ARABIC = 5
const GREEK = 9

describe('papers and badges', function () {
  this.timeout(180_000)
  let browser: TestBrowser
  let s: IssuingServer

  before(async function () {
    browser = await openBrowser(engineFor(this, 'chromium'))
    s = await newIssuingServer()
    await s.share(LATIN)
  })
  after(async () => {
    await browser.close()
    await s.data.remove()
  })

  /** What the page of a certificate hands to the browser's downloads. */
  async function saved(i: number, ...items: readonly RegExp[]): Promise<Buffer[]> {
    const visit = await browser.visit('desktop', { locale: 'fr-FR' })
    const link = s.report.links[i]?.link ?? expect.fail('no link')
    await visit.page.goto(s.url + link.slice(new URL(link).origin.length))
    await visit.page.locator('.seal-valid').waitFor()
    const files = []
    for (const name of items) {
      await visit.page.getByRole('button', { name: 'Télécharger' }).click()
      const download = visit.page.waitForEvent('download')
      await visit.page.getByRole('button', { name }).click()
      const file = await download
      expect(file.suggestedFilename()).to.match(/^certificate-[a-z2-7]{8}\.(pdf|png|svg)$/)
      files.push(await readFile(await file.path()))
    }
    const sent = visit.requests.filter(({ text }) => !text.startsWith('GET '))
    for (const { text } of sent) expect(text).to.not.match(/givenName|credentialSubject/)
    await visit.close()
    return files
  }

  it('carry the certificate itself, as its holder has it', async () => {
    const expected = parseCertificate(await s.opened(s.linkAt(LATIN)))
    const [pdf, png, svg] = await saved(LATIN, /^Papier/, /^Badge \(PNG\)/, /^Badge \(SVG\)/)
    await keep('paper-latin.pdf', pdf)
    await keep('badge.png', png)
    await keep('badge.svg', svg)
    const carried = [attachmentOf(pdf), bakedInPng(png), bakedInSvg(svg?.toString() ?? '')]
    for (const text of carried) {
      expect(parseCertificate(Buffer.from(text))).to.deep.equal(expected)
    }
  })

  it('are written for print and for who hears them, in letters of their own', async () => {
    for (const i of [LATIN, ARABIC, GREEK]) {
      const [pdf] = await saved(i, /^Papier/)
      await keep(`paper-${i}.pdf`, pdf)
      const text = pdf?.toString('latin1') ?? ''
      expect(text).to.match(/^%PDF-1\.7/)
      expect(text).to.match(/\/MediaBox \[0 0 595\.28 841\.89\]/)
      for (const part of [/\/StructTreeRoot/, /\/Marked true/, /\/Lang \(fr\)/, /\/S \/H1/]) {
        expect(text).to.match(part)
      }
      expect(text).to.match(/<pdfaid:part>3<\/pdfaid:part>/)
      expect(text)
        .to.match(/\/FontFile2/)
        .and.not.match(/\/BaseFont \/(Helvetica|Times|Courier)/)
      expect(text.includes('/Subtype /Image'), String(i)).to.equal(i === ARABIC)
      // The name of a learner is in no title of a document.
      expect(text).to.not.include('Œillet')
    }
  })
})

describe('baking', () => {
  const text = '{"a":"]]> é \\u0001 & <","b":"\uffff"}'
  const bytes = Buffer.from(text)

  it('replaces what a PNG carried, keeps the rest, and refuses what is none', () => {
    const once = bakePng(PIXEL, Buffer.from('{"old":true}'))
    const twice = Buffer.from(bakePng(once, bytes))
    expect(bakedInPng(twice)).to.equal(text)
    expect(chunksOf(twice).map(({ type }) => type)).to.deep.equal(['IHDR', 'iTXt', 'IDAT', 'IEND'])
    for (const bad of [Buffer.from('GIF89a'), PIXEL.subarray(0, 30), Buffer.alloc(0)]) {
      expect(() => bakePng(bad, bytes))
        .to.throw()
        .with.property('code', 'wrong-value')
    }
  })

  it('writes into an SVG what reads back as the same, whatever it holds', () => {
    const baked = bakeSvg('<svg viewBox="0 0 1 1"><title>t</title></svg>', bytes)
    expect(baked).to.match(/^<svg viewBox="0 0 1 1" xmlns:openbadges="https:\/\/purl/)
    expect(JSON.parse(bakedInSvg(baked))).to.deep.equal(JSON.parse(text))
    expect(baked).to.not.match(/[\ufffe\uffff]/)
    expect(() => bakeSvg('<!doctype html>', bytes))
      .to.throw()
      .with.property('code', 'wrong-value')
  })
})

describe('the addresses of LinkedIn', () => {
  const credential = {
    id: 'urn:uuid:1',
    validFrom: '2026-06-12T00:00:00+02:00',
    validUntil: '2031-11-30T00:00:00+02:00',
    credentialSubject: { achievement: { name: 'Soudage & TIG' }, givenName: 'Zoé' },
  }
  const entry = {
    certificate: { credential } as never,
    issuerName: 'Organisme d’essai',
    shareUrl: 'https://certificates.example/s/x',
  }

  it('have the fields that it knows, each encoded, and the share as proof', () => {
    expect(linkedInUrl(entry)).to.equal(
      'https://www.linkedin.com/profile/add?startTask=CERTIFICATION_NAME&name=Soudage%20%26%20TIG' +
        '&organizationName=Organisme%20d%E2%80%99essai&issueYear=2026&issueMonth=6' +
        '&expirationYear=2031&expirationMonth=11' +
        '&certUrl=https%3A%2F%2Fcertificates.example%2Fs%2Fx&certId=urn%3Auuid%3A1',
    )
    const known = new URL(linkedInUrl({ ...entry, organizationId: '42' })).searchParams
    expect([known.get('organizationId'), known.get('organizationName')]).to.deep.equal(['42', null])
    // Of an issuer for whom nobody vouches, the document's word is nobody's.
    const unknown = linkedInUrl({ ...entry, issuerName: undefined, organizationId: '42' })
    expect(unknown).to.not.match(/organization/)
    expect(linkedInPostUrl(entry.shareUrl)).to.equal(
      'https://www.linkedin.com/sharing/share-offsite/?url=https%3A%2F%2Fcertificates.example%2Fs%2Fx',
    )
  })
})

/** One white pixel. */
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAG7buVgAAAABJRU5ErkJggg==',
  'base64',
)

function chunksOf(png: Buffer): { readonly type: string; readonly data: Buffer }[] {
  const chunks = []
  for (let at = 8; at < png.length;) {
    const length = png.readUInt32BE(at)
    const body = png.subarray(at + 4, at + 8 + length)
    expect(png.readUInt32BE(at + 8 + length)).to.equal(crc32(body))
    chunks.push({ type: body.subarray(0, 4).toString(), data: body.subarray(4) })
    at += 12 + length
  }
  return chunks
}

function bakedInPng(png: Buffer | undefined): string {
  const found = chunksOf(png ?? expect.fail('no PNG')).filter(({ type }) => type === 'iTXt')
  expect(found).to.have.length(1)
  const [keyword, ...rest] = (found[0]?.data.toString('latin1') ?? '').split('\0')
  expect(keyword).to.equal('openbadgecredential')
  // Flag and method of compression, language and translated keyword: all empty or zero.
  expect(rest.slice(0, 4)).to.deep.equal(['', '', '', ''])
  return Buffer.from(rest.slice(4).join('\0'), 'latin1').toString()
}

function bakedInSvg(svg: string): string {
  const pattern =
    /^<svg\b[^>]*xmlns:openbadges="https:\/\/purl\.imsglobal\.org\/ob\/v3p0"[^>]*><openbadges:credential><!\[CDATA\[(.*?)\]\]><\/openbadges:credential>/s
  return pattern.exec(svg)?.[1] ?? expect.fail('no credential is the first child')
}

/** Of the one file that the PDF names as attached to all of it. */
function attachmentOf(pdf: Buffer | undefined): string {
  const text = pdf?.toString('latin1') ?? ''
  const objectOf = (id: string | undefined): string =>
    new RegExp(`(?:^|\\n)${id} 0 obj\\n(.*?)\\nendobj`, 's').exec(text)?.[1] ?? expect.fail('none')
  const [, filespec] = /\/AF \[(\d+) 0 R\]/.exec(text) ?? []
  const named = /\/EmbeddedFiles (\d+) 0 R/.exec(text) ?? /\/EmbeddedFiles/.exec(text)
  expect(named, 'the tree of names').to.not.equal(null)
  const spec = objectOf(filespec)
  expect(spec)
    .to.match(/\/AFRelationship \/Source/)
    .and.match(/\/F \(certificate\.json\)/)
  const [, stream] = /\/F (\d+) 0 R/.exec(spec) ?? []
  const file = objectOf(stream)
  expect(file)
    .to.match(/\/Subtype \/application#2[Ff]json/)
    .and.match(/\/Filter \/FlateDecode/)
  const start = file.indexOf('stream\n') + 'stream\n'.length
  return inflateSync(
    Buffer.from(file.slice(start, file.lastIndexOf('\nendstream')), 'latin1'),
  ).toString()
}

/** For a reader's eyes, beside the screenshots. */
async function keep(name: string, bytes: Buffer | undefined): Promise<void> {
  await mkdir(join(ROOT, 'screenshots'), { recursive: true })
  await writeFile(join(ROOT, 'screenshots', name), bytes ?? expect.fail('no file'))
}
