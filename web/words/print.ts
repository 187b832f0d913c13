/** Dates, times and numbers in the reader's way. */
import type { Language } from '../../src/index.ts'

const LOCALES: Readonly<Record<Language, string>> = { en: 'en-GB', fr: 'fr-FR' }

/** A head and what belongs to it, as one text; French has a narrow space before its colon. */
export function printPair(head: string, tail: string, language: Language): string {
  return language === 'fr' ? `${head}\u202f: ${tail}` : `${head}: ${tail}`
}

/** The day of an RFC 3339 time, in UTC: `15 June 2026`. A text that is no time comes back as it is. */
export function printDay(time: string, language: Language): string {
  const moment = new Date(time)
  if (Number.isNaN(moment.getTime())) return time
  const form = new Intl.DateTimeFormat(LOCALES[language], { dateStyle: 'long', timeZone: 'UTC' })
  return form.format(moment)
}

/** The calendar day that an RFC 3339 time or a date is written with, wherever its reader is. */
export function printWrittenDay(time: string, language: Language): string {
  return printDay(`${time.slice(0, 10)}T00:00:00Z`, language)
}

/** Both days as they are written, joined as the language joins them: `10–12 June 2026`. */
export function printPeriod(start: string, end: string, language: Language): string {
  const [from, to] = [start, end].map((time) => new Date(`${time.slice(0, 10)}T00:00:00Z`))
  if (from === undefined || to === undefined || !(from <= to)) return `${start} – ${end}`
  const form = new Intl.DateTimeFormat(LOCALES[language], { dateStyle: 'long', timeZone: 'UTC' })
  return form.formatRange(from, to)
}

/** An ISO 8601 duration of hours and minutes: `PT10H30M` is `10.5 hours`. Another comes back as it is. */
export function printHours(duration: string, language: Language): string {
  const [, hours = '0', minutes = '0'] = /^PT(?:(\d+)H)?(?:(\d+)M)?$/.exec(duration) ?? [duration]
  const value = Number(hours) + Number(minutes) / 60
  if (value === 0) return duration
  const form = { style: 'unit', unit: 'hour', unitDisplay: 'long' } as const
  return new Intl.NumberFormat(LOCALES[language], form).format(value)
}

/** Day, hour and time zone of the reader: `15 June 2026 at 07:06 CEST`. */
export function printTime(time: string, language: Language): string {
  const moment = new Date(time)
  if (Number.isNaN(moment.getTime())) return time
  const form = new Intl.DateTimeFormat(LOCALES[language], {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  })
  return form.format(moment)
}

export function printNumber(value: number, language: Language): string {
  return new Intl.NumberFormat(LOCALES[language]).format(value)
}

/** `Zoé, Ana and Bo`. */
export function printList(items: readonly string[], language: Language): string {
  return new Intl.ListFormat(LOCALES[language], { type: 'conjunction' }).format(items)
}
