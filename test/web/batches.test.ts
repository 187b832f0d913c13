/** Defends issuing in the console: from a file to links that open, with bad rows corrected and a second person asked. */
import { readFile } from 'node:fs/promises'
import { expect } from 'chai'
import type { Page } from 'playwright-core'
import { engineFor } from '../support/engines.ts'
import { patiently } from '../support/patience.ts'
import {
  APPROVAL_FROM,
  csvFile,
  firstRows,
  look,
  manyRows,
  newBatchesSite,
  signIn,
  visitConsole,
} from './batches-site.ts'
import type { BatchesSite, NamedFile } from './batches-site.ts'
import { keepScreenshot, openBrowser } from './browser.ts'
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

  const choose = (page: Page, file: NamedFile): Promise<void> =>
    page.locator('input[type=file]').setInputFiles(file)

  it('issues the example, from an empty list to links of which one opens its certificate', async () => {
    const visit = await visitConsole(browser, site, { key })
    const { page } = visit
    await page.locator('.desk-empty').waitFor()
    await look(page, 'batches-empty')
    await page.getByRole('link', { name: 'Issue certificates' }).click()
    await page.locator('.issue-drop').waitFor()
    await look(page, 'batches-new')
    await choose(page, csvFile(site.rows))
    await page.getByText('All 32 rows can be issued.').waitFor()
    await look(page, 'batches-checked')
    await page.getByRole('button', { name: 'Preview a certificate' }).click()
    await page.locator('.sheet', { hasText: 'Zoé L’Hôte' }).waitFor()
    await look(page, 'batches-preview')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Issue 32 certificates' }).click()
    await page.locator('.timeline').waitFor()
    await keepScreenshot(page, 'batches-moving')
    // What is told goes on after the page is loaded again.
    await page.reload()
    const download = page.getByRole('button', { name: 'Download the links' })
    await download.waitFor({ timeout: patiently(60_000) })
    expect(await page.locator('.timeline-stage.done time').count()).to.equal(6)
    await page.getByText('@courriel.example').first().waitFor()
    await look(page, 'batches-final')
    const [file] = await Promise.all([page.waitForEvent('download'), download.click()])
    const links = await readFile(await file.path(), 'utf8')
    expect(links.trimEnd().split('\n')).to.have.length(33)
    await page.getByText('Downloaded once already.').waitFor()
    await page.getByRole('button', { name: 'Download again' }).click()
    await page.getByRole('dialog').waitFor()
    await look(page, 'batches-again')
    const link = /https?:\/\/[^\s,;"]+\/c\/[^\s,;"]+/.exec(links)?.[0] ?? expect.fail('no link')
    const { pathname, hash } = new URL(link)
    const opened = await visit.context.newPage()
    const response = await opened.goto(`${site.url}${pathname}${hash}`)
    expect(response?.status()).to.equal(200)
    await opened.locator('.sheet', { hasText: 'Souder à l’arc TIG' }).waitFor()
    await opened.locator('.seal', { hasText: /Authentic|Issuer not recognised/ }).waitFor()
    await keepScreenshot(opened, 'batches-opened')
    expect(visit.complaints).to.deep.equal([])
    await visit.close()
  })

  it('shows bad rows where they are, and takes them once they are corrected there', async () => {
    const bad = firstRows(site.rows, 12)
      .replace('zoe.lhote@courriel.example', 'zoe at courriel')
      .replace(';17/11/1987;', ';17/13/1987;')
      .replace('A-2026-004', 'A-2026-003')
      .replace(';14,25;', ';11;')
      .replace('Ben Saïd', 'Ben\u200b Saïd')
    const visit = await visitConsole(browser, site, { key, at: '/batches/new', locale: 'fr-FR' })
    const { page } = visit
    await choose(page, csvFile(bad))
    await page.getByText('4 lignes sur 12 ne peuvent pas encore être émises.').waitFor()
    await page.getByText('Le même apprenant qu’à la ligne 4').waitFor()
    await page.locator('.rows-sheet-row').first().waitFor()
    expect(await page.locator('.rows-sheet-row').count()).to.equal(4)
    await look(page, 'batches-faulty-fr')
    await page.getByRole('textbox', { name: 'Courriel, ligne 2' }).fill('zoe@courriel.example')
    await page.getByRole('textbox', { name: 'Date de naissance, ligne 3' }).fill('17/12/1987')
    await page.getByRole('button', { name: 'Écarter la ligne 5' }).click()
    await page.getByText('3 lignes modifiées, pas encore vérifiées.').waitFor()
    // What was entered is there after a look at another place.
    await page.getByRole('link', { name: 'Modèles' }).click()
    await page.getByRole('heading', { level: 1, name: 'Modèles' }).waitFor()
    await page.goBack()
    await page.getByText('3 lignes modifiées, pas encore vérifiées.').waitFor()
    await look(page, 'batches-corrected-fr')
    await page.getByRole('button', { name: 'Vérifier à nouveau' }).click()
    await page.getByText('1 ligne sur 11 ne peut pas encore être émise.').waitFor()
    await page.getByRole('textbox', { name: /pratique \/20, ligne 5/ }).fill('14,25')
    await page.getByRole('button', { name: 'Vérifier à nouveau' }).click()
    await page.getByText('Les 11 lignes peuvent être émises.').waitFor()
    await page.getByText('des caractères que personne ne voit').waitFor()
    await page
      .locator('.batch-warnings li')
      .filter({ hasText: 'que personne ne voit' })
      .getByRole('button')
      .click()
    await page.locator('.rows-sheet mark.invisible').waitFor()
    await look(page, 'batches-invisible-fr')
    expect(visit.complaints).to.deep.equal([])
    await visit.close()
  })

  it('maps columns of other names, and says which one is missing', async () => {
    const other = firstRows(site.rows, 3).replace('Prénom;Nom;', 'prenom;Famille;')
    const visit = await visitConsole(browser, site, { key, at: '/batches/new', width: 'phone' })
    const { page } = visit
    await choose(page, csvFile(other))
    await page.getByText('Still to be filled: Nom.').waitFor()
    await look(page, 'batches-mapping-phone')
    await page.getByLabel('Nom', { exact: true }).selectOption('Famille')
    await page.getByText('All 10 columns of the template have their place.').waitFor()
    await page.getByRole('button', { name: 'Check the rows' }).click()
    await page.getByText('All 3 rows can be issued.').waitFor()
    await look(page, 'batches-checked-phone')
    await visit.close()
  })

  it('lets another person approve what one person asked for, and keeps a draft while a session ends', async () => {
    const visit = await visitConsole(browser, site, { key, at: '/batches/new' })
    const { page } = visit
    await choose(page, csvFile(manyRows(site.rows, APPROVAL_FROM)))
    await page.getByText(`All ${APPROVAL_FROM} rows can be issued.`).waitFor()
    // Said before anything is sent in.
    await page.getByText('is issued once a second person has approved it').waitFor()
    await look(page, 'batches-needs-approval')
    await visit.context.clearCookies()
    const ask = `Send ${APPROVAL_FROM} certificates for approval`
    await page.getByRole('button', { name: ask }).click()
    await page.getByRole('dialog').waitFor()
    await look(page, 'batches-session-ended')
    await signIn(page, key)
    await page.getByText('This batch was asked for with this key.').waitFor()
    await look(page, 'batches-waiting')
    const at = new URL(page.url()).hash.slice(1)
    await visit.close()
    const second = await visitConsole(browser, site, {
      key: await site.key(),
      at,
      locale: 'fr-FR',
      width: 'tablet',
    })
    const approve = second.page.getByRole('button', { name: 'Approuver et émettre' })
    await approve.waitFor()
    await look(second.page, 'batches-decide-fr')
    await approve.click()
    await second.page
      .getByRole('button', { name: 'Télécharger les liens' })
      .waitFor({ timeout: patiently(60_000) })
    await look(second.page, 'batches-approved-fr')
    await second.page.goto(`${site.url}/console#/batches`)
    await second.page.getByRole('searchbox').fill(`${APPROVAL_FROM} soudage`)
    await second.page.getByText('Aucun lot ne correspond.').waitFor()
    // The beginning of its id tells it from whatever else may hold the number.
    const name = at.split('/').at(-1)?.slice(0, 8) ?? ''
    await second.page.getByRole('searchbox').fill(`${APPROVAL_FROM} souder ${name}`)
    await second.page.getByText('Affichés : 1').waitFor()
    await second.page.getByRole('searchbox').fill(`souder ${name.slice(1)}`)
    await second.page.getByText('Aucun lot ne correspond.').waitFor()
    await second.page.getByRole('searchbox').fill(`${APPROVAL_FROM} souder`)
    await second.page.getByText(/Affichés : [1-9]/).waitFor()
    await look(second.page, 'batches-list-fr')
    expect(second.complaints).to.deep.equal([])
    await second.close()
  })

  it('revokes a whole batch once its name and a reason are given', async () => {
    const { json } = await site.call('GET', '/batches?state=anchored&limit=1')
    const [batch] = json['batches'] as { id: string }[]
    const id = batch?.id ?? expect.fail('no batch')
    const visit = await visitConsole(browser, site, { key, at: `/batches/${id}`, width: 'phone' })
    const { page } = visit
    await page.getByText('Revoke the whole batch').click()
    await page.getByRole('button', { name: 'Revoke the batch…' }).click()
    const confirm = page.getByRole('button', { name: 'Revoke the batch', exact: true })
    expect(await confirm.isDisabled()).to.equal(true)
    await page.getByLabel('Reason').selectOption('issued-in-error')
    await page.getByLabel(/write the name of the batch/).fill(id.slice(0, 8))
    await look(page, 'batches-revoke-phone')
    await confirm.click()
    await page.getByText('The whole batch was revoked.').waitFor({ timeout: patiently(60_000) })
    await look(page, 'batches-revoked-phone')
    await visit.close()
  })
})
