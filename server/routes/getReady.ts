import { z } from 'zod'
import { noBody } from '../http/body.ts'
import { json } from '../http/reply.ts'
import { NONE, route } from './route.ts'

const schema = z.strictObject({
  status: z.enum(['ready', 'not-ready']),
  checks: z.strictObject({ store: z.boolean(), chain: z.boolean(), documents: z.boolean() }),
})

/** `GET /ready`: store, chain and documents answer, so that work can be sent here. */
export const getReady = route({
  method: 'GET',
  path: '/ready',
  name: 'getReady',
  summary: 'Do store, chain and documents answer?',
  access: 'public',
  rate: 'default',
  params: NONE,
  query: NONE,
  body: noBody(),
  responses: {
    200: { description: 'All of them.', schema },
    503: { description: 'Not all; the checks say which.', schema },
  },
  handle: async (_call, { readiness }) => {
    const checks = await readiness()
    const isReady = Object.values(checks).every(Boolean)
    return json({ status: isReady ? 'ready' : 'not-ready', checks }, isReady ? 200 : 503)
  },
})
