/** Defends what the page of a certificate does for its holder, and that it tells nobody else. */
import { expect } from 'chai'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import encodeQR from 'qr'
import { parseBundle, parseReport } from '../../src/index.ts'
import { inaltera } from '../cli/command.ts'
import { pause } from '../server/routes/issuing.ts'
import { copiedStore } from '../support/copied.ts'
import { engineFor } from '../support/engines.ts'
import { barriersOf, keepScreenshot, openBrowser } from './browser.ts'
import type { TestBrowser, Visit, Width } from './browser.ts'
import { isRpc, settled } from './certificate-scenes.ts'
import { dressIssuer, newCertificates } from './certificates.ts'
import type { Certificates } from './certificates.ts'
import { json, openVerifier, paste } from './verify-page.ts'

type Json = Record<string, unknown>

const SVG =
  '<svg xmlns="http://www.w3.org/2000/svg"><rect width="90" height="40" style="fill:#07c"/></svg>'
const LOGO = `data:image/svg+xml;base64,${Buffer.from(SVG).toString('base64')}`

describe('a learner’s certificate', function () {
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

  it('keeps its secret and its learner to itself: address, title, traffic, log and store (D6)', async () => {
    const secret = all.links.valid.split('#')[1] ?? expect.fail('no secret')
    const visit = await opened(all.links.valid)
    expect(visit.page.url()).to.equal(all.links.valid.split('#')[0])
    await visit.page.reload()
    await settled(visit.page)
    expect(await visit.page.innerText('.seal')).to.contain('Authentic')
    await visit.page.getByRole('button', { name: 'Français' }).click()
    expect(await visit.page.title()).to.equal('Certificat · Inaltera')
    const files = await copiedStore(all.server.data.folder)
    const stored = files.map((bytes) => bytes.toString('latin1'))
    const told = [...visit.requests.map(({ text }) => text), ...all.server.lines, ...stored]
    expect(visit.requests.length).to.be.greaterThan(5)
    for (const text of told) {
      expect(text.includes(secret)).to.equal(false)
      for (const name of all.names) {
        const written = [name, encodeURIComponent(name), Buffer.from(name).toString('latin1')]
        expect(
          written.some((one) => text.includes(one)),
          name,
        ).to.equal(false)
      }
    }
    await visit.close()
  })

  it('asks nobody but its own site and the policy’s providers', async () => {
    const visit = await opened(all.links.long)
    const policy = (await (await fetch(`${all.server.url}/api/v1/policy`)).json()) as Json
    const providers = Object.values(policy['providers'] as Record<string, string[]>).flat()
    const origins = new Set(visit.requests.map(({ url }) => new URL(url).origin))
    const allowed = [all.server.url, ...providers.map((url) => new URL(url).origin)]
    expect([...origins]).to.have.members(allowed)
    await visit.close()
  })

  it('gives a file, and a report of the verdict that the terminal gives and confirms', async () => {
    const visit = await opened(all.links.suspended)
    const folder = all.server.data.folder
    const policy = join(folder, 'policy.json')
    const certificate = await download(visit.page, 'Certificate (JSON)', folder)
    const report = await download(visit.page, 'Verification report', folder)
    const replayed = await inaltera(['verify', '--replay', report, '--json'], { cwd: folder })
    expect(replayed.code, replayed.err).to.equal(0)
    const ended = await inaltera(['verify', certificate, '--policy', policy, '--json'], {
      cwd: folder,
    })
    const { verdict } = parseReport(await readFile(report))
    const moments = { judgedAt: null, block: null }
    expect({ ...verdict, ...moments }).to.deep.equal({ ...ended.json, ...moments })
    expect(verdict.checks.status).to.deep.equal({ outcome: 'failed', code: 'suspended' })
    await visit.close()
  })

  it('gives its evidence in a bundle', async () => {
    const visit = await opened(all.links.valid)
    const file = await download(visit.page, 'Certificate with evidence', all.server.data.folder)
    expect(parseBundle(await readFile(file)).certificate.index).to.be.a('number')
    await visit.close()
  })

  it('can be asked again where nobody answered', async () => {
    const visit = await browser.visit('phone')
    await visit.page.route(isRpc, (route) => route.abort())
    await visit.page.goto(all.links.valid)
    await settled(visit.page)
    await visit.page.unroute(isRpc)
    await visit.page.getByRole('button', { name: 'Try again' }).click()
    await visit.page.locator('.seal-valid').waitFor()
    await visit.close()
  })

  it('opens its checks and its menu by keyboard, and prints its sheet without them', async () => {
    const visit = await opened(all.links.valid)
    const { page } = visit
    const skip = page.getByRole('link', { name: 'Skip' })
    await skip.focus()
    await page.keyboard.press('Enter')
    expect(await page.evaluate<string>('document.activeElement.id')).to.equal('content')
    expect(new URL(page.url()).hash).to.equal('')
    expect(await page.innerText('.seal')).to.contain('Authentic')
    await page.locator('summary', { hasText: 'Anchor: passed' }).focus()
    await page.keyboard.press('Enter')
    expect(await page.innerText('.checks'))
      .to.contain('Hash of that block')
      .and.contain('answered')
    const button = page.getByRole('button', { name: 'Download' })
    await button.focus()
    await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Escape')
    expect(await button.getAttribute('aria-expanded')).to.equal('false')
    expect(await page.evaluate<string>('document.activeElement.textContent')).to.equal('Download')
    expect(await barriersOf(page)).to.deep.equal([])
    const code = page.locator('.seal .qr')
    expect(await code.isVisible()).to.equal(false)
    await page.emulateMedia({ media: 'print' })
    expect(await code.isVisible()).to.equal(true)
    // As the PDF has it: to a verifier, and without the secret.
    const drawn = cellsOf((await code.locator('path').getAttribute('d')) ?? '')
    const rows = encodeQR(`${all.server.url}/verify`, 'raw', { ecc: 'medium', border: 4 })
    const dark = rows.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? `${x} ${y}` : [])))
    expect(drawn).to.have.members(dark)
    expect(await page.innerText('.seal')).to.contain(`${new URL(all.server.url).host}/verify`)
    expect(await page.locator('.band-network').isVisible()).to.equal(true)
    expect(await page.locator('.checks').isVisible()).to.equal(false)
    expect(await button.isVisible()).to.equal(false)
    await keepScreenshot(page, 'certificate-printed')
    await visit.close()
  })

  it('shows the whole of its menu on a phone', async () => {
    const visit = await opened(all.links.valid, 'phone', { locale: 'fr-FR' })
    await visit.page.getByRole('button', { name: 'Télécharger' }).click()
    const { x, y, width, height } =
      (await visit.page.locator('.menu-list').boundingBox()) ?? expect.fail('no menu')
    expect(Math.min(x, y)).to.be.at.least(0)
    expect([x + width <= 360, y + height <= 740]).to.deep.equal([true, true])
    await keepScreenshot(visit.page, 'certificate-menu-phone')
    await visit.close()
  })

  it('wears what its issuer bound to its account, and nothing that its site alone says', async () => {
    const look = { name: 'École', logo: LOGO, colours: { accent: '#ffee88' } }
    await dressIssuer(all.server, look, false)
    const before = await opened(all.links.valid)
    expect(await before.page.locator('.sheet-logo').count()).to.equal(0)
    await before.close()
    await dressIssuer(all.server, look)
    const visit = await opened(all.links.valid)
    // What is looked at lies some blocks behind the newest.
    for (let i = 0; i < 20 && (await visit.page.locator('.sheet-logo').count()) === 0; i += 1) {
      await pause(1000)
      await visit.page.reload()
      await settled(visit.page)
    }
    await keepScreenshot(visit.page, 'certificate-dressed-desktop')
    expect(await visit.page.innerText('.sheet-issuer')).to.equal('Organisme d’essai')
    // The pale yellow is darkened until it can be read.
    expect(await barriersOf(visit.page)).to.deep.equal([])
    await visit.close()
  })

  it('wears it in the verifier of its own site too, which asks for it by no other policy', async () => {
    const visit = await browser.visit('desktop')
    const { page, requests } = visit
    const asked = (): string[] =>
      requests.flatMap(({ url }) => (url.includes('/api/v1/issuers/') ? [url] : []))
    await openVerifier(page, `${all.server.url}/verify`)
    await paste(page, all.links.valid)
    await page.locator('.verdict .sheet-logo').waitFor()
    expect(new Set(asked().map((url) => new URL(url).origin))).to.deep.equal(
      new Set([all.server.url]),
    )
    await page.locator('.settings-head button').click()
    const before = asked().length
    await page.getByLabel('Public test networks').click()
    await page.locator('.verdict .seal-undetermined').waitFor()
    const text = await readFile(join(all.server.data.folder, 'policy.json'), 'utf8')
    const own = JSON.parse(text) as Json
    const load = page.locator('.own-policy input[type=file]')
    await load.setInputFiles(json('own.json', JSON.stringify({ ...own, name: 'Mine' })))
    await page.locator('.verdict .seal-valid').waitFor()
    expect(await page.locator('.verdict .sheet-logo').count()).to.equal(0)
    expect(asked().length).to.equal(before)
    await visit.close()
  })
})

/** The dark modules of a code that is drawn as one path: `x y` of each. */
function cellsOf(path: string): string[] {
  return [...path.matchAll(/M(\d+) (\d+)h(\d+)/g)].flatMap(([, x, y, length]) =>
    Array.from({ length: Number(length) }, (_, i) => `${Number(x) + i} ${y ?? ''}`),
  )
}

async function download(page: Page, label: string, folder: string): Promise<string> {
  await page.getByRole('button', { name: 'Download' }).click()
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: label }).click(),
  ])
  const path = join(folder, file.suggestedFilename())
  await writeFile(path, await readFile(await file.path()))
  return path
}
