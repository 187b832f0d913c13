import type { Language } from '../src/index.ts'
import { issuerEn } from './texts/issuer-en.ts'
import { issuerFr } from './texts/issuer-fr.ts'
import type { IssuerWords } from './texts/issuer-words.ts'

const WORDS: Readonly<Record<Language, IssuerWords>> = { en: issuerEn, fr: issuerFr }

/** The words of an issuer's commands, in one language. */
export function issuerWordsOf(language: Language): IssuerWords {
  return WORDS[language]
}
