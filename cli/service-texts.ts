import type { Language } from '../src/index.ts'
import { serviceEn } from './texts/service-en.ts'
import { serviceFr } from './texts/service-fr.ts'
import type { ServiceWords } from './texts/service-words.ts'

const WORDS: Readonly<Record<Language, ServiceWords>> = { en: serviceEn, fr: serviceFr }

/** The words of `fsck`, `status`, `find` and `audit-log`, in one language. */
export function serviceWordsOf(language: Language): ServiceWords {
  return WORDS[language]
}
