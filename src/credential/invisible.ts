/**
 * Characters that leave no trace on a page, so that two texts read alike and are not equal: what Unicode lets a renderer
 * ignore (`Default_Ignorable_Code_Point`: zero width, soft hyphens, fillers, tags), which holds every mark of direction.
 */

const IGNORABLE = /\p{Default_Ignorable_Code_Point}/gu
/** Persian and the scripts of India spell words with joiners and non-joiners between letters. */
const SPELLING = /(?<=[\p{L}\p{M}])[\u200c\u200d](?=[\p{L}\p{M}])/gu
/** U+2800, the Braille pattern without dots, is a symbol to Unicode and a blank to readers. */
const VISIBLE = /[^\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}\u2800]/u

/** What most cells are made of, none of it invisible: asking that is quicker by far. */
const LATIN = /^[\t\n\r -~\u00a0-\u00ac\u00ae-\u024f\u2019]*$/

/** Whether a reader sees anything of the text. */
export function hasVisible(text: string): boolean {
  return VISIBLE.test(text)
}

/** Whether a character that nobody sees stands in the text and belongs to the spelling of no word. */
export function holdsInvisible(text: string): boolean {
  return !LATIN.test(text) && text.replaceAll(SPELLING, '').search(IGNORABLE) !== -1
}

/** The text without characters that nobody sees, for comparing: never what is issued. */
export function withoutInvisible(text: string): string {
  return LATIN.test(text) ? text : text.replaceAll(IGNORABLE, '')
}
