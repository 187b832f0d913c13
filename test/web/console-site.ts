/** The console of a real server in a real browser: signing in, and what a test asks of each screen. */
import { expect } from 'chai'
import type { Page } from 'playwright-core'
import { barriersOf, isTooWide, keepScreenshot } from './browser.ts'
import type { TestBrowser, Visit, Width } from './browser.ts'
import type { BrowserContextOptions } from 'playwright-core'

export type Desk = Visit & {
  /** Goes to a place of the console: `#/templates`. */
  at(hash: string): Promise<void>
}

/** Opens the console, and signs in with the key as a person does: by keyboard. */
export async function signIn(
  browser: TestBrowser,
  url: string,
  key: string,
  width: Width = 'desktop',
  more: BrowserContextOptions = {},
): Promise<Desk> {
  const visit = await browser.visit(width, more)
  await visit.page.goto(`${url}/console`)
  await enterKey(visit.page, key)
  await visit.page.locator('.desk-rail').waitFor()
  return {
    ...visit,
    at: async (hash) => {
      await visit.page.evaluate(`location.hash = ${JSON.stringify(hash)}`)
      await visit.page.locator('h1').waitFor()
    },
  }
}

/** Types the key where it is asked for, and sends it. */
export async function enterKey(page: Page, key: string): Promise<void> {
  const field = page.getByLabel(/^(API key|Clé d’API)$/)
  await field.fill(key)
  await field.press('Enter')
}

/** Nothing stands in anybody's way, nothing scrolls sideways, nothing complained; and a picture to look at. */
export async function expectSound(visit: Visit, name: string): Promise<void> {
  await visit.page.evaluate('document.fonts.ready')
  expect(await barriersOf(visit.page), name).to.deep.equal([])
  expect(await isTooWide(visit.page), name).to.equal(false)
  expect(visit.complaints, name).to.deep.equal([])
  await keepScreenshot(visit.page, `console-${name}`)
}

/** All that a script of the page could read of what the browser keeps. */
export async function keptIn(page: Page): Promise<string> {
  return page.evaluate<string>(
    `JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, location.href,
      document.documentElement.outerHTML, Array.from(document.querySelectorAll('input'), (one) => one.value)])`,
  )
}
