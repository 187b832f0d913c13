import { z } from 'zod'
import { invariant, MAX_CERTIFICATE_BYTES, utf8 } from '../../src/index.ts'
import { jsonBody } from '../http/body.ts'
import { json } from '../http/reply.ts'
import { moment } from './moment.ts'
import { NONE, route } from './route.ts'
import { printShare, shareSchema } from './share.ts'
import { cidText } from './names.ts'

const request = z.strictObject({
  cid: cidText,
  presentation: z
    .string()
    .max(MAX_CERTIFICATE_BYTES)
    .meta({ description: 'The text of a presentation of that certificate' }),
  expiresAt: moment.optional(),
})

/** A document as a text in JSON: its quotes are escaped. */
const LIMIT = 2 * MAX_CERTIFICATE_BYTES

/**
 * `POST /api/v1/shares`: publishes a presentation, against the owner token of the certificate (SPEC section 9). What is
 * no presentation of it, or not valid, is refused.
 */
export const postShares = route({
  method: 'POST',
  path: '/api/v1/shares',
  name: 'postShares',
  summary: 'Publish a presentation',
  access: 'holder',
  rate: 'holder',
  params: NONE,
  query: NONE,
  body: jsonBody(request, LIMIT),
  responses: { 201: { description: 'It is public under its id.', schema: shareSchema } },
  problems: ['not-found', 'gone', 'conflict', 'unprocessable', 'busy', 'unavailable'],
  handle: async ({ token, body }, { sharing }) => {
    invariant(token !== undefined, 'a holder has a token')
    const { cid, expiresAt } = body
    const share = await sharing.publish({
      cid,
      token,
      presentation: utf8(body.presentation),
      expiresAt: expiresAt === undefined ? undefined : Date.parse(expiresAt),
    })
    return json(printShare(share), 201, { location: `/api/v1/shares/${share.id}` })
  },
})
