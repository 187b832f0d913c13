import { z } from 'zod'
import { invariant } from '../../src/index.ts'
import { noBody } from '../http/body.ts'
import { json } from '../http/reply.ts'
import { BATCH_STATES } from '../issuance/types.ts'
import { batchSchema, printBatch } from './batch.ts'
import { nextOf, pageOf, pageQuery } from './page.ts'
import { NONE, route } from './route.ts'

/** `GET /api/v1/batches`: the batches of this issuer, newest first, page by page. */
export const getBatches = route({
  method: 'GET',
  path: '/api/v1/batches',
  name: 'getBatches',
  summary: 'The batches of this issuer',
  access: 'batches:read',
  rate: 'default',
  params: NONE,
  query: z.strictObject({
    ...pageQuery,
    state: z.enum(['awaiting-approval', ...BATCH_STATES]).optional(),
  }),
  body: noBody(),
  responses: {
    200: {
      description: 'Newest first.',
      schema: z.strictObject({ batches: z.array(batchSchema), next: z.string().nullable() }),
    },
  },
  handle: async ({ caller, query }, context) => {
    invariant(caller !== undefined, 'a scope has a caller')
    const page = pageOf(query)
    const { state } = query
    const { batches } = context.as(caller.issuer, caller.keyId)
    const found = await batches.list({ ...page, ...(state === undefined ? {} : { state }) })
    return json({ batches: found.map(printBatch), next: nextOf(found, page.limit) })
  },
})
