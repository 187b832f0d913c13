import { z } from 'zod'
import { invariant, parseCid, REASON_CODES } from '../../src/index.ts'
import { jsonBody } from '../http/body.ts'
import { json } from '../http/reply.ts'
import { NONE, route } from './route.ts'
import { cidParams } from './names.ts'

const request = z.strictObject({
  reason: z.enum(REASON_CODES).optional(),
  mail: z.boolean().optional().meta({ description: 'Send the new link to its learner' }),
})

const answer = z.strictObject({
  batchId: z.string(),
  index: z.int().min(0),
  oldCid: z.string(),
  cid: z.string(),
  link: z.string().nullable().meta({ description: 'For a key that has links:read; else null' }),
  damaged: z
    .array(z.string())
    .meta({ description: 'Other documents of the batch that are damaged' }),
})

/**
 * `POST /api/v1/certificates/<cid>/reseal`: a link that leaked is replaced by a new one. The old ciphertext and its
 * server key are deleted, not to be undone: hence the scope of erasing. Not idempotent: a reply that could be repeated
 * would have to be kept, and with it the link.
 */
export const postCertificateReseal = route({
  method: 'POST',
  path: '/api/v1/certificates/:cid/reseal',
  name: 'postCertificateReseal',
  summary: 'Replace a link that leaked by a new one',
  access: 'certificates:erase',
  rate: 'issue',
  params: cidParams,
  query: NONE,
  body: jsonBody(request),
  responses: { 200: { description: 'The old link opens nothing.', schema: answer } },
  problems: ['not-found', 'conflict', 'gone', 'no-mail', 'locked', 'request-in-progress'],
  handle: async ({ caller, params, body }, { as }) => {
    invariant(caller !== undefined, 'a scope has a caller')
    const { text: cid } = parseCid(params.cid, 'path/cid')
    const { reason, mail } = body
    const { link, damaged, ...rest } = await as(caller.issuer, caller.keyId).reseal({
      cid,
      ...(reason === undefined ? {} : { reason }),
      ...(mail === undefined ? {} : { mail }),
    })
    const mayRead = caller.scopes.includes('links:read')
    return json({ ...rest, link: mayRead ? link : null, damaged: [...damaged] })
  },
})
