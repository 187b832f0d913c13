/** Defends the verifier that stands in one file, opened from a disk: it judges as all others do, and asks nobody else. */
import { readdirSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect } from 'chai'
import {
  bytesOfHex,
  FormatError,
  holderLink,
  parseDocument,
  parseInstant,
  parsePolicy,
  parseReport,
  printReport,
  utf8,
} from '../../src/index.ts'
import type { Verdict } from '../../src/index.ts'
import { buildVerifierFile } from '../../web/verifier.config.ts'
import { attackVerdicts } from '../browser/verdicts.ts'
import type { StoredAttack, World } from '../browser/verdicts.ts'
import { newIssuingServer } from '../server/routes/issuing.ts'
import type { IssuingServer } from '../server/routes/issuing.ts'
import { engineFor } from '../support/engines.ts'
import { readVectors } from '../support/json.ts'
import { patiently } from '../support/patience.ts'
import { ROOT } from '../support/source.ts'
import { barriersOf, keepScreenshot, openBrowser } from './browser.ts'
import type { TestBrowser, Visit } from './browser.ts'
import {
  bring,
  json,
  openVerifier,
  paste,
  removeAll,
  savedVerdict,
  settled,
  statesOf,
} from './verify-page.ts'

const WORLD = readVectors('attacks/world.json') as World

/** Every stored attack and judgement as the report that whoever judged it in Node keeps. */
function storedReports(): Uint8Array[] {
  const names = ['attacks', 'judged'].flatMap((folder) =>
    readdirSync(join(ROOT, 'test/vectors', folder)).map((name) => `${folder}/${name}`),
  )
  return names
    .filter((name) => name.endsWith('.json') && !name.endsWith('/world.json'))
    .map((name) => reportOf(readVectors(name) as StoredAttack))
}

function reportOf(stored: StoredAttack): Uint8Array {
  const { text, hex, asOf, ...world } = { ...WORLD, ...stored }
  const certificate = hex === undefined ? utf8(text ?? '') : bytesOfHex(`0x${hex}`)
  const [verdict = ''] = attackVerdicts([stored], WORLD)
  return printReport({
    certificate,
    policy: utf8(JSON.stringify(world.policy)),
    evidence: parses(certificate) ? world.evidence : null,
    now: parseInstant(world.now, 'now'),
    asOf: asOf == null ? undefined : parseInstant(asOf, 'asOf'),
    verdict: JSON.parse(verdict) as Verdict,
  })
}

function parses(bytes: Uint8Array): boolean {
  try {
    parseDocument(bytes)
    return true
  } catch (error) {
    if (error instanceof FormatError) return false
    throw error
  }
}

