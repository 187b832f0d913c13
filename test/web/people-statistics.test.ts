/** Defends the statistics in the console: what happened is counted and drawn, to eye, keyboard and listener; and saved. */
import { readFile } from 'node:fs/promises'
import { expect } from 'chai'
import { parse } from 'csv-parse/sync'
import type { Page } from 'playwright-core'
import type { Json } from '../server/routes/issuing.ts'
import { look, openPeopleSite } from './people-site.ts'
import type { PeopleSite } from './people-site.ts'

const DAY_MS = 86_400_000

/** Answers of a lively issuer, the same for the same days. */
function livelyAnswer(url: URL): Json {
  const [from, to] = ['from', 'to'].map((name) => Date.parse(url.searchParams.get(name) ?? ''))
  if (from === undefined || to === undefined) return expect.fail('both ends are asked for')
  expect((to - from) / DAY_MS, 'the days of one answer').to.be.below(400)
  const none = { issued: 0, opened: 0, shared: 0, shareOpened: 0, verified: 0, revoked: 0 }
  const isLively = (time: number): boolean => time > Date.now() - 500 * DAY_MS
  const days = Array.from({ length: (to - from) / DAY_MS + 1 }, (_, i) => {
    const time = from + i * DAY_MS
    const day = new Date(time).toISOString().slice(0, 10)
    const n = Math.floor(time / DAY_MS)
    const much = { issued: n % 9 === 0 ? 120 : 0, opened: 20 + (n % 40), shared: n % 13 }
    const more = { shareOpened: n % 50, verified: 5 + (n % 30), revoked: n % 31 === 0 ? 1 : 0 }
    return { day, ...none, ...(isLively(time) ? { ...much, ...more } : {}) }
  })
  const totals: Record<string, number> = { ...none }
  for (const day of days) {
    for (const [what, count] of Object.entries(day)) {
      if (typeof count === 'number') totals[what] = (totals[what] ?? 0) + count
    }
  }
  const names = ['Souder à l’arc TIG : cordons à plat sur acier inoxydable', '=1+1', null]
  const templates = names.map((name, i) => ({ id: name && `template-${i}`, name, ...totals }))
  const days_ = { from: url.searchParams.get('from'), to: url.searchParams.get('to'), days }
  return { ...days_, templates: isLively(to) ? templates : [], totals }
}

