/** A badge to carry a certificate: the picture of the achievement, or one of ours with its title. */
import { printCertificate } from '../../src/index.ts'
import type { Certificate, Language } from '../../src/index.ts'
import { sheetFactsOf } from '../ui/sheet-facts.ts'
import { bakePng, bakeSvg } from './bake.ts'
import { BADGE } from './badge.words.ts'
import { hasLetters, openFonts } from './paper/fonts.ts'
import type { Face, FontFile, FontFiles } from './paper/fonts.ts'
import { canvasOf } from './paper/raster.ts'

export type BadgeOptions = {
  readonly language: Language
  /** As the verdict names it; undefined where nobody vouches. */
  readonly issuer: string | undefined
  /** `#rrggbb`, of at least 4.5:1 on paper. */
  readonly accent?: string | undefined
}

const SIZE = 600
const MIDDLE = SIZE / 2
const ACCENT = '#1d4d3e'
const PAPER = '#fdfcf9'
const INK = '#1b1f24'
const SIZES = [58, 50, 44, 38, 32] as const
const MAX_LINES = 5
const LEADING = 1.18
/** Of the title, within the ring; of what stands above and below it. */
const ROOM = 410
const HEIGHT = 290
const NARROW = 330

/** A PNG with the certificate in it. Rejects where fonts are not to be had, or the browser draws nothing. */
export async function badgePng(
  certificate: Certificate,
  options: BadgeOptions,
): Promise<Uint8Array> {
  const drawing = drawingOf(certificate, options, await openFonts())
  const image = new Image()
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(drawing)}`
  await image.decode()
  const { canvas, context } = canvasOf(SIZE, SIZE)
  context.drawImage(image, 0, 0, SIZE, SIZE)
  const blob = await new Promise<Blob | null>((resolve) => {
    canvas.toBlob(resolve, 'image/png')
  })
  if (blob === null) throw new Error('this browser draws nothing')
  return bakePng(new Uint8Array(await blob.arrayBuffer()), printCertificate(certificate))
}

/** An SVG with the certificate in it. Rejects where fonts are not to be had. */
export async function badgeSvg(
  certificate: Certificate,
  options: BadgeOptions,
): Promise<Uint8Array> {
  const drawing = drawingOf(certificate, options, await openFonts())
  return new TextEncoder().encode(bakeSvg(drawing, printCertificate(certificate)))
}

function drawingOf(certificate: Certificate, options: BadgeOptions, fonts: FontFiles): string {
  const { title, picture } = sheetFactsOf(certificate)
  const open = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIZE} ${SIZE}" width="${SIZE}" height="${SIZE}">`
  // As a picture within the drawing, a document's own drawing runs nothing.
  const inside =
    picture === undefined
      ? ownBadge(title, options, fonts)
      : `<image href="${escaped(picture)}" width="${SIZE}" height="${SIZE}"/>`
  return `${open}<title>${escaped(title)}</title>${inside}</svg>`
}

function ownBadge(
  title: string,
  { language, issuer, accent = ACCENT }: BadgeOptions,
  fonts: FontFiles,
): string {
  const small = { fonts, face: 'sans-bold', fill: accent, most: 1, room: NARROW } as const
  const word = BADGE[language].certificate.toUpperCase()
  return [
    `<circle cx="300" cy="300" r="294" fill="${accent}"/>`,
    `<circle cx="300" cy="300" r="272" fill="${PAPER}"/>`,
    `<circle cx="300" cy="300" r="260" fill="none" stroke="${accent}" stroke-width="2"/>`,
    block(word, { ...small, sizes: [20], y: 116 }),
    block(title, {
      fonts,
      face: 'serif-bold',
      fill: INK,
      most: MAX_LINES,
      room: ROOM,
      sizes: SIZES,
      height: HEIGHT,
      y: MIDDLE,
    }),
    issuer === undefined ? '' : block(issuer, { ...small, sizes: [24, 20, 17], y: 478 }),
    `<path d="m284 524 11 11 22-24" fill="none" stroke="${accent}" stroke-width="6" stroke-linecap="round" stroke-linejoin="round"/>`,
  ].join('')
}

type Placed = {
  readonly fonts: FontFiles
  readonly face: Face
  readonly fill: string
  /** Largest first. */
  readonly sizes: readonly number[]
  readonly room: number
  /** Lines. */
  readonly most: number
  /** Of all lines. */
  readonly height?: number
  /** Of the middle of all lines. */
  readonly y: number
}

/** Lines in the middle, as outlines; as text for the viewer's own fonts where ours lack its letters. */
function block(content: string, placed: Placed): string {
  const { fonts, face, fill, sizes, room, most, y, height = SIZE } = placed
  const file = fonts[face]
  const isOurs = hasLetters(file, content)
  const fits = sizes.map((size) => ({ size, lines: linesOf(file, content, room / size) }))
  const found =
    fits.find(
      ({ size, lines }) => lines.length <= most && lines.length * size * LEADING <= height,
    ) ?? fits.at(-1)
  const { size, lines } = found ?? { size: 20, lines: [content] }
  const shown = lines.length <= most ? lines : [...lines.slice(0, most - 1), `${lines[most - 1]}…`]
  const leading = size * LEADING
  const top = y - ((shown.length - 1) * leading) / 2 + size * 0.34
  return shown
    .map((line, i) => {
      const at = top + i * leading
      return isOurs
        ? `<path d="${outlineOf(file, line, size, at)}" fill="${fill}"/>`
        : `<text x="${MIDDLE}" y="${at}" text-anchor="middle" font-family="serif" font-size="${size}" fill="${fill}">${escaped(line)}</text>`
    })
    .join('')
}

/** @param width in units of the size; letters that our fonts lack are taken as wide as they are high */
function linesOf({ font }: FontFile, content: string, width: number): string[] {
  const widthOf = (line: string): number => font.layout(line).advanceWidth / font.unitsPerEm
  const lines: string[] = []
  let line = ''
  for (const { segment } of new Intl.Segmenter(undefined, { granularity: 'word' }).segment(
    content,
  )) {
    if (line.trim() !== '' && widthOf(line + segment) > width) {
      lines.push(line.trim())
      line = ''
    }
    line += segment
  }
  return [...lines, line.trim()].filter((one) => one !== '')
}

function outlineOf({ font }: FontFile, line: string, size: number, y: number): string {
  const scale = size / font.unitsPerEm
  const { glyphs, positions, advanceWidth } = font.layout(line)
  let pen = MIDDLE - (advanceWidth * scale) / 2
  const paths = glyphs.map(({ path }, i) => {
    const { xAdvance = 0, xOffset = 0, yOffset = 0 } = positions[i] ?? {}
    const drawn = path.scale(scale, -scale)
    const placed = drawn.translate(pen + xOffset * scale, y - yOffset * scale)
    pen += xAdvance * scale
    return placed.toSVG()
  })
  return paths.join('')
}

/** For XML, which has no place for control characters. */
function escaped(content: string): string {
  return content
    .replaceAll(/[\p{Cc}\ufffe\uffff]/gu, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
