import { noBody } from '../http/body.ts'
import { Refusal } from '../http/problems.ts'
import { bytes } from '../http/reply.ts'
import { accountParams, issuerNamed } from './issuer.ts'
import { NONE, route } from './route.ts'

/** `GET /api/v1/issuers/<account>/profile`: the record itself, byte for byte, for verifiers anywhere. */
export const getIssuerProfile = route({
  method: 'GET',
  path: '/api/v1/issuers/:account/profile',
  name: 'getIssuerProfile',
  summary: 'The profile of an issuer as its digest covers it',
  access: 'public',
  foreign: true,
  rate: 'default',
  params: accountParams,
  query: NONE,
  body: noBody(),
  responses: { 200: { description: 'profile/1, JSON.', types: ['application/json'] } },
  problems: ['not-found'],
  handle: async ({ params }, context) => {
    const { issuer } = issuerNamed(context, params.account)
    const stored = await context.store.findProfile(issuer)
    if (stored === undefined) throw new Refusal('not-found', 'this issuer has no profile here')
    return bytes('application/json', stored.record, {
      'cache-control': 'no-cache',
    })
  },
})
