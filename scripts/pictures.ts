/**
 * The pictures of README and docs (`docs/pictures/*.png`): the real pages of a real server, with a batch that is issued
 * for it, in Chromium. Run again after a change that shows.
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { chromium } from 'playwright-core'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { initData, openContext, SCOPES } from '../server/context.ts'
import type { Context } from '../server/context.ts'
import { apiOf } from './demo-api.ts'
import { issueOverHttp, linksOverHttp } from './demo-batch.ts'

const ROOT = join(import.meta.dirname, '..')
const PICTURES = join(ROOT, 'docs', 'pictures')
const DESKTOP = { viewport: { width: 1280, height: 860 } }
const PHONE = {
  viewport: { width: 390, height: 844 },
  isMobile: true,
  hasTouch: true,
  deviceScaleFactor: 2,
}
const PASSPHRASE = 'of pictures that are thrown away'
/** Until what moves has come to rest. */
const REST_MS = 600
/** Until the console has read what it shows, status of each certificate included. */
const READ_MS = 6000

type Place = {
  readonly browser: Browser
  readonly url: string
  readonly key: string
  readonly link: string
}

async function keep(page: Page, name: string): Promise<void> {
  await page.waitForTimeout(REST_MS)
  await page.screenshot({ path: join(PICTURES, `${name}.png`) })
  console.log(`docs/pictures/${name}.png`)
}

async function visit<T>(
  { browser }: Place,
  options: BrowserContextOptions,
  work: (page: Page) => Promise<T>,
): Promise<T> {
  const context = await browser.newContext({ colorScheme: 'light', locale: 'fr-FR', ...options })
  try {
    return await work(await context.newPage())
  } finally {
    await context.close()
  }
}

async function ofCertificate(place: Place): Promise<void> {
  for (const [name, options] of [
    ['certificate', DESKTOP],
    ['certificate-phone', PHONE],
  ] as const) {
    await visit(place, options, async (page) => {
      await page.goto(place.link)
      await page.locator('.seal-valid').first().waitFor()
      await keep(page, name)
    })
  }
}

async function ofVerifier(place: Place): Promise<void> {
  await visit(place, { ...DESKTOP, locale: 'en-GB' }, async (page) => {
    await page.goto(`${place.url}/verify`)
    await page.locator('h1').waitFor()
    await keep(page, 'verifier')
  })
}

async function ofConsole(place: Place): Promise<void> {
  await visit(place, DESKTOP, async (page) => {
    await page.goto(`${place.url}/console`)
    await page.locator('input[type=password]').fill(place.key)
    await page.keyboard.press('Enter')
    await page.locator('nav').first().waitFor()
    for (const name of ['batches', 'templates', 'certificates', 'statistics']) {
      await page.goto(`${place.url}/console#/${name}`)
      await page.locator('h1').waitFor()
      await page.waitForTimeout(READ_MS)
      await keep(page, `console-${name}`)
    }
  })
}

async function prepare(
  folder: string,
): Promise<{ context: Context; place: Omit<Place, 'browser'> }> {
  await initData(folder, { passphrase: PASSPHRASE, issuerName: 'Atelier Formation Bellecombe' })
  const context = await openContext(folder, { passphrase: PASSPHRASE })
  await context.deploy()
  const { url } = await context.serve({ port: 0 })
  const { issuer } = context
  const expiresAt = Date.now() + 3_600_000
  const request = { issuer, label: 'pictures', scopes: SCOPES, expiresAt, by: 'cli' }
  const key = (await context.apiKeys.create(request)).text
  const api = apiOf(url, key)
  const { id } = await issueOverHttp(api, console.log)
  const link = (await linksOverHttp(api, id)).at(0)?.link
  if (link === undefined) throw new Error('the batch is empty')
  // It listens where a port was free, and not where its links lead.
  const { pathname, hash } = new URL(link)
  return { context, place: { url, key, link: `${url}${pathname}${hash}` } }
}

const { values } = parseArgs({ options: { chromium: { type: 'string', default: 'chromium' } } })
const folder = await mkdtemp(join(tmpdir(), 'inaltera-pictures-'))
const { context, place: served } = await prepare(join(folder, 'data'))
const executablePath = values.chromium.includes('/')
  ? values.chromium
  : `/usr/bin/${values.chromium}`
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
try {
  await mkdir(PICTURES, { recursive: true })
  const place = { browser, ...served }
  await ofCertificate(place)
  await ofVerifier(place)
  await ofConsole(place)
} finally {
  await browser.close()
  await context.close()
  await rm(folder, { recursive: true, force: true })
}
