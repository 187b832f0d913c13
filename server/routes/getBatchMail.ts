import { z } from 'zod'
import { invariant } from '../../src/index.ts'
import { noBody } from '../http/body.ts'
import { json } from '../http/reply.ts'
import { countLetters, letterCounts, letterSchema } from './letters.ts'
import { route } from './route.ts'
import { batchParams, count } from './names.ts'

const MOST = 1000

/** `GET /api/v1/batches/<id>/mail`: what became of a batch's letters; whose they are, their index says. */
export const getBatchMail = route({
  method: 'GET',
  path: '/api/v1/batches/:batchId/mail',
  name: 'getBatchMail',
  summary: 'What became of the letters of a batch',
  access: 'batches:read',
  rate: 'default',
  params: batchParams,
  query: z.strictObject({
    offset: count(0, 10_000_000, 'How many to pass over').default(0),
    limit: count(1, MOST, 'How many to show').default(MOST),
  }),
  body: noBody(),
  responses: {
    200: {
      description: 'All of them by state; letters oldest first.',
      schema: z.strictObject({
        batchId: z.string(),
        counts: letterCounts,
        letters: z.array(letterSchema),
      }),
    },
  },
  problems: ['not-found'],
  handle: async ({ caller, params, query }, { as }) => {
    invariant(caller !== undefined, 'a scope has a caller')
    const { batchId } = params
    const { offset, limit } = query
    const report = await as(caller.issuer, caller.keyId).mail.report(batchId)
    const letters = report.letters
      .slice(offset, offset + limit)
      .map(({ code = null, ...rest }) => ({ ...rest, code }))
    return json({ batchId, counts: countLetters(report), letters })
  },
})
