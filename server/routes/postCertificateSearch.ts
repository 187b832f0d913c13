import { z } from 'zod'
import { invariant } from '../../src/index.ts'
import { jsonBody } from '../http/body.ts'
import { json } from '../http/reply.ts'
import type { FoundCertificate } from '../issuance/search.ts'
import { NONE, route } from './route.ts'
import { cidText, objectId } from './names.ts'

const learner = {
  name: z.string().min(1).max(500).optional(),
  email: z.string().min(1).max(500).optional(),
  externalId: z.string().min(1).max(500).optional(),
}
const MOST_ROW = 2 ** 31 - 1
const place = z.strictObject({ batchId: objectId, row: z.int().min(0).max(MOST_ROW) })
const DEFAULT_LIMIT = 25
const MOST = 100

const request = z
  .strictObject({
    ...learner,
    after: place.optional().meta({ description: '`next` of the page before' }),
    limit: z.int().min(1).max(MOST).default(DEFAULT_LIMIT),
  })
  .refine(({ name, email, externalId }) => [name, email, externalId].some(Boolean))

const found = z.strictObject({
  cid: cidText,
  batchId: objectId,
  row: z.int().min(0),
  index: z.int().min(0),
  learner: z.strictObject({
    name: z.string().optional(),
    email: z.string().optional(),
    externalId: z.string().optional(),
  }),
})

/**
 * `POST /api/v1/certificates/search`: by name (whole words), e-mail address and external id, all of those that are given.
 * A POST, since what is asked for is a person, and query strings end in the logs of proxies.
 */
export const postCertificateSearch = route({
  method: 'POST',
  path: '/api/v1/certificates/search',
  name: 'postCertificateSearch',
  summary: 'Find certificates by their learner',
  access: 'certificates:read',
  rate: 'default',
  params: NONE,
  query: NONE,
  body: jsonBody(request),
  responses: {
    200: {
      description: 'Newest first; erased ones are not found.',
      schema: z.strictObject({ certificates: z.array(found), next: place.nullable() }),
    },
  },
  problems: ['locked'],
  handle: async ({ caller, body }, { as }) => {
    invariant(caller !== undefined, 'a scope has a caller')
    const { after, limit, ...query } = body
    const given = Object.fromEntries(
      Object.entries(query).filter(([, value]) => value !== undefined),
    )
    const rows = await as(caller.issuer, caller.keyId).find(given, { after, limit })
    return json({ certificates: rows, next: nextOf(rows, limit) })
  },
})

function nextOf(rows: readonly FoundCertificate[], limit: number): z.output<typeof place> | null {
  const last = rows.length < limit ? undefined : rows.at(-1)
  return last === undefined ? null : { batchId: last.batchId, row: last.row }
}
