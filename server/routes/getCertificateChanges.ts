import { z } from 'zod'
import { parseCid } from '../../src/index.ts'
import { noBody } from '../http/body.ts'
import { Refusal } from '../http/problems.ts'
import { json } from '../http/reply.ts'
import { reasonOf } from '../issuance/certificates.ts'
import { heldCertificate } from './held.ts'
import { moment, printMoment } from './moment.ts'
import { cidParams } from './names.ts'
import { reason } from './operation.ts'
import { NONE, route } from './route.ts'

const schema = z.strictObject({
  changes: z.array(
    z.strictObject({
      action: z.enum(['revoke', 'suspend', 'reinstate', 'revoke-batch']),
      reason,
      at: moment,
    }),
  ),
})

/**
 * `GET /api/v1/certificates/<cid>/changes`: reason and time of each change of status, oldest first, as this service made
 * it. The chain holds that a certificate is revoked, not why; so it is reported, to who has the link. The token is that of
 * `/k/<cid>`.
 */
export const getCertificateChanges = route({
  method: 'GET',
  path: '/api/v1/certificates/:cid/changes',
  name: 'getCertificateChanges',
  summary: 'Why and when the status of a certificate was changed, for its holder',
  access: 'holder',
  rate: 'holder',
  params: cidParams,
  query: NONE,
  body: noBody(),
  responses: { 200: { description: 'Oldest first.', schema } },
  problems: ['not-found', 'gone'],
  handle: async ({ params, token }, { store }) => {
    const { text: cid } = parseCid(params.cid, 'path/cid')
    const certificate = await heldCertificate(store, cid, token)
    if (certificate === undefined) {
      throw new Refusal('not-found', 'there is no such certificate, or the token is not its own')
    }
    const { batchId, index } = certificate
    const all = await store.statusChangesOf(batchId)
    const changes = all
      .filter(({ action, indexes }) => action === 'revoke-batch' || indexes.includes(index))
      .map(({ action, reason: number, at }) => ({
        action,
        reason: reasonOf(number),
        at: printMoment(at),
      }))
    return json({ changes })
  },
})
