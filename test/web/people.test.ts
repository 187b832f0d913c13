/** Defends what an issuer does with certificates in the console: found, changed, corrected, erased; and what a verifier then says. */
import { expect } from 'chai'
import type { Page } from 'playwright-core'
import { nodeAes256Gcm } from '../../node/cipher.ts'
import {
  openSuccessor,
  parseBase64url,
  parseCertificate,
  parseHolderLink,
  subjectOf,
} from '../../src/index.ts'
import { patiently } from '../support/patience.ts'
import type { Visit } from './browser.ts'
import { dialogIn, doFor, look, openPeopleSite, statusAwaited } from './people-site.ts'
import type { PeopleSite } from './people-site.ts'

const SLOW = { timeout: patiently(40_000) }

describe('certificates in the console', function () {
  this.timeout(120_000)
  let site: PeopleSite
  let visit: Visit
  let page: Page

  before(async function () {
    site = await openPeopleSite(this)
    visit = await site.enter('certificates')
    page = visit.page
  })
  after(() => site.close())
  afterEach(() => {
    expect(visit.complaints).to.deep.equal([])
  })

  const learner = (i: number): string =>
    site.server.report.links[i]?.learner.name ?? expect.fail('a learner has a name')
  const open = async (i: number): Promise<void> => {
    await page.goto(`${site.server.url}/console#/certificates/${site.server.linkAt(i).cid}`)
    await page.locator('.people-name', { hasText: learner(i) }).waitFor()
  }
  const act = (verb: string): Promise<void> =>
    page.locator('.people-acts').getByRole('button', { name: verb, exact: true }).click()
  const state = (word: string): Promise<void> =>
    page.locator('.people-state .desk-badge', { hasText: new RegExp(`^${word}$`) }).waitFor(SLOW)
  const rows = '.desk-rows .desk-row'

  it('are found as one types, by name, address and id, and what is typed stands in no address', async () => {
    const search = page.getByRole('searchbox')
    const count = page.locator('.people-count')
    await page.locator(rows).nth(5).waitFor()
    expect(await count.getAttribute('aria-live')).to.equal('polite')
    const { email = '', externalId = '' } = site.server.report.links[0]?.learner ?? {}
    for (const text of ['zoe', 'ZOÉ', email, externalId]) {
      await search.fill(text)
      await count.filter({ hasText: '1 found' }).waitFor()
      expect(await page.locator(rows).count()).to.equal(1)
      expect(await page.locator(rows).innerText()).to.contain(learner(0))
    }
    await search.fill('Nobodyhere')
    await count.filter({ hasText: 'Nobody' }).waitFor()
    const told = visit.requests.map(({ url }) => decodeURIComponent(url).toLowerCase()).join(' ')
    for (const text of ['zoe', 'zoé', 'nobodyhere', email, externalId.toLowerCase()]) {
      expect(told).to.not.contain(text)
      expect(decodeURIComponent(page.url()).toLowerCase()).to.not.contain(text)
    }
    expect(await page.title()).to.equal('Certificates · Inaltera')
    await search.fill('')
  })

  it('of another issuer are found by nobody else', async () => {
    const other = await site.enter('certificates', { key: site.server.theirs })
    await other.page.getByText('No certificates yet').waitFor()
    await look(other.page, 'empty')
    await other.page.goto(`${site.server.url}/console#/certificates/${site.server.linkAt(0).cid}`)
    await other.page.getByRole('alert').waitFor()
    expect(await other.page.locator('main').innerText()).to.not.contain(learner(0))
    await other.close()
  })

  it('are suspended and reinstated: shown at once, after a reload, and by a verifier', async () => {
    await open(1)
    const bytes = await site.server.opened(site.server.linkAt(1))
    await act('Suspend')
    const button = dialogIn(page).getByRole('button', { name: 'Suspend', exact: true })
    expect(await button.isDisabled(), 'a reason is asked for').to.equal(true)
    await doFor(page, 'under-review', 'Suspend')
    await page.locator('.people-operation').waitFor()
    await state('Suspended')
    await statusAwaited(site.server, bytes, 'suspended')
    await page.reload()
    await state('Suspended')
    const history = page.locator('.people-history')
    expect(await history.innerText()).to.contain('under review')
    await act('Reinstate')
    await doFor(page, 'unspecified', 'Reinstate')
    await state('In force')
    await statusAwaited(site.server, bytes, 'passed')
  })

  it('are revoked together, and then by a verifier too', async () => {
    await page.goto(`${site.server.url}/console#/certificates`)
    const chosen: string[] = []
    for (const row of [2, 3]) {
      const line = page.locator(`${rows}[data-row="${row}"]`)
      await line.getByRole('checkbox').check()
      chosen.push((await line.locator('strong').innerText()).trim())
    }
    await page.locator('.people-bulk').getByRole('button', { name: 'Revoke' }).click()
    await dialogIn(page).getByRole('textbox').fill('2')
    await doFor(page, 'issued-in-error', 'Revoke')
    for (const row of [2, 3]) {
      const line = page.locator(`${rows}[data-row="${row}"] .desk-badge:visible`)
      await line.filter({ hasText: /revoked/i }).waitFor(SLOW)
      await line.filter({ hasText: /^Revoked$/ }).waitFor(SLOW)
    }
    for (const name of chosen) {
      const i = site.server.report.links.findIndex((one) => one.learner.name === name)
      const bytes = await site.server.opened(site.server.linkAt(i))
      expect((await statusAwaited(site.server, bytes, 'revoked')).outcome).to.equal('invalid')
    }
  })

  it('are corrected beside what stands in them: the old link leads to the new, the old is revoked', async () => {
    const i = freshLearner(5)
    const link = site.server.linkAt(i)
    const bytes = await site.server.opened(link)
    await open(i)
    await page.getByRole('link', { name: 'Correct', exact: true }).click()
    const before = familyNameIn(bytes)
    const name = page.getByRole('textbox', { name: 'Nom', exact: false }).last()
    const pair = page.locator('.people-pair').filter({ hasText: /^Nom/ })
    await pair.waitFor()
    expect(await pair.locator('.people-old').innerText()).to.contain(before)
    expect(await name.inputValue()).to.equal(before)
    await page.getByLabel('Date de naissance').fill('31/02/1999')
    await page.getByRole('button', { name: 'Review the correction' }).click()
    await page.getByText('not a date').waitFor()
    await page.getByLabel('Date de naissance').fill('28/02/1999')
    await name.fill('Corrigé-Dupont')
    await page.getByRole('button', { name: 'Review the correction' }).click()
    const changes = await dialogIn(page).locator('.people-changes').innerText()
    expect(changes).to.contain(before).and.to.contain('Corrigé-Dupont')
    await doFor(page, 'content-error', 'Correct and replace')
    await state('Being corrected')
    await state('Replaced')
    const answer = await site.server.get(
      `/api/v1/certificates/${link.cid}/successor`,
      site.server.holderOf(i),
    )
    const envelope = parseBase64url(answer.json['envelope'], 'envelope')
    const next = await openSuccessor(envelope, link, nodeAes256Gcm)
    const corrected = await site.server.opened(next)
    expect(familyNameIn(corrected)).to.equal('Corrigé-Dupont')
    await statusAwaited(site.server, corrected, 'passed')
    await statusAwaited(site.server, bytes, 'revoked')
    await page.getByRole('link', { name: 'Open the corrected certificate' }).click()
    await page.locator('.people-name', { hasText: 'Corrigé-Dupont' }).waitFor()
  })

  it('are erased for a reason and a name written out, and are found and opened by nobody then', async () => {
    const i = freshLearner(9)
    const { cid } = site.server.linkAt(i)
    await open(i)
    await act('Erase')
    const dialog = dialogIn(page)
    await dialog.locator('select').selectOption('holder-request')
    const button = dialog.getByRole('button', { name: 'Erase for good' })
    await dialog.getByRole('textbox').fill('somebody else')
    expect(await button.isDisabled()).to.equal(true)
    await dialog.getByRole('textbox').fill(learner(i).toLowerCase())
    await button.click()
    await state('Erased')
    expect((await site.server.get(`/ipfs/${cid}?format=raw`)).status).to.equal(410)
    await page.reload()
    await state('Erased')
    expect(await page.locator('main').innerText()).to.not.contain(learner(i))
    await page.goto(`${site.server.url}/console#/certificates`)
    await page.getByRole('searchbox').fill(learner(i))
    await page.locator('.people-count', { hasText: 'Nobody' }).waitFor()
    await page.getByRole('searchbox').fill('')
  })

  it('have their links sent again, and replaced where they leaked: the old one opens nothing', async () => {
    const i = freshLearner(12)
    const old = site.server.linkAt(i)
    const { email = '' } = site.server.report.links[i]?.learner ?? {}
    await open(i)
    await act('Send the link again')
    await dialogIn(page).getByRole('button', { name: 'Send the link again', exact: true }).click()
    await dialogIn(page).waitFor({ state: 'detached' })
    await page.locator('.people-letters').waitFor()
    await act('Replace the link')
    const dialog = dialogIn(page)
    await dialog.locator('select').selectOption('key-compromise')
    await dialog.getByRole('button', { name: 'Replace the link', exact: true }).click()
    const link = await dialog.locator('.people-link .mono').innerText()
    expect(page.url()).to.not.contain(link.split('#')[1])
    await dialog.getByRole('button', { name: 'Close', exact: true }).last().click()
    await page.locator('.people-cid', { hasText: parseHolderLink(link, 'link').cid }).waitFor()
    expect((await site.server.get(`/ipfs/${old.cid}?format=raw`)).status).to.equal(410)
    const bytes = await site.server.opened(parseHolderLink(link, 'link'))
    await statusAwaited(site.server, bytes, 'passed')
    const sent = (): boolean => site.sink.letters.filter((one) => one.includes(email)).length >= 2
    for (let n = 0; !sent() && n < 100; n += 1) await page.waitForTimeout(100)
    expect(sent(), 'both letters were sent').to.equal(true)
  })

  /** One with name and address, from this one on, to whom nothing else was done. */
  function freshLearner(from: number): number {
    const { links } = site.server.report
    const found = links.findIndex(
      ({ learner: one, index }, i) => i >= from && index > 3 && one.email !== undefined,
    )
    return found === -1 ? expect.fail('somebody has an address') : found
  }
})

function familyNameIn(certificate: Uint8Array): string {
  const { familyName } = subjectOf(parseCertificate(certificate).credential)
  return typeof familyName === 'string' ? familyName : expect.fail('it has a family name')
}
