import { z } from 'zod'
import { noBody } from '../http/body.ts'
import { json } from '../http/reply.ts'
import { NONE, route } from './route.ts'

/** `GET /health`: the process answers. What it rests on is `/ready`'s to say. */
export const getHealth = route({
  method: 'GET',
  path: '/health',
  name: 'getHealth',
  summary: 'Is the process alive?',
  access: 'public',
  rate: 'unlimited',
  params: NONE,
  query: NONE,
  body: noBody(),
  responses: {
    200: { description: 'It is.', schema: z.strictObject({ status: z.literal('ok') }) },
  },
  handle: () => json({ status: 'ok' }),
})
