/** Defends the frame of the pages: they are served whole, under their policy, and ask nobody for anything. */
import { expect } from 'chai'
import { cidOf, utf8 } from '../../src/index.ts'
import { engineFor } from '../support/engines.ts'
import { newServer } from '../server/routes/server.ts'
import type { TestServer } from '../server/routes/server.ts'
import {
  barriersOf,
  isTooWide,
  keepScreenshot,
  languageOf,
  openBrowser,
  WIDTHS,
} from './browser.ts'
import type { TestBrowser, Width } from './browser.ts'

const CID = cidOf(utf8('nothing of ours'))
const NO_SHARE = 'A'.repeat(22)
const PROBLEM = 'application/problem+json; charset=utf-8'

describe('the pages', function () {
  this.timeout(60_000)
  let server: TestServer
  let browser: TestBrowser

  before(async function () {
    browser = await openBrowser(engineFor(this, 'chromium'))
    server = await newServer()
  })
  after(async () => {
    await browser.close()
    await server.remove()
  })

  it('come compressed where that is taken, parts for ever, under names that their content gives', async () => {
    const plain = await fetch(`${server.url}/`, { headers: { 'accept-encoding': 'identity' } })
    const html = await plain.text()
    const packed = await fetch(`${server.url}/`, { headers: { 'accept-encoding': 'br, gzip' } })
    expect(packed.headers.get('content-encoding')).to.equal('br')
    expect(await packed.text()).to.equal(html)
    const script = /src="(\/assets\/[^"]+\.js)"/.exec(html)?.[1] ?? expect.fail('no script')
    const part = await fetch(`${server.url}${script}`)
    expect(part.headers.get('cache-control')).to.contain('immutable')
    expect((await fetch(`${server.url}/assets/none.js`)).status).to.equal(404)
    expect((await fetch(`${server.url}/assets/..%2Fhome.html`)).status).to.equal(400)
  })

  it('hand over the verifier that is one file, with its hash, and never run it as one of them', async () => {
    const file = await fetch(`${server.url}/verifier.html`)
    expect(file.headers.get('content-disposition')).to.equal('attachment; filename="verifier.html"')
    expect(file.headers.get('x-content-type-options')).to.equal('nosniff')
    expect(file.headers.get('content-security-policy')).to.contain("default-src 'none'")
    const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer())
    const hash = Buffer.from(digest).toString('hex')
    const beside = await (await fetch(`${server.url}/verifier.html.sha256`)).text()
    expect(beside).to.equal(`${hash}  verifier.html\n`)
    const visit = await browser.visit('desktop')
    await visit.page.goto(`${server.url}/verify`)
    await visit.page.getByText(hash).waitFor()
    await visit.close()
  })

  it('run no script but their own, and name no other site', async () => {
    for (const path of ['/', '/verify', '/console']) {
      const response = await fetch(`${server.url}${path}`)
      const policy = response.headers.get('content-security-policy') ?? ''
      expect(policy).to.contain("script-src 'self' 'wasm-unsafe-eval';")
      expect(policy).to.contain("frame-ancestors 'none'").and.not.contain('unsafe-inline')
      expect(response.headers.get('referrer-policy')).to.equal('no-referrer')
      expect(await response.text()).to.not.match(/<script(?![^>]*src=)|https?:\/\//)
    }
  })

  it('say under any other address that nothing is there, to readers as a page, to programs as a problem', async () => {
    const visit = await browser.visit('phone', { locale: 'fr-FR' })
    const answer = await visit.page.goto(`${server.url}/certificats/perdu`)
    expect(answer?.status()).to.equal(404)
    await visit.page
      .getByRole('heading', { name: 'Il n’y a pas de page à cette adresse' })
      .waitFor()
    expect(await isTooWide(visit.page)).to.equal(false)
    expect(await barriersOf(visit.page)).to.deep.equal([])
    await keepScreenshot(visit.page, 'nowhere-phone')
    await visit.page.getByRole('link', { name: 'Aller à l’accueil' }).click()
    await visit.page.getByRole('heading', { name: 'Des certificats que' }).waitFor()
    await visit.close()
    const html = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' }
    for (const [path, headers] of [
      ['/certificats/perdu', { accept: '*/*' }],
      ['/certificats/perdu', { accept: 'application/json' }],
      ['/api/v1/nothing', html],
    ] as const) {
      const { status, headers: told } = await fetch(`${server.url}${path}`, { headers })
      expect([status, told.get('content-type')]).to.deep.equal([404, PROBLEM])
    }
  })

  it('say so too of an address that only looks like a page’s, and never in a language of programs', async () => {
    const html = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' }
    const long = 'b'.repeat(300)
    for (const path of [
      ...['/c/', '/c/nothing', `/c/${long}`, `/c/${CID}x`, `/c/${CID.toUpperCase()}`, '/c/%E0%A4'],
      ...['/s/', '/s/nothing', `/s/${long}`, '/s/nothing/embed', '/s/%FF'],
    ]) {
      const { status, headers } = await fetch(`${server.url}${path}`, { headers: html })
      expect([path, status, headers.get('content-type')]).to.deep.equal([
        path,
        404,
        'text/html; charset=utf-8',
      ])
      const policy = headers.get('content-security-policy') ?? ''
      expect(policy).to.contain("script-src 'self'").and.contain("frame-ancestors 'none'")
    }
    for (const path of ['/s/nothing', '/c/nothing', '/c/%E0%A4']) {
      const { status, headers } = await fetch(`${server.url}${path}`)
      expect([path, status, headers.get('content-type')]).to.deep.equal([path, 400, PROBLEM])
    }
    const visit = await browser.visit('phone')
    await visit.page.goto(`${server.url}/c/${CID.slice(0, -3)}#secret`)
    await visit.page.getByRole('heading', { name: 'There is no page at this address' }).waitFor()
    expect(visit.page.url()).to.equal(`${server.url}/c/${CID.slice(0, -3)}`)
    await visit.close()
    // Interfaces stay what they are, whoever asks.
    const { headers } = await fetch(`${server.url}/api/v1/documents/${long}`, { headers: html })
    expect(headers.get('content-type')).to.equal(PROBLEM)
  })

  it('open whatever other sites add to their address', async () => {
    const added = '?fbclid=a&utm_source=b&utm_source=c&__proto__=d'
    for (const path of ['/', '/verify', '/console', `/c/${CID}`]) {
      expect((await fetch(`${server.url}${path}${added}`)).status, path).to.equal(200)
    }
    for (const path of [`/s/${NO_SHARE}`, `/s/${NO_SHARE}/embed`]) {
      const { status, headers } = await fetch(`${server.url}${path}${added}`)
      expect([status, headers.get('content-type')]).to.deep.equal([404, 'text/html; charset=utf-8'])
    }
  })

  for (const width of Object.keys(WIDTHS) as Width[]) {
    it(`speak the reader’s language and keep within the screen: ${width}`, async () => {
      for (const locale of ['fr-FR', 'en-GB']) {
        const visit = await browser.visit(width, { locale })
        for (const path of ['/', '/verify', '/console']) {
          await visit.page.goto(`${server.url}${path}`)
          await visit.page.locator('h1').waitFor()
          expect(await languageOf(visit.page)).to.equal(locale.slice(0, 2))
          expect(await isTooWide(visit.page), path).to.equal(false)
          expect(await barriersOf(visit.page), path).to.deep.equal([])
        }
        const sites = new Set(visit.requests.map(({ url }) => new URL(url).origin))
        expect([...sites]).to.deep.equal([server.url])
        expect(visit.complaints).to.deep.equal([])
        await visit.close()
      }
    })
  }
})
