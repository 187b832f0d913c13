import { z } from 'zod'
import { invariant, parseCid } from '../../src/index.ts'
import { noBody } from '../http/body.ts'
import { Refusal } from '../http/problems.ts'
import { json } from '../http/reply.ts'
import { changesOf } from '../issuance/certificates.ts'
import { changeSchema, printChange } from './change.ts'
import { certificateHeld } from './holder.ts'
import { cidParams } from './names.ts'
import { NONE, route } from './route.ts'

const schema = z.strictObject({ changes: z.array(changeSchema) })

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
    const changes = changesOf(await store.statusChangesOf(batchId), index)
    return json({ changes: changes.map(printChange) })
  },
})
