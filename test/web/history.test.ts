/** Defends that what pages and papers say of a browser's memory of a link is what a browser keeps. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect } from 'chai'
import { chromium } from 'playwright-core'
import { holderLink } from '../../src/index.ts'
import { newIssuingServer } from '../server/routes/issuing.ts'
import type { IssuingServer } from '../server/routes/issuing.ts'
import { engineFor } from '../support/engines.ts'
import { openBrowser } from './browser.ts'

/** With windows and a profile on disk, as its owner has it, but for the screen. */
const FLAGS = ['--headless=new', '--no-sandbox', '--disable-gpu', '--no-first-run']

describe('what a browser keeps of a holder link', function () {
  this.timeout(120_000)
  let server: IssuingServer
  let profile: string
  let executablePath: string

  before(async function () {
    executablePath = engineFor(this, 'chromium')
    // Builds the pages where they are not.
    await (await openBrowser(executablePath)).close()
    server = await newIssuingServer()
    profile = await mkdtemp(join(tmpdir(), 'inaltera-profile-'))
  })
  after(async () => {
    await server.data.remove()
    await rm(profile, { recursive: true, force: true })
  })

  it('the entry without its secret but in its state, and the list of visited pages the link as it was opened', async () => {
    const { cid, linkSecret } = server.linkAt(0)
    const link = holderLink(server.url, cid, linkSecret)
    const [address = '', secret = ''] = link.split('#')
    const options = { executablePath, headless: false, args: FLAGS, locale: 'en-GB' }
    const context = await chromium.launchPersistentContext(profile, options)
    const page = await context.newPage()
    await page.goto(link)
    await page.locator('.sheet h1').waitFor()
    expect(page.url()).to.equal(address)
    expect(await page.evaluate('history.state')).to.deep.equal({ secret })
    expect(await page.innerText('.privacy')).to.contain('a private window')
    // Another entry is shown nothing of it.
    await page.goto(`${server.url}/verify`)
    expect(await page.evaluate('history.state')).to.equal(null)
    await context.close()
    const kept = new DatabaseSync(join(profile, 'Default', 'History'), { readOnly: true })
    const rows = kept.prepare('SELECT url, title FROM urls ORDER BY id').all()
    kept.close()
    const visited = rows.map(({ url, title }) => `${String(url)} ${String(title)}`)
    expect(visited).to.include.members([
      `${link} Certificate · Inaltera`,
      `${address} Certificate · Inaltera`,
    ])
  })
})
