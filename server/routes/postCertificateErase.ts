import { z } from 'zod'
import { invariant, parseCid } from '../../src/index.ts'
import { jsonBody } from '../http/body.ts'
import { json } from '../http/reply.ts'
import { reasonBody } from './changeRoute.ts'
import { moment } from './moment.ts'
import { NONE, route } from './route.ts'
import { cidParams, cidText, objectId } from './names.ts'

const erased = z.strictObject({
  cid: cidText,
  batchId: objectId,
  index: z.int().min(0),
  erasedAt: moment,
  damaged: z.array(cidText).meta({ description: 'Other documents of the batch that are damaged' }),
})

/**
 * `POST /api/v1/certificates/<cid>/erase`: at once, whatever the chain does; not to be undone. Asked again it finishes
 * what was cut short, and answers with the first date.
 */
export const postCertificateErase = route({
  method: 'POST',
  path: '/api/v1/certificates/:cid/erase',
  name: 'postCertificateErase',
  summary: 'Erase a certificate',
  access: 'certificates:erase',
  rate: 'issue',
  params: cidParams,
  query: NONE,
  body: jsonBody(reasonBody),
  responses: { 200: { description: 'It is erased.', schema: erased } },
  problems: ['not-found', 'conflict', 'locked'],
  handle: async ({ caller, params, body }, { as }) => {
    invariant(caller !== undefined, 'a scope has a caller')
    const { text: cid } = parseCid(params.cid, 'path/cid')
    const { reason } = body
    const request = reason === undefined ? { cid } : { cid, reason }
    return json(await as(caller.issuer, caller.keyId).erase(request))
  },
})
