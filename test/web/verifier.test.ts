/** Defends the verifier page: whatever carries a certificate is read, and judged as the command judges it. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import { expect } from 'chai'
import encodeQR from 'qr'
import { holderLink } from '../../src/index.ts'
import type { Verdict } from '../../src/index.ts'
import { inaltera } from '../cli/command.ts'
import { newIssuingServer } from '../server/routes/issuing.ts'
import type { IssuingServer } from '../server/routes/issuing.ts'
import { engineFor } from '../support/engines.ts'
import { openBrowser } from './browser.ts'
import type { TestBrowser, Visit } from './browser.ts'
import { bakedPng, bakedSvg, pdfWith, stream } from './carriers.ts'
import {
  becomes,
  bring,
  json,
  openVerifier,
  paste,
  removeAll,
  saved,
  savedVerdict,
  settled,
  statesOf,
} from './verify-page.ts'
import type { Brought } from './verify-page.ts'

describe('the verifier page', function () {
  this.timeout(120_000)
  let server: IssuingServer
  let browser: TestBrowser
  let visit: Visit
  let folder: string
  let certificate: string
  let policy: string
  let shareId: string

  before(async function () {
    browser = await openBrowser(engineFor(this, 'chromium'))
    server = await newIssuingServer()
    folder = await mkdtemp(join(tmpdir(), 'inaltera-page-'))
    certificate = await server.presentationOf(0)
    policy = join(server.data.folder, 'policy.json')
    await writeFile(join(folder, 'certificate.json'), certificate)
    // A share is made once the anchor is final.
    shareId = String((await server.share(0)).json['id'])
    await command('evidence', 'certificate.json', '--policy', policy, '--output', 'bundle.json')
  })
  beforeEach(async () => {
    visit = await browser.visit('desktop')
    await openVerifier(visit.page, `${server.url}/verify`)
  })
  afterEach(() => visit.close())
  after(async () => {
    await browser.close()
    await server.data.remove()
    await rm(folder, { recursive: true })
  })

  const command = (...args: readonly string[]) => inaltera([...args, '--json'], { cwd: folder })
  /** Of two moments, all but the moments. */
  const timeless = ({ judgedAt, block, ...rest }: Verdict): unknown => {
    expect([typeof judgedAt, typeof block?.number]).to.deep.equal(['string', 'number'])
    return rest
  }

  it('gives the verdict that the command gives, and a report that the command confirms', async () => {
    const { page } = visit
    await bring(page, json('certificate.json', certificate))
    await settled(page, 1)
    expect(await statesOf(page)).to.deep.equal(['valid'])
    const ours = await savedVerdict(page)
    const { code, json: theirs } = await command('verify', 'certificate.json', '--policy', policy)
    expect(code).to.equal(0)
    expect(timeless(ours)).to.deep.equal(timeless(theirs as unknown as Verdict))
    const report = await saved(page, /^Save report$/)
    await writeFile(join(folder, 'report.json'), report)
    const replayed = await command('verify', '--replay', 'report.json')
    expect([replayed.code, replayed.json?.['same']]).to.deep.equal([0, true])
    expect(visit.complaints).to.deep.equal([])
  })

  it('reads certificates from whatever carries them, several at once, a verdict each', async () => {
    const { page } = visit
    const share = `${server.url}/s/${shareId}`
    const files: Brought[] = [
      json('certificate.json', certificate),
      json('bundle.json', await readFile(join(folder, 'bundle.json'))),
      { name: 'badge.png', mimeType: 'image/png', buffer: bakedPng(certificate) },
      { name: 'badge.svg', mimeType: 'image/svg+xml', buffer: Buffer.from(bakedSvg(certificate)) },
      {
        name: 'paper.pdf',
        mimeType: 'application/pdf',
        buffer: pdfWith(
          stream('/Type /EmbeddedFile /Filter /FlateDecode', deflateSync(certificate)),
        ),
      },
      {
        name: 'code.gif',
        mimeType: 'image/gif',
        buffer: Buffer.from(encodeQR(share, 'gif', { scale: 6 })),
      },
    ]
    await bring(page, ...files)
    await settled(page, files.length)
    expect(await statesOf(page)).to.deep.equal(files.map(() => 'valid'))
    await removeAll(page)
    const { cid, linkSecret } = server.linkAt(0)
    for (const text of [certificate, share, holderLink(server.url, cid, linkSecret)]) {
      await paste(page, text)
      await settled(page, 1)
      expect(await statesOf(page), text.slice(0, 60)).to.deep.equal(['valid'])
      expect(await page.locator('.paste textarea').inputValue()).to.equal('')
      await removeAll(page)
    }
    expect(visit.complaints).to.deep.equal([])
  })

  it('takes a file that is dropped anywhere', async () => {
    const { page } = visit
    const transfer = await page.evaluateHandle<unknown>(
      `(() => { const transfer = new DataTransfer()
        transfer.items.add(new File([${JSON.stringify(certificate)}], 'a.json')); return transfer })()`,
    )
    await page.dispatchEvent('h1', 'dragover', { dataTransfer: transfer })
    expect(await page.locator('.drop-place').textContent()).to.contain('Let go to check it')
    await page.dispatchEvent('h1', 'drop', { dataTransfer: transfer })
    await settled(page, 1)
    expect(await statesOf(page)).to.deep.equal(['valid'])
  })

  it('judges a report again, and says whether its verdict follows', async () => {
    const { page } = visit
    await bring(page, json('certificate.json', certificate))
    await settled(page, 1)
    const report = await saved(page, /^Save report$/)
    await removeAll(page)
    await bring(page, json('report.json', report))
    await settled(page, 1)
    const notice = page.locator('.notice')
    expect(await notice.textContent()).to.contain('follows from what that verifier saw')
    await removeAll(page)
    const other = report.toString().replace('"outcome":"valid"', '"outcome":"invalid"')
    await bring(page, json('report.json', other))
    await settled(page, 1)
    expect(await notice.textContent()).to.contain('does not follow from what it holds')
    await removeAll(page)
    await bring(page, json('report.json', report.toString().replace('"policy":"', '"policy":"!')))
    expect(await notice.textContent())
      .to.contain('cannot be read')
      .and.contain('/policy')
  })

  it('judges by the policy that its reader chooses, and keeps it only where they wish', async () => {
    const { page } = visit
    expect(await page.locator('.settings .chip').textContent()).to.equal('Chosen by this site')
    await bring(page, json('certificate.json', certificate))
    await settled(page, 1)
    await page.locator('.settings-head button').click()
    await page.getByLabel('Public test networks').click()
    await becomes(page, 'undetermined')
    expect(await statesOf(page)).to.deep.equal(['undetermined'])
    expect(await page.locator('.verdict .notice').textContent()).to.contain('does not know')

    const own = JSON.parse((await readFile(policy)).toString()) as Record<string, unknown>
    const load = page.locator('.own-policy input[type=file]')
    await load.setInputFiles(json('broken.json', JSON.stringify({ ...own, quorum: 0 })))
    const problem = page.locator('.own-policy .problem')
    // Its place is there before its words, so that they are read aloud.
    await problem.filter({ hasText: '/quorum' }).waitFor()
    expect(await problem.textContent())
      .to.contain('no policy')
      .and.contain('/quorum')
    await load.setInputFiles(json('own.json', JSON.stringify({ ...own, issuers: [] })))
    await page.getByText('A policy of your own', { exact: true }).waitFor()
    await becomes(page, 'unvouched')
    expect(await statesOf(page)).to.deep.equal(['unvouched'])
    await page.getByLabel('Keep it in this browser').check()
    await page.reload()
    await page.locator('.settings').waitFor()
    expect(await page.locator('.settings .chip').count()).to.equal(0)
    await bring(page, json('certificate.json', certificate))
    await settled(page, 1)
    expect(await statesOf(page)).to.deep.equal(['unvouched'])
    await page.locator('.settings-head button').click()
    await page.getByLabel('Keep it in this browser').uncheck()
    await page.reload()
    await page.locator('.settings .chip').waitFor()
  })

  it('asks the providers that its reader names, and no others', async () => {
    const { page } = visit
    await page.locator('.settings-head button').click()
    await page.getByText('Who is asked', { exact: true }).click()
    const field = page.getByLabel('31337')
    const asked = await field.inputValue()
    await field.fill('http://elsewhere.example')
    const use = page.getByRole('button', { name: 'Use these providers' })
    await use.click()
    const problem = page.locator('.settings .fold .problem')
    expect(await problem.textContent()).to.contain('/providers/31337/0')
    await field.fill(asked.replace('127.0.0.1', 'localhost'))
    await use.click()
    expect(await page.locator('.settings-name').textContent()).to.contain('(providers changed)')
    await bring(page, json('certificate.json', certificate))
    await settled(page, 1)
    expect(await statesOf(page)).to.deep.equal(['valid'])
    const hosts = new Set(visit.requests.map(({ url }) => new URL(url).host))
    expect([...hosts]).to.have.members([
      new URL(server.url).host,
      new URL(asked).host.replace('127.0.0.1', 'localhost'),
    ])
  })

  it('judges a past day, and evidence that speaks for itself', async () => {
    const { page } = visit
    await page.locator('.settings-head button').click()
    await page.getByText('Another moment', { exact: true }).click()
    await page.getByLabel('As of').fill('2020-01-01')
    await bring(page, json('certificate.json', certificate))
    await settled(page, 1)
    expect(await statesOf(page)).to.deep.equal(['invalid'])
    expect(await page.locator('.seal-sentence').textContent()).to.contain('not anchored yet')
    await page.getByLabel('As of').fill('')
    await page.getByLabel('Judge evidence files by themselves').check()
    await removeAll(page)
    const before = visit.requests.length
    await bring(page, json('bundle.json', await readFile(join(folder, 'bundle.json'))))
    await settled(page, 1)
    expect(await statesOf(page)).to.deep.equal(['undetermined'])
    const { checks } = await savedVerdict(page)
    expect(checks.anchor).to.deep.equal({
      outcome: 'undetermined',
      code: 'header-not-confirmed',
    })
    expect(
      visit.requests.slice(before).filter(({ url }) => !url.startsWith('blob:')),
    ).to.have.length(0)
  })
})
