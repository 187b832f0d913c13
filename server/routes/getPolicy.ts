import { noBody } from '../http/body.ts'
import { bytes } from '../http/reply.ts'
import { digestOf } from '../profile/profile.ts'
import { NONE, route } from './route.ts'

/**
 * `GET /api/v1/policy`: the policy by which this server judges, byte for byte. Whoever judges by it lets this server say
 * whom they trust; a page that does so says "chosen by this site".
 */
export const getPolicy = route({
  method: 'GET',
  path: '/api/v1/policy',
  name: 'getPolicy',
  summary: 'The policy by which this server judges',
  access: 'public',
  foreign: true,
  rate: 'default',
  params: NONE,
  query: NONE,
  body: noBody(),
  responses: {
    200: {
      description: 'policy/1, JSON; `x-inaltera-policy` has its digest, as verdicts state it.',
      types: ['application/json'],
    },
  },
  handle: (_, { policy }) =>
    bytes('application/json', policy, {
      'cache-control': 'no-cache',
      'x-inaltera-policy': digestOf(policy),
      'access-control-expose-headers': 'x-inaltera-policy',
    }),
})
