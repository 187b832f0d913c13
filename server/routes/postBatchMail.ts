import { z } from 'zod'
import { invariant } from '../../src/index.ts'
import { jsonBody } from '../http/body.ts'
import { json } from '../http/reply.ts'
import { countLetters, letterCounts, mailRequest } from './letters.ts'
import { NONE, route } from './route.ts'
import { batchParams } from './names.ts'

/**
 * `POST /api/v1/batches/<id>/mail`: every learner of the batch who has an address is sent their link, once the batch is
 * final. Asked again, nobody gets it twice.
 */
export const postBatchMail = route({
  method: 'POST',
  path: '/api/v1/batches/:batchId/mail',
  name: 'postBatchMail',
  summary: 'Send the links of a batch by e-mail',
  access: 'batches:write',
  rate: 'issue',
  params: batchParams,
  query: NONE,
  body: jsonBody(mailRequest),
  responses: {
    202: {
      description: 'It is kept and will be done.',
      schema: z.strictObject({ batchId: z.string(), counts: letterCounts }),
    },
  },
  problems: ['not-found', 'conflict', 'no-mail'],
  handle: async ({ caller, params, body }, { as }) => {
    invariant(caller !== undefined, 'a scope has a caller')
    const { batchId } = params
    const report = await as(caller.issuer, caller.keyId).mail.send(batchId, body.language)
    return json({ batchId, counts: countLetters(report) }, 202)
  },
})
