/** A server with a batch, a template and a mail server, and its console in Chromium, signed in. */
import { expect } from 'chai'
import type { Context as Mocha } from 'mocha'
import type { BrowserContextOptions, Locator, Page } from 'playwright-core'
import type { Verdict } from '../../src/index.ts'
import { exampleTemplate } from '../server/folder.ts'
import { openSink } from '../server/mail/sink.ts'
import type { Sink } from '../server/mail/sink.ts'
import { newIssuingServer, pause } from '../server/routes/issuing.ts'
import type { IssuingServer } from '../server/routes/issuing.ts'
import { engineFor } from '../support/engines.ts'
import { barriersOf, isTooWide, keepScreenshot, openBrowser } from './browser.ts'
import type { TestBrowser, Visit, Width } from './browser.ts'

export type PeopleSite = {
  readonly server: IssuingServer
  readonly sink: Sink
  /** At `#/<place>`, signed in with the issuer's key or another. */
  enter(
    place: string,
    more?: BrowserContextOptions & { readonly width?: Width; readonly key?: string },
  ): Promise<Visit>
  close(): Promise<void>
}

export async function openPeopleSite(test: Mocha): Promise<PeopleSite> {
  const browser: TestBrowser = await openBrowser(engineFor(test, 'chromium'))
  const sink = await openSink()
  const mail = { host: '127.0.0.1', port: sink.port, tls: 'none', from: 'a@school.example' }
  const server = await newIssuingServer({ mail })
  const template: unknown = JSON.parse(Buffer.from(await exampleTemplate()).toString())
  expect((await server.ask('POST', '/api/v1/templates', server.key, template)).status).to.equal(201)
  return {
    server,
    sink,
    enter: async (place, { width = 'desktop', key = server.key, ...more } = {}) => {
      const visit = await browser.visit(width, { reducedMotion: 'reduce', ...more })
      await visit.page.goto(`${server.url}/console#/${place}`)
      await visit.page.locator('input[type=password]').fill(key)
      await visit.page.keyboard.press('Enter')
      await visit.page.locator('main h1').waitFor()
      return visit
    },
    close: async () => {
      await browser.close()
      await server.data.remove()
      await sink.close()
    },
  }
}

/** Keeps what is seen, and holds it to axe and to the width of the screen. */
export async function look(page: Page, name: string): Promise<void> {
  await keepScreenshot(page, `people-${name}`)
  expect(await barriersOf(page), name).to.deep.equal([])
  expect(await isTooWide(page), name).to.equal(false)
}

export function dialogIn(page: Page): Locator {
  return page.locator('dialog[open]')
}

/** Chooses a reason and does it; the dialog is gone when it was taken. */
export async function doFor(page: Page, reason: string, verb: string): Promise<void> {
  const dialog = dialogIn(page)
  await dialog.locator('select').last().selectOption(reason)
  await dialog.getByRole('button', { name: verb, exact: true }).click()
  await dialog.waitFor({ state: 'detached' })
}

/** The verdict once its status is as awaited: a verifier waits for blocks to be deep enough. */
export async function statusAwaited(
  { context }: IssuingServer,
  bytes: Uint8Array,
  wanted: string,
): Promise<Verdict> {
  for (let i = 0; ; i += 1) {
    const verdict = await context.verify(bytes)
    const { status } = verdict.checks
    const told = 'code' in status ? status.code : status.outcome
    if (told === wanted) return verdict
    if (i > 150) expect.fail(`the status is ${told}, not ${wanted}`)
    await pause(200)
  }
}
