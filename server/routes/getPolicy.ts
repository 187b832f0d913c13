import { noBody } from '../http/body.ts'
import { bytes } from '../http/reply.ts'
import { NONE, route } from './route.ts'

/**
 * `GET /api/v1/policy`: the policy by which this server judges, as its bytes are. A page that judges by it says that it
 * was chosen by this site.
 */
export const getPolicy = route({
  method: 'GET',
  path: '/api/v1/policy',
  name: 'getPolicy',
  summary: 'The policy by which this server judges',
  access: 'public',
  rate: 'default',
  params: NONE,
  query: NONE,
  body: noBody(),
  responses: { 200: { description: 'Its bytes.', types: ['application/json'] } },
  handle: (_, { policy }) =>
    bytes('application/json; charset=utf-8', policy, { 'cache-control': 'no-cache' }),
})
