import { z } from 'zod'
import { invariant } from '../../src/index.ts'
import { bytesBody } from '../http/body.ts'
import { json } from '../http/reply.ts'
import { NONE, route } from './route.ts'
import { MAX_TEMPLATE_BYTES, templateName } from './template.ts'
import { objectId } from './names.ts'

/** `POST /api/v1/templates`: keeps a template, as a first version or in the place of one. It never changes afterwards. */
export const postTemplates = route({
  method: 'POST',
  path: '/api/v1/templates',
  name: 'postTemplates',
  summary: 'Keep a template',
  access: 'templates:write',
  rate: 'issue',
  idempotent: true,
  params: NONE,
  query: z.strictObject({
    name: templateName.optional().meta({ description: "Default: the achievement's name" }),
    supersedes: objectId.optional().meta({ description: 'The version whose place it takes' }),
  }),
  body: bytesBody(['application/json'], MAX_TEMPLATE_BYTES),
  responses: {
    201: {
      description: 'Kept, also where elements are missing: `GET` says which.',
      schema: z.strictObject({ id: objectId }),
    },
  },
  problems: ['not-found', 'conflict'],
  handle: async ({ caller, query, body }, context) => {
    invariant(caller !== undefined, 'a scope has a caller')
    const { templates } = context.as(caller.issuer, caller.keyId).batches
    const { id } = await templates.put({ body, by: caller.keyId, ...query })
    return json({ id }, 201)
  },
})
