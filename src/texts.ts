import type { Catalogue } from './texts/catalogue.ts'
import { en } from './texts/en.ts'
import { fr } from './texts/fr.ts'
import { FAILURE_CODES, FORMAT_CODES } from './primitives/codes.ts'
import type { FailureCode, FormatCode } from './primitives/codes.ts'
import type { Check, CheckName, Verdict } from './verify/verdict.ts'

export const LANGUAGES = ['en', 'fr'] as const
export type Language = (typeof LANGUAGES)[number]

const CATALOGUES: Readonly<Record<Language, Catalogue>> = { en, fr }

/** The words of one language. */
export function catalogueOf(language: Language): Catalogue {
  return CATALOGUES[language]
}

/** The headline of a verdict: a word, with the moment where a past one was asked for. */
export function headlineOf(verdict: Verdict, language: Language): string {
  const words = catalogueOf(language)
  if (verdict.outcome === 'valid' && verdict.asOf !== null) {
    return `${words.validAsOf} ${verdict.asOf}`
  }
  return words.outcomes[verdict.outcome]
}

/** One sentence on one check. */
export function sentenceOf(name: CheckName, check: Check, language: Language): string {
  const words = catalogueOf(language)
  switch (check.outcome) {
    case 'passed':
      return words.passed[name]
    case 'undetermined':
      return words.undetermined[check.code]
    case 'failed':
      return isFormatCode(check.code) ? words.format[check.code] : words.failures[check.code]
  }
}

function isFormatCode(code: FailureCode | FormatCode): code is FormatCode {
  const formats: readonly string[] = FORMAT_CODES
  const failures: readonly string[] = FAILURE_CODES
  return formats.includes(code) && !failures.includes(code)
}
