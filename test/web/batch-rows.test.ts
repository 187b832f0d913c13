/** Defends the rows of a file in the console: those of a workbook corrected in place, a hundred thousand of them in sight. */
import { expect } from 'chai'
import type { Page } from 'playwright-core'
import { edited, workbook } from '../server/rows/files.ts'
import { engineFor } from '../support/engines.ts'
import { patiently } from '../support/patience.ts'
import { csvFile, firstRows, look, manyRows, newBatchesSite, visitConsole } from './batches-site.ts'
import type { BatchesSite, NamedFile } from './batches-site.ts'
import { openBrowser } from './browser.ts'
import type { TestBrowser, Visit } from './browser.ts'

const MANY = 100_000
/** Each takes its place in the table, and no more than what is in sight does. */
const MOST_ROWS_DRAWN = 60
const MOST_NODES = 4000
const SLOW = { timeout: patiently(120_000) }

describe('rows of a file in the console', function () {
  this.timeout(300_000)
  let site: BatchesSite
  let browser: TestBrowser
  let visit: Visit
  let page: Page

  before(async function () {
    browser = await openBrowser(engineFor(this, 'chromium'))
    site = await newBatchesSite()
  })
  after(async () => {
    await browser.close()
    await site.remove()
  })
  const enter = async (locale: string): Promise<void> => {
    visit = await visitConsole(browser, site, { key: await site.key(), at: '/batches/new', locale })
    page = visit.page
  }
  afterEach(async () => {
    expect(visit.complaints).to.deep.equal([])
    await visit.close()
  })
  const choose = (file: NamedFile): Promise<void> =>
    page.locator('input[type=file]').setInputFiles(file)
  const said = (text: string): Promise<void> => page.getByText(text).waitFor(SLOW)
  const again = (verb: string): Promise<void> => page.getByRole('button', { name: verb }).click()

  it('are those of a workbook too: named as in the sheet, corrected where they are, then issued', async () => {
    await enter('fr-FR')
    const [head = [], ...rows] = firstRows(site.rows, 5)
      .trimEnd()
      .split('\n')
      .map((line) => line.split(';'))
    const [first = [], second = [], third = [], ...rest] = rows
    const lines = [
      head,
      first.map((cell, i) => (i === 1 ? `${cell}\n dite Zoé` : cell)),
      head.map(() => null),
      second.map((cell) => (cell.includes('@') ? 'nobody' : cell)),
      third.map((cell) => (cell.includes('@') ? 'ERROR' : cell)),
      ...rest,
    ]
    const buffer = edited(await workbook(lines), 'worksheets/sheet1.xml', (xml) =>
      xml.replace(/<c r="E5"[^]*?<\/c>/, '<c r="E5" t="e"><v>#N/A</v></c>'),
    )
    await choose({ ...csvFile('', 'apprenants.xlsx'), buffer })
    await said('3 lignes sur 5 ne peuvent pas encore être émises.')
    await said('Classeur Excel · 5 lignes')
    const wrong = page.getByRole('textbox', { name: 'Courriel, ligne 4' })
    const unread = page.getByRole('textbox', { name: 'Courriel, ligne 5' })
    expect(await wrong.inputValue()).to.equal('nobody')
    expect(await unread.inputValue()).to.equal('')
    await look(page, 'batches-workbook-fr')
    await wrong.fill('quelqu.un@courriel.example')
    await page.getByRole('textbox', { name: 'Prénom, ligne 2' }).fill('Zoé')
    await again('Vérifier à nouveau')
    // What could not be read is not taken for an empty cell, and the rows are called as before.
    await said('1 ligne sur 5 ne peut pas encore être émise.')
    await unread.fill('autre@courriel.example')
    await again('Vérifier à nouveau')
    await said('Les 5 lignes peuvent être émises.')
    await page.getByRole('button', { name: 'Émettre 5 certificats' }).click()
    await page.locator('.timeline').waitFor()
    await said('quelqu.un@courriel.example')
    await said('autre@courriel.example')
  })

  it('are a hundred thousand: the bad ones listed, all scrolled through, and no more drawn than are in sight', async () => {
    await enter('en-GB')
    const bad = [1, 40_000, MANY]
    const lines = manyRows(site.rows, MANY).split('\n')
    for (const row of bad) {
      lines[row] = (lines[row] ?? '').replace(/learner-\d+@courriel.example/, 'nobody')
    }
    await choose(csvFile(lines.join('\n')))
    await said('3 of 100,000 rows cannot be issued yet.')
    const rows = page.locator('.rows-sheet-row')
    await rows.nth(2).waitFor()
    expect(await rows.count()).to.equal(bad.length)
    await page.getByRole('button', { name: 'All rows (100,000)' }).click()
    await sees('B-0')
    await page.locator('.rows-sheet').press('End')
    await sees(`B-${MANY - 1}`)
    await page.getByRole('button', { name: 'To correct (3)' }).click()
    for (const row of bad) {
      const cell = page.getByRole('textbox', {
        name: `Courriel, row ${(row + 1).toLocaleString('en')}`,
      })
      await cell.fill(`somebody-${row}@courriel.example`)
    }
    await again('Check again')
    await said('All 100,000 rows can be issued.')
  })

  /** The row stands in the table, with few others. */
  async function sees(id: string): Promise<void> {
    await page.locator('.rows-sheet-row', { hasText: new RegExp(`${id}(?!\\d)`) }).waitFor()
    expect(await page.locator('.rows-sheet-row').count()).to.be.lessThan(MOST_ROWS_DRAWN)
    expect(await page.locator('*').count()).to.be.lessThan(MOST_NODES)
  }
})
