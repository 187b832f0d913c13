import { noBody } from '../http/body.ts'
import { json } from '../http/reply.ts'
import { accountParams, issuerNamed, issuerSchema, printIssuer } from './issuer.ts'
import { NONE, route } from './route.ts'

/** `GET /api/v1/issuers/<account>`: what pages show of an issuer of this server; the profile is its own claim. */
export const getIssuer = route({
  method: 'GET',
  path: '/api/v1/issuers/:account',
  name: 'getIssuer',
  summary: 'What an issuer says of itself',
  access: 'public',
  rate: 'default',
  params: accountParams,
  query: NONE,
  body: noBody(),
  responses: { 200: { description: 'Name, profile, logo.', schema: issuerSchema } },
  problems: ['not-found'],
  handle: async ({ params }, context) => {
    const { issuer, account } = issuerNamed(context, params.account)
    const stored = await context.store.findProfile(issuer)
    const headers = { 'cache-control': 'no-cache' }
    return json(printIssuer(account, context.nameOf(account), stored), 200, headers)
  },
})
