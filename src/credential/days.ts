/** Calendar days, as templates and rows give them, and the instants at which they begin and end. */

import type { DateFormat } from './columns.ts'

/** `YYYY-MM-DD`, of the calendar, years 0001 to 9999. */
export type Day = string

const PATTERNS: Readonly<Record<DateFormat, RegExp>> = {
  'yyyy-mm-dd': /^(?<year>[0-9]{4})-(?<month>[0-9]{2})-(?<day>[0-9]{2})$/,
  'dd/mm/yyyy': /^(?<day>[0-9]{1,2})\/(?<month>[0-9]{1,2})\/(?<year>[0-9]{4})$/,
  'mm/dd/yyyy': /^(?<month>[0-9]{1,2})\/(?<day>[0-9]{1,2})\/(?<year>[0-9]{4})$/,
  'dd.mm.yyyy': /^(?<day>[0-9]{1,2})\.(?<month>[0-9]{1,2})\.(?<year>[0-9]{4})$/,
}

/** Reads a day in `format`, or as `yyyy-mm-dd`, which no other format can be mistaken for; undefined if it is none. */
export function dayOf(text: string, format: DateFormat = 'yyyy-mm-dd'): Day | undefined {
  const groups = (PATTERNS['yyyy-mm-dd'].exec(text) ?? PATTERNS[format].exec(text))?.groups
  if (groups === undefined) return undefined
  const [year, month, day] = [groups['year'], groups['month'], groups['day']].map(Number)
  if (year === undefined || month === undefined || day === undefined) return undefined
  const known = year >= 1 && month >= 1 && month <= 12 && day >= 1
  return known && day <= daysIn(year, month) ? print(year, month, day) : undefined
}

/** The day a duration of years, months and days (`P1Y6M`) later; the 31st becomes the last of a shorter month. */
export function dayAfter(start: Day, duration: string): Day | undefined {
  const found = /^P(?:([0-9]+)Y)?(?:([0-9]+)M)?(?:([0-9]+)D)?$/.exec(duration)
  if (found === null) return undefined
  const [years, months, days] = [
    Number(found[1] ?? 0),
    Number(found[2] ?? 0),
    Number(found[3] ?? 0),
  ]
  const [year = 0, month = 0, day = 0] = start.split('-').map(Number)
  const index = (year + years) * 12 + (month - 1) + months
  let [y, m] = [Math.floor(index / 12), (index % 12) + 1]
  let d = Math.min(day, daysIn(y, m)) + days
  while (d > daysIn(y, m)) {
    d -= daysIn(y, m)
    if (m === 12) y += 1
    m = (m % 12) + 1
  }
  return y > 9999 ? undefined : print(y, m, d)
}

/** The instant at which a day begins, at an offset from UTC. */
export function startOf(day: Day, utcOffset: string): string {
  return `${day}T00:00:00${utcOffset}`
}

/** The last second of a day: what is valid until a day is valid on it. */
export function endOf(day: Day, utcOffset: string): string {
  return `${day}T23:59:59${utcOffset}`
}

function daysIn(year: number, month: number): number {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  if (month === 2) return leap ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}

function print(year: number, month: number, day: number): Day {
  const two = (number: number): string => String(number).padStart(2, '0')
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`
}
