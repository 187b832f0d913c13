/** Defends how the console shows certificates in each state, in both languages, on a phone and on a desktop; and 100,000 of them. */
import { expect } from 'chai'
import type { Page } from 'playwright-core'
import type { Json } from '../server/routes/issuing.ts'
import { languageOf } from './browser.ts'
import type { Visit } from './browser.ts'
import { dialogIn, look, openPeopleSite } from './people-site.ts'
import type { PeopleSite } from './people-site.ts'

const AT = '2026-06-15T05:06:40Z'
const operation = (more: Json = {}): Json => ({
  ...{ id: 'operation', kind: 'revoke', batchId: 'b', index: 0, reason: 'fraud' },
  ...{ replacement: null, state: 'queued', attempts: 0, trouble: null, transactions: [] },
  ...{ createdAt: AT, nextAttemptAt: AT, finishedAt: null },
  ...more,
})
const status = (state: string, reason?: string): Json => ({
  status: { state, reported: reason === undefined ? null : { reason, at: AT } },
})
const CHANGES = ['suspend', 'reinstate', 'revoke'].map((action) => ({
  action,
  reason: 'under-review',
  at: AT,
}))
const LETTERS = ['accepted', 'queued', 'refused', 'failed'].map((state, i) => ({
  purpose: ['issued', 'resent', 'asked', 'resealed'][i],
  state,
  code: state === 'refused' ? 550 : null,
  at: AT,
}))
const DEEDS = { history: CHANGES, letters: LETTERS, shares: { made: 3, standing: 2, opened: 41 } }

/** What the API would answer of a certificate, besides what is its own. */
const STATES: Readonly<Record<string, Json>> = {
  standing: DEEDS,
  suspended: status('suspended', 'under-review'),
  revoked: { ...status('revoked', 'issued-in-error'), ...DEEDS },
  'batch-revoked': status('batch-revoked', 'key-compromise'),
  unknown: status('unknown'),
  'not-anchored': status('not-anchored'),
  erased: { erased: { reason: 'holder-request', at: AT }, learner: null },
  replaced: { ...status('revoked', 'superseded'), replacedBy: 'bafkreinew' },
  queued: { queued: [operation({ trouble: 'no-funds', attempts: 3 })] },
  'long-name': { learner: { name: `${'Wolfeschlegelsteinhausen'.repeat(3)}\u202Egnp` } },
}

describe('certificates in the console, in each state', function () {
  this.timeout(120_000)
  let site: PeopleSite

  before(async function () {
    site = await openPeopleSite(this)
  })
  after(() => site.close())

  /** Shows a certificate as the API would, were it so. */
  async function showAs(page: Page, more: Json): Promise<void> {
    const { cid } = site.server.linkAt(0)
    const own = (await site.server.get(site.server.pathOf(0))).json
    await page.unrouteAll()
    await page.route(`**/api/v1/certificates/${cid}`, (route) =>
      route.fulfill({ json: { ...own, ...more } }),
    )
    await page.route('**/api/v1/operations/*', (route) =>
      route.fulfill({ json: operation({ state: 'failed', trouble: 'refused' }) }),
    )
    // What was shown before is gone first.
    await page.goto(`${site.server.url}/console#/certificates`)
    await page.locator('.people-count').waitFor()
    await page.goto(`${site.server.url}/console#/certificates/${cid}`)
    await page.locator('.people-state .desk-badge').waitFor()
  }

  for (const [width, locale, colorScheme] of [
    ['phone', 'fr-FR', 'light'],
    ['desktop', 'en-GB', 'dark'],
  ] as const) {
    it(`are told apart by word and shape: ${width}, ${locale}`, async () => {
      const visit = await site.enter('certificates', { width, locale, colorScheme })
      const { page } = visit
      expect(await languageOf(page)).to.equal(locale.slice(0, 2))
      const seen = new Set<string>()
      for (const [name, more] of Object.entries(STATES)) {
        await showAs(page, more)
        seen.add(await page.locator('.people-state .desk-badge').innerText())
        await look(page, `${name}-${width}`)
      }
      expect([...seen]).to.have.length(Object.keys(STATES).length - 1)
      await showAs(page, STATES['queued'] ?? {})
      await page.locator('.people-operation.failed').waitFor()
      await look(page, `failed-${width}`)
      expect(visit.complaints).to.deep.equal([])
      await visit.close()
    })

    it(`can be acted on by keyboard and listener alike: ${width}, ${locale}`, async () => {
      const visit = await site.enter('certificates', { width, locale, colorScheme })
      const { page } = visit
      await page.locator('.desk-row[data-row="3"] .desk-badge:visible').waitFor()
      await look(page, `list-${width}`)
      await page.getByRole('searchbox').fill('nobody at all')
      await page.locator('.desk-empty').waitFor()
      await look(page, `none-${width}`)
      await page.getByRole('searchbox').fill('')
      await page.locator('.desk-row[data-row="1"] input').check()
      await page.locator('.people-bulk .danger').click()
      await look(page, `bulk-${width}`)
      await page.keyboard.press('Escape')
      await showAs(page, DEEDS)
      const acts = page.locator('.people-acts button')
      for (let i = 0; i < (await acts.count()); i += 1) {
        await acts.nth(i).click()
        await dialogIn(page).waitFor()
        await look(page, `dialog-${i}-${width}`)
        await page.keyboard.press('Escape')
        await dialogIn(page).waitFor({ state: 'detached' })
        const focused = await page.evaluate<string>('document.activeElement.textContent')
        expect(focused, 'the focus is where it was').to.equal(await acts.nth(i).textContent())
      }
      await corrects(visit, width)
      expect(visit.complaints).to.deep.equal([])
      await visit.close()
    })
  }

  async function corrects({ page }: Visit, width: string): Promise<void> {
    await page.locator('.people-acts a').click()
    const fields = page.locator('.people-pair :is(input, select)')
    await fields.nth(4).waitFor()
    await fields.nth(1).fill('Autre')
    await fields.nth(3).fill('31/02/1999')
    await page.locator('form .button.primary').click()
    await page.locator('.people-pair .desk-error').waitFor()
    await look(page, `correct-${width}`)
    await fields.nth(3).fill('28/02/1999')
    await page.locator('form .button.primary').click()
    await dialogIn(page).waitFor()
    await look(page, `review-${width}`)
  }
})
