/** Defends what readers are told where the server cannot answer: a page in their language, and their link still whole. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { RATE_LIMITS } from '../../server/http/limits.ts'
import { pagesOf } from '../../server/pages.ts'
import { cidOf, utf8 } from '../../src/index.ts'
import { newServer } from '../server/routes/server.ts'
import type { TestServer } from '../server/routes/server.ts'
import { engineFor } from '../support/engines.ts'
import { barriersOf, isTooWide, keepScreenshot, openBrowser } from './browser.ts'
import type { TestBrowser } from './browser.ts'

const PATH = `/c/${cidOf(utf8('nothing of ours'))}`
const SECRET = '#a-secret-that-only-the-reader-has'
const HTML = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' }

describe('where the server cannot answer', function () {
  this.timeout(60_000)
  let browser: TestBrowser
  let empty = ''
  const servers: TestServer[] = []

  before(async function () {
    browser = await openBrowser(engineFor(this, 'chromium'))
    empty = await mkdtemp(join(tmpdir(), 'inaltera-no-build-'))
  })
  after(async () => {
    await browser.close()
    await rm(empty, { recursive: true })
  })

  afterEach(async () => {
    for (const server of servers.splice(0)) await server.remove()
  })

  async function started(more?: Parameters<typeof newServer>[0]): Promise<TestServer> {
    const server = await newServer(more)
    servers.push(server)
    return server
  }

  /** Opens a link in either language and looks at what is told; programs get the problem, readers of both a page. */
  async function expectTold(
    server: TestServer,
    status: number,
    titles: { readonly en: string; readonly fr: string },
  ): Promise<void> {
    for (const [language, locale, width] of [
      ['en', 'en-GB', 'desktop'],
      ['fr', 'fr-FR', 'phone'],
    ] as const) {
      const visit = await browser.visit(width, { locale, colorScheme: 'dark' })
      const answer = await visit.page.goto(`${server.url}${PATH}${SECRET}`)
      expect(answer?.status()).to.equal(status)
      await visit.page.getByRole('heading', { name: titles[language] }).waitFor()
      expect(visit.page.url()).to.equal(`${server.url}${PATH}${SECRET}`)
      expect(await visit.page.locator('html').getAttribute('lang')).to.equal(language)
      const id = answer?.headers()['x-request-id'] ?? 'none'
      expect(await visit.page.locator('main').innerText()).to.contain(id)
      const ground = 'getComputedStyle(document.body).backgroundColor'
      expect(await visit.page.evaluate<string>(ground)).to.equal('rgb(20, 24, 29)')
      expect(await isTooWide(visit.page)).to.equal(false)
      expect(await barriersOf(visit.page)).to.deep.equal([])
      await keepScreenshot(visit.page, `trouble-${status}-${width}`)
      await visit.close()
    }
    const program = await fetch(`${server.url}${PATH}`, { headers: { accept: '*/*' } })
    expect(program.status).to.equal(status)
    expect(program.headers.get('content-type')).to.contain('application/problem+json')
  }

  it('too many requests: when to come again', async () => {
    const server = await started({ limits: { ...RATE_LIMITS, default: 1 } })
    await fetch(`${server.url}${PATH}`, { headers: HTML })
    await expectTold(server, 429, { en: 'Too many requests', fr: 'Trop de demandes' })
    const { headers, body } = await fetch(`${server.url}${PATH}`, { headers: HTML })
    await body?.cancel()
    const after = headers.get('retry-after') ?? expect.fail('no Retry-After')
    const text = await (await fetch(`${server.url}${PATH}`, { headers: HTML })).text()
    expect(Math.abs(Number(/in (\d+) seconds/.exec(text)?.[1]) - Number(after))).to.be.at.most(1)
  })

  it('in the frame of another site, which may show no other page of ours', async () => {
    const server = await started({ limits: { ...RATE_LIMITS, default: 0 } })
    const policies: (string | null)[] = []
    for (const path of [PATH, `/s/${'A'.repeat(22)}`, `/s/${'A'.repeat(22)}/embed`]) {
      const { status, headers } = await fetch(`${server.url}${path}`, { headers: HTML })
      expect(status).to.equal(429)
      const [frames] =
        /frame-ancestors [^;]+/.exec(headers.get('content-security-policy') ?? '') ?? []
      policies.push(`${String(frames)}, ${String(headers.get('x-frame-options'))}`)
    }
    const none = "frame-ancestors 'none', DENY"
    expect(policies).to.deep.equal([none, none, 'frame-ancestors *, null'])
  })

  it('no build of the pages', async () => {
    const contacts = { providers: new Map(), domains: [], resolver: undefined }
    const server = await started({ context: { pages: pagesOf(contacts, empty) } })
    await expectTold(server, 503, { en: 'cannot answer just now', fr: 'ne peut pas répondre' })
  })

  it('a fault, which the log has under the number that the page tells', async () => {
    const fault = (): Promise<never> => Promise.reject(new Error('a disk that is gone'))
    const server = await started()
    const broken = await started({ context: { pages: { ...server.context.pages, file: fault } } })
    await expectTold(broken, 500, { en: 'Something went wrong', fr: 'Un problème est survenu' })
    const text = await (await fetch(`${broken.url}${PATH}`, { headers: HTML })).text()
    expect(text).to.not.contain('disk')
    const id = /[0-9a-f-]{36}/.exec(text)?.[0] ?? expect.fail('no number')
    const noted = broken.lines.filter((line) => line.includes(id))
    expect(noted.join(' ')).to.contain('"level":50')
  })
})
