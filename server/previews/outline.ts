/**
 * Text as outlines: shaped by fontkit, in our own fonts (Latin, Greek, Cyrillic), so that whoever paints needs no font
 * and meets no markup. What no font has letters for is not drawn at all: no box ever stands for a letter.
 */

import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { create } from 'fontkit'
import type { Font } from 'fontkit'
import { invariant } from '../../src/index.ts'

export type Face = 'serif' | 'serif-bold' | 'sans' | 'sans-bold'

const FILES: Readonly<Record<Face, string>> = {
  serif: '@expo-google-fonts/source-serif-4/400Regular/SourceSerif4_400Regular.ttf',
  'serif-bold': '@expo-google-fonts/source-serif-4/600SemiBold/SourceSerif4_600SemiBold.ttf',
  sans: '@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf',
  'sans-bold': '@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf',
}
/** What has letters that the first face lacks: polytonic Greek, for one. */
const ELSE: Readonly<Record<Face, Face>> = {
  serif: 'sans',
  'serif-bold': 'sans-bold',
  sans: 'sans',
  'sans-bold': 'sans-bold',
}
/** A longer text is cut before it is shaped; nobody reads so much on a picture. */
const MAX_CHARACTERS = 300
const ELLIPSIS = '…'

export type Fonts = Readonly<Record<Face, Font>>

/** Reads our fonts, from the packages that bring them. */
export async function openFonts(): Promise<Fonts> {
  const [serif, serifBold, sans, sansBold] = await Promise.all([
    openFont('serif'),
    openFont('serif-bold'),
    openFont('sans'),
    openFont('sans-bold'),
  ])
  return { serif, 'serif-bold': serifBold, sans, 'sans-bold': sansBold }
}

async function openFont(face: Face): Promise<Font> {
  const font = create(await readFile(fileURLToPath(import.meta.resolve(FILES[face]))))
  invariant('layout' in font, 'the file holds one font')
  return font
}

/** The font that has every letter of the text: the face that is asked for, or the one beside it; undefined: none has. */
export function fontFor(fonts: Fonts, face: Face, text: string): Font | undefined {
  return [fonts[face], fonts[ELSE[face]]].find((font) =>
    Array.from(text).every((character) => hasLetter(font, character)),
  )
}

function hasLetter(font: Font, character: string): boolean {
  if (/\s/u.test(character)) return true
  // Characters without a shape of their own turn or join others: what they would make is not ours to guess.
  if (/[\p{C}\p{Default_Ignorable_Code_Point}]/u.test(character)) return false
  return font.hasGlyphForCodePoint(character.codePointAt(0) ?? 0)
}

/** Width in units of the size. */
export function widthOf(font: Font, text: string): number {
  return font.layout(text).advanceWidth / font.unitsPerEm
}

/**
 * The text in lines of at most `width` units of the size, at most `lines` of them, the last one cut where more is left.
 * @returns `isWhole`: nothing was cut off
 */
export function wrapped(
  font: Font,
  text: string,
  width: number,
  lines: number,
): { readonly lines: readonly string[]; readonly isWhole: boolean } {
  const pieces = Array.from(text.trim()).slice(0, MAX_CHARACTERS).join('').split(/\s+/u)
  const isShort = Array.from(text.trim()).length <= MAX_CHARACTERS
  const words = pieces.flatMap((word) => broken(font, word, width))
  const made: string[] = []
  let line = ''
  for (const word of words) {
    const longer = line === '' ? word : `${line} ${word}`
    if (widthOf(font, longer) <= width) line = longer
    else {
      made.push(line)
      line = word
    }
  }
  made.push(line)
  if (made.length <= lines && isShort) return { lines: made, isWhole: true }
  const last = shortened(font, made[Math.min(lines, made.length) - 1] ?? '', width)
  return { lines: [...made.slice(0, Math.min(lines, made.length) - 1), last], isWhole: false }
}

/** A word that is wider than the line, in parts that are not. */
function broken(font: Font, word: string, width: number): string[] {
  if (widthOf(font, word) <= width) return [word]
  const parts: string[] = []
  let part = ''
  for (const { segment } of new Intl.Segmenter().segment(word)) {
    if (part !== '' && widthOf(font, part + segment) > width) {
      parts.push(part)
      part = ''
    }
    part += segment
  }
  return [...parts, part]
}

function shortened(font: Font, line: string, width: number): string {
  const segments = Array.from(new Intl.Segmenter().segment(line), ({ segment }) => segment)
  while (segments.length > 0 && widthOf(font, `${segments.join('')}${ELLIPSIS}`) > width) {
    segments.pop()
  }
  return `${segments.join('').trimEnd()}${ELLIPSIS}`
}

/** One line as the data of an SVG path, its baseline beginning at `x`, `y`. */
export function outlineOf(font: Font, text: string, size: number, x: number, y: number): string {
  const scale = size / font.unitsPerEm
  const { glyphs, positions } = font.layout(text)
  let pen = x
  return glyphs
    .map((glyph, i) => {
      const { xOffset = 0, yOffset = 0, xAdvance = 0 } = positions[i] ?? {}
      const path = glyph.path
        .scale(scale, -scale)
        .translate(pen + xOffset * scale, y - yOffset * scale)
      pen += xAdvance * scale
      return path.toSVG()
    })
    .join('')
}
