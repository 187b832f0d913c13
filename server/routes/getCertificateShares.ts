import { z } from 'zod'
import { invariant } from '../../src/index.ts'
import { noBody } from '../http/body.ts'
import { json } from '../http/reply.ts'
import { NONE, route } from './route.ts'
import { printShare, shareSchema } from './share.ts'
import { cidParams } from './names.ts'

/** `GET /api/v1/certificates/<cid>/shares`: what its holder made public of it, against the owner token. */
export const getCertificateShares = route({
  method: 'GET',
  path: '/api/v1/certificates/:cid/shares',
  name: 'getCertificateShares',
  summary: 'The shares of a certificate, for its holder',
  access: 'holder',
  rate: 'holder',
  params: cidParams,
  query: NONE,
  body: noBody(),
  responses: {
    200: { description: 'Newest first.', schema: z.strictObject({ shares: z.array(shareSchema) }) },
  },
  problems: ['not-found', 'gone'],
  handle: async ({ params, token }, { sharing }) => {
    invariant(token !== undefined, 'a holder has a token')
    return json({ shares: (await sharing.list(params.cid, token)).map(printShare) })
  },
})
