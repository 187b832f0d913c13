/** Defends how links leave the console: by e-mail, again where a letter was refused, and permanent ones for good. */
import { expect } from 'chai'
import { engineFor } from '../support/engines.ts'
import { patiently } from '../support/patience.ts'
import { csvFile, firstRows, look, newBatchesSite, visitConsole } from './batches-site.ts'
import type { BatchesSite } from './batches-site.ts'
import { openBrowser } from './browser.ts'
import type { TestBrowser } from './browser.ts'

describe('links of a batch in the console', function () {
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

  it('go by e-mail, and a letter that was refused goes again', async () => {
    site.mail.answer = { recipient: 550 }
    const visit = await visitConsole(browser, site, { key, at: '/batches/new', locale: 'fr-FR' })
    const { page } = visit
    const file = csvFile(firstRows(site.rows, 1))
    await page.locator('input[type=file]').setInputFiles(file)
    await page.getByRole('button', { name: 'Émettre 1 certificat' }).click()
    const send = page.getByRole('button', { name: 'Envoyer les liens par courriel' })
    await send.click({ timeout: patiently(60_000) })
    await page.getByText('refus du serveur du destinataire').waitFor({ timeout: patiently(30_000) })
    await look(page, 'batch-links-refused-fr')
    site.mail.answer = {}
    await page.getByRole('button', { name: 'Renvoyer' }).click()
    await page.getByText('chez le serveur de courriel').waitFor({ timeout: patiently(30_000) })
    expect(site.mail.letters).to.have.length(1)
    expect(await page.getByRole('button', { name: 'Renvoyer' }).count()).to.equal(0)
    expect(visit.complaints).to.deep.equal([])
    await visit.close()
  })

  it('are permanent only where that is meant, and forgotten once they are handed out', async () => {
    const visit = await visitConsole(browser, site, { key, at: '/batches/new', width: 'phone' })
    const { page } = visit
    const [head = '', ...lines] = firstRows(site.rows, 4).split('\n')
    const file = csvFile([head, ...lines.slice(2)].join('\n'))
    await page.locator('input[type=file]').setInputFiles(file)
    const issue = page.getByRole('button', { name: 'Issue 2 certificates' })
    await issue.waitFor()
    await page.getByLabel('Make them permanent').check()
    expect(await issue.isDisabled()).to.equal(true)
    expect(await page.getByLabel('E-mail each learner their link').isDisabled()).to.equal(true)
    await page.getByLabel('These certificates can never be erased, and this is meant.').check()
    await look(page, 'batch-links-permanent-phone')
    await issue.click()
    const download = page.getByRole('button', { name: 'Download the links' })
    await download.waitFor({ timeout: patiently(60_000) })
    const forget = page.getByRole('button', { name: 'The links are handed out' })
    expect(await forget.isDisabled()).to.equal(true)
    await Promise.all([page.waitForEvent('download'), download.click()])
    await page.getByText('Downloaded once already.').waitFor()
    await forget.click()
    const id = new URL(page.url()).hash.split('/').at(-1) ?? ''
    await page.getByLabel(/write its name/).fill(id.slice(0, 8))
    await look(page, 'batch-links-forget-phone')
    await page.getByRole('button', { name: 'The links are handed out' }).last().click()
    await page.getByText('Forget these links').waitFor({ state: 'hidden' })
    await page.getByText('These permanent links were handed out.').waitFor()
    const { json } = await site.call('GET', `/batches/${id}`)
    expect(json).to.deep.include({ permanent: true, isDelivered: true, exports: 1 })
    expect((await site.call('GET', `/batches/${id}/links`)).json['issuing']).to.equal('delivered')
    expect(visit.complaints).to.deep.equal([])
    await visit.close()
  })

  it('are not there yet while something holds the batch up, and it is said what', async () => {
    const { json } = await site.call('GET', '/batches?limit=1')
    const [batch] = json['batches'] as Readonly<Record<string, unknown>>[]
    const id = String(batch?.['id'])
    const trouble = { code: 'no-funds', since: '2026-06-15T07:06:00.000Z' }
    const progress = { step: 'seal', done: 41_000, total: 100_000 }
    const held = { ...batch, state: 'drafted', progress, trouble }
    const visit = await visitConsole(browser, site, { key, width: 'tablet', locale: 'fr-FR' })
    const { page } = visit
    await page.route(`**/batches/${id}/events`, (route) =>
      route.fulfill({
        contentType: 'text/event-stream',
        body: `event: batch\ndata: ${JSON.stringify(held)}\n\n`,
      }),
    )
    await page.goto(`${site.url}/console#/batches/${id}`)
    await page.getByText('Le compte qui paie les frais du réseau').waitFor()
    await page.getByText('Retardé').waitFor()
    await page.getByText('41\u202f000 sur 100\u202f000').waitFor()
    await look(page, 'batch-links-held-up-fr')
    await visit.close()
  })
})
