/** Defends the editor of templates: by keyboard from nothing to a template that the API has just so. */
import { readFile } from 'node:fs/promises'
import { expect } from 'chai'
import type { Page } from 'playwright-core'
import { newIssuingServer } from '../server/routes/issuing.ts'
import type { IssuingServer } from '../server/routes/issuing.ts'
import { exampleTemplate } from '../server/folder.ts'
import { engineFor } from '../support/engines.ts'
import { openBrowser } from './browser.ts'
import type { TestBrowser } from './browser.ts'
import { expectSound, signIn } from './console-site.ts'

const ESCO = '60c78287-22eb-4103-9c8c-28deaa460da0'

describe('templates in the console', function () {
  this.timeout(120_000)
  let server: IssuingServer
  let browser: TestBrowser

  before(async function () {
    browser = await openBrowser(engineFor(this, 'chromium'))
    server = await newIssuingServer()
  })
  after(async () => {
    await browser.close()
    await server.data.remove()
  })

  /** The stored template of this title, as the API has it. */
  async function stored(title: string): Promise<Readonly<Record<string, unknown>>> {
    const { json } = await server.get('/api/v1/templates')
    const all = json['templates'] as readonly { id: string; name: string }[]
    const found = all.find(({ name }) => name === title)
    const { json: whole } = await server.get(`/api/v1/templates/${found?.id ?? 'none'}`)
    return whole['template'] as Readonly<Record<string, unknown>>
  }

  it('are made from nothing by keyboard, with the linter counting along', async () => {
    const desk = await signIn(browser, server.url, server.key)
    const { page } = desk
    await desk.at('#/templates')
    await page.getByText('No template yet').waitFor()
    await expectSound(desk, 'templates-none')
    await page.getByRole('link', { name: 'New template' }).focus()
    await page.keyboard.press('Enter')
    await page.locator('h1:focus').waitFor()
    await page.getByRole('button', { name: 'Save template' }).first().press('Enter')
    await page.getByLabel('Title').and(page.locator(':focus')).waitFor()
    await expectSound(desk, 'templates-lacking')
    expect(await score(page)).to.equal('3')

    await page.setViewportSize({ width: 1440, height: 900 })
    const parts = page.getByRole('navigation', { name: 'Parts of the template' })
    const part = parts.getByRole('button', { name: /^Assessment , still to do: [1-9]/ })
    await part.press('Enter')
    await page.locator('h2:focus', { hasText: 'Assessment' }).waitFor()
    await parts.locator('[aria-current=location]', { hasText: 'Assessment' }).waitFor()
    const top = await page.locator('h2:focus').boundingBox()
    const strip = await parts.boundingBox()
    expect(top?.y, 'it stands below the strip').to.be.at.least(
      (strip?.y ?? 0) + (strip?.height ?? 0),
    )
    await page.screenshot({ path: 'screenshots/console-templates-part.png' })
    await parts.getByRole('button', { name: /^Columns of the file/ }).press('Enter')
    await parts.locator('[aria-current=location]', { hasText: 'Columns' }).waitFor()
    await page.getByLabel('Title').focus()

    await write(page)
    await expectSound(desk, 'templates-complete')
    expect(await parts.getByText('still to do').count()).to.equal(0)

    await page.getByRole('button', { name: 'Preview' }).press('Enter')
    await page.getByRole('dialog').getByText('Camille Martin').waitFor()
    await expectSound(desk, 'templates-preview')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Save template' }).first().press('Enter')
    await page.getByRole('link', { name: 'Welding flat seams' }).waitFor()
    await page.locator('.desk-rows').getByText('Complete').waitFor()
    await expectSound(desk, 'templates-list')
    expectWritten(await stored('Welding flat seams'))
    expect(await page.evaluate<string>('JSON.stringify(localStorage)')).to.not.contain('Welding')
    await desk.close()
  })

  it('go in and out as files without loss, and outlive a reload while they are written', async () => {
    const desk = await signIn(browser, server.url, server.key)
    const { page } = desk
    const bytes = await exampleTemplate()
    await desk.at('#/templates')
    const input = page.locator('input[type=file]')
    const buffer = Buffer.from('{"a":1}')
    await input.setInputFiles({ name: 'x.json', mimeType: 'application/json', buffer })
    await page.getByText('This file is no template').waitFor()
    const file = { name: 'template.json', mimeType: 'application/json', buffer: Buffer.from(bytes) }
    await input.setInputFiles(file)
    await page.getByRole('heading', { name: /^Souder/ }).waitFor()
    await page.getByLabel('ECTS credits').fill('2')
    await page.reload()
    await page.getByRole('heading', { name: /^Souder/ }).waitFor()
    expect(await page.getByLabel('ECTS credits').inputValue()).to.equal('2')
    expect(await score(page)).to.equal('11')
    await page.getByLabel('ECTS credits').fill('1')
    const downloading = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Export' }).click()
    const download = await downloading
    expect(download.suggestedFilename()).to.match(/^souder-a-l-arc-tig.*\.json$/)
    const written: unknown = JSON.parse(await readFile(await download.path(), 'utf8'))
    expect(written).to.deep.equal(JSON.parse(Buffer.from(bytes).toString()))
    await page.getByRole('button', { name: 'Save template' }).first().click()
    await page.getByRole('link', { name: /^Souder/ }).waitFor()
    const { achievement } = written as { achievement: { name: string } }
    expect(await stored(achievement.name)).to.deep.equal(written)
    await desk.close()
  })

  it('are changed as a new version, duplicated, and deleted by their name', async () => {
    const desk = await signIn(browser, server.url, server.key)
    const { page } = desk
    await desk.at('#/templates')
    await page.getByRole('link', { name: /^Welding/ }).click()
    await page.getByLabel('Description').fill('Four days of practice.')
    await page.getByRole('button', { name: 'Save template' }).first().click()
    await page.getByText('Saved as a new version').waitFor()
    await page.getByLabel('Earlier versions').check()
    await page.locator('.desk-rows').getByText('Earlier').waitFor()
    await page.locator('.desk-row', { hasText: 'Earlier' }).getByRole('link').click()
    await page.getByText('A newer version of this template exists.').waitFor()
    expect(await page.getByLabel('Title').isDisabled()).to.equal(true)
    await expectSound(desk, 'templates-earlier')
    await page.getByRole('button', { name: 'Duplicate' }).click()
    await page.getByRole('button', { name: 'Save template' }).first().waitFor()
    await page.getByLabel('Title').fill('Welding, again')
    await page.getByRole('button', { name: 'Save template' }).first().click()
    await page.getByRole('link', { name: 'Welding, again' }).click()
    await page.getByRole('button', { name: 'Delete' }).click()
    await page.getByLabel('To confirm').fill('Welding, again')
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
    await page.getByText('The template is deleted.').waitFor()
    await page.getByLabel('Search templates').fill('again')
    await page.getByText('No template of this name.').waitFor()
    await desk.close()
  })

  it('are written in French on a phone, with results that columns fill', async () => {
    const desk = await signIn(browser, server.url, server.key, 'phone', { locale: 'fr-FR' })
    const { page } = desk
    await desk.at('#/templates/new')
    await page.getByRole('button', { name: 'Ajouter un résultat' }).click()
    await page.getByLabel('Nom du résultat').fill('Épreuve pratique')
    await page.getByLabel('Minimum').fill('0')
    await page.getByLabel('Maximum').fill('20')
    await page.getByLabel('Seuil de réussite').fill('25')
    await page.getByText('Dans le barème').waitFor()
    await page.getByLabel('Seuil de réussite').fill('12')
    await page.getByRole('button', { name: 'Ajouter une colonne' }).click()
    await page.keyboard.type('Note /20')
    await page.getByLabel('Remplit').last().selectOption('result')
    await page.getByLabel('Quel résultat').selectOption({ label: 'Épreuve pratique' })
    await page.getByLabel('Tous les résultats').uncheck()
    await page
      .getByRole('button', { name: 'Voir tous les éléments' })
      .or(page.getByText('Voir tous les éléments'))
      .first()
      .click()
    await page.getByText('Cette information personnelle se verra').first().waitFor()
    await expectSound(desk, 'templates-phone')
    await page.getByRole('button', { name: 'Aperçu' }).click()
    await page.getByRole('dialog').getByText('Épreuve pratique').waitFor()
    await expectSound(desk, 'templates-preview-phone')
    await desk.close()
  })
})

