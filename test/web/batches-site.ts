/** A server with a chain of its own and a template, and a console that is signed in to: for tests of batches. */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'chai'
import type { BrowserContextOptions, Page } from 'playwright-core'
import type { Context } from '../../server/context.ts'
import { SCOPES } from '../../server/http/scopes.ts'
import type { Scope } from '../../server/http/scopes.ts'
import { ask } from '../server/routes/ask.ts'
import type { Answer, Asked } from '../server/routes/ask.ts'
import { openSink } from '../server/mail/sink.ts'
import type { Sink } from '../server/mail/sink.ts'
import { EXAMPLE_ROWS, exampleTemplate, newDataFolder } from '../server/folder.ts'
import { barriersOf, isTooWide, keepScreenshot } from './browser.ts'
import type { TestBrowser, Visit, Width } from './browser.ts'

/** Batches of this size and more want a second person. */
export const APPROVAL_FROM = 40

export type BatchesSite = {
  readonly context: Context
  readonly url: string
  /** Id of the example's template. */
  readonly template: string
  /** The example's rows, 32 of them. */
  readonly rows: string
  key(scopes?: readonly Scope[]): Promise<string>
  call(method: string, path: string, more?: Asked): Promise<Answer>
  /** The mail server that learners’ letters go to. */
  readonly mail: Sink
  remove(): Promise<void>
}

export async function newBatchesSite(): Promise<BatchesSite> {
  const data = await newDataFolder()
  const path = join(data.folder, 'inaltera.json')
  const config = JSON.parse(await readFile(path, 'utf8')) as object
  const sink = await openSink()
  const mail = { host: '127.0.0.1', port: sink.port, tls: 'none', from: 'a@school.example' }
  await writeFile(path, JSON.stringify({ ...config, mail, approval: { from: APPROVAL_FROM } }))
  const context = await data.open()
  await context.deploy()
  const { url } = await context.serve({ port: 0 })
  const newKey = async (scopes: readonly Scope[] = SCOPES): Promise<string> => {
    const expiresAt = Date.now() + 3_600_000
    const request = { issuer: context.issuer, label: 'Bureau', scopes, expiresAt, by: 'cli' }
    return (await context.apiKeys.create(request)).text
  }
  const own = await newKey()
  const call = (method: string, to: string, more: Asked = {}): Promise<Answer> =>
    ask(url, method, to, { as: own, ...more })
  const kept = await call('POST', '/templates', {
    body: await exampleTemplate(),
    type: 'application/json',
  })
  return {
    context,
    url,
    template: String(kept.json['id']),
    rows: await readFile(EXAMPLE_ROWS, 'utf8'),
    key: newKey,
    call,
    mail: sink,
    remove: async () => {
      await data.remove()
      await sink.close()
    },
  }
}

/** The first rows of the example. */
export function firstRows(rows: string, count: number): string {
  return `${rows
    .split('\n')
    .slice(0, count + 1)
    .join('\n')}\n`
}

/** As many rows as wanted, each of another learner. */
export function manyRows(rows: string, count: number): string {
  const [head = '', ...lines] = rows.trimEnd().split('\n')
  const copies = Array.from({ length: count }, (_, i) => {
    const cells = (lines[i % lines.length] ?? '').split(';')
    cells[0] = `B-${i}`
    cells[4] = `learner-${i}@courriel.example`
    return cells.join(';')
  })
  return `${[head, ...copies].join('\n')}\n`
}

export type NamedFile = {
  readonly name: string
  readonly mimeType: string
  readonly buffer: Buffer
}

export function csvFile(text: string, name = 'apprenants.csv'): NamedFile {
  return { name, mimeType: 'text/csv', buffer: Buffer.from(text) }
}

/** Types a key into the page and waits for the console. */
export async function signIn(page: Page, key: string): Promise<void> {
  await page.locator('input[type=password]').fill(key)
  await page.locator('form button[type=submit]').click()
  await page.locator('.desk-rail').waitFor()
}

/** The console at one of its addresses, signed in. */
export async function visitConsole(
  browser: TestBrowser,
  site: Pick<BatchesSite, 'url'>,
  {
    key,
    at = '/batches',
    width = 'desktop',
    ...more
  }: { key: string; at?: string; width?: Width } & BrowserContextOptions,
): Promise<Visit> {
  const visit = await browser.visit(width, more)
  await visit.page.goto(`${site.url}/console#${at}`)
  await signIn(visit.page, key)
  return visit
}

/** Looked at by axe and for anything that is too wide, and kept as a picture. */
export async function look(page: Page, name: string): Promise<void> {
  await keepScreenshot(page, name)
  expect(await barriersOf(page), name).to.deep.equal([])
  expect(await isTooWide(page), name).to.equal(false)
}
