/** Defends every place of the console where there is little room (320 px, and 200 % zoom), by keyboard, and as it is read out. */
import { expect } from 'chai'
import type { Page } from 'playwright-core'
import { barriersOf, isTooWide, keepScreenshot } from './browser.ts'
import type { Visit } from './browser.ts'
import { openPeopleSite } from './people-site.ts'
import type { PeopleSite } from './people-site.ts'

const ROOMS = {
  320: { viewport: { width: 320, height: 640 }, deviceScaleFactor: 1 },
  zoomed: { viewport: { width: 640, height: 450 }, deviceScaleFactor: 2 },
} as const
const MOST_STOPS = 400

describe('the console where there is little room', function () {
  this.timeout(240_000)
  let site: PeopleSite
  let places: Readonly<Record<string, string>> = {}

  before(async function () {
    site = await openPeopleSite(this)
    const { report } = site.server
    const { json } = await site.server.get('/api/v1/templates')
    const [template] = json['templates'] as readonly { id: string }[]
    places = {
      batches: 'batches',
      new: 'batches/new',
      batch: `batches/${report.batchId}`,
      templates: 'templates',
      template: `templates/${template?.id ?? ''}`,
      'new-template': 'templates/new',
      certificates: 'certificates',
      certificate: `certificates/${site.server.linkAt(0).cid}`,
      correct: `certificates/${site.server.linkAt(0).cid}/correct`,
      statistics: 'statistics',
      ...Object.fromEntries(
        ['profile', 'keys', 'webhooks', 'audit', 'server'].map((part) => [
          part,
          `settings/${part}`,
        ]),
      ),
    }
  })
  after(() => site.close())

  /** Each place, once nothing is being read any more. */
  async function each(
    { page }: Visit,
    see: (name: string, page: Page) => Promise<void>,
  ): Promise<void> {
    for (const [name, at] of Object.entries(places)) {
      await page.evaluate(`location.hash = ${JSON.stringify(`#/${at}`)}`)
      await page.locator('main h1').waitFor()
      await page.waitForLoadState('networkidle')
      await see(name, page)
    }
  }

  for (const [room, options] of Object.entries(ROOMS)) {
    it(`scrolls sideways nowhere, and keeps its headings in order: ${room}`, async () => {
      const visit = await site.enter('batches', { ...options, locale: 'fr-FR' })
      await each(visit, async (name, page) => {
        await keepScreenshot(page, `narrow-${room}-${name}`)
        expect(await isTooWide(page), name).to.equal(false)
        expect(await barriersOf(page), name).to.deep.equal([])
        expect(await skippedHeadings(page), name).to.deep.equal([])
        expect(await squeezed(page), name).to.deep.equal([])
        if (name === 'certificates') {
          const states = page.locator('.desk-row[data-row="0"] .desk-badge:visible')
          expect(await states.count(), 'the state of a certificate is in sight, once').to.equal(1)
        }
        expect(await brokenWords(page), name).to.deep.equal([])
        expect(await placesOutOfSight(page), name).to.deep.equal([])
      })
      expect(visit.complaints).to.deep.equal([])
      await visit.close()
    })
  }

  it('is gone through by Tab alone: each stop in sight and with a name, and none that holds one fast', async () => {
    const visit = await site.enter('batches')
    await each(visit, async (name, page) => {
      // From the beginning of the page, whatever had the focus before.
      await page.reload()
      await page.locator('main h1').waitFor()
      await page.waitForLoadState('networkidle')
      const seen = await stopsOf(page)
      expect(seen.length, name).to.be.within(6, MOST_STOPS - 1)
      expect(
        seen.filter((stop) => stop.startsWith('!')),
        name,
      ).to.deep.equal([])
    })
    await visit.close()
  })

  it('says so where the server cannot be reached, and goes on once it can', async () => {
    const visit = await site.enter('batches')
    const { page, context } = visit
    await context.setOffline(true)
    await page.evaluate(`location.hash = '#/certificates'`)
    await page.getByRole('alert').waitFor()
    await keepScreenshot(page, 'narrow-offline')
    expect(await barriersOf(page)).to.deep.equal([])
    await context.setOffline(false)
    await page.getByRole('alert').getByRole('button').click()
    await page.locator('.desk-row[data-row="0"]').waitFor()
    await visit.close()
  })
})

/** What an expression finds in the page. */
async function textsOf(page: Page, expression: string): Promise<string[]> {
  return JSON.parse(await page.evaluate<string>(`JSON.stringify(${expression})`)) as string[]
}

/** Headings that stand more than one level below the one before. */
function skippedHeadings(page: Page): Promise<string[]> {
  return textsOf(
    page,
    `(() => {
    const shown = [...document.querySelectorAll('h1, h2, h3, h4, h5')].filter((one) => one.checkVisibility())
    const levels = shown.map((one) => Number(one.tagName[1]))
    const skipped = shown.filter((_, i) => levels[i] > (levels[i - 1] ?? 0) + 1)
    return skipped.map((one) => one.tagName + ' ' + one.textContent)
  })()`,
  )
}

/** Cells and buttons that have something to say and no room for a word of it. */
function squeezed(page: Page): Promise<string[]> {
  return textsOf(
    page,
    `(() => {
    const all = [...document.querySelectorAll('main :is([role=columnheader], [role=gridcell], .button)')]
    const own = all.filter((one) => one.checkVisibility() && one.innerText.trim().length > 3)
    return own.filter((one) => one.clientWidth < 44).map((one) => one.innerText.trim())
  })()`,
  )
}

/** Where one is, in a list of places that is scrolled away from it. */
function placesOutOfSight(page: Page): Promise<string[]> {
  return textsOf(
    page,
    `(() => {
    const current = [...document.querySelectorAll('nav [aria-current]')]
    const out = current.filter((one) => {
      const { left, right } = one.getBoundingClientRect()
      return left < 0 || right > innerWidth
    })
    return out.map((one) => one.innerText.trim())
  })()`,
  )
}

/** Words on buttons that go on in the next line. */
function brokenWords(page: Page): Promise<string[]> {
  return textsOf(
    page,
    `(() => {
    const broken = []
    for (const button of document.querySelectorAll('.button')) {
      const texts = document.createTreeWalker(button, NodeFilter.SHOW_TEXT)
      while (texts.nextNode()) {
        const { data } = texts.currentNode
        for (const { 0: word, index } of data.matchAll(/\\S+/gu)) {
          const range = document.createRange()
          range.setStart(texts.currentNode, index)
          range.setEnd(texts.currentNode, index + word.length)
          const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)))
          if (lines.size > 1) broken.push(word)
        }
      }
    }
    return broken
  })()`,
  )
}

/** What takes the focus, one after the other, until it comes round; `!` before what is out of sight or has no name. */
async function stopsOf(page: Page): Promise<string[]> {
  const stops: string[] = []
  for (let i = 0; i < MOST_STOPS; i += 1) {
    await page.keyboard.press('Tab')
    const stop = await page.evaluate<string>(`(async () => {
      // What comes into sight with the focus does so within a frame or two.
      for (const _ of [1, 2]) await new Promise(requestAnimationFrame)
      const one = document.activeElement
      if (one === document.body || one.dataset.stop !== undefined) return ''
      one.dataset.stop = 'seen'
      const name = one.ariaLabel ?? one.labels?.[0]?.textContent ??
        document.getElementById(one.getAttribute('aria-labelledby'))?.textContent ?? one.textContent
      const { top, bottom, left, width, height } = one.getBoundingClientRect()
      const isSeen = bottom > 0 && top < innerHeight && left < innerWidth && width * height > 0
      return (isSeen && name?.trim() ? '' : '!') + one.tagName + ' ' + one.className + ' ' + (name ?? '').trim().slice(0, 40)
    })()`)
    if (stop === '') return stops
    stops.push(stop)
  }
  return stops
}