function score(page: Page): Promise<string | null> {
  return page.locator('.desk-score strong').textContent()
}

/** All eleven elements, each from the line of the linter that asks for it. */
async function write(page: Page): Promise<void> {
  await page.keyboard.type('Welding flat seams')
  await page.keyboard.press('Tab')
  await page.keyboard.type('Three days of practice.')
  expect(await score(page)).to.equal('4')
  await lead(page, 'Missing: Learning outcomes')
  await page.keyboard.press('Enter')
  await page.keyboard.type('Sets up a workplace')
  await lead(page, 'Missing: Country')
  await page.getByLabel('Country').selectOption('FR')
  await lead(page, 'Missing: Notional workload')
  await page.keyboard.type('21,5')
  await lead(page, 'Missing: Level')
  await page.getByLabel('European level').selectOption('3')
  await lead(page, 'Missing: Type of assessment')
  await page.keyboard.press('Space')
  await lead(page, 'Missing: Form of participation')
  await page.keyboard.press('Space')
  await lead(page, 'Missing: Quality assurance')
  await page.keyboard.press('Enter')
  await page.keyboard.type('Qualiopi')
  await page.getByLabel('Page about it').fill('https://school.example/quality')
  expect(await score(page)).to.equal('11')
  await page.getByRole('button', { name: 'Add a skill' }).press('Enter')
  await page.keyboard.type('Work in a team')
  await page
    .getByLabel('Its address at ESCO')
    .fill(`https://esco.ec.europa.eu/x?uri=http%3A%2F%2Fdata.europa.eu%2Fesco%2Fskill%2F${ESCO}`)
  await page.getByLabel('SIRET').fill('000 000 018 00011')
  await page.getByText('14 digits; the last one checks the others').waitFor()
  await page.getByLabel('SIRET').fill('000 000 018 00010')
  await page.getByLabel('What has to be achieved').fill('To pass.')
}

function expectWritten(template: Readonly<Record<string, unknown>>): void {
  const { achievement, columns, hidable, validity, ...rest } = template
  expect(rest).to.deep.equal({
    inaltera: 'template/1',
    language: 'en',
    issuer: {
      name: 'Organisme d’essai',
      address: { country: 'FR' },
      siret: '00000001800010',
    },
    learningOutcomes: [{ name: 'Sets up a workplace' }],
    workload: { hours: 21.5 },
    level: { eqf: 3 },
    assessment: { types: ['written-exam'] },
    participation: ['online'],
    qualityAssurance: [
      { type: 'institutional-quality', name: 'Qualiopi', url: 'https://school.example/quality' },
    ],
    skills: [{ name: 'Work in a team', esco: `http://data.europa.eu/esco/skill/${ESCO}` }],
  })
  expect(achievement).to.deep.include({
    name: 'Welding flat seams',
    description: 'Three days of practice.',
    criteria: { narrative: 'To pass.' },
  })
  expect([columns, hidable, validity].map((one) => typeof one)).to.not.include('undefined')
}

/** From a line of the linter to the field that it leads to. */
async function lead(page: Page, line: string): Promise<void> {
  await page.getByRole('button', { name: line }).first().press('Enter')
}