describe('statistics in the console', function () {
  this.timeout(120_000)
  let site: PeopleSite

  before(async function () {
    site = await openPeopleSite(this)
  })
  after(() => site.close())

  const figure = (page: Page, name: string): Promise<string> =>
    page
      .locator('.figure')
      .filter({ has: page.getByRole('heading', { name, exact: true }) })
      .locator('.figure-number')
      .innerText()
  const lively = (page: Page): Promise<unknown> =>
    page.route('**/api/v1/statistics?*', (route) =>
      route.fulfill({ json: livelyAnswer(new URL(route.request().url())) }),
    )

  it('say what happened: issued, opened, shared, verified; and to another issuer nothing of it', async () => {
    const presentation = await site.server.presentationOf(0)
    const { json } = await site.server.share(0, { presentation })
    for (let i = 0; i < 3; i += 1) {
      await site.server.ask('GET', `/api/v1/shares/${String(json['id'])}`)
    }
    const headers = { 'content-type': 'application/json' }
    const request = { method: 'POST', headers, body: presentation }
    await fetch(`${site.server.url}/api/v1/verifications`, request)
    const visit = await site.enter('statistics')
    const { page } = visit
    await page.locator('.figures').waitFor()
    const size = String(site.server.report.links.length)
    expect(await figure(page, 'Issued')).to.equal(size)
    expect(await figure(page, 'Opened')).to.equal('1')
    expect(await figure(page, 'Shared')).to.equal('1')
    expect(await figure(page, 'Shares opened')).to.equal('3')
    expect(await figure(page, 'Verified')).to.equal('1')
    expect(await page.locator('main').innerText()).to.contain('midnight UTC')
    expect(await page.locator('.chart').first().innerText()).to.contain(
      `${size} in all. Most: ${size} (`,
    )
    await look(page, 'statistics-real')
    const other = await site.enter('statistics', { key: site.server.theirs })
    await other.page.getByText('Nothing to count yet').waitFor()
    await look(other.page, 'statistics-empty')
    expect([...visit.complaints, ...other.complaints]).to.deep.equal([])
    await other.close()
    await visit.close()
  })

  it('are read by keyboard bar by bar, and as a table', async () => {
    const visit = await site.enter('batches')
    const { page } = visit
    await lively(page)
    await page.goto(`${site.server.url}/console#/statistics`)
    const reader = page.getByRole('slider', { name: /^Opened over time/ })
    await reader.focus()
    const last = await reader.getAttribute('aria-valuetext')
    await page.keyboard.press('ArrowLeft')
    const before = await reader.getAttribute('aria-valuetext')
    expect(before)
      .to.match(/^\d+ \w+ \d{4}: \d+$/)
      .and.not.equal(last)
    expect(await page.locator('.chart.opened figcaption').innerText()).to.contain(before)
    await page.keyboard.press('Home')
    expect(await reader.getAttribute('aria-valuenow')).to.equal('0')
    const drawing = page.locator('.chart.opened svg[role="img"]')
    expect(await drawing.locator('title').textContent()).to.equal('Opened over time')
    expect(await drawing.locator('desc').textContent()).to.match(
      /^[\d,]+ in all\. Most: \d+ \(\d+ \w+ \d{4}\)\.$/,
    )
    const opened = await figure(page, 'Opened')
    await page.getByRole('radio', { name: 'Table' }).check()
    const table = page.getByRole('table').first()
    expect(await table.locator('tbody tr').count()).to.equal(30)
    expect(await table.locator('tfoot td').nth(1).innerText()).to.equal(opened)
    expect(visit.complaints).to.deep.equal([])
    await visit.close()
  })

  it('of a range are saved day by day and by template, and calculate nothing', async () => {
    const visit = await site.enter('batches')
    const { page } = visit
    await lively(page)
    await page.goto(`${site.server.url}/console#/statistics?range=90`)
    const saved = async (button: string): Promise<Record<string, string>[]> => {
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: button }).click(),
      ])
      expect(file.suggestedFilename()).to.match(/^statistics.*\.csv$/)
      const text = await readFile(await file.path(), 'utf8')
      return parse(text, { bom: true, columns: true }) as unknown as Record<string, string>[]
    }
    const days = await saved('Save as CSV')
    expect(days).to.have.length(90)
    const sum = days.reduce((total, day) => total + Number(day['Opened']), 0)
    expect(new Intl.NumberFormat('en-GB').format(sum)).to.equal(await figure(page, 'Opened'))
    const names = (await saved('Save by template')).map((row) => row['Template'])
    expect(names).to.include("'=1+1").and.include('Without a stored template')
    expect(visit.complaints).to.deep.equal([])
    await visit.close()
  })

  for (const [width, locale, colorScheme] of [
    ['phone', 'fr-FR', 'light'],
    ['tablet', 'en-GB', 'light'],
    ['desktop', 'fr-FR', 'dark'],
  ] as const) {
    it(`are drawn for every range and template: ${width}, ${locale}`, async () => {
      const visit = await site.enter('batches', { width, locale, colorScheme })
      const { page } = visit
      await lively(page)
      for (const range of ['30', '90', 'year', 'all']) {
        await page.goto(`${site.server.url}/console#/statistics?range=${range}`)
        const bars = { '30': 30, '90': 13, year: 13, all: 17 }[range] ?? 0
        const drawn = page.locator('.chart.opened .chart-bar')
        await page.locator(`.segment input[value="${range}"]:checked`).waitFor()
        await drawn.nth(bars - 1).waitFor()
        await drawn.nth(bars + 1).waitFor({ state: 'detached' })
        expect(await drawn.count(), range).to.be.within(bars, bars + 1)
        await look(page, `statistics-${range}-${width}`)
      }
      await page.locator('.statistics-head input').nth(1).check()
      await look(page, `statistics-table-${width}`)
      await page.locator('.desk-toolbar select').selectOption('template-0')
      await page.waitForURL(/template=template-0/)
      expect(visit.complaints).to.deep.equal([])
      await visit.close()
    })
  }
})
