import { z } from 'zod'
import { invariant, parseCid } from '../../src/index.ts'
import { noBody } from '../http/body.ts'
import { Refusal } from '../http/problems.ts'
import { json } from '../http/reply.ts'
import { reasonOf } from '../issuance/certificates.ts'
import { certificateHeld } from './holder.ts'
import { moment, printMoment } from './moment.ts'
import { cidParams } from './names.ts'
import { reason } from './operation.ts'
import { NONE, route } from './route.ts'

const schema = z.strictObject({
  changes: z.array(
    z
      .strictObject({
        action: z.enum(['revoke', 'suspend', 'reinstate', 'revoke-batch']),
        reason,
        at: moment.meta({ description: 'As this service made it; the block has its own time' }),
        transaction: z.string(),
      })
      .meta({
        id: 'Change',
        title: 'A change of a certificate’s status, as its issuer reports it',
      }),
  ),
})

/**
 * `GET /api/v1/certificates/<cid>/changes`: why and when the status of a certificate changed, for who has its link (the
 * token is that of `/k/<cid>`). The chain's storage says that it did; this is what its events tell besides.
 */
export const getCertificateChanges = route({
  method: 'GET',
  path: '/api/v1/certificates/:cid/changes',
  name: 'getCertificateChanges',
  summary: 'Why and when the status of a certificate changed, for its holder',
  access: 'holder',
  rate: 'holder',
  params: cidParams,
  query: NONE,
  body: noBody(),
  responses: { 200: { description: 'Oldest first.', schema } },
  problems: ['not-found', 'gone'],
  handle: async ({ params, token }, { store }) => {
    invariant(token !== undefined, 'a holder has a token')
    const { text: cid } = parseCid(params.cid, 'path/cid')
    if ((await store.findTombstone(cid)) !== undefined) {
      throw new Refusal('gone', 'this certificate was erased by its issuer')
    }
    const certificate = await certificateHeld(store, cid, token)
    if (certificate === undefined) {
      throw new Refusal('not-found', 'there is no such certificate, or the token is not its own')
    }
    const { batchId, index } = certificate
    const changes = (await store.statusChangesOf(batchId)).filter(
      ({ action, indexes }) => action === 'revoke-batch' || indexes.includes(index),
    )
    return json({
      changes: changes.map((one) => ({
        action: one.action,
        reason: reasonOf(one.reason),
        at: printMoment(one.at),
        transaction: one.transaction,
      })),
    })
  },
})
