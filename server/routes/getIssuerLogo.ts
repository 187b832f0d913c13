import { z } from 'zod'
import { noBody } from '../http/body.ts'
import { Refusal } from '../http/problems.ts'
import { bytes } from '../http/reply.ts'
import { digestOf } from '../profile/profile.ts'
import { account, digest, issuerNamed } from './issuer.ts'
import { NONE, route } from './route.ts'

/** An SVG may colour itself by its style attributes, and nothing else. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"

/** `GET /api/v1/issuers/<account>/logos/<digest>`: the picture that the profile names, while it is the issuer's. */
export const getIssuerLogo = route({
  method: 'GET',
  path: '/api/v1/issuers/:account/logos/:digest',
  name: 'getIssuerLogo',
  summary: 'The logo of an issuer',
  access: 'public',
  rate: 'default',
  params: z.strictObject({ account, digest }),
  query: NONE,
  body: noBody(),
  responses: { 200: { description: 'A picture.', types: ['image/png', 'image/svg+xml'] } },
  problems: ['not-found'],
  handle: async ({ params }, context) => {
    const { issuer } = issuerNamed(context, params.account)
    const logo = (await context.store.findProfile(issuer))?.logo
    if (logo === undefined || digestOf(logo.bytes) !== params.digest) {
      throw new Refusal('not-found', 'this issuer has no such logo')
    }
    return bytes(logo.type, logo.bytes, {
      'cache-control': 'public, max-age=31536000, immutable',
      'content-security-policy': POLICY,
      'cross-origin-resource-policy': 'cross-origin',
    })
  },
})
