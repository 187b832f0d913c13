import { z } from 'zod'
import { jsonBody } from '../http/body.ts'
import { json } from '../http/reply.ts'
import { NONE, route } from './route.ts'

const request = z.strictObject({
  address: z.string().min(3).max(320).meta({ description: 'An e-mail address' }),
})

/**
 * `POST /api/v1/link-requests`: a learner lost a link, and is sent the links of their address if there are any. The
 * answer is the same in every case, also where somebody asked too often, which would tell that somebody did.
 */
export const postLinkRequests = route({
  method: 'POST',
  path: '/api/v1/link-requests',
  name: 'postLinkRequests',
  summary: 'Ask for the links of an e-mail address, which are sent to it',
  access: 'public',
  rate: 'recovery',
  params: NONE,
  query: NONE,
  body: jsonBody(request),
  responses: {
    202: {
      description: 'Whoever has certificates under this address is sent their links.',
      schema: z.strictObject({ status: z.literal('accepted') }),
    },
  },
  problems: ['no-mail', 'locked'],
  handle: async ({ body }, { requestLinks }) => {
    await requestLinks(body.address)
    return json({ status: 'accepted' }, 202)
  },
})
