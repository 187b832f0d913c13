/** Defends every state of the verifier page: told apart, within the screen, in both languages, without a barrier. */
import { expect } from 'chai'
import { holderLink } from '../../src/index.ts'
import { newIssuingServer, pause } from '../server/routes/issuing.ts'
import type { IssuingServer } from '../server/routes/issuing.ts'
import { engineFor } from '../support/engines.ts'
import { barriersOf, isTooWide, keepScreenshot, openBrowser } from './browser.ts'
import type { TestBrowser, Visit, Width } from './browser.ts'
import { PICTURE } from './carriers.ts'
import { bring, json, openVerifier, paste, removeAll, settled, statesOf } from './verify-page.ts'

/** What its reader does, and the state that it leads to. */
type Case = {
  readonly name: string
  readonly state: string | undefined
  readonly act: (visit: Visit) => Promise<void>
}

async function untilShown({ context }: IssuingServer, text: string): Promise<void> {
  for (let n = 0; n < 120; n += 1) {
    const { checks } = await context.verify(new TextEncoder().encode(text))
    if (checks.status.outcome === 'failed') return
    await pause(250)
  }
}

describe('every state of the verifier page', function () {
  this.timeout(180_000)
  let server: IssuingServer
  let browser: TestBrowser
  let cases: readonly Case[]

  const linkTo = (i: number): string => {
    const { cid, linkSecret } = server.linkAt(i)
    return holderLink(server.url, cid, linkSecret)
  }
  const change = async (i: number, verb: string): Promise<void> => {
    const body = verb === 'reseal' ? {} : { reason: 'content-error' }
    const answer = await server.ask('POST', `${server.pathOf(i)}/${verb}`, server.key, body)
    // What needs no transaction is done at once.
    if (answer.status !== 200) await server.done(answer)
  }

  before(async function () {
    browser = await openBrowser(engineFor(this, 'chromium'))
    server = await newIssuingServer()
    const shared = await server.share(0)
    const valid = await server.presentationOf(0, ['/credentialSubject/birthDate'])
    const [revoked, suspended] = [await server.presentationOf(1), await server.presentationOf(2)]
    const links = [3, 4].map(linkTo)
    const share = `${server.url}/s/${String(shared.json['id'])}`
    await server.ask('DELETE', `/api/v1/shares/${String(shared.json['id'])}`, server.ownerOf(0))
    for (const [i, verb] of ['', 'revoke', 'suspend', 'erase', 'reseal'].entries()) {
      if (verb !== '') await change(i, verb)
    }
    // Verifiers look some blocks behind the newest.
    for (const text of [revoked, suspended]) await untilShown(server, text)
    const file = (text: string) => (visit: Visit) => bring(visit.page, json('a.json', text))
    const text = (text: string) => (visit: Visit) => paste(visit.page, text)
    cases = [
      { name: 'valid', state: 'valid', act: file(valid) },
      { name: 'revoked', state: 'revoked', act: file(revoked) },
      { name: 'suspended', state: 'suspended', act: file(suspended) },
      { name: 'changed', state: 'invalid', act: file(valid.replace('Zoé', 'Zoe')) },
      { name: 'no-certificate', state: 'invalid', act: file('{"a":1,"a":2}') },
      { name: 'erased', state: 'erased', act: text(links[0] ?? '') },
      { name: 'replaced', state: 'replaced', act: text(links[1] ?? '') },
      { name: 'withdrawn', state: 'undetermined', act: text(share) },
      { name: 'unknown-address', state: undefined, act: text('https://example.com/') },
      { name: 'other-host', state: undefined, act: text(share.replace('127.0.0.1', 'localhost')) },
      {
        name: 'no-code',
        state: undefined,
        act: ({ page }) => bring(page, { name: 'a.png', mimeType: 'image/png', buffer: PICTURE }),
      },
    ]
  })
  after(async () => {
    await browser.close()
    await server.data.remove()
  })

  async function look(visit: Visit, name: string): Promise<void> {
    expect(await isTooWide(visit.page), name).to.equal(false)
    expect(await barriersOf(visit.page), name).to.deep.equal([])
    await keepScreenshot(visit.page, `verify-${name}`)
  }

  for (const [width, locale, colorScheme] of [
    ['phone', 'fr-FR', 'dark'],
    ['desktop', 'en-GB', 'light'],
    ['tablet', 'fr-FR', 'light'],
  ] as const satisfies [Width, string, string][]) {
    it(`shows, and has no barrier: ${width}, ${locale}, ${colorScheme}`, async () => {
      const visit = await browser.visit(width, { locale, colorScheme })
      await openVerifier(visit.page, `${server.url}/verify`)
      await look(visit, `${width}-empty`)
      await visit.page.locator('.settings-head button').click()
      for (const fold of await visit.page.locator('.settings .fold summary').all()) {
        await fold.click()
      }
      await look(visit, `${width}-settings`)
      await visit.page.locator('.settings-head button').click()
      for (const { name, state, act } of cases) {
        await act(visit)
        await settled(visit.page, 1)
        expect(await statesOf(visit.page), name).to.deep.equal(state === undefined ? [] : [state])
        await look(visit, `${width}-${name}`)
        await removeAll(visit.page)
      }
      for (const { act } of cases.slice(0, 6)) await act(visit)
      await settled(visit.page, 6)
      await visit.page.locator('.folded > summary').nth(1).click()
      await look(visit, `${width}-several`)
      // The browser says itself that an address answered 410, and 404 where a new link has no successor to tell.
      const others = visit.complaints.filter((text) => !/status of (404|410)/.test(text))
      expect(others).to.deep.equal([])
      await visit.close()
    })
  }

  it('opens on paper all that it checked, without what is for hands, and shuts it again', async () => {
    const visit = await browser.visit('desktop')
    const { page } = visit
    await openVerifier(page, `${server.url}/verify`)
    await cases[0]?.act(visit)
    await settled(page, 1)
    const evidence = page.locator('.check-evidence')
    const shown = async () => Promise.all((await evidence.all()).map((one) => one.isVisible()))
    expect(await shown()).to.deep.equal(Array(7).fill(false))
    await page.emulateMedia({ media: 'print' })
    expect(await shown()).to.deep.equal(Array(7).fill(true))
    expect(await page.locator('button:visible').count()).to.equal(0)
    await keepScreenshot(page, 'verify-printed')
    await page.emulateMedia({ media: 'screen' })
    const open = page.locator('.checks details[open]')
    await page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(await open.count()).to.equal(8)
    await page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(await open.count()).to.equal(0)
    await visit.close()
  })
})
