import { z } from 'zod'
import { invariant } from '../../src/index.ts'
import { jsonBody } from '../http/body.ts'
import { json } from '../http/reply.ts'
import { CERTIFICATE_STATES } from '../issuance/states.ts'
import { OPERATION_KINDS } from '../storage/operations.ts'
import { NONE, route } from './route.ts'
import { cidText } from './names.ts'

const MOST = 100

const line = z.strictObject({
  cid: cidText,
  state: z.enum(CERTIFICATE_STATES).meta({ description: 'What the chain says now' }),
  queued: z
    .enum(OPERATION_KINDS)
    .nullable()
    .meta({ description: 'The newest change that is asked for and not done' }),
  isReplaced: z.boolean(),
})

/** `POST /api/v1/certificates/states`: how many certificates stand, for a list of them; a POST, since it asks for many. */
export const postCertificateStates = route({
  method: 'POST',
  path: '/api/v1/certificates/states',
  name: 'postCertificateStates',
  summary: 'How certificates stand',
  access: 'certificates:read',
  rate: 'default',
  params: NONE,
  query: NONE,
  body: jsonBody(z.strictObject({ cids: z.array(cidText).min(1).max(MOST) })),
  responses: {
    200: {
      description: 'In the order asked for; what is not there is left out.',
      schema: z.strictObject({ states: z.array(line) }),
    },
  },
  problems: ['locked'],
  handle: async ({ caller, body }, { as }) => {
    invariant(caller !== undefined, 'a scope has a caller')
    const states = await as(caller.issuer, caller.keyId).certificates.states(body.cids)
    return json({ states: states.map((one) => ({ ...one, queued: one.queued ?? null })) })
  },
})
