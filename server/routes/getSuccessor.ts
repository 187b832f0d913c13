import { z } from 'zod'
import { base64urlOf, invariant, parseCid } from '../../src/index.ts'
import { noBody } from '../http/body.ts'
import { Refusal } from '../http/problems.ts'
import { json } from '../http/reply.ts'
import { certificateHeld } from './holder.ts'
import { NONE, route } from './route.ts'
import { cidParams } from './names.ts'

/**
 * `GET /api/v1/certificates/<cid>/successor`: for who has the link of a corrected certificate, the envelope that it opens
 * (SPEC section 9). The token is that of `/k/<cid>`; a wrong one and a certificate without a successor are answered alike.
 */
export const getSuccessor = route({
  method: 'GET',
  path: '/api/v1/certificates/:cid/successor',
  name: 'getSuccessor',
  summary: 'The way from the link of a corrected certificate to the new one',
  access: 'holder',
  rate: 'holder',
  foreign: true,
  params: cidParams,
  query: NONE,
  body: noBody(),
  responses: {
    200: {
      description: 'Bytes as base64url, which the old link secret opens.',
      schema: z.strictObject({ envelope: z.string() }),
    },
  },
  problems: ['not-found', 'gone'],
  handle: async ({ params, token }, { store }) => {
    invariant(token !== undefined, 'a holder has a token')
    const { text: cid } = parseCid(params.cid, 'path/cid')
    if ((await store.findTombstone(cid)) !== undefined) {
      throw new Refusal('gone', 'this certificate was erased by its issuer')
    }
    const certificate = await certificateHeld(store, cid, token)
    const replacement =
      certificate && (await store.findReplacement(certificate.batchId, certificate.row))
    if (replacement === undefined) {
      throw new Refusal('not-found', 'there is no successor, or the token is not its own')
    }
    if (replacement.envelope === undefined) {
      throw new Refusal('gone', 'the way to the successor is gone')
    }
    return json({ envelope: base64urlOf(replacement.envelope) })
  },
})
