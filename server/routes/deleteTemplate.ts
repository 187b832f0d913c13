import { invariant } from '../../src/index.ts'
import { noBody } from '../http/body.ts'
import { empty } from '../http/reply.ts'
import { NONE, route } from './route.ts'
import { templateParams } from './template.ts'

/** `DELETE /api/v1/templates/<id>`: archives every version of it; nothing is issued with it any more. Twice is once. */
export const deleteTemplate = route({
  method: 'DELETE',
  path: '/api/v1/templates/:templateId',
  name: 'deleteTemplate',
  summary: 'Archive a template',
  access: 'templates:write',
  rate: 'default',
  params: templateParams,
  query: NONE,
  body: noBody(),
  responses: { 204: { description: 'It issues nothing any more, and stays readable.' } },
  problems: ['not-found'],
  handle: async ({ caller, params }, context) => {
    invariant(caller !== undefined, 'a scope has a caller')
    const { templates } = context.as(caller.issuer, caller.keyId).batches
    await templates.archive(params.templateId, caller.keyId)
    return empty()
  },
})
