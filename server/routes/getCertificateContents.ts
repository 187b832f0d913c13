import { z } from 'zod'
import { invariant, parseCid } from '../../src/index.ts'
import { noBody } from '../http/body.ts'
import { json } from '../http/reply.ts'
import { NONE, route } from './route.ts'
import { cidParams, cidText } from './names.ts'

/**
 * `GET /api/v1/certificates/<cid>/contents`: what stands in a certificate, for its issuer who is to correct it. It takes
 * the scope that hands out links, since a link shows as much; the audit log has who asked.
 */
export const getCertificateContents = route({
  method: 'GET',
  head: false,
  path: '/api/v1/certificates/:cid/contents',
  name: 'getCertificateContents',
  summary: 'A certificate as its holder reads it',
  access: 'links:read',
  rate: 'issue',
  params: cidParams,
  query: NONE,
  body: noBody(),
  responses: {
    200: {
      description: 'Opened for this answer.',
      schema: z.strictObject({
        cid: cidText,
        certificate: z.string().meta({ description: 'Its bytes, JSON as text' }),
      }),
    },
  },
  problems: ['not-found', 'conflict', 'gone', 'locked', 'document-damaged'],
  handle: async ({ caller, params }, { as }) => {
    invariant(caller !== undefined, 'a scope has a caller')
    const target = { cid: parseCid(params.cid, 'path/cid').text }
    const { certificates } = as(caller.issuer, caller.keyId)
    const { cid, certificate } = await certificates.contents(target, caller.keyId)
    return json({ cid, certificate: Buffer.from(certificate).toString('utf8') })
  },
})
