/**
 * The picture that other sites show of a share: 1200×630, drawn of outlines alone. It says what the share shows, and no
 * verdict: that is for whoever opens the link.
 */

import type { Font } from 'fontkit'
import type { PreviewFacts } from './facts.ts'
import { fontFor, outlineOf, widthOf, wrapped } from './outline.ts'
import type { Face, Fonts } from './outline.ts'
import { previewWords, printDay } from './words.ts'

export const PICTURE = { width: 1200, height: 630 } as const

const LEFT = 112
const RIGHT = 1088
const WIDE = RIGHT - LEFT
const INK = '#1b1f24'
const QUIET = '#545b64'
const ACCENT = '#1d4d3e'
const WARNING = '#7a4a00'

/** Largest first: size, and how many lines of it there is room for. */
const TITLE_SIZES = [
  [72, 2],
  [64, 3],
  [56, 3],
  [48, 4],
  [42, 4],
] as const
const TITLE_LEADING = 1.16
const MAX_NAME = 200
const ISSUER_SIZES = [30, 26, 22] as const
const NAME_SIZES = [44, 38, 32, 28, 24] as const
/** Its own shape stays: it is as large as fits. */
const LOGO = { width: 280, height: 84, y: 84, gap: 32 } as const
/** Between issuer and foot, where title and name stand. */
const ROOM = { top: 176, bottom: 490 } as const
/** From the title's last line to the name's. */
const NAME_DROP = 76

