import type { Language } from '../src/index.ts'
import { en } from './texts/en.ts'
import { fr } from './texts/fr.ts'
import type { Words } from './texts/words.ts'

const WORDS: Readonly<Record<Language, Words>> = { en, fr }

/** The words of one language. */
export function wordsOf(language: Language): Words {
  return WORDS[language]
}
