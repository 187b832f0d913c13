/** The verifier as its reader uses it: brings files and texts, and reads what the page says of them. */
import { readFile } from 'node:fs/promises'
import { expect } from 'chai'
import type { Page } from 'playwright-core'
import type { Verdict } from '../../src/index.ts'
import { patiently } from '../support/patience.ts'

export type Brought = { readonly name: string; readonly mimeType: string; readonly buffer: Buffer }

const PATIENCE = { timeout: patiently(30_000) }
/** Everything that is under way shows this shape. */
const UNDER_WAY = '.seal-checking'

export function json(name: string, content: string | Uint8Array): Brought {
  return { name, mimeType: 'application/json', buffer: Buffer.from(content) }
}

/** Opens the page and waits until it knows by which policy it judges. */
export async function openVerifier(page: Page, address: string): Promise<void> {
  await page.goto(address)
  await page.locator('.settings').waitFor(PATIENCE)
}

/** By the button that opens the browser's own chooser. */
export async function bring(page: Page, ...files: readonly Brought[]): Promise<void> {
  await page.locator('.intake input[type=file]').setInputFiles([...files])
}

export async function paste(page: Page, text: string): Promise<void> {
  await page.locator('.paste textarea').fill(text)
  await page.locator('.paste button').click()
}

export async function removeAll(page: Page): Promise<void> {
  await page.locator('.results-head button').click()
  await page.locator('.results').waitFor({ state: 'detached' })
}

/** Waits until nothing is under way, so many entries are there, and each verdict in sight has what it rests on. */
export async function settled(page: Page, count: number): Promise<void> {
  const entries = page.locator('.results .folded, .results > div:not(.results-head)')
  await until(async () => (await entries.count()) === count, `${count} entries`)
  await until(async () => (await page.locator(`.results ${UNDER_WAY}`).count()) === 0, 'an end')
  await until(
    async () => (await page.locator('.verdict:not(:has(.checks))').count()) === 0,
    'checks',
  )
}

/** Waits for other verdicts on what is there already: `settled` may still see those before. */
export async function becomes(page: Page, ...states: readonly string[]): Promise<void> {
  await until(async () => (await statesOf(page)).join() === states.join(), states.join())
  await settled(page, states.length)
}

/** The states of all seals that show, as the names of their classes have them. */
export async function statesOf(page: Page): Promise<string[]> {
  const classes = await attributesOf(page, '.results .glance, .results > div .seal', 'class')
  return classes.map((text) => /seal-([a-z-]+)/.exec(text)?.[1] ?? text)
}

/** An attribute of all elements that a selector finds. */
export async function attributesOf(page: Page, selector: string, name: string): Promise<string[]> {
  const found = await page.locator(selector).all()
  return Promise.all(found.map(async (one) => (await one.getAttribute(name)) ?? ''))
}

/** The verdict that a reader saves. */
export async function savedVerdict(page: Page): Promise<Verdict> {
  return JSON.parse(
    (await saved(page, /^(Save verdict|Enregistrer le verdict)$/)).toString(),
  ) as Verdict
}

export async function saved(page: Page, button: RegExp): Promise<Buffer> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: button }).click(),
  ])
  return readFile(await download.path())
}

async function until(holds: () => Promise<boolean>, what: string): Promise<void> {
  const end = Date.now() + PATIENCE.timeout
  while (!(await holds())) {
    if (Date.now() > end) expect.fail(`the page never came to ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
