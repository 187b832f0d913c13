/** Defends the camera of the verifier page: it reads a code from a moving picture, and says why where it cannot. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import type { Page } from 'playwright-core'
import encodeQR from 'qr'
import { holderLink } from '../../src/index.ts'
import { newIssuingServer } from '../server/routes/issuing.ts'
import type { IssuingServer } from '../server/routes/issuing.ts'
import { engineFor } from '../support/engines.ts'
import { barriersOf, keepScreenshot, openBrowser } from './browser.ts'
import { openVerifier, settled, statesOf } from './verify-page.ts'

/** A camera that Chromium makes up: it shows what stands in a file, or nothing is there at all. */
const FEED = '--use-fake-device-for-media-stream'
const GRANTED = '--use-fake-ui-for-media-stream'
const NO_CAMERA = '--use-fake-device-for-media-stream=device-count=0'

describe('the camera of the verifier page', function () {
  this.timeout(180_000)
  let server: IssuingServer
  let chromium: string
  let folder: string
  let film: string

  before(async function () {
    chromium = engineFor(this, 'chromium')
    server = await newIssuingServer()
    folder = await mkdtemp(join(tmpdir(), 'inaltera-camera-'))
    film = join(folder, 'code.y4m')
    const { cid, linkSecret } = server.linkAt(0)
    await writeFile(film, filmOf(holderLink(server.url, cid, linkSecret)))
    // Until the anchor is final, no verdict is.
    expect((await server.share(0)).status).to.equal(201)
  })
  after(async () => {
    await server.data.remove()
    await rm(folder, { recursive: true })
  })

  const seen = async (
    flags: readonly string[],
    locale: string,
    look: (page: Page, complaints: readonly string[]) => Promise<void>,
  ): Promise<void> => {
    const browser = await openBrowser(chromium, flags)
    try {
      const visit = await browser.visit('phone', { locale })
      await openVerifier(visit.page, `${server.url}/verify`)
      await visit.page
        .getByRole('button', { name: /^(Use the camera|Utiliser la caméra)$/ })
        .click()
      await look(visit.page, visit.complaints)
    } finally {
      await browser.close()
    }
  }

  it('reads the code of a link, closes, and gets to the verdict', async () => {
    const flags = [GRANTED, FEED, `--use-file-for-fake-video-capture=${film}`]
    await seen(flags, 'en-GB', async (page, complaints) => {
      await settled(page, 1)
      expect(await statesOf(page)).to.deep.equal(['valid'])
      expect(await page.locator('video').count()).to.equal(0)
      expect(complaints).to.deep.equal([])
    })
  })

  it('waits for a code while it sees none, and ends with its dialog', async () => {
    await seen([GRANTED, FEED], 'en-GB', async (page) => {
      const dialog = page.getByRole('dialog')
      await dialog.getByText('Hold the code in front of the camera').waitFor()
      await page.evaluate(`
        const video = document.querySelector('video')
        const [track] = video.srcObject.getTracks()
        // Its light goes out with it; a track tells nobody when it is stopped.
        window.isLetGo = async () => {
          while (track.readyState !== 'ended') await new Promise(requestAnimationFrame)
          return true
        }
        new Promise((shown) => video.requestVideoFrameCallback(shown))`)
      await keepScreenshot(page, 'verify-camera-phone')
      expect(await barriersOf(page)).to.deep.equal([])
      await page.keyboard.press('Escape')
      await page.locator('video').waitFor({ state: 'detached' })
      expect(await page.evaluate('window.isLetGo()')).to.equal(true)
    })
  })

  it('says so where its reader, or the browser, does not let it use the camera', async () => {
    await seen([FEED], 'fr-FR', async (page, complaints) => {
      const dialog = page.getByRole('dialog')
      await dialog.getByText('Le navigateur ne laisse pas cette page utiliser la caméra.').waitFor()
      expect(await page.locator('video').isVisible()).to.equal(false)
      await keepScreenshot(page, 'verify-camera-refused-phone-fr')
      expect(await barriersOf(page)).to.deep.equal([])
      expect(complaints).to.deep.equal([])
    })
  })

  it('says so where there is no camera', async () => {
    await seen([GRANTED, NO_CAMERA], 'en-GB', async (page, complaints) => {
      await page.getByRole('dialog').getByText('No camera was found.').waitFor()
      expect(await page.locator('video').isVisible()).to.equal(false)
      expect(complaints).to.deep.equal([])
    })
  })

  it('says so where another program has it', async () => {
    const taken = `navigator.mediaDevices.getUserMedia = async () => {
      throw new DOMException('in use', 'NotReadableError')
    }`
    await seen([GRANTED, FEED], 'en-GB', async (page) => {
      await page.getByText('Hold the code in front of the camera').waitFor()
      await page.evaluate(taken)
      await page.keyboard.press('Escape')
      await page.locator('video').waitFor({ state: 'detached' })
      await page.getByRole('button', { name: 'Use the camera' }).click()
      await page.getByRole('dialog').getByText('The camera gives no picture').waitFor()
    })
  })
})

const SIDE = { wide: 640, high: 480 }
const FRAMES = 10
const GREY = 128

/** A film of a code on a desk, a little way from the middle of the picture: YUV4MPEG2, 4:2:0. */
function filmOf(text: string): Buffer {
  const code = encodeQR(text, 'raw', { ecc: 'low' })
  const scale = Math.floor((SIDE.high - 80) / code.length)
  const luma = Buffer.alloc(SIDE.wide * SIDE.high, 0xc0)
  code.forEach((row, y) => {
    row.forEach((isDark, x) => {
      for (let i = 0; i < scale; i += 1) {
        const at = (30 + y * scale + i) * SIDE.wide + 90 + x * scale
        luma.fill(isDark ? 0x18 : 0xe8, at, at + scale)
      }
    })
  })
  const chroma = Buffer.alloc((SIDE.wide * SIDE.high) / 2, GREY)
  const head = Buffer.from(`YUV4MPEG2 W${SIDE.wide} H${SIDE.high} F10:1 Ip A1:1 C420jpeg\n`)
  const frame = Buffer.concat([Buffer.from('FRAME\n'), luma, chroma])
  return Buffer.concat([head, ...Array.from({ length: FRAMES }, () => frame)])
}
