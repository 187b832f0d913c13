/**
 * How many certificates a second are verified with warm anchors in Chromium and in Node, one core each: the same code on
 * the same documents. The page comes from this machine, bundled as the site's pages are, under the site's own rules:
 * WebAssembly, no `eval`.
 */
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import { base64urlOf } from '../src/index.ts'
import { bundleOf } from './bundle.ts'
import { tellingOf } from './child.ts'
import { median } from './run.ts'
import { sampleBatch } from './sample.ts'
import type { Rates, verifyServed } from './subject.ts'

const DOCUMENTS = 1000
/** Of the batch from which they are: paths have twenty siblings. */
const BATCH = 600_000
const ROUNDS = 5
const LIMIT_MS = 120_000
const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium'
const SUBJECT = fileURLToPath(new URL('subject.ts', import.meta.url))
const POLICY = "default-src 'none'; connect-src 'self'; script-src 'self' 'wasm-unsafe-eval'"

export type VerifyRates = {
  readonly documents: number
  readonly bytes: number
  readonly node: Rate
  readonly chromium: Rate | { readonly why: string }
}
export type Rate = {
  readonly version: string
  readonly kernel: string
  /** A second: the median of the rounds, and all of them. */
  readonly perSecond: number
  readonly rounds: readonly number[]
}

export async function verifyRates(): Promise<VerifyRates> {
  const { documents, evidence, policyFile, now } = sampleBatch(DOCUMENTS, BATCH)
  const policy = base64urlOf(policyFile)
  const served = JSON.stringify({ documents: documents.map(base64urlOf), policy, evidence, now })
  const bytes = documents[0]?.length ?? 0
  return {
    documents: DOCUMENTS,
    bytes,
    node: await inNode(served),
    chromium: await inChromium(served),
  }
}

async function inNode(served: string): Promise<Rate> {
  const folder = await mkdtemp(join(tmpdir(), 'inaltera-bench-'))
  try {
    const file = join(folder, 'sample.json')
    await writeFile(file, served)
    // The heap that the sample's own batch leaves behind would be collected meanwhile.
    const told = await tellingOf('verifying.ts', [file, String(ROUNDS)], LIMIT_MS)
    return rateOf(process.version, parseRates(told))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** What our own script told. */
function parseRates(told: object): Rates {
  return told as Rates
}

function rateOf(version: string, { kernel, perSecond }: Rates): Rate {
  return { version, kernel, perSecond: median(perSecond), rounds: perSecond }
}

async function inChromium(served: string): Promise<VerifyRates['chromium']> {
  const server = await serve(await bundleOf(SUBJECT, { minify: true }), served)
  const { port } = server.address() as AddressInfo
  try {
    const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking']
    const browser = await chromium.launch({ executablePath: CHROMIUM, headless: true, args })
    try {
      const page = await browser.newPage()
      await page.goto(`http://127.0.0.1:${port}/`)
      const rates = await page.evaluate(
        (rounds) =>
          (
            globalThis as unknown as { subject: { verifyServed: typeof verifyServed } }
          ).subject.verifyServed(rounds),
        ROUNDS,
      )
      return rateOf(`Chromium ${browser.version()}`, rates)
    } finally {
      await browser.close()
    }
  } catch (error) {
    return { why: error instanceof Error ? (error.message.split('\n')[0] ?? 'failed') : 'failed' }
  } finally {
    server.close()
    server.closeAllConnections()
  }
}

async function serve(script: string, sample: string): Promise<Server> {
  const page =
    '<!doctype html><title>bench</title><link rel=icon href=data:,><script src=/subject.js></script>'
  const bodies: Record<string, readonly [type: string, body: string]> = {
    '/': ['text/html; charset=utf-8', page],
    '/subject.js': ['text/javascript', script],
    '/sample.json': ['application/json', sample],
  }
  const server = createServer((request, response) => {
    const [type, body] = bodies[request.url ?? ''] ?? ['text/plain', 'no such file']
    response.setHeader('content-security-policy', POLICY)
    response.setHeader('content-type', type)
    response.end(body)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return server
}
