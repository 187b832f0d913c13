/** Defends the console's settings: what is made there counts at once, is told once, and is found in the audit log. */
import { expect } from 'chai'
import { newIssuingServer } from '../server/routes/issuing.ts'
import type { IssuingServer } from '../server/routes/issuing.ts'
import { engineFor } from '../support/engines.ts'
import { openBrowser } from './browser.ts'
import type { TestBrowser } from './browser.ts'
import { enterKey, expectSound, signIn } from './console-site.ts'

const LOGO =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

describe('the settings of the console', function () {
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

  it('make a key that is told once, and revoke it by its name', async () => {
    const desk = await signIn(browser, server.url, server.key)
    const { page } = desk
    await desk.at('#/settings/keys')
    await page.getByRole('button', { name: 'New key' }).click()
    await page.getByLabel('What it is for').fill('Nightly import')
    expect(await page.getByLabel('Approve batches').count()).to.equal(0)
    await page.getByLabel('See templates').check()
    await expectSound(desk, 'settings-new-key')
    await page.getByRole('button', { name: 'Make the key' }).click()
    const secret = (await page.locator('[data-secret]').textContent()) ?? ''
    await expectSound(desk, 'settings-key-told')
    expect((await server.get('/api/v1/templates', secret)).status).to.equal(200)
    expect((await server.get('/api/v1/keys', secret)).status).to.equal(403)
    await page.getByRole('button', { name: 'It is kept safe' }).click()
    await page.getByRole('heading', { name: 'Nightly import' }).waitFor()
    expect(await page.content()).to.not.contain(secret)

    await page.getByRole('button', { name: 'Revoke: Nightly import' }).click()
    const verb = page.getByRole('dialog').getByRole('button', { name: 'Revoke' })
    expect(await verb.isDisabled()).to.equal(true)
    await page.getByLabel('To confirm').fill('Nightly import')
    // The button is ready once the page has seen what was written.
    await verb.click({ trial: true })
    await expectSound(desk, 'settings-revoke')
    await verb.click()
    await page.locator('.desk-card').getByText('Revoked').waitFor()
    expect((await server.get('/api/v1/templates', secret)).status).to.equal(401)
    await desk.close()
  })

  it('make a webhook, try it, show what it was told, and remove it', async () => {
    const desk = await signIn(browser, server.url, server.key)
    const { page } = desk
    await desk.at('#/settings/webhooks')
    await page.getByText('No webhook yet').waitFor()
    await page.getByRole('button', { name: 'New webhook' }).click()
    await page.getByLabel('Address').fill('https://user:secret@hooks.example/inaltera')
    await page.getByRole('button', { name: 'Make the webhook' }).click()
    await page.getByRole('alert').getByText('without a password').waitFor()
    await page.getByLabel('Address').fill('https://hooks.example/inaltera')
    await page.getByRole('button', { name: 'Make the webhook' }).click()
    expect(await page.locator('[data-secret]').textContent()).to.match(/^whsec_/)
    await page.getByRole('button', { name: 'It is kept safe' }).click()
    await page.getByRole('button', { name: 'Send a test' }).click()
    await page.getByText('What it was told').click()
    const told = page.locator('.desk-line-row')
    await told.getByText('A test').waitFor()
    // What is on its way is not sent twice.
    expect(await told.getByRole('button').count()).to.equal(0)
    await expectSound({ ...desk, complaints: [] }, 'settings-webhooks')
    await page.getByRole('button', { name: 'Remove' }).click()
    await page.getByLabel('To confirm').fill('hooks.example')
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
    await page.getByText('No webhook yet').waitFor()
    expect((await server.get('/api/v1/webhooks')).json).to.deep.equal({ webhooks: [] })
    await desk.close()
  })

  it('show in the audit log who did what, found by its kind', async () => {
    const desk = await signIn(browser, server.url, server.key)
    const { page } = desk
    await desk.at('#/settings/audit')
    const log = page.getByRole('grid', { name: 'Audit log' })
    await log.getByText('Webhook removed').waitFor()
    await page.getByLabel('What happened').selectOption('create-key')
    await log.getByText('Webhook removed').waitFor({ state: 'detached' })
    const made = log.getByRole('row').filter({ hasText: 'a test' })
    await made.focus()
    await page.keyboard.press('Enter')
    await page.getByRole('dialog', { name: 'API key made' }).waitFor()
    await expectSound(desk, 'settings-audit-entry')
    const { json } = await server.get('/api/v1/audit')
    const entries = json['entries'] as readonly { action: string; digest: string }[]
    const digest = entries.find(({ action }) => action === 'create-key')?.digest ?? 'none'
    expect(await page.getByRole('dialog').textContent()).to.contain(digest)
    await desk.close()
  })

  it('change name, colour and logo, darkening a colour that could not be read', async () => {
    const desk = await signIn(browser, server.url, server.key)
    const { page } = desk
    await desk.at('#/settings/profile')
    const name = page.getByLabel('Name', { exact: true })
    await name.fill('Atelier d’essai')
    await page.getByLabel('Colour', { exact: true }).fill('#ffcc00')
    await page.getByText('so that it can be read').waitFor()
    const buffer = Buffer.from(LOGO, 'base64')
    const input = page.locator('input[type=file]')
    await input.setInputFiles({ name: 'a.gif', mimeType: 'image/gif', buffer })
    await page.getByText('A picture is a PNG or an SVG.').waitFor()
    await input.setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer })
    const linkedIn = page.getByLabel('LinkedIn page number')
    await linkedIn.fill('my-school')
    await page.getByText('Digits alone').waitFor()
    expect(await page.getByRole('button', { name: 'Save profile' }).isDisabled()).to.equal(true)
    await linkedIn.fill('1337')
    await expectSound(desk, 'settings-profile')
    await page.getByRole('button', { name: 'Save profile' }).click()
    await page.getByText('The profile is saved.').waitFor()
    const { json } = await server.get(`/api/v1/issuers/eip155:31337:${server.data.init.issuer}`)
    expect(json['profile']).to.deep.include({
      name: 'Atelier d’essai',
      colours: { accent: '#ffcc00' },
      linkedIn: '1337',
      logo: `data:image/png;base64,${LOGO}`,
    })
    await desk.close()
  })

  it('offer a key no more than it may do, and end its session with it', async () => {
    const body = { label: 'looks at templates', scopes: ['templates:read', 'keys'], days: 1 }
    const made = await server.ask('POST', '/api/v1/keys', server.key, body)
    const desk = await signIn(browser, server.url, String(made.json['secret']))
    const { page } = desk
    await desk.at('#/settings')
    expect(await page.locator('.desk-tabs a').count()).to.equal(3)
    await page.getByText('may not change the profile').waitFor()
    await desk.at('#/templates')
    expect(await page.getByRole('link', { name: 'New template' }).count()).to.equal(0)
    await desk.at('#/settings/keys')
    await page.getByRole('button', { name: 'Revoke: looks at templates' }).click()
    await page.getByText('this session ends at once').waitFor()
    await page.getByLabel('To confirm').fill('looks at templates')
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click()
    await page.getByRole('dialog', { name: 'The session has ended' }).waitFor()
    await enterKey(page, server.key)
    await page.getByRole('heading', { name: 'looks at templates' }).waitFor()
    await desk.close()
  })

  it('stand in every part, in French on a phone as in English on a desktop', async () => {
    for (const [width, locale] of [
      ['phone', 'fr-FR'],
      ['tablet', 'fr-FR'],
      ['desktop', 'en-GB'],
    ] as const) {
      const colorScheme = width === 'phone' ? 'dark' : 'light'
      const desk = await signIn(browser, server.url, server.key, width, { locale, colorScheme })
      for (const part of ['profile', 'keys', 'webhooks', 'audit', 'server']) {
        await desk.at(`#/settings/${part}`)
        await desk.page.waitForLoadState('networkidle')
        await expectSound(desk, `settings-${part}-${width}`)
      }
      await desk.close()
    }
  })
})
