/** Ranges of days, and the bars of a chart that they make. Days are `YYYY-MM-DD`, in UTC, as the server counts them. */
import type { Counts, Day } from './counts.ts'

export const RANGES = ['30', '90', 'year', 'all'] as const
export type RangeName = (typeof RANGES)[number]

/** Both ends are part of it. */
export type Period = { readonly from: string; readonly to: string }

const DAY_MS = 86_400_000
/** The most that one answer has. */
const WINDOW_DAYS = 400
const LENGTHS: Readonly<Record<Exclude<RangeName, 'all'>, number>> = { 30: 30, 90: 90, year: 365 }

export function periodOf(range: Exclude<RangeName, 'all'>, today: string): Period {
  return { from: dayAfter(today, 1 - LENGTHS[range]), to: today }
}

/** Of the same length, ending the day before. */
export function periodBefore({ from, to }: Period): Period {
  const length = daysBetween(from, to) + 1
  return { from: dayAfter(from, -length), to: dayAfter(from, -1) }
}

/** Windows that one answer can have, the newest first. */
export function windowsOf(today: string, count: number): readonly Period[] {
  return Array.from({ length: count }, (_, i) => {
    const to = dayAfter(today, -i * WINDOW_DAYS)
    return { from: dayAfter(to, 1 - WINDOW_DAYS), to }
  })
}

export type Bar = Period & Counts
type Unit = 'day' | 'week' | 'month'

/** So that a chart has some dozens of bars at most: days, weeks that end with the last day, or months. */
export function unitOf(days: number): Unit {
  if (days <= 31) return 'day'
  return days <= 120 ? 'week' : 'month'
}

export function barsOf(
  days: readonly Day[],
  sum: (days: readonly Counts[]) => Counts,
): readonly Bar[] {
  const unit = unitOf(days.length)
  const groups = new Map<string, Day[]>()
  for (const [i, day] of days.entries()) {
    const key = keyOf(unit, day.day, days.length - 1 - i)
    groups.set(key, [...(groups.get(key) ?? []), day])
  }
  return [...groups.values()].map((group) => ({
    ...sum(group),
    from: group[0]?.day ?? '',
    to: group.at(-1)?.day ?? '',
  }))
}

function keyOf(unit: Unit, day: string, fromEnd: number): string {
  switch (unit) {
    case 'day':
      return day
    case 'week':
      return String(Math.floor(fromEnd / 7))
    case 'month':
      return day.slice(0, 7)
  }
}

/** Today where the server counts. */
export function todayOf(now: number): string {
  return new Date(now).toISOString().slice(0, 10)
}

/** So many days later; before it where that is below 0. */
export function dayAfter(day: string, count: number): string {
  return new Date(Date.parse(day) + count * DAY_MS).toISOString().slice(0, 10)
}

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS)
}
