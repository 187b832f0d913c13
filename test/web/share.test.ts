/**
 * Defends sharing from end to end: a learner with a phone shows what they choose, a stranger reads and verifies it, and
 * when it is withdrawn it is gone everywhere. What is hidden is in nothing that leaves the learner's browser.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect } from 'chai'
import type { Page } from 'playwright-core'
import { engineFor } from '../support/engines.ts'
import { patiently } from '../support/patience.ts'
import { newIssuingServer } from '../server/routes/issuing.ts'
import type { IssuingServer } from '../server/routes/issuing.ts'
import { barriersOf, isTooWide, keepScreenshot, openBrowser } from './browser.ts'
import type { TestBrowser, Visit } from './browser.ts'
import { dressIssuer } from './certificates.ts'

/** François Œillet: born on 1 January 1975, number A-2026-004. */
const LEARNER = 3
const HIDDEN = ['1975-01-01', 'A-2026-004', 'Œillet']

describe('sharing', function () {
  this.timeout(180_000)
  let browser: TestBrowser
  let s: IssuingServer

  before(async function () {
    browser = await openBrowser(engineFor(this, 'chromium'))
    s = await newIssuingServer()
    // Until who verifies sees the anchor as final, a share is refused for now.
    const made = await s.share(9)
    expect(made.status, JSON.stringify(made.json)).to.equal(201)
    await dressIssuer(s, { name: 'What it calls itself', linkedIn: '1337' }, false)
  })
  after(async () => {
    await browser.close()
    await s.data.remove()
  })

  const linkOf = (i: number): string => {
    const link = s.report.links[i]?.link ?? expect.fail('no link')
    return s.url + link.slice(new URL(link).origin.length)
  }

  async function openSheet({ page }: Visit, i: number, button: RegExp): Promise<void> {
    await page.goto(linkOf(i))
    await page.locator('.seal-valid').waitFor()
    await page.getByRole('button', { name: button }).click()
    await page.locator('.share-choose').waitFor()
  }

  async function check({ page }: Visit, name: string): Promise<void> {
    expect(await isTooWide(page), name).to.equal(false)
    expect(await barriersOf(page), name).to.deep.equal([])
    await keepScreenshot(page, `share-${name}`)
  }

  describe('by a learner with a phone', () => {
    let holder: Visit
    let address = ''

    before(async () => {
      holder = await browser.visit('phone', { locale: 'fr-FR' })
      holder.page.setDefaultTimeout(patiently(20_000))
    })
    after(() => holder.close())

    it('shows what others will see, and hides on wish', async () => {
      const { page } = holder
      await openSheet(holder, LEARNER, /^Partager$/)
      const preview = page.locator('.share-paper')
      expect(await preview.textContent())
        .to.include('François Œillet')
        .and.not.include('1975')
      await page.getByRole('switch', { name: /Nom de famille/ }).focus()
      await page.keyboard.press('Space')
      expect(await preview.textContent())
        .to.include('François')
        .and.not.include('Œillet')
      expect(await page.locator('.share-preview [aria-live]').textContent()).to.include(
        'Nom de famille',
      )
      await check(holder, 'choose-phone-fr')
    })

    it('refuses a day that has passed, and says so', async () => {
      const { page } = holder
      await page.getByLabel('jusqu’à une date').check()
      await page.getByLabel('Dernier jour').fill('2020-01-01')
      await page.getByRole('button', { name: 'Créer le lien' }).click()
      expect(await page.locator('.share-day [role=alert]').textContent()).to.include('Choisissez')
      await page.getByLabel('pendant 30 jours').check()
    })

    it('makes a link, with the ways to pass it on', async () => {
      const { page } = holder
      await page.getByRole('button', { name: 'Créer le lien' }).click()
      await page.getByText('Le lien est prêt').waitFor()
      address = await page.getByLabel('Lien à partager', { exact: true }).inputValue()
      expect(new URL(address).pathname).to.match(/^\/s\/[\w-]{22}$/)
      const profile = page.getByRole('link', { name: /profil LinkedIn/ })
      await page.locator('a[href*="organizationId=1337&"]').waitFor()
      const filled = new URL((await profile.getAttribute('href')) ?? '').searchParams
      expect(filled.get('certUrl')).to.equal(address)
      expect(filled.has('organizationName')).to.equal(false)
      expect(await page.locator('.share-code .qr').getAttribute('aria-label')).to.match(/QR/)
      await check(holder, 'ready-phone-fr')
      const bodies = holder.requests.map(({ text }) => text).join('\n')
      for (const value of [...HIDDEN, linkOf(LEARNER).split('#')[1] ?? '?']) {
        expect(bodies, value).to.not.include(value)
      }
    })

    it('is shown elsewhere in the colour that its issuer has now', async () => {
      const picture = async (): Promise<string> => {
        const answer = await fetch(`${address}/picture.png`)
        expect(answer.status).to.equal(200)
        return Buffer.from(await answer.arrayBuffer()).toString('base64')
      }
      const before = await picture()
      const looks = { name: 'What it calls itself', colours: { accent: '#7a1f5c' } }
      await dressIssuer(s, { ...looks, linkedIn: '1337' }, false)
      expect(await picture()).to.not.equal(before)
    })

    it('is read by a stranger, who verifies it and sees that something is hidden', async () => {
      const stranger = await browser.visit('desktop')
      const answer = await stranger.page.goto(address)
      expect(answer?.headers()['x-robots-tag']).to.include('noindex')
      await stranger.page.locator('.seal-valid').waitFor()
      const told = await stranger.page.locator('main').innerText()
      expect(told)
        .to.include('François')
        .and.match(/Hidden by its holder/)
      expect(told)
        .to.match(/Family name/)
        .and.match(/Date of birth/)
      expect(await stranger.page.title()).to.not.include('François')
      await check(stranger, 'page-desktop-en')
      const picture = await fetch(`${address}/picture.png`)
      const png = Buffer.from(await picture.arrayBuffer())
      expect([png.readUInt32BE(16), png.readUInt32BE(20)]).to.deep.equal([1200, 630])
      const everything = [
        await (await fetch(address)).text(),
        await (
          await fetch(`${s.url}/api/v1${new URL(address).pathname.replace('/s/', '/shares/')}`)
        ).text(),
        png.toString('latin1'),
        s.lines.join('\n'),
        stranger.requests.map(({ text }) => text).join('\n'),
      ].join('\n')
      for (const value of HIDDEN) expect(everything, value).to.not.include(value)
      expect(stranger.complaints).to.deep.equal([])
      await stranger.close()
    })

    it('is told how often it was opened, which previews do not count for', async () => {
      const { page } = holder
      await page.getByRole('button', { name: 'Fermer' }).click()
      await page.getByRole('button', { name: /^Partager$/ }).click()
      const item = page.locator('.share-item').first()
      // Once by the stranger's page, once by the test's own question to the API.
      await item.getByText('ouvert 2 fois').waitFor()
      expect(await item.textContent()).to.include('jusqu’au')
    })

    it('is ended by its holder, and gone everywhere at once', async () => {
      const { page } = holder
      const item = page.locator('.share-item').first()
      await item.getByRole('button', { name: 'Arrêter le partage' }).click()
      await check(holder, 'stop-phone-fr')
      await item.getByRole('button', { name: 'Arrêter le partage' }).click()
      await page.getByText('Aucun lien ne fonctionne').waitFor()
      for (const path of ['', '/embed', '/picture.png']) {
        expect((await fetch(`${address}${path}`)).status, path).to.equal(410)
      }
      expect(await (await fetch(address)).text()).to.not.match(/Souder|og:title/)
      const late = await browser.visit('phone', { locale: 'fr-FR' })
      await late.page.goto(address)
      await late.page.getByText('Plus partagé').waitFor()
      await check(late, 'gone-phone-fr')
      await late.page.goto(`${s.url}/s/${'A'.repeat(22)}`)
      await late.page.getByText('Il n’y a rien ici').waitFor()
      await late.close()
    })
  })

  it('asks for a link first where LinkedIn is to show it, and works in the dark', async () => {
    const visit = await browser.visit('desktop', { colorScheme: 'dark' })
    await openSheet(visit, LEARNER, /^Add to LinkedIn$/)
    expect(await visit.page.locator('.share-intro').textContent()).to.include('LinkedIn')
    await check(visit, 'choose-desktop-dark-en')
    await visit.close()
  })

  it('says what went wrong, and changes nothing', async () => {
    const visit = await browser.visit('tablet')
    await openSheet(visit, LEARNER, /^Share$/)
    const problem = (code: string, status: number) => ({
      status,
      contentType: 'application/problem+json',
      body: JSON.stringify({ code }),
    })
    await visit.page.route('**/api/v1/shares', (route) => route.fulfill(problem('conflict', 409)))
    await visit.page.getByRole('button', { name: 'Make the link' }).click()
    await visit.page.getByText('20 links work already').waitFor()
    await visit.page.route('**/api/v1/shares', (route) => route.abort())
    await visit.page.getByRole('button', { name: 'Make the link' }).click()
    await visit.page.getByText('does not answer').waitFor()
    await check(visit, 'trouble-tablet-en')
    await visit.close()
  })

  it('is framed by other sites as the small page alone', async () => {
    const made = await s.share(9)
    const id = String(made.json['id'])
    const paths = [`/s/${id}/embed`, `/s/${id}`, new URL(linkOf(9)).pathname]
    const frames = paths.map(
      (path) => `<iframe src="${s.url}${path}" width="420" height="600"></iframe>`,
    )
    const other = createServer((_, response) => {
      response.setHeader('content-type', 'text/html')
      response.end(`<!doctype html><title>Another site</title>${frames.join('')}`)
    })
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const visit = await browser.visit('desktop')
    const { port } = other.address() as AddressInfo
    await visit.page.goto(`http://localhost:${port}/`)
    await visit.page.locator('iframe').first().contentFrame().locator('.seal-valid').waitFor()
    expect(await framedIn(visit.page, s.url)).to.deep.equal([paths[0]])
    await keepScreenshot(visit.page, 'share-embed-framed')
    await visit.page.goto(`${s.url}${paths[0] ?? ''}`)
    await visit.page.locator('.seal-valid').waitFor()
    await check(visit, 'embed-desktop-en')
    await visit.close()
    other.closeAllConnections()
    other.close()
  })
})

/** Paths of ours that stand in frames of the page. */
async function framedIn(page: Page, origin: string): Promise<string[]> {
  const found = []
  for (const frame of page.frames().slice(1)) {
    const hasPage = (await frame.locator('#page').count()) > 0
    const url = new URL(frame.url())
    if (hasPage && url.origin === origin) found.push(url.pathname)
  }
  return found
}
