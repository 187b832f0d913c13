import { invariant, parseCid } from '../../src/index.ts'
import { noBody } from '../http/body.ts'
import { json } from '../http/reply.ts'
import { certificateSchema, printCertificateView } from './certificate.ts'
import { NONE, route } from './route.ts'
import { cidParams } from './names.ts'

/** `GET /api/v1/certificates/<cid>`: one certificate, its learner, and its status as the chain says it now. */
export const getCertificate = route({
  method: 'GET',
  path: '/api/v1/certificates/:cid',
  name: 'getCertificate',
  summary: 'A certificate and its status',
  access: 'certificates:read',
  rate: 'default',
  params: cidParams,
  query: NONE,
  body: noBody(),
  responses: { 200: { description: 'As the chain says it now.', schema: certificateSchema } },
  problems: ['not-found', 'locked'],
  handle: async ({ caller, params }, { as }) => {
    invariant(caller !== undefined, 'a scope has a caller')
    const { text: cid } = parseCid(params.cid, 'path/cid')
    return json(
      printCertificateView(await as(caller.issuer, caller.keyId).certificates.view({ cid })),
    )
  },
})
