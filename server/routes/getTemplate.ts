import { invariant } from '../../src/index.ts'
import { noBody } from '../http/body.ts'
import { json } from '../http/reply.ts'
import { NONE, route } from './route.ts'
import { printTemplate, templateParams, templateSchema } from './template.ts'

/** `GET /api/v1/templates/<id>`: a template with what it has and lacks. */
export const getTemplate = route({
  method: 'GET',
  path: '/api/v1/templates/:templateId',
  name: 'getTemplate',
  summary: 'A template',
  access: 'templates:read',
  rate: 'default',
  params: templateParams,
  query: NONE,
  body: noBody(),
  responses: { 200: { description: 'The template.', schema: templateSchema } },
  problems: ['not-found'],
  handle: async ({ caller, params }, context) => {
    invariant(caller !== undefined, 'a scope has a caller')
    const { templates } = context.as(caller.issuer, caller.keyId).batches
    return json(printTemplate(await templates.get(params.templateId)))
  },
})
