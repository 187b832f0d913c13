/** A certificate on A4: a diploma's first page, all that it says, and the certificate itself as an attachment. */
import { printCertificate } from '../../../src/index.ts'
import type { Certificate, Language, Verdict } from '../../../src/index.ts'
import { qrOf } from '../../ui/qr.tsx'
import { sheetFactsOf } from '../../ui/sheet-facts.ts'
import type { SheetFacts } from '../../ui/sheet-facts.ts'
import { SHEET } from '../../ui/sheet.words.ts'
import { fillText } from '../../words/fill.tsx'
import { openFonts } from './fonts.ts'
import { writeBody } from './paper-body.ts'
import { writeFigures } from './paper-figures.ts'
import { PAPER } from './paper.words.ts'
import { drawPicture } from './raster.ts'
import type { Picture } from './raster.ts'
import { MARGIN, newWriter, PAGE } from './writer.ts'
import type { Style, Writer } from './writer.ts'

export type PaperOptions = {
  readonly language: Language
  /** Who stands behind it as the verdict names it; undefined where nobody vouches. */
  readonly issuer: string | undefined
  readonly network: Verdict['network']
  /** Where the code leads: the link of a share, or the address of a verifier. Never a holder link. */
  readonly address: string
  /** `#rrggbb`, of at least 4.5:1 on paper. */
  readonly accent?: string | undefined
  /** `data:` of a picture. */
  readonly logo?: string | undefined
  /** In the band across the top, where the certificate does not stand: `Revoked`. */
  readonly notice?: string | undefined
}

const ACCENT = '#1d4d3e'
export const INK = '#1b1f24'
export const QUIET = '#545b64'
export const WIDE = PAGE.width - 2 * MARGIN.side
const CODE = 88
/** Between the text of the head and the code beside it. */
const GAP = 24

/** The bytes of the PDF. Rejects where this site does not give its fonts. */
export async function makePaper(
  certificate: Certificate,
  options: PaperOptions,
): Promise<Uint8Array> {
  const { language, address } = options
  const facts = sheetFactsOf(certificate)
  const [fonts, logo, badge] = await Promise.all([
    openFonts(),
    pictureOf(options.logo ?? facts.claimedLogo, 40),
    pictureOf(facts.picture, CODE),
  ])
  const words = PAPER[language]
  const issuer = options.issuer ?? words.issuerUnknown
  const writer = newWriter(fonts, { title: facts.title, author: issuer, language })
  const accent = options.accent ?? ACCENT
  writeBands(writer, options, accent)
  writeSide(writer, address, badge, language)
  writeHead(writer, { facts, issuer, logo, accent, language })
  writeFigures(writer, facts, language, accent)
  writeBody(writer, facts, language, accent)
  writeEnd(writer, address, language, accent)
  const bytes = printCertificate(certificate)
  writer.attach('certificate.json', 'application/json', bytes, words.attachment)
  return writer.finish((page, pages) =>
    fillText(words.foot, { title: shortened(facts.title), page: `${page}`, pages: `${pages}` }),
  )
}

async function pictureOf(source: string | undefined, points: number) {
  return source === undefined ? undefined : drawPicture(source, points)
}

function writeBands(writer: Writer, { network, notice, language }: PaperOptions, accent: string) {
  writer.bar(0, 0, PAGE.width, 10, accent)
  const { testNetwork, localNetwork } = SHEET[language]
  const warning = network === 'test' ? testNetwork : network === 'local' ? localNetwork : undefined
  const texts = [notice, warning].filter((text) => text !== undefined)
  if (texts.length === 0) return
  writer.bar(0, 10, PAGE.width, 26, '#f6d998')
  writer.y = 17
  const style: Style = { face: 'sans-bold', size: 10, colour: '#5a3600' }
  writer.block({ ...style, tag: 'P', text: texts.join(' · '), x: MARGIN.side, width: WIDE })
  writer.y = MARGIN.top + 4
}

