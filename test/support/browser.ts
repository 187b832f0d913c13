/** Headless Chromium with one page of ours: a file of this repository, bundled, and nothing else to load. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { chromium } from 'playwright-core'
import type { Page } from 'playwright-core'
import { bundleOf } from '../../bench/bundle.ts'
import { PAGE_MS } from './patience.ts'

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** No `eval`, no request but for the script itself, and WebAssembly: what a careful page allows. */
const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'"

export interface OpenPage {
  readonly page: Page
  /** Errors of the page, and requests that it made beside the two it needs. */
  readonly complaints: readonly string[]
  close(): Promise<void>
}

/** The exports of `entry` become members of `window.subject`. */
export async function openPage(
  executablePath: string,
  entry: string,
  policy = POLICY,
): Promise<OpenPage> {
  const script = await bundleOf(entry, { minify: false })
  const complaints: string[] = []
  const server = createServer((request, response) => {
    const isScript = request.url === '/subject.js'
    if (!isScript && request.url !== '/') complaints.push(`asked for ${String(request.url)}`)
    response.setHeader('content-security-policy', policy)
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html; charset=utf-8')
    response.end(
      isScript
        ? script
        : '<!doctype html><link rel=icon href=data:,><script src=/subject.js></script>',
    )
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const browser = await chromium.launch({ executablePath, headless: true, args: FLAGS })
  const page = await browser.newPage()
  page.setDefaultTimeout(PAGE_MS)
  page.on('pageerror', (error) => complaints.push(error.message))
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
  const close = async (): Promise<void> => {
    await browser.close()
    server.close()
  }
  return { page, complaints, close }
}
