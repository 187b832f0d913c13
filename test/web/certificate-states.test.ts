/** Defends that each state of a certificate has a page of its own, in both languages, on a phone and on a desktop. */
import { expect } from 'chai'
import { engineFor } from '../support/engines.ts'
import { barriersOf, isTooWide, keepScreenshot, languageOf, openBrowser } from './browser.ts'
import type { TestBrowser, Visit, Width } from './browser.ts'
import { SCENES, settled } from './certificate-scenes.ts'
import { newCertificates } from './certificates.ts'
import type { Certificates } from './certificates.ts'
import { openVerifier, paste, statesOf } from './verify-page.ts'

describe('the page of a certificate', function () {
  this.timeout(120_000)
  let browser: TestBrowser
  let all: Certificates

  before(async function () {
    browser = await openBrowser(engineFor(this, 'chromium'))
    all = await newCertificates()
  })
  after(async () => {
    await browser.close()
    await all.server.data.remove()
  })

  async function opened(link: string, width: Width = 'desktop', more = {}): Promise<Visit> {
    const visit = await browser.visit(width, more)
    await visit.page.goto(link)
    await settled(visit.page)
    return visit
  }

  for (const [width, locale, colorScheme] of [
    ['phone', 'fr-FR', 'dark'],
    ['desktop', 'en-GB', 'light'],
  ] as const) {
    for (const { name, link, seal, says, prepare } of SCENES) {
      it(`is shown as it is: ${name}, ${width}`, async () => {
        const visit = await browser.visit(width, { locale, colorScheme })
        const { page } = visit
        await prepare?.(page)
        await page.goto(all.links[link])
        await settled(page)
        await keepScreenshot(page, `certificate-${name}-${width}`)
        expect(await page.locator(`.seal-${seal}`).count(), await page.innerText('main')).to.equal(
          1,
        )
        const [en, fr] = says
        expect(await page.innerText('main')).to.contain(locale === 'fr-FR' ? fr : en)
        expect(await languageOf(page)).to.equal(locale.slice(0, 2))
        expect(await isTooWide(page)).to.equal(false)
        expect(await barriersOf(page)).to.deep.equal([])
        const faults = visit.complaints.filter(
          (line) => !line.startsWith('Failed to load resource'),
        )
        expect(faults).to.deep.equal([])
        await visit.close()
      })
    }
  }

  it('that was forged says so, and shows its text as text', async () => {
    const visit = await browser.visit('desktop')
    const text = Buffer.from(await all.server.opened(all.server.linkAt(0))).toString()
    const forged = text
      .replaceAll('Souder à', '<img src=x onerror=document.title=1> \\u202egip')
      .replaceAll(
        'https://atelier-bellecombe.example/micro-certifications/soudage-tig-a-plat/criteres',
        'javascript:alert(1)',
      )
    await visit.page.goto(await all.forged(visit.page, Buffer.from(forged)))
    await settled(visit.page)
    await keepScreenshot(visit.page, 'certificate-forged-desktop')
    const words = await visit.page.innerText('main')
    expect(words)
      .to.contain('Not authentic')
      .and.contain('The content was changed after it was issued')
    expect(words).to.contain('<img src=x onerror').and.contain('U+202E')
    expect(await visit.page.locator('a[href^="javascript"], .sheet img').count()).to.equal(0)
    expect(await visit.page.title()).to.equal('Certificate · Inaltera')
    await visit.close()
  })

  it('leads from a corrected certificate to the new one', async () => {
    const visit = await opened(all.links.corrected)
    const to = await visit.page
      .getByRole('link', { name: 'Open the new certificate' })
      .getAttribute('href')
    const successor = `${all.server.url}${(to ?? '').slice(new URL(to ?? '').origin.length)}`
    await visit.page.goto(successor)
    await settled(visit.page)
    expect(await visit.page.innerText('.sheet')).to.contain('Corrigée Dupont')
    await visit.close()
  })

  it('leads the verifier from a corrected certificate to the new one, whose host it names first', async () => {
    const visit = await browser.visit('phone')
    const { page } = visit
    // Links are laid out before the server knows its port.
    const laid = new URL(all.server.report.links[0]?.link ?? '').origin
    await page.route(`${laid}/**`, (route) =>
      route.continue({ url: route.request().url().replace(laid, all.server.url) }),
    )
    await openVerifier(page, `${all.server.url}/verify`)
    await paste(page, all.links.corrected)
    await page.getByRole('button', { name: 'Check the new certificate' }).click()
    await page.locator('.folded > summary').nth(1).click()
    await page.getByRole('button', { name: `Ask ${new URL(laid).host}` }).click()
    await page.locator('.folded .sheet', { hasText: 'Corrigée Dupont' }).waitFor()
    expect(await statesOf(page)).to.include('valid')
    await visit.close()
  })

  it('says what is missing where a link is not whole', async () => {
    const [address = '', secret = ''] = all.links.valid.split('#')
    for (const [link, words] of [
      [address, 'A part of the link is missing'],
      [`${address}#${secret.slice(0, -4)}`, 'This link is not complete'],
      [`${address}#${'A'.repeat(43)}`, 'Not found here'],
    ] as const) {
      const visit = await opened(link)
      expect(await visit.page.innerText('main')).to.contain(words)
      expect(await barriersOf(visit.page)).to.deep.equal([])
      await visit.close()
    }
  })
})
