/** What the API counts, and how it is asked for the days of a range. */
import * as z from 'zod'
import type { Api } from '../api.ts'
import { isNothing, sumOf } from './counts.ts'
import type { Counts, Day } from './counts.ts'
import { periodBefore, periodOf, windowsOf } from './days.ts'
import type { Period, RangeName } from './days.ts'

const COUNTS = {
  issued: z.int(),
  opened: z.int(),
  shared: z.int(),
  shareOpened: z.int(),
  verified: z.int(),
  revoked: z.int(),
}
const STATISTICS = z.object({
  from: z.string(),
  to: z.string(),
  days: z.array(z.object({ day: z.string(), ...COUNTS })),
  templates: z.array(
    z.object({ id: z.string().nullable(), name: z.string().nullable(), ...COUNTS }),
  ),
  totals: z.object(COUNTS),
})
type Answer = z.output<typeof STATISTICS>

export type TemplateCounts = Counts & { readonly id: string | null; readonly name: string | null }

export type Statistics = {
  readonly period: Period
  readonly days: readonly Day[]
  readonly templates: readonly TemplateCounts[]
  readonly totals: Counts
  /** Of the period of the same length before it; undefined where all there is is shown. */
  readonly before: Counts | undefined
}

/** So far back one looks for the first that was ever counted: ten years and more. */
const MOST_WINDOWS = 10

/** @param today `YYYY-MM-DD`, UTC */
export async function readStatistics(
  api: Api,
  asked: { readonly range: RangeName; readonly template: string | undefined },
  today: string,
  ended: AbortSignal,
): Promise<Statistics> {
  const { range, template } = asked
  const read = ({ from, to }: Period): Promise<Answer> => {
    const query = new URLSearchParams({ from, to, ...(template ? { template } : {}) })
    return api.get(`/api/v1/statistics?${query.toString()}`, STATISTICS, ended)
  }
  if (range === 'all') return everything(read, today)
  const period = periodOf(range, today)
  const [now, before] = await Promise.all([read(period), read(periodBefore(period))])
  const { days, templates, totals } = now
  return { period, days, templates, totals, before: before.totals }
}

/** Window by window into the past: nothing counted in one of them says nothing of those before it. */
async function everything(
  read: (period: Period) => Promise<Answer>,
  today: string,
): Promise<Statistics> {
  const answers: Answer[] = []
  for (const period of windowsOf(today, MOST_WINDOWS)) {
    answers.unshift(await read(period))
  }
  const days = answers.flatMap((answer) => answer.days)
  const first = days.findIndex((day) => !isNothing(day))
  const kept = first === -1 ? days.slice(-1) : days.slice(first)
  return {
    period: { from: kept[0]?.day ?? today, to: today },
    days: kept,
    templates: byTemplate(answers),
    totals: sumOf(days),
    before: undefined,
  }
}

function byTemplate(answers: readonly Answer[]): readonly TemplateCounts[] {
  const known = new Map<string | null, TemplateCounts>()
  for (const one of answers.flatMap(({ templates }) => templates)) {
    const { id, name } = one
    const earlier = known.get(id)
    known.set(id, { id, name, ...sumOf(earlier === undefined ? [one] : [earlier, one]) })
  }
  return [...known.values()]
}
