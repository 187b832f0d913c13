/** The dates of one row judged together: the period of validity, and that nothing ends before it begins. */

import { parseInstant, readInstant } from '../primitives/time.ts'
import type { Instant } from '../primitives/time.ts'
import type { CellCode } from './cells.ts'
import { dayAfter, endOf, startOf } from './days.ts'
import type { Day } from './days.ts'
import type { TemplateFile } from './template-file.ts'

export type Period = {
  readonly validFrom: string
  readonly validUntil: string | undefined
  readonly faults: readonly { readonly claim: string; readonly code: CellCode }[]
}

/** What is known of a row's dates. */
export type RowDays = {
  /** By claim. */
  readonly days: ReadonlyMap<string, Day>
  /** Claims whose cell cannot be read: nothing is said of what depends on them. */
  readonly unread: ReadonlySet<string>
  /** RFC 3339; where the validity begins if neither row nor template says another day. */
  readonly issuedAt: string
}

type Fault = Period['faults'][number]

/**
 * `validFrom` and `validUntil` of a row, and what is wrong with its dates.
 * @throws FormatError for an `issuedAt` that is no time
 */
export function periodOf({ validity, activity }: TemplateFile, row: RowDays): Period {
  const { days } = row
  const { duration, utcOffset } = validity
  const beyond = [...days].filter(
    // At an offset from UTC the first or the last day of the calendar leads out of the years 1 to 9999.
    ([claim, day]) => readInstant(edgeOf(claim, day, utcOffset)) === undefined,
  )
  const unread = new Set([...row.unread, ...beyond.map(([claim]) => claim)])
  const faults: Fault[] = beyond.map(([claim]) => ({ claim, code: 'out-of-range' }))
  const startDay = days.get('validFrom') ?? validity.from
  const endDay = days.get('validUntil') ?? validity.until
  const validFrom = startDay === undefined ? row.issuedAt : startOf(startDay, utcOffset)
  const validUntil = endDay === undefined ? later(validFrom, duration) : endOf(endDay, utcOffset)
  if (!unread.has('validFrom')) {
    const from = parseInstant(validFrom, '/validFrom')
    if (duration !== undefined && endDay === undefined && validUntil === undefined) {
      faults.push({ claim: 'validFrom', code: 'out-of-range' })
    }
    if (!unread.has('validUntil') && validUntil !== undefined && !isAfter(validUntil, from)) {
      faults.push({ claim: 'validUntil', code: 'ends-before-start' })
    }
    const birth = days.get('birthDate')
    if (birth !== undefined && isAfter(startOf(birth, utcOffset), from)) {
      faults.push({ claim: 'birthDate', code: 'out-of-range' })
    }
  }
  const first = days.get('activityStartDate') ?? activity?.start
  const last = days.get('activityEndDate') ?? activity?.end
  const known = !unread.has('activityStartDate') && !unread.has('activityEndDate')
  if (known && first !== undefined && last !== undefined && last < first) {
    faults.push({ claim: 'activityEndDate', code: 'ends-before-start' })
  }
  return { validFrom, validUntil, faults }
}

function isAfter(time: string, instant: Instant): boolean {
  const other = readInstant(time)
  return other !== undefined && other > instant
}

/** The instant that a claim's day stands for: its end where something ends, its begin otherwise. */
function edgeOf(claim: string, day: Day, utcOffset: string): string {
  const ends = claim === 'validUntil' || claim === 'activityEndDate'
  return ends ? endOf(day, utcOffset) : startOf(day, utcOffset)
}

/** The same time of day after a duration; undefined without one, or beyond the year 9999. */
function later(time: string, duration: string | undefined): string | undefined {
  const day = duration === undefined ? undefined : dayAfter(time.slice(0, 10), duration)
  const text = day === undefined ? undefined : day + time.slice(10)
  return text === undefined || readInstant(text) === undefined ? undefined : text
}
