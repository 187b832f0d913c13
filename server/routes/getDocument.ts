import { z } from 'zod'
import { parseCid } from '../../src/index.ts'
import { noBody } from '../http/body.ts'
import { Refusal } from '../http/problems.ts'
import { json } from '../http/reply.ts'
import { moment, printMoment } from './moment.ts'
import { NONE, route } from './route.ts'
import { cidParams } from './names.ts'

const schema = z.strictObject({
  state: z.enum(['current', 'replaced', 'erased']),
  /** When it was replaced or erased. */
  at: moment.nullable(),
})

/**
 * `GET /api/v1/documents/<cid>`: whether a document was replaced or erased. Anybody may ask, so it names neither issuer
 * nor replacement: the way to that one is the holder's alone.
 */
export const getDocument = route({
  method: 'GET',
  path: '/api/v1/documents/:cid',
  name: 'getDocument',
  summary: 'Was this document replaced or erased?',
  access: 'public',
  rate: 'default',
  foreign: true,
  params: cidParams,
  query: NONE,
  body: noBody(),
  responses: { 200: { description: 'What became of it.', schema } },
  problems: ['not-found'],
  handle: async ({ params }, { store }) => {
    const { text: cid } = parseCid(params.cid, 'path/cid')
    const tombstone = await store.findTombstone(cid)
    if (tombstone !== undefined) {
      return json({ state: 'erased', at: printMoment(tombstone.erasedAt) })
    }
    const certificate = await store.findCertificate(cid)
    if (certificate === undefined) {
      const resealed = await store.findReplaced(cid)
      if (resealed !== undefined) return json({ state: 'replaced', at: printMoment(resealed.at) })
      throw new Refusal('not-found', 'there is no such document')
    }
    const { batchId, row } = certificate
    const replacement = await store.findReplacement(batchId, row)
    if (replacement === undefined) return json({ state: 'current', at: null })
    return json({ state: 'replaced', at: printMoment(replacement.at) })
  },
})
