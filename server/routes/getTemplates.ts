import { z } from 'zod'
import { invariant } from '../../src/index.ts'
import { noBody } from '../http/body.ts'
import { json } from '../http/reply.ts'
import { nextOf, pageOf, pageQuery } from './page.ts'
import { NONE, route } from './route.ts'
import { printSummary, summarySchema } from './template.ts'

/** `GET /api/v1/templates`: the templates of this issuer, newest first; with `all`, earlier versions and archived ones too. */
export const getTemplates = route({
  method: 'GET',
  path: '/api/v1/templates',
  name: 'getTemplates',
  summary: 'The templates of this issuer',
  access: 'templates:read',
  rate: 'default',
  params: NONE,
  query: z.strictObject({ ...pageQuery, all: z.literal('true').optional() }),
  body: noBody(),
  responses: {
    200: {
      description: 'Newest first.',
      schema: z.strictObject({ templates: z.array(summarySchema), next: z.string().nullable() }),
    },
  },
  handle: async ({ caller, query }, context) => {
    invariant(caller !== undefined, 'a scope has a caller')
    const { templates } = context.as(caller.issuer, caller.keyId).batches
    const page = pageOf(query)
    const found = await templates.list({ ...page, all: query.all === 'true' })
    return json({ templates: found.map(printSummary), next: nextOf(found, page.limit) })
  },
})
