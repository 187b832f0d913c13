/**
 * What a reader of the pages waits for, in Chromium as its developer tools slow it down: an evidence file that is
 * dropped while the processor is four times slower, and a first visit over 1.6 Mbit/s and 150 ms until the verdict.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { chromium } from 'playwright-core'
import type { Browser, Page } from 'playwright-core'
import { requestOf } from '../node/rpc.ts'
import { bundleOf, gather } from '../src/index.ts'
import { openBatch } from './bench-batch.ts'
import type { Batch } from './bench-batch.ts'
import { tableOf } from './figures.ts'

const ROUNDS = 5
const SLOWER = 4
/** Bytes a second, and milliseconds. */
const LINE = { latency: 150, downloadThroughput: 200_000, uploadThroughput: 94_000, offline: false }
const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium'

/** Prints a line for each of the two, in milliseconds. */
export async function benchPages(): Promise<void> {
  const batch = await openBatch()
  const args = ['--no-sandbox', '--disable-gpu']
  const browser = await chromium.launch({ executablePath: CHROMIUM, headless: true, args })
  try {
    const bundle = await bundleIn(batch)
    const dropped = await rounds(browser, (page) => drop(page, batch, bundle))
    const cold = await rounds(browser, (page) => visit(page, batch))
    console.log(
      tableOf([
        ['until the verdict shows', 'least', 'median', 'most', 'goal'],
        row(`a dropped evidence file, processor ${SLOWER} × slower`, dropped, 1_000),
        row('a first visit by holder link, 1.6 Mbit/s, 150 ms', cold, 5_000),
      ]),
    )
  } finally {
    await browser.close()
    await batch.close()
  }
}

async function bundleIn({ certificates, policy }: Batch): Promise<Buffer> {
  const [certificate] = certificates
  if (certificate === undefined) throw new Error('the batch is empty')
  const evidence = await gather(certificate, policy, {
    connect: (url) => requestOf(url, policy.timeoutMs),
    delay: (milliseconds) => sleep(milliseconds, undefined, { ref: false }),
  })
  const bundle = bundleOf(certificate, evidence)
  if (bundle === undefined) throw new Error('the evidence has no proof')
  return Buffer.from(bundle)
}

/** Each in a browser that has seen nothing before. */
async function rounds(browser: Browser, one: (page: Page) => Promise<number>): Promise<number[]> {
  const taken: number[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const context = await browser.newContext({ locale: 'en-GB' })
    taken.push(await one(await context.newPage()))
    await context.close()
  }
  return taken.sort((a, b) => a - b)
}

async function drop(page: Page, { url }: Batch, buffer: Buffer): Promise<number> {
  await page.goto(`${url}/verify`)
  await page.locator('.settings').waitFor()
  const tools = await page.context().newCDPSession(page)
  await tools.send('Emulation.setCPUThrottlingRate', { rate: SLOWER })
  const since = performance.now()
  const file = { name: 'evidence.json', mimeType: 'application/json', buffer }
  await page.locator('.intake input[type=file]').setInputFiles(file)
  await page.locator('.seal-valid').waitFor()
  return performance.now() - since
}

async function visit(page: Page, { links: [link = ''] }: Batch): Promise<number> {
  const tools = await page.context().newCDPSession(page)
  await tools.send('Network.enable')
  await tools.send('Network.emulateNetworkConditions', LINE)
  const since = performance.now()
  await page.goto(link, { waitUntil: 'commit' })
  await page.locator('.seal-valid').waitFor()
  return performance.now() - since
}

function row(name: string, taken: readonly number[], goal: number): string[] {
  const at = (place: number): string => `${(taken[place] ?? Number.NaN).toFixed(0)} ms`
  const middle = Math.floor(taken.length / 2)
  return [name, at(0), at(middle), at(taken.length - 1), `≤ ${goal} ms`]
}
