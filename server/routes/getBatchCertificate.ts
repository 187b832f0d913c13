import { z } from 'zod'
import { invariant } from '../../src/index.ts'
import { noBody } from '../http/body.ts'
import { json } from '../http/reply.ts'
import { certificateSchema, printCertificateView } from './certificate.ts'
import { NONE, route } from './route.ts'
import { objectId } from './names.ts'

const index = z.string().regex(/^(0|[1-9][0-9]{0,9})$/)

/** `GET /api/v1/batches/<id>/certificates/<index>`: the same as by its CID. */
export const getBatchCertificate = route({
  method: 'GET',
  path: '/api/v1/batches/:batchId/certificates/:index',
  name: 'getBatchCertificate',
  summary: 'A certificate by its place in a batch',
  access: 'certificates:read',
  rate: 'default',
  params: z.strictObject({ batchId: objectId, index }),
  query: NONE,
  body: noBody(),
  responses: { 200: { description: 'As the chain says it now.', schema: certificateSchema } },
  problems: ['not-found', 'conflict', 'locked'],
  handle: async ({ caller, params }, { as }) => {
    invariant(caller !== undefined, 'a scope has a caller')
    const target = { batchId: params.batchId, index: Number(params.index) }
    return json(
      printCertificateView(await as(caller.issuer, caller.keyId).certificates.view(target)),
    )
  },
})
