/**
 * Chromium on the pages as their readers have it: phone, tablet and desktop, French and English; with what it asked
 * for, what went wrong, a screenshot in `screenshots/` (which git ignores), and what axe finds.
 */
import { execFile } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import axe from 'axe-core'
import { chromium } from 'playwright-core'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { PAGE_MS } from '../support/patience.ts'
import { ROOT } from '../support/source.ts'

export const WIDTHS = {
  phone: { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true },
  tablet: { viewport: { width: 768, height: 1024 } },
  desktop: { viewport: { width: 1440, height: 900 } },
} as const satisfies Record<string, BrowserContextOptions>
export type Width = keyof typeof WIDTHS

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run']
const QUIET = ['--disable-background-networking', '--disable-component-update', '--disable-sync']
const SCREENSHOTS = join(ROOT, 'screenshots')

export type Visit = {
  readonly page: Page
  readonly context: BrowserContext
  /** Method, address and body of all that the browser asked for, in order. */
  readonly requests: readonly { readonly url: string; readonly text: string }[]
  /** Errors of the page and of its console, refusals of its security policy among them. */
  readonly complaints: readonly string[]
  close(): Promise<void>
}

export type TestBrowser = {
  visit(width: Width, more?: BrowserContextOptions): Promise<Visit>
  close(): Promise<void>
}

/**
 * Builds the pages where they are not, and starts Chromium; `executablePath` is the program that `engineFor` found.
 * @param flags of Chromium, besides
 */
export async function openBrowser(
  executablePath: string,
  flags: readonly string[] = [],
): Promise<TestBrowser> {
  await promisify(execFile)(process.execPath, [join(ROOT, 'scripts', 'build-pages.ts')])
  const args = [...FLAGS, ...QUIET, ...flags]
  const browser = await chromium.launch({ executablePath, headless: true, args })
  return {
    visit: (width, more = {}) => newVisit(browser, { ...WIDTHS[width], ...more }),
    close: () => browser.close(),
  }
}

async function newVisit(browser: Browser, options: BrowserContextOptions): Promise<Visit> {
  // What fades in is judged once it stands: by axe, by whoever looks at the picture.
  const still = { reducedMotion: 'reduce', locale: 'en-GB' } as const
  const context = await browser.newContext({ ...still, ...options })
  context.setDefaultTimeout(PAGE_MS)
  const page = await context.newPage()
  const requests: { url: string; text: string }[] = []
  const complaints: string[] = []
  context.on('request', (request) => {
    const text = [request.method(), request.url(), request.postData() ?? ''].join(' ')
    requests.push({ url: request.url(), text: `${text} ${JSON.stringify(request.headers())}` })
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  return { page, context, requests, complaints, close: () => context.close() }
}

/** Keeps what a reader sees, the whole page, as `screenshots/<name>.png`. */
export async function keepScreenshot(page: Page, name: string): Promise<void> {
  await mkdir(SCREENSHOTS, { recursive: true })
  await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`), fullPage: true })
}

/** Long enough for a page to draw what it was about to. */
const SETTLED_MS = 500

/**
 * What axe finds of WCAG 2.2 A and AA that is serious or critical: rule, and where. It takes its time, and a page that
 * changes under it is judged by halves: what it finds is looked for once more.
 */
export async function barriersOf(page: Page): Promise<string[]> {
  if ((await foundOf(page)).length === 0) return []
  await page.waitForTimeout(SETTLED_MS)
  return foundOf(page)
}

async function foundOf(page: Page): Promise<string[]> {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
  const found = await page.evaluate(
    `(() => { ${axe.source}; return axe.run(document, ${JSON.stringify({ runOnly: tags })}) })()`,
  )
  return (found as axe.AxeResults).violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)
}

/** The language that the page says it is in. */
export async function languageOf(page: Page): Promise<string> {
  return page.evaluate<string>('document.documentElement.lang')
}

/** Whether anything makes the page scroll sideways. */
export async function isTooWide(page: Page): Promise<boolean> {
  return page.evaluate<boolean>('document.documentElement.scrollWidth > window.innerWidth')
}
