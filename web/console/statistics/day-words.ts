/** Days as the server counts them, in UTC, in the reader's way. */
import type { Language } from '../../../src/index.ts'

const LOCALES: Readonly<Record<Language, string>> = { en: 'en-GB', fr: 'fr-FR' }

/** @param until gives the two days as a range, what they share said once */
export function dayIn(
  day: string,
  language: Language,
  form: Intl.DateTimeFormatOptions,
  until?: string,
): string {
  const printer = new Intl.DateTimeFormat(LOCALES[language], { ...form, timeZone: 'UTC' })
  const start = new Date(day)
  return until === undefined ? printer.format(start) : printer.formatRange(start, new Date(until))
}

/** `+12 %`, `−3 %`. */
export function printChange(percent: number, language: Language): string {
  const printer = new Intl.NumberFormat(LOCALES[language], {
    style: 'percent',
    signDisplay: 'exceptZero',
    maximumFractionDigits: Math.abs(percent) < 1 ? 1 : 0,
  })
  // The hyphen that some languages write is too short to be seen before a number.
  return printer.format(percent / 100).replace('-', '−')
}
