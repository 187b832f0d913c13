import { z } from 'zod'
import { base64urlOf, invariant, parseCid, utf8 } from '../../src/index.ts'
import { noBody } from '../http/body.ts'
import { Refusal } from '../http/problems.ts'
import { bytes } from '../http/reply.ts'
import { certificateHeld } from './holder.ts'
import { NONE, route } from './route.ts'

const TEXT = 'text/plain; charset=utf-8'

/**
 * `GET /k/<cid>`: the server's half of a document's key, against the token that only the holder link gives. A wrong
 * token and a document that is none of ours are answered alike; after erasure, and where another link took the place of
 * this one, there is nothing to give (410, `gone` or `replaced`).
 */
export const getServerKey = route({
  method: 'GET',
  path: '/k/:cid',
  name: 'getServerKey',
  summary: 'The server’s half of the key of a document, for its holder',
  access: 'holder',
  rate: 'holder',
  foreign: true,
  params: z.strictObject({ cid: z.string().max(100) }),
  query: NONE,
  body: noBody(),
  responses: { 200: { description: '32 bytes as base64url.', types: ['text/plain'] } },
  problems: ['not-found', 'gone', 'replaced'],
  handle: async ({ params, token }, { store, counter }) => {
    invariant(token !== undefined, 'a holder has a token')
    const { text: cid } = parseCid(params.cid, 'path/cid')
    if ((await store.findTombstone(cid)) !== undefined) {
      throw new Refusal('gone', 'this certificate was erased by its issuer')
    }
    const isReplaced =
      ((await store.findReplaced(cid)) ?? (await store.findOwed(cid))) !== undefined
    if (isReplaced) {
      throw new Refusal('replaced', 'this link was replaced by a new one, which its holder has')
    }
    const certificate = await certificateHeld(store, cid, token)
    if (certificate?.serverKey === undefined) {
      throw new Refusal('not-found', 'there is no such key, or the token is not its own')
    }
    counter.count('opened', { batchId: certificate.batchId })
    return bytes(TEXT, utf8(base64urlOf(certificate.serverKey)), { 'cache-control': 'no-store' })
  },
})
