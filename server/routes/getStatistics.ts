import { z } from 'zod'
import { FormatError, invariant } from '../../src/index.ts'
import { noBody } from '../http/body.ts'
import { Refusal } from '../http/problems.ts'
import { json } from '../http/reply.ts'
import { DAY_MS } from '../keys/api-keys.ts'
import { parseDay, printDay, statisticsFrom } from '../statistics.ts'
import type { Counts } from '../statistics.ts'
import type { StatisticsStore } from '../storage/statistics.ts'
import type { TemplateStore } from '../storage/templates.ts'
import { objectId } from './names.ts'
import { NONE, route } from './route.ts'

const MAX_DAYS = 400
const DEFAULT_DAYS = 30
/** Versions of templates that are looked through for names. */
const MAX_VERSIONS = 5000

const day = z.iso.date()
const counts = {
  issued: z.int().meta({ description: 'Certificates whose anchor became final' }),
  opened: z.int().meta({ description: 'Server keys given to holders: not of permanent links' }),
  shared: z.int().meta({ description: 'Shares published' }),
  shareOpened: z.int(),
  verified: z.int().meta({ description: 'Verified by this server: no browser tells of its own' }),
  revoked: z.int().meta({ description: 'Certificates revoked by this server, each once' }),
}
const schema = z
  .strictObject({
    from: day,
    to: day,
    days: z.array(z.strictObject({ day, ...counts })),
    templates: z.array(
      z.strictObject({
        id: objectId.nullable().meta({
          description: 'Of its first version; null: issued without a stored template',
        }),
        name: z.string().nullable().meta({ description: 'Of its newest version' }),
        ...counts,
      }),
    ),
    totals: z.strictObject(counts),
  })
  .meta({ id: 'Statistics', title: 'What happened to the certificates of an issuer' })

/** `GET /api/v1/statistics`: numbers by day (UTC) and template, made without cookies or addresses. */
export const getStatistics = route({
  method: 'GET',
  path: '/api/v1/statistics',
  name: 'getStatistics',
  summary: 'How many were issued, opened, shared, verified and revoked, by day and template',
  access: 'certificates:read',
  rate: 'default',
  params: NONE,
  query: z.strictObject({
    from: day.optional().meta({ description: `First day, UTC; default: ${DEFAULT_DAYS} in all` }),
    to: day.optional().meta({ description: 'Last day, UTC; default: today' }),
    template: objectId.optional().meta({ description: 'All versions of this one alone' }),
  }),
  body: noBody(),
  responses: { 200: { description: `At most ${MAX_DAYS} days.`, schema } },
  problems: ['not-found'],
  handle: async ({ caller, query }, { store, counter, now }) => {
    invariant(caller !== undefined, 'a scope has a caller')
    const { issuer } = caller
    const to = query.to === undefined ? Math.floor(now() / DAY_MS) : dayOf(query.to, 'to')
    const from = query.from === undefined ? to - DEFAULT_DAYS + 1 : dayOf(query.from, 'from')
    if (from > to || to - from >= MAX_DAYS) {
      const message = `query/from: 1 to ${MAX_DAYS} days, both ends included`
      throw new FormatError('wrong-value', 'query/from', message)
    }
    await counter.flush()
    const all = await countsOf(store, issuer, { from, to, template: query.template })
    const found = statisticsFrom(all, from, to, await namesOf(store, issuer))
    return json({
      from: printDay(from),
      to: printDay(to),
      days: found.days.map((one) => ({ ...printCounts(one), day: printDay(one.day) })),
      templates: found.templates.map((one) => ({
        ...printCounts(one),
        id: one.series ?? null,
        name: one.name ?? null,
      })),
      totals: found.totals,
    })
  },
})

type Parts = StatisticsStore & Pick<TemplateStore, 'findTemplate' | 'listTemplates'>

/** Throws `Refusal` `not-found` for a template that is not the issuer's. */
async function countsOf(
  store: Parts,
  issuer: string,
  { from, to, template }: { from: number; to: number; template: string | undefined },
): ReturnType<StatisticsStore['statisticsOf']> {
  const wanted = template === undefined ? undefined : await store.findTemplate(issuer, template)
  if (template !== undefined && wanted === undefined) {
    throw new Refusal('not-found', 'there is no such template')
  }
  const all = await store.statisticsOf(issuer, from, to)
  return wanted === undefined ? all : all.filter(({ series }) => series === wanted.series)
}

/** By series: the list has the newest version first, whose name stays. */
async function namesOf(store: Parts, issuer: string): Promise<ReadonlyMap<string, string>> {
  const versions = await store.listTemplates(issuer, { limit: MAX_VERSIONS, all: true })
  return new Map(versions.reverse().map(({ series, name }) => [series, name]))
}

function printCounts({ issued, opened, shared, shareOpened, verified, revoked }: Counts): Counts {
  return { issued, opened, shared, shareOpened, verified, revoked }
}

function dayOf(text: string, name: string): number {
  const found = parseDay(text)
  if (found !== undefined) return found
  throw new FormatError('wrong-value', `query/${name}`, `query/${name}: this is no day`)
}
