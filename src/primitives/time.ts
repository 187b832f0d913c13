import { FormatError } from './errors.ts'

declare const brand: unique symbol
/** Nanoseconds since 1970-01-01T00:00:00Z, exact. */
export type Instant = bigint & { readonly [brand]: 'Instant' }

const TIME =
  /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?(?:Z|([+-])(\d{2}):(\d{2}))$/
const SECOND = 1_000_000_000n
const DAY_SECONDS = 86_400
const MAX_OFFSET_MINUTES = 14 * 60
/** Seconds from 1970-01-01T00:00:00Z to 0001-01-01T00:00:00Z and to 9999-12-31T23:59:59Z. */
const FIRST_SECOND = -62_135_596_800
const LAST_SECOND = 253_402_300_799

/**
 * Reads `YYYY-MM-DDThh:mm:ss(.d{1,9})?(Z|±hh:mm)` (SPEC section 1): calendar-valid, years 0001 to 9999 as written and in
 * UTC, so that every time has a print that is one; no 24:00, no leap second, offset at most ±14:00; `-00:00` says the
 * same as `Z`.
 * @throws FormatError `bad-time`
 */
export function parseInstant(text: unknown, field: string): Instant {
  const instant = typeof text === 'string' ? readInstant(text) : undefined
  if (instant !== undefined) return instant
  throw new FormatError(
    'bad-time',
    field,
    `${field || 'the value'} is not a time such as 2026-06-15T08:00:00Z`,
  )
}

/** The certificates of a batch say the same few times over and over. */
const INSTANTS = new Map<string, Instant>()
const MOST_INSTANTS = 256

/** The instant of a text that `parseInstant` accepts; undefined for any other. */
export function readInstant(text: string): Instant | undefined {
  const known = INSTANTS.get(text)
  if (known !== undefined) return known
  const match = TIME.exec(text)
  const instant = match === null ? undefined : instantOf(match)
  if (instant === undefined) return undefined
  if (INSTANTS.size >= MOST_INSTANTS) INSTANTS.clear()
  INSTANTS.set(text, instant)
  return instant
}

function instantOf(match: RegExpExecArray): Instant | undefined {
  const parts = partsOf(match)
  if (parts === undefined) return undefined
  const { year, month, day, hour, minute, second, nanoseconds, offset } = parts
  const seconds =
    daysTo(year, month, day) * DAY_SECONDS + hour * 3600 + (minute - offset) * 60 + second
  if (seconds < FIRST_SECOND || seconds > LAST_SECOND) return undefined
  return (BigInt(seconds) * SECOND + nanoseconds) as Instant
}

/** The instant so many seconds after 1970-01-01T00:00:00Z, as a block's time gives it. */
export function instantOfSeconds(seconds: number | bigint): Instant {
  return (BigInt(seconds) * SECOND) as Instant
}

/** The instant of a clock in milliseconds, as `Date.now()` gives it. */
export function instantOfMilliseconds(milliseconds: number): Instant {
  return (BigInt(Math.trunc(milliseconds)) * 1_000_000n) as Instant
}

/** As `INSTANTS`, of texts. */
const PRINTED = new Map<Instant, string>()

/** The instant in UTC, with as many decimals as it needs and no more. */
export function printInstant(instant: Instant): string {
  const known = PRINTED.get(instant)
  if (known !== undefined) return known
  const text = textOf(instant)
  if (PRINTED.size >= MOST_INSTANTS) PRINTED.clear()
  PRINTED.set(instant, text)
  return text
}

function textOf(instant: Instant): string {
  const fraction = ((instant % SECOND) + SECOND) % SECOND
  const seconds = Number((instant - fraction) / SECOND)
  const decimals = fraction === 0n ? '' : `.${String(fraction).padStart(9, '0').replace(/0+$/, '')}`
  return `${new Date(seconds * 1000).toISOString().replace(/\.000Z$/, '')}${decimals}Z`
}

/** Below 0 where `a` is before `b`, 0 where they are one instant, above 0 where it is after. */
export function compareInstants(a: Instant, b: Instant): number {
  return a < b ? -1 : a > b ? 1 : 0
}

interface TimeParts {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
  readonly nanoseconds: bigint
  /** Minutes east of UTC. */
  readonly offset: number
}

function partsOf(match: RegExpExecArray): TimeParts | undefined {
  const [
    ,
    yyyy,
    mm,
    dd,
    hh,
    min,
    ss,
    fraction = '',
    sign = '+',
    offsetHours = '0',
    offsetMinutes = '0',
  ] = match
  const [year, month, day, hour, minute, second] = [yyyy, mm, dd, hh, min, ss].map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  const offset = Number(offsetHours) * 60 + Number(offsetMinutes)
  const inRange =
    year >= 1 &&
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= daysIn(year, month) &&
    hour <= 23 &&
    minute <= 59 &&
    second <= 59 &&
    Number(offsetMinutes) <= 59 &&
    offset <= MAX_OFFSET_MINUTES
  if (!inRange) return undefined
  const nanoseconds = BigInt(fraction.padEnd(9, '0'))
  return {
    year,
    month,
    day,
    hour,
    minute,
    second,
    nanoseconds,
    offset: sign === '-' ? -offset : offset,
  }
}

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
}

function daysIn(year: number, month: number): number {
  if (month === 2) return isLeap(year) ? 29 : 28
  // Long and short months take turns, but July and August are both long.
  return 30 + ((month + (month >> 3)) & 1)
}

/** Days from 1970-01-01 to a date of the proleptic Gregorian calendar. */
function daysTo(year: number, month: number, day: number): number {
  const before = year - 1
  const leapDays = Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400)
  let days = before * 365 + leapDays - 719_162 + day - 1
  for (let earlier = 1; earlier < month; earlier++) days += daysIn(year, earlier)
  return days
}
