import { z } from 'zod'
import { invariant, parseCid } from '../../src/index.ts'
import { jsonBody } from '../http/body.ts'
import { json } from '../http/reply.ts'
import { mailRequest } from './letters.ts'
import { NONE, route } from './route.ts'
import { cidParams } from './names.ts'

/** `POST /api/v1/certificates/<cid>/mail`: one link once more, to the address that its row has. */
export const postCertificateMail = route({
  method: 'POST',
  path: '/api/v1/certificates/:cid/mail',
  name: 'postCertificateMail',
  summary: 'Send one link by e-mail once more',
  access: 'batches:write',
  rate: 'issue',
  idempotent: true,
  params: cidParams,
  query: NONE,
  body: jsonBody(mailRequest),
  responses: {
    202: { description: 'The letter is queued.', schema: z.strictObject({ cid: z.string() }) },
  },
  problems: ['not-found', 'conflict', 'no-mail'],
  handle: async ({ caller, params, body }, { as }) => {
    invariant(caller !== undefined, 'a scope has a caller')
    const { text: cid } = parseCid(params.cid, 'path/cid')
    await as(caller.issuer, caller.keyId).mail.resend({ cid }, body.language)
    return json({ cid }, 202)
  },
})
