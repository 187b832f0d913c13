/**
 * Defends who reads a certificate from whoever wrote it: nothing in it runs, loads, leads away, hides or passes for
 * another (security rows C4, C8, D5 to D7, I2, I12), and a link's secret stays with who has the link.
 */
import { expect } from 'chai'
import { base64urlOf, holderLink } from '../../src/index.ts'
import { newIssuingServer } from '../server/routes/issuing.ts'
import type { IssuingServer } from '../server/routes/issuing.ts'
import { engineFor } from '../support/engines.ts'
import { keepScreenshot, openBrowser, type TestBrowser, type Visit } from './browser.ts'
import { bakedPng } from './carriers.ts'
import {
  attributesOf,
  bring,
  json,
  openVerifier,
  paste,
  removeAll,
  settled,
  statesOf,
} from './verify-page.ts'

/** Runs where a page takes it for markup, and asks for a picture that the test would see. */
const MARKUP =
  '<img src="https://evil.example/x" onerror="globalThis.canary = 1"><script>canary = 1</script>'
const SCRIPT = 'javascript:globalThis.canary=1'

type Members = Record<string, unknown>
type Document = Members & {
  readonly issuer: Members
  readonly credentialSubject: Members & { readonly achievement: Members }
}

describe('a page that reads what a stranger wrote', function () {
  this.timeout(120_000)
  let server: IssuingServer
  let browser: TestBrowser
  let visit: Visit
  let certificate: string

  before(async function () {
    browser = await openBrowser(engineFor(this, 'chromium'))
    server = await newIssuingServer()
    certificate = await server.presentationOf(0)
    // A share is made once the anchor is final.
    await server.share(0)
  })
  beforeEach(async () => {
    visit = await browser.visit('desktop')
    await openVerifier(visit.page, `${server.url}/verify`)
  })
  afterEach(() => visit.close())
  after(async () => {
    await browser.close()
    await server.data.remove()
  })

  /** The same certificate with some of its texts changed: well formed, and no longer what was issued. */
  const forged = (change: (document: Document) => Members): string =>
    JSON.stringify(change(JSON.parse(certificate) as Document))
  const canary = (): Promise<unknown> => visit.page.evaluate('globalThis.canary')
  /** Hosts that were asked, beside the page's own and the policy's provider. */
  const strangers = (): string[] => {
    const known = [new URL(server.url).host, ...Array.from(providerHosts)]
    const asked = visit.requests.map(({ url }) => new URL(url).host)
    return asked.filter((host) => host !== '' && !known.includes(host))
  }
  const providerHosts = new Set<string>()
  before(async () => {
    const policy = (await (await fetch(`${server.url}/api/v1/policy`)).json()) as {
      providers: Record<string, string[]>
    }
    for (const url of Object.values(policy.providers).flat()) providerHosts.add(new URL(url).host)
  })

  it('shows its texts as texts, and follows no link of it but to https (D5)', async () => {
    const { page } = visit
    const evil = forged((document) => ({
      ...document,
      name: MARKUP,
      issuer: { ...document.issuer, name: MARKUP, url: SCRIPT },
      credentialSubject: {
        ...document.credentialSubject,
        givenName: MARKUP,
        achievement: {
          ...document.credentialSubject.achievement,
          name: MARKUP,
          description: MARKUP,
          criteria: { id: SCRIPT, narrative: MARKUP },
          alignment: [
            { type: ['Alignment'], targetName: MARKUP, targetUrl: SCRIPT },
            { type: ['Alignment'], targetName: 'data', targetUrl: `data:text/html,${MARKUP}` },
          ],
        },
      },
    }))
    await bring(page, json('<img src=x onerror=canary=1>.json', evil))
    await settled(page, 1)
    expect(await statesOf(page)).to.deep.equal(['invalid'])
    expect(await page.locator('.sheet').textContent()).to.contain(
      '<img src="https://evil.example/x"',
    )
    expect(await page.locator('.results img, .results script, .results iframe').count()).to.equal(0)
    const links = await attributesOf(page, '.results a', 'href')
    expect(links.filter((href) => !href.startsWith('https://'))).to.deep.equal([])
    for (const summary of await page.locator('.checks summary').all()) await summary.click()
    expect(await canary()).to.equal(undefined)
    expect(strangers()).to.deep.equal([])
    expect(visit.complaints).to.deep.equal([])
    await keepScreenshot(page, 'verify-markup')
  })

  it('runs nothing of a drawing, a page or a picture that is dropped (D5)', async () => {
    const { page } = visit
    const drawing = [
      '<svg xmlns="http://www.w3.org/2000/svg" xmlns:o="https://purl.imsglobal.org/ob/v3p0" onload="canary=1">',
      '<script>globalThis.canary = 1</script><image href="https://evil.example/x"/>',
      `<o:credential><![CDATA[${certificate}]]></o:credential></svg>`,
    ].join('')
    const entities = `<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa">]>${drawing}`
    const file = (name: string, mimeType: string, text: string) => ({
      name,
      mimeType,
      buffer: Buffer.from(text),
    })
    await bring(
      page,
      file('a.svg', 'image/svg+xml', drawing),
      file('b.svg', 'image/svg+xml', entities),
      file('c.html', 'text/html', `<!doctype html>${MARKUP}`),
      { ...file('d.png', 'image/png', ''), buffer: bakedPng(`<!doctype html>${MARKUP}`) },
    )
    await settled(page, 4)
    expect(await statesOf(page)).to.deep.equal(['valid', 'valid', 'undetermined', 'invalid'])
    expect(await canary()).to.equal(undefined)
    expect(strangers()).to.deep.equal([])
    expect(visit.complaints).to.deep.equal([])
  })

  it('makes what cannot be seen visible, and lets no text turn another (C4)', async () => {
    const { page } = visit
    const turned = forged((document) => ({
      ...document,
      credentialSubject: { ...document.credentialSubject, givenName: 'Zo\u202eé\u200b' },
    }))
    await bring(page, json('a\u202efdp.json', turned))
    await settled(page, 1)
    const marks = await page.locator('.results mark.invisible').allTextContents()
    expect(marks).to.include.members(['U+202E', 'U+200B'])
    expect(await page.locator('.results .label mark').textContent()).to.equal('U+202E')
  })

  it('shows nothing that the proof does not cover, and calls no altered thing authentic (C8)', async () => {
    const { page } = visit
    const added = forged((document) => ({ ...document, grade: 'HIDDEN-GRADE' }))
    const inner = JSON.parse(certificate) as { proof: Members[] }
    const other = { type: 'DataIntegrityProof', cryptosuite: 'x', note: 'HIDDEN-GRADE' }
    const beside = JSON.stringify({ ...inner, proof: [...inner.proof, other] })
    const inside = JSON.stringify({
      ...inner,
      proof: inner.proof.map((one) => ({ ...one, note: 'HIDDEN-GRADE' })),
    })
    const states: Record<string, string[]> = {}
    for (const [name, text] of Object.entries({ added, beside, inside })) {
      await bring(page, json(`${name}.json`, text))
      await settled(page, 1)
      states[name] = await statesOf(page)
      if (name === 'beside') {
        expect(await page.locator('.results').textContent()).to.not.contain('HIDDEN-GRADE')
      }
      await removeAll(page)
    }
    expect(states).to.deep.equal({ added: ['invalid'], beside: ['valid'], inside: ['invalid'] })
  })

  it('warns of an issuer that reads like another, and names nobody on the document’s word (I2)', async () => {
    const { page } = visit
    // A Cyrillic е stands for a Latin one.
    const name = 'Organismе d’essai'
    const alike = forged((document) => ({ ...document, issuer: { ...document.issuer, name } }))
    await bring(page, json('a.json', alike))
    await settled(page, 1)
    expect(await statesOf(page)).to.deep.equal(['invalid'])
    const warning = page.locator('.sheet-warning')
    expect(await warning.textContent()).to.contain('е')
    await keepScreenshot(page, 'verify-look-alike')
    await removeAll(page)
    // A host of such letters is shown as it is asked.
    await paste(page, `https://xn--hrvard-2nf.example/s/${'A'.repeat(22)}`)
    await settled(page, 1)
    const asks = await page.locator('.results .notice').textContent()
    expect(asks).to.contain('xn--hrvard-2nf.example')
    expect(strangers()).to.deep.equal([])
  })

  it('goes nowhere that the document names, and loads nothing that it names (I12)', async () => {
    const { page } = visit
    const address = 'https://evil.example/verify'
    const leading = forged((document) => ({
      ...document,
      image: { id: `${address}.png`, type: 'Image' },
      issuer: { ...document.issuer, image: { id: `${address}.png`, type: 'Image' } },
      credentialStatus: { id: address, type: 'BitstringStatusListEntry' },
      refreshService: { id: address, type: '1EdTechCredentialRefresh' },
      evidence: [{ id: address, type: ['Evidence'] }],
    }))
    await bring(page, json('a.json', leading))
    await settled(page, 1)
    expect(page.url()).to.equal(`${server.url}/verify`)
    expect(strangers()).to.deep.equal([])
  })

  it('keeps the secret of a link out of addresses, requests, storage and logs (D6)', async () => {
    const { page } = visit
    const { cid, linkSecret } = server.linkAt(0)
    const secret = base64urlOf(linkSecret)
    await paste(page, holderLink(server.url, cid, linkSecret))
    await settled(page, 1)
    expect(await statesOf(page)).to.deep.equal(['valid'])
    const kept = await page.evaluate<string>(
      'JSON.stringify([location.href, document.title, {...localStorage}, {...sessionStorage}, document.cookie])',
    )
    const places = [kept, await page.content(), ...visit.requests.map(({ text }) => text)]
    expect(places.filter((text) => text.includes(secret))).to.deep.equal([])
    expect(server.lines.filter((line) => line.includes(secret))).to.deep.equal([])
    expect(server.lines).to.not.be.empty
  })

  it('is as it was after machines looked at every address that they could find (D7)', async () => {
    const { cid, linkSecret } = server.linkAt(5)
    const shared = await server.share(5)
    const id = String(shared.json['id'])
    const paths = [`/c/${cid}`, `/s/${id}`, `/k/${cid}`, `/ipfs/${cid}?format=raw`, '/verify']
    for (const path of [...paths, `/api/v1/shares/${id}`, `/api/v1/documents/${cid}`]) {
      for (const method of ['HEAD', 'GET', 'HEAD', 'GET', 'GET']) {
        const { status } = await fetch(`${server.url}${path}`, { method })
        expect(status, `${method} ${path}`).to.be.lessThan(500)
      }
    }
    const { page } = visit
    for (const text of [holderLink(server.url, cid, linkSecret), `${server.url}/s/${id}`]) {
      await paste(page, text)
      await settled(page, 1)
      expect(await statesOf(page)).to.deep.equal(['valid'])
      await removeAll(page)
    }
  })
})