describe('the verifier on a disk', function () {
  this.timeout(120_000)
  let server: IssuingServer
  let browser: TestBrowser
  let visit: Visit
  let folder: string
  let certificate: string
  let policy: Buffer
  let address: string

  before(async function () {
    browser = await openBrowser(engineFor(this, 'chromium'))
    server = await newIssuingServer()
    folder = await mkdtemp(join(tmpdir(), 'inaltera-alone-'))
    const file = join(folder, 'verifier.html')
    await writeFile(file, (await buildVerifierFile()).html)
    address = pathToFileURL(file).href
    certificate = await server.presentationOf(0)
    policy = await readFile(join(server.data.folder, 'policy.json'))
    // A share is made once the anchor is final.
    await server.share(0)
  })
  beforeEach(async () => {
    visit = await browser.visit('desktop')
    await openVerifier(visit.page, address)
  })
  afterEach(() => visit.close())
  after(async () => {
    await browser.close()
    await server.data.remove()
    await rm(folder, { recursive: true })
  })

  /** What it asked of a network. */
  const hosts = (): string[] => {
    const asked = visit.requests.map(({ url }) => new URL(url))
    return [
      ...new Set(
        asked.filter(({ protocol }) => protocol.startsWith('http')).map((url) => url.host),
      ),
    ]
  }
  const providerHosts = (): string[] =>
    [...parsePolicy(policy).providers.values()].flat().map((url) => new URL(url).host)
  const loadPolicy = async (): Promise<void> => {
    await visit.page.locator('.settings-head button').click()
    await visit.page
      .locator('.own-policy input[type=file]')
      .setInputFiles(json('policy.json', policy))
    await visit.page.locator('.settings-head button').click()
  }

  it('knows the public test networks, and asks nobody by itself', async () => {
    const { page } = visit
    expect(await page.locator('.settings-name').textContent()).to.contain('Public test networks')
    expect(await page.getByRole('button', { name: 'Use the camera' }).count()).to.equal(0)
    await bring(page, json('certificate.json', certificate))
    await settled(page, 1)
    expect(await statesOf(page)).to.deep.equal(['undetermined'])
    expect(hosts()).to.deep.equal([])
    expect(await barriersOf(page)).to.deep.equal([])
    await keepScreenshot(page, 'verifier-alone')
    expect(visit.complaints).to.deep.equal([])
  })

  it('judges by a policy that is loaded, and asks its providers alone', async () => {
    const { page } = visit
    await loadPolicy()
    await bring(page, json('certificate.json', certificate))
    await settled(page, 1)
    const { outcome, policy: named } = await savedVerdict(page)
    expect([outcome, named.name]).to.deep.equal(['valid', 'Organisme d’essai'])
    expect(hosts()).to.deep.equal(providerHosts())
    expect(visit.complaints).to.deep.equal([])
  })

  it('says whom a link makes it ask, asks that host and no other, and tells nobody the secret', async () => {
    const { page } = visit
    await loadPolicy()
    const { cid, linkSecret } = server.linkAt(0)
    const link = holderLink(server.url, cid, linkSecret)
    await paste(page, link)
    const notice = page.locator('.results .notice')
    expect(await notice.textContent()).to.contain(new URL(server.url).host)
    expect(hosts()).to.deep.equal([])
    await notice.getByRole('button').click()
    await page.locator('.seal-valid').waitFor({ timeout: patiently(30_000) })
    expect(hosts()).to.have.members([new URL(server.url).host, ...providerHosts()])
    const secret = link.slice(link.indexOf('#') + 1)
    expect(visit.requests.filter(({ text }) => text.includes(secret))).to.deep.equal([])
    expect(visit.complaints).to.deep.equal([])
  })

  it('opens what another site shares, and hears that it erased a certificate', async () => {
    const { page } = visit
    await loadPolicy()
    const share = await server.share(1)
    await paste(page, `${server.url}/s/${String(share.json['id'])}`)
    await page.locator('.results .notice button').click()
    await page.locator('.seal-valid').waitFor({ timeout: patiently(30_000) })
    await removeAll(page)
    const { cid, linkSecret } = server.linkAt(2)
    await server.context.erase({ cid, reason: 'holder-request' })
    await paste(page, holderLink(server.url, cid, linkSecret))
    await page.locator('.results .notice button').click()
    await page.locator('.seal-erased').waitFor({ timeout: patiently(30_000) })
  })

  it('comes to the verdict of Node on every stored attack and judgement (C4, C8, C10)', async () => {
    const reports = storedReports()
    expect(reports.length).to.be.greaterThan(100)
    const { page } = visit
    for (let from = 0; from < reports.length; from += 100) {
      const some = reports.slice(from, from + 100)
      await bring(page, ...some.map((report, at) => json(`${at}.json`, report)))
      await settled(page, some.length)
      for (const word of ['Contradicts itself', 'Nothing to check']) {
        expect(await page.getByText(word).count()).to.equal(0)
      }
      expect((await statesOf(page)).filter((state) => state.startsWith('valid'))).to.have.length(
        some.filter((report) => parseReport(report).verdict.outcome === 'valid').length,
      )
      await removeAll(page)
    }
    expect(hosts()).to.deep.equal([])
    expect(visit.complaints).to.deep.equal([])
  })
})
