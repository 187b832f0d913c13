import { z } from 'zod'
import { invariant } from '../../src/index.ts'
import { jsonBody } from '../http/body.ts'
import { json } from '../http/reply.ts'
import { MAX_LOGO_BYTES } from '../profile/logo.ts'
import { setProfile } from '../profile/profile.ts'
import { issuerNamed, issuerSchema, linkedIn, printIssuer } from './issuer.ts'
import { NONE, route } from './route.ts'

const MAX_NAME = 200
const MAX_URL = 2000
/** Of a data URL: four characters for three bytes, and what stands before them. */
const MAX_LOGO = Math.ceil(MAX_LOGO_BYTES / 3) * 4 + 40
const MAX_IDENTIFIERS = 100

const request = z.strictObject({
  name: z.string().min(1).max(MAX_NAME),
  url: z.string().max(MAX_URL).optional().meta({ description: 'https' }),
  colours: z.strictObject({ accent: z.string().regex(/^#[0-9a-f]{6}$/) }).optional(),
  linkedIn: linkedIn.optional(),
  logo: z
    .string()
    .max(MAX_LOGO)
    .nullable()
    .optional()
    .meta({
      description: `PNG or SVG of at most ${MAX_LOGO_BYTES} bytes as a data URL; null takes it away`,
    }),
  identifiers: z.array(z.string().min(1).max(MAX_URL)).max(MAX_IDENTIFIERS).optional().meta({
    description: 'Added to those that are listed, which stay',
  }),
})

/**
 * `PUT /api/v1/profile`: what this issuer says of itself, on pages at once. On chain the new digest stands only when the
 * issuer's own key sets it there.
 */
export const putProfile = route({
  method: 'PUT',
  path: '/api/v1/profile',
  name: 'putProfile',
  summary: 'Change the profile of this issuer',
  access: 'profile',
  rate: 'issue',
  params: NONE,
  query: NONE,
  body: jsonBody(request, 512 * 1024),
  responses: { 200: { description: 'As anyone sees it now.', schema: issuerSchema } },
  problems: ['not-found'],
  handle: async ({ caller, body }, context) => {
    invariant(caller !== undefined, 'a scope has a caller')
    const { issuer, account } = issuerNamed(context, caller.issuer, caller.keyId)
    const stored = await setProfile(context, { issuer, account, by: caller.keyId }, body)
    return json(printIssuer(account, context.nameOf(account), stored))
  },
})
