/** Defends the console on a batch of 100,000: it opens, is scrolled to its end, searched, and no more is drawn than is in sight. */
import { expect } from 'chai'
import type { Page } from 'playwright-core'
import { engineFor } from '../support/engines.ts'
import { look, newBatchesSite, visitConsole } from './batches-site.ts'
import type { BatchesSite } from './batches-site.ts'
import { openBrowser } from './browser.ts'
import type { TestBrowser, Visit } from './browser.ts'
import { layDown, learnerAt } from './laid-down.ts'

const SIZE = 100_000
const MOST_ROWS_DRAWN = 60
const MOST_NODES = 2000

describe('a batch of 100,000 in the console', function () {
  this.timeout(300_000)
  let site: BatchesSite
  let browser: TestBrowser
  let visit: Visit
  let page: Page
  let many = ''

  before(async function () {
    browser = await openBrowser(engineFor(this, 'chromium'))
    site = await newBatchesSite()
    const { folder } = site.context
    many = await layDown(folder, { templateId: site.template, size: SIZE })
    await layDown(folder, { templateId: site.template, size: 3 })
    visit = await visitConsole(browser, site, { key: await site.key(), at: `/batches/${many}` })
    page = visit.page
  })
  after(async () => {
    await browser.close()
    await site.remove()
  })
  afterEach(() => {
    expect(visit.complaints).to.deep.equal([])
  })

  const nameAt = (i: number): string => learnerAt(i).name ?? ''
  /** The row of this learner stands there, with few others. */
  const sees = async (i: number): Promise<void> => {
    await page.locator('.desk-row').getByText(nameAt(i), { exact: true }).waitFor()
    expect(await page.locator('.desk-row').count()).to.be.lessThan(MOST_ROWS_DRAWN)
    expect(await page.locator('*').count()).to.be.lessThan(MOST_NODES)
  }
  const press = async (key: string): Promise<void> => {
    await page.locator('.desk-row[tabindex="0"]').focus()
    await page.keyboard.press(key)
  }

  it('shows each of its certificates on its own page, at the end too', async () => {
    await sees(0)
    await press('End')
    await sees(SIZE - 1)
    const last = page.locator('.desk-row', { hasText: nameAt(SIZE - 1) })
    expect(await last.getAttribute('aria-rowindex')).to.equal(String(SIZE + 1))
    await look(page, 'batches-many')
    await press('Home')
    await sees(0)
  })

  it('is one of those to choose among the certificates, and scrolled to its middle and its end', async () => {
    await page.goto(`${site.url}/console#/certificates`)
    const batches = page.getByRole('combobox', { name: 'Batch' })
    await batches.selectOption(many)
    expect(await batches.locator('option:checked').innerText()).to.match(
      / \(100,000\) · Souder à l’arc TIG/,
    )
    await page.getByText('Certificates in this batch: 100,000').waitFor()
    await sees(0)
    const rows = `document.querySelector('.desk-rows')`
    await page.evaluate(`${rows}.scrollTop = ${rows}.scrollHeight / 2`)
    await sees(SIZE / 2)
    await press('End')
    await sees(SIZE - 1)
    await page
      .locator('.desk-row:last-child .desk-badge:visible', { hasText: 'In force' })
      .waitFor()
    await look(page, 'people-many')
  })

  it('is searched: one is found among all, and all where all are meant', async () => {
    const search = page.getByRole('searchbox')
    await search.fill(learnerAt(77_777).email ?? '')
    await page.getByText('1 found', { exact: true }).waitFor()
    await sees(77_777)
    await search.fill('Apprenante')
    await page.getByText('100 found, and more').waitFor()
    for (const count of [200, 300]) {
      await press('End')
      await page.getByText(`${count} found, and more`).waitFor()
      expect(await page.locator('.desk-row').count()).to.be.lessThan(MOST_ROWS_DRAWN)
    }
    await search.fill(`Apprenante N${SIZE - 1}`)
    await page.getByText('1 found', { exact: true }).waitFor()
    await sees(SIZE - 1)
    await search.fill('')
    await page.getByText('Certificates in this batch: 100,000').waitFor()
  })
})