/** At the right of the head: the code, and the badge under it. */
function writeSide(
  writer: Writer,
  address: string,
  badge: Picture | undefined,
  language: Language,
): void {
  const words = PAPER[language]
  const { path, size } = qrOf(address)
  const x = PAGE.width - MARGIN.side - CODE
  const top = MARGIN.top + 4
  writer.code(path, size, { x, y: top, width: CODE }, fillText(words.code, { address }))
  writer.y = top + CODE + 2
  const style: Style = { face: 'sans', size: 7.5, colour: QUIET }
  writer.block({ ...style, tag: 'P', text: words.scan, x: x + 8, width: CODE })
  if (badge !== undefined) writer.picture(badge, x, writer.y + 12, words.badge)
  writer.y = top
}

type Head = {
  readonly facts: SheetFacts
  readonly issuer: string
  readonly logo: Picture | undefined
  readonly accent: string
  readonly language: Language
}

function writeHead(writer: Writer, { facts, issuer, logo, accent, language }: Head): void {
  const words = SHEET[language]
  const box = { x: MARGIN.side, width: WIDE - CODE - GAP }
  const quiet: Style = { face: 'sans', size: 9, colour: QUIET }
  if (logo !== undefined) {
    writer.picture(logo, MARGIN.side, writer.y, PAPER[language].logo)
    writer.y += logo.height + 10
  }
  writer.block({ ...box, tag: 'P', face: 'sans-bold', size: 12.5, colour: accent, text: issuer })
  const { claimedIssuer, title, learner, description } = facts
  if (claimedIssuer !== undefined && claimedIssuer !== issuer) {
    const text = `${words.claimsIssuer} ${claimedIssuer}`
    writer.block({ ...box, ...quiet, size: 8, tag: 'P', text })
  }
  writer.y += 22
  const size = title.length > 90 ? 22 : title.length > 48 ? 26 : 31
  writer.block({ ...box, tag: 'H1', face: 'serif-bold', size, colour: INK, text: title })
  writer.y += 16
  writer.block({ ...box, ...quiet, tag: 'P', text: words.awardedTo })
  const name: Style =
    learner === undefined
      ? { face: 'serif', size: 13, colour: QUIET }
      : { face: 'serif', size: learner.length > 40 ? 17 : 22, colour: INK }
  writer.block({ ...box, ...name, tag: 'P', text: learner ?? words.nobodyShown })
  // The text below is as wide as the page: it begins under the code and the badge.
  writer.y = Math.max(writer.y + 12, MARGIN.top + CODE + 32)
  if (description === undefined) return
  const prose: Style = { face: 'serif', size: 10.5, colour: INK, lineGap: 2 }
  writer.block({ ...prose, tag: 'P', text: description, x: MARGIN.side, width: WIDE })
}

/** How to verify it, in one piece at the end. */
function writeEnd(writer: Writer, address: string, language: Language, accent: string): void {
  const words = PAPER[language]
  const prose: Style = { face: 'sans', size: 9, colour: INK, lineGap: 2 }
  const box = { x: MARGIN.side + 14, width: WIDE - 28 }
  const texts = [fillText(words.verify, { address }), words.attached]
  const heights = texts.map((text) => writer.heightOf({ ...prose, text, width: box.width }))
  const height = heights.reduce((sum, one) => sum + one + 4, 0) + 38
  writer.y += 20
  writer.room(height)
  writer.bar(MARGIN.side, writer.y, WIDE, height, '#f3f1ea')
  writer.bar(MARGIN.side, writer.y, 3, height, accent)
  writer.y += 12
  const title: Style = { face: 'sans-bold', size: 9, colour: accent }
  writer.block({ ...box, ...title, tag: 'H2', text: words.toVerify })
  for (const text of texts) {
    writer.y += 4
    writer.block({ ...box, ...prose, tag: 'P', text })
  }
}

function shortened(text: string): string {
  const letters = Array.from(text)
  return letters.length <= 80 ? text : `${letters.slice(0, 79).join('')}…`
}
