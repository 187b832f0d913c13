/** What previews and the pages around them say. */

import type { Language } from '../../src/index.ts'

type PreviewWords = {
  readonly certificate: string
  readonly issuedBy: (name: string) => string
  readonly awarded: (day: string) => string
  readonly toVerify: string
  /** Of a page that shows nothing any more, or never did. */
  readonly ended: string
}

const LOCALES: Readonly<Record<Language, string>> = { en: 'en-GB', fr: 'fr-FR' }

const WORDS: Readonly<Record<Language, PreviewWords>> = {
  en: {
    certificate: 'Certificate',
    issuedBy: (name) => `Issued by ${name}.`,
    awarded: (day) => `Awarded on ${day}`,
    toVerify: 'Open the link to verify it',
    ended: 'This certificate is not shared here',
  },
  fr: {
    certificate: 'Certificat',
    issuedBy: (name) => `Délivré par ${name}.`,
    awarded: (day) => `Délivré le ${day}`,
    toVerify: 'Ouvrir le lien pour le vérifier',
    ended: 'Ce certificat n’est pas partagé ici',
  },
}

export function previewWords(language: Language): PreviewWords {
  return WORDS[language]
}

/** The day that the document says: `15 June 2026`. */
export function printDay(time: string, language: Language): string {
  const [year = 0, month = 1, day = 1] = time.slice(0, 10).split('-').map(Number)
  const form = new Intl.DateTimeFormat(LOCALES[language], { dateStyle: 'long', timeZone: 'UTC' })
  return form.format(new Date(Date.UTC(year, month - 1, day)))
}

/** As Open Graph names languages. */
export function ogLocale(language: Language): string {
  return LOCALES[language].replace('-', '_')
}
