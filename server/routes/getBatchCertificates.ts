import { z } from 'zod'
import { invariant } from '../../src/index.ts'
import { noBody } from '../http/body.ts'
import { json } from '../http/reply.ts'
import { MAX_PAGE } from '../issuance/overview.ts'
import { learnerSchema } from './learner.ts'
import { route } from './route.ts'
import { batchParams, count } from './names.ts'

const DEFAULT_LIMIT = 100
const MOST = 2 ** 31 - 1

/** `GET /api/v1/batches/<id>/certificates`: those of a batch by index, with the learners that are not erased. */
export const getBatchCertificates = route({
  method: 'GET',
  path: '/api/v1/batches/:batchId/certificates',
  name: 'getBatchCertificates',
  summary: 'The certificates of a batch',
  access: 'certificates:read',
  rate: 'default',
  params: batchParams,
  query: z.strictObject({
    from: count(0, MOST, 'The first index').optional(),
    limit: count(1, MAX_PAGE, `How many; default ${DEFAULT_LIMIT}`).optional(),
  }),
  body: noBody(),
  responses: {
    200: {
      description: 'By index; `next` is the first index of the page that follows.',
      schema: z.strictObject({
        certificates: z.array(
          z.strictObject({
            index: z.int(),
            row: z.int(),
            cid: z.string(),
            sealing: z.int(),
            learner: learnerSchema.nullable().meta({ description: 'null: erased' }),
          }),
        ),
        next: z.int().nullable(),
      }),
    },
  },
  problems: ['not-found', 'locked'],
  handle: async ({ caller, params, query }, context) => {
    invariant(caller !== undefined, 'a scope has a caller')
    const { from = 0, limit = DEFAULT_LIMIT } = query
    const { batches } = context.as(caller.issuer, caller.keyId)
    const rows = await batches.certificates(params.batchId, { from, limit })
    const last = rows.at(-1)
    const next = last === undefined || rows.length < limit ? null : last.index + 1
    const certificates = rows.map(({ learner = null, ...one }) => ({ ...one, learner }))
    return json({ certificates, next })
  },
})