/** As SVG, of numbers and colours, and a logo that the server took: no text of anybody's stands in it. */
export function svgOf(fonts: Fonts, facts: PreviewFacts, host: string): string {
  const words = previewWords(facts.language)
  const { language, awarded, warning, logo, accent = ACCENT } = facts
  // A title that no font of ours can draw is left to the page: the picture says what it is.
  const isDrawn = fontFor(fonts, 'serif-bold', facts.title) !== undefined
  const title = titleOf(fonts, isDrawn ? facts.title : words.certificate, facts.learner)
  const parts = [
    `<path d="M${LEFT} 96h72" stroke="${accent}" stroke-width="6"/>`,
    logo === undefined ? '' : logoOf(logo),
    facts.issuer === undefined ? '' : issuerOf(fonts, facts.issuer, accent, logo !== undefined),
    title.svg,
    facts.learner === undefined ? '' : nameOf(fonts, facts.learner, title.bottom),
    `<path d="M${LEFT} 498H${RIGHT}" stroke="#e3dfd5" stroke-width="2"/>`,
    awarded === undefined
      ? ''
      : line(fonts, 'sans', words.awarded(printDay(awarded, language)), foot('start')),
    line(fonts, 'sans', `${words.toVerify} · ${host}`, foot('end')),
    warning === undefined ? '' : band(fonts, warning),
  ]
  const { width, height } = PICTURE
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${SHEET}${parts.join('')}</svg>`
}

const SHEET = [
  '<rect width="1200" height="630" fill="#e6e9ec"/>',
  '<rect x="40" y="44" width="1120" height="550" rx="14" fill="#1b1f24" fill-opacity=".08"/>',
  '<rect x="40" y="40" width="1120" height="550" rx="14" fill="#fdfcf9"/>',
  `<rect x="40" y="40" width="1120" height="550" rx="14" fill="none" stroke="#d9d4c8" stroke-width="1.5"/>`,
].join('')

/** In one line beside the logo, as large as it fits there. */
function issuerOf(fonts: Fonts, name: string, fill: string, isBesideLogo: boolean): string {
  const room = isBesideLogo ? WIDE - LOGO.width - LOGO.gap : WIDE
  const font = fontFor(fonts, 'sans-bold', name)
  const size = ISSUER_SIZES.find((one) => font && widthOf(font, name) <= room / one)
  return line(fonts, 'sans-bold', name, { size: size ?? ISSUER_SIZES[2], y: 150, fill, room })
}

/** At the right of the head; its letters are base64 and its type is one of two, so that it ends no attribute. */
function logoOf(logo: string): string {
  const { width, height, y } = LOGO
  return `<image x="${RIGHT - width}" y="${y}" width="${width}" height="${height}" preserveAspectRatio="xMaxYMid" href="${logo}"/>`
}

const foot = (anchor: 'start' | 'end') => ({ size: 24, y: 544, fill: QUIET, anchor })

function titleOf(
  fonts: Fonts,
  text: string,
  learner: string | undefined,
): { readonly svg: string; readonly bottom: number } {
  const font = fontFor(fonts, 'serif-bold', text) ?? fonts['serif-bold']
  const fits = TITLE_SIZES.map(([size, lines]) => ({
    size,
    ...wrapped(font, text, WIDE / size, lines),
  }))
  const fit = fits.find(({ isWhole }) => isWhole) ?? fits.at(-1) ?? { size: 42, lines: [] }
  const { size } = fit
  const lines = balanced(font, text, WIDE / size, fit.lines)
  const leading = size * TITLE_LEADING
  const height = lines.length * leading + (learner === undefined ? 0 : NAME_DROP)
  const spare = Math.max(0, ROOM.bottom - ROOM.top - height)
  const top = ROOM.top + spare / 3 + size
  const paths = lines.map((one, i) => outlineOf(font, one, size, LEFT, top + i * leading))
  const bottom = top + (lines.length - 1) * leading
  return { svg: `<path d="${paths.join('')}" fill="${INK}"/>`, bottom }
}

/** The same number of lines, as even as they come: no last line of one word. */
function balanced(font: Font, text: string, width: number, lines: readonly string[]) {
  let even = lines
  for (let narrower = width * 0.96; narrower > width / 2; narrower *= 0.96) {
    const next = wrapped(font, text, narrower, lines.length)
    if (!next.isWhole) break
    even = next.lines
  }
  return even
}

/** Below the title, in one line; left out where no font of ours has its letters. */
function nameOf(fonts: Fonts, learner: string, bottom: number): string {
  // What is longer is cut off anyway, and not measured.
  const name = Array.from(learner).slice(0, MAX_NAME).join('')
  const font = fontFor(fonts, 'serif', name)
  if (font === undefined) return ''
  const size = NAME_SIZES.find((one) => widthOf(font, name) <= WIDE / one) ?? NAME_SIZES[4]
  return line(fonts, 'serif', name, { size, y: Math.min(bottom + NAME_DROP, 474), fill: INK })
}

type Placed = {
  readonly size: number
  readonly y: number
  readonly fill: string
  readonly anchor?: 'start' | 'middle' | 'end'
  /** At most so wide. */
  readonly room?: number
}

/** One line, cut where it is too long; nothing where no font has its letters. */
function line(fonts: Fonts, face: Face, text: string, placed: Placed): string {
  const { size, y, fill, anchor, room = WIDE } = placed
  const font = fontFor(fonts, face, text)
  if (font === undefined) return ''
  const [shown = ''] = wrapped(font, text, room / size, 1).lines
  return `<path d="${outlineOf(font, shown, size, startOf(font, shown, size, anchor), y)}" fill="${fill}"/>`
}

function startOf(font: Font, text: string, size: number, anchor: Placed['anchor']): number {
  const width = widthOf(font, text) * size
  if (anchor === 'end') return RIGHT - width
  return anchor === 'middle' ? (PICTURE.width - width) / 2 : LEFT
}

/** Across the top of the sheet, striped, so that it reads in grey. */
function band(fonts: Fonts, warning: string): string {
  const stripes = Array.from({ length: 60 }, (_, i) => `M${20 + 22 * i} 72l32-32h10l-32 32z`)
  return [
    '<clipPath id="band"><path d="M40 72V54a14 14 0 0 1 14-14H1146a14 14 0 0 1 14 14V72z"/></clipPath>',
    `<g clip-path="url(#band)"><rect x="40" y="40" width="1120" height="32" fill="#fdf2df"/>`,
    `<path d="${stripes.join('')}" fill="#f3d9a6"/></g>`,
    '<rect x="240" y="40" width="720" height="32" fill="#fdf2df"/>',
    line(fonts, 'sans-bold', warning, { size: 19, y: 63, fill: WARNING, anchor: 'middle' }),
  ].join('')
}
