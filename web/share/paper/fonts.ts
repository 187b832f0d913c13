/** Our fonts as files, fetched from this site when a paper is made: a PDF carries the letters it uses. */
import sansBold from '@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf?url'
import sans from '@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf?url'
import serifBold from '@expo-google-fonts/source-serif-4/600SemiBold/SourceSerif4_600SemiBold.ttf?url'
import serif from '@expo-google-fonts/source-serif-4/400Regular/SourceSerif4_400Regular.ttf?url'
import { create } from 'fontkit'
import type { Font } from 'fontkit'
import { fetchBytes } from '../../engine/http.ts'

export const FACES = ['serif', 'serif-bold', 'sans', 'sans-bold'] as const
export type Face = (typeof FACES)[number]

const FILES: Readonly<Record<Face, string>> = {
  serif,
  'serif-bold': serifBold,
  sans,
  'sans-bold': sansBold,
}
const LIMITS = { timeoutMs: 30_000, maxBytes: 1024 * 1024 }

export type FontFile = { readonly bytes: ArrayBuffer; readonly font: Font }
export type FontFiles = Readonly<Record<Face, FontFile>>

/** Rejects where this site does not give them. */
export async function openFonts(): Promise<FontFiles> {
  const [one, two, three, four] = await Promise.all([
    openFont('serif'),
    openFont('serif-bold'),
    openFont('sans'),
    openFont('sans-bold'),
  ])
  return { serif: one, 'serif-bold': two, sans: three, 'sans-bold': four }
}

async function openFont(face: Face): Promise<FontFile> {
  const { status, bytes } = await fetchBytes(FILES[face], LIMITS)
  if (status !== 200) throw new Error('this site does not give its fonts')
  // A copy of its own: what a PDF is made of is read as a whole buffer.
  const own = new Uint8Array(bytes)
  return { bytes: own.buffer, font: create(own) }
}

/** Whether the font has every letter; of what joins or turns letters, it is never sure. */
export function hasLetters({ font }: FontFile, text: string): boolean {
  return Array.from(text).every((character) => {
    if (/\s/u.test(character)) return true
    if (/[\p{C}\p{Default_Ignorable_Code_Point}]/u.test(character)) return false
    return font.hasGlyphForCodePoint(character.codePointAt(0) ?? 0)
  })
}
