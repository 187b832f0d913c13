import { z } from 'zod'
import { invariant } from '../../src/index.ts'
import { noBody } from '../http/body.ts'
import { json } from '../http/reply.ts'
import { keySchema, printKey } from './key.ts'
import { NONE, route } from './route.ts'

/** `GET /api/v1/keys`: the API keys of the caller's issuer, without their secrets. */
export const getKeys = route({
  method: 'GET',
  path: '/api/v1/keys',
  name: 'getKeys',
  summary: 'The API keys of this issuer',
  access: 'keys',
  rate: 'default',
  params: NONE,
  query: NONE,
  body: noBody(),
  responses: {
    200: { description: 'Oldest first.', schema: z.strictObject({ keys: z.array(keySchema) }) },
  },
  handle: async ({ caller }, { apiKeys }) => {
    invariant(caller !== undefined, 'a scope has a caller')
    return json({ keys: (await apiKeys.list(caller.issuer)).map(printKey) })
  },
})
