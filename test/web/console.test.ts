/** Defends the console's frame: who is in it, with what, and that nobody else is, nor loses what was entered. */
import { glob, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'chai'
import { ISSUING_DETAILS } from '../../server/http/issuing-details.ts'
import { PROBLEM_CODES } from '../../server/http/problems.ts'
import { SCOPES } from '../../server/http/scopes.ts'
import { EVENT_TYPES } from '../../server/storage/webhooks.ts'
import { ISSUING_WORDS } from '../../web/console/issuing.words.ts'
import { PROBLEM_WORDS } from '../../web/console/problems.words.ts'
import { ACTION_WORDS } from '../../web/console/settings/audit.words.ts'
import { SCOPE_WORDS } from '../../web/console/settings/keys.words.ts'
import { EVENT_WORDS } from '../../web/console/settings/webhooks.words.ts'
import { newIssuingServer } from '../server/routes/issuing.ts'
import type { IssuingServer } from '../server/routes/issuing.ts'
import { exampleTemplate } from '../server/folder.ts'
import { engineFor } from '../support/engines.ts'
import { ROOT } from '../support/source.ts'
import { openBrowser } from './browser.ts'
import type { TestBrowser } from './browser.ts'
import { enterKey, expectSound, keptIn, signIn } from './console-site.ts'

describe('the words of the console', () => {
  it('have a sentence for every code, scope and event of the API, in each language', () => {
    for (const language of ['en', 'fr'] as const) {
      expect(PROBLEM_WORDS[language]).to.include.all.keys(...PROBLEM_CODES)
      expect(ISSUING_WORDS[language]).to.have.all.keys(...Object.keys(ISSUING_DETAILS))
      expect(SCOPE_WORDS[language]).to.have.all.keys(...SCOPES)
      expect(EVENT_WORDS[language]).to.have.all.keys(...EVENT_TYPES)
    }
  })

  it('have one for every deed that the server writes into its audit log', async () => {
    const deeds = new Set<string>()
    for await (const file of glob(join(ROOT, 'server/**/*.ts'))) {
      const text = await readFile(file, 'utf8')
      for (const [, deed = ''] of text.matchAll(/\baction: '([a-z-]+)'/g)) deeds.add(deed)
    }
    expect(deeds.size).to.be.above(20)
    for (const language of ['en', 'fr'] as const) {
      expect(ACTION_WORDS[language]).to.include.all.keys(...deeds)
    }
  })
})

describe('the console', function () {
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

  it('asks nobody who never signed in, says what is wrong with a key, and keeps none', async () => {
    const visit = await browser.visit('desktop')
    const { page } = visit
    await page.goto(`${server.url}/console`)
    await page.locator('h1').waitFor()
    expect(visit.requests.filter(({ url }) => url.includes('/api/'))).to.deep.equal([])
    await expectSound(visit, 'door')
    const wrong = `${server.key.slice(0, -4)}AAAA`
    await enterKey(page, wrong)
    await page.getByRole('alert').getByText('This API key does not count').waitFor()
    expect(await page.getByLabel('API key').getAttribute('type')).to.equal('password')
    await page.getByRole('button', { name: 'Show' }).click()
    expect(await page.getByLabel('API key').getAttribute('type')).to.equal('text')
    expect(await visit.context.cookies()).to.deep.equal([])

    await enterKey(page, server.key)
    await page.locator('.desk-rail').waitFor()
    const [cookie, ...others] = await visit.context.cookies()
    expect(others).to.deep.equal([])
    expect(cookie).to.include({ name: '__Host-inaltera', path: '/', domain: '127.0.0.1' })
    expect(cookie).to.include({ httpOnly: true, secure: true, sameSite: 'Strict' })
    const kept = await keptIn(page)
    expect(kept).to.not.contain(server.key).and.not.contain(cookie?.value)
    const carrying = visit.requests.filter(({ text }) => text.includes(server.key))
    expect(carrying.map(({ url }) => new URL(url).pathname)).to.deep.equal(['/api/v1/session'])
    await visit.close()
  })

  it('comes back where it was after a reload, and lets go of the session on signing out', async () => {
    const desk = await signIn(browser, server.url, server.key)
    await desk.at('#/settings/audit')
    await desk.page.reload()
    await desk.page.getByRole('heading', { name: 'Audit log' }).waitFor()
    const [cookie] = await desk.context.cookies()
    await desk.page.getByRole('button', { name: 'Sign out' }).click()
    await desk.page.getByRole('heading', { name: 'Sign in' }).waitFor()
    expect(await desk.context.cookies()).to.deep.equal([])
    const headers = { cookie: `__Host-inaltera=${cookie?.value ?? ''}` }
    const after = await fetch(`${server.url}/api/v1/session`, { headers })
    expect(after.status).to.equal(401)
    await desk.close()
  })

  it('lets what was entered go on where a session ended meanwhile', async () => {
    const desk = await signIn(browser, server.url, server.key)
    await desk.at('#/templates/new')
    await desk.page.getByLabel('Title').fill('A course written before lunch')
    await desk.page.getByLabel('Description').fill('Two sentences.')
    await desk.page.getByLabel('What has to be achieved').fill('To be there.')
    await desk.context.clearCookies()
    await desk.page.locator('header').getByRole('button', { name: 'Save template' }).click()
    const dialog = desk.page.getByRole('dialog', { name: 'The session has ended' })
    await dialog.waitFor()
    await desk.page.keyboard.press('Escape')
    await desk.page.keyboard.press('Escape')
    await dialog.waitFor()
    await expectSound({ ...desk, complaints: [] }, 'again')
    await enterKey(desk.page, server.key)
    await desk.page.getByRole('link', { name: 'A course written before lunch' }).waitFor()
    const { json } = await server.get('/api/v1/templates')
    expect(json['templates']).to.have.length(1)
    await desk.close()
  })

  it('shows nothing of another issuer, whoever signs in after whom', async () => {
    const body: unknown = JSON.parse(Buffer.from(await exampleTemplate()).toString())
    const made = await server.ask('POST', '/api/v1/templates', server.key, body)
    const desk = await signIn(browser, server.url, server.key)
    await desk.at('#/templates/new')
    await desk.page.getByLabel('Title').fill('Written by the first')
    await desk.at(`#/templates/${String(made.json['id'])}`)
    await desk.page.getByRole('heading', { name: /Souder/ }).waitFor()
    await desk.context.clearCookies()
    await desk.page.getByRole('link', { name: 'Certificates' }).click()
    await desk.at('#/templates')
    await enterKey(desk.page, server.theirs)
    await desk.page.getByText('Seconde école').waitFor()
    await desk.page.getByText('No template yet').waitFor()
    await desk.at('#/templates/new')
    expect(await desk.page.getByLabel('Title').inputValue()).to.equal('')
    await desk.at(`#/templates/${String(made.json['id'])}`)
    await desk.page.getByText('This does not exist, or no longer.').waitFor()
    await desk.at('#/settings/audit')
    const log = desk.page.getByRole('grid', { name: 'Audit log' })
    await log.getByText('Signed in').first().waitFor()
    expect(await log.getByText('Template saved').count()).to.equal(0)
    await desk.close()
  })

  it('can be walked by keyboard, in either language, on a phone and on a desktop', async () => {
    for (const [width, locale] of [
      ['phone', 'fr-FR'],
      ['desktop', 'en-GB'],
    ] as const) {
      const desk = await signIn(browser, server.url, server.key, width, { locale })
      for (const place of ['templates', 'certificates', 'statistics', 'settings', 'batches']) {
        const link = desk.page.locator(`.desk-rail a[href="#/${place}"]`)
        await link.focus()
        await desk.page.keyboard.press('Enter')
        await desk.page.locator('h1:focus').waitFor()
        await desk.page.locator('.desk-rail [aria-current="page"]').waitFor()
        expect(await link.getAttribute('aria-current')).to.equal('page')
      }
      expect(desk.complaints).to.deep.equal([])
      await desk.page.locator('.switch-language').click()
      await desk.page.locator(locale === 'fr-FR' ? 'html[lang=en]' : 'html[lang=fr]').waitFor()
      await desk.close()
    }
  })
})
