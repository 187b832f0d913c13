import { z } from 'zod'
import { invariant } from '../../src/index.ts'
import { noBody } from '../http/body.ts'
import { Refusal } from '../http/problems.ts'
import { empty } from '../http/reply.ts'
import { keyId } from './key.ts'
import { NONE, route } from './route.ts'

/** `DELETE /api/v1/keys/<id>`: revokes a key of the caller's issuer, from the next request on. Twice is once. */
export const deleteKey = route({
  method: 'DELETE',
  path: '/api/v1/keys/:keyId',
  name: 'deleteKey',
  summary: 'Revoke an API key',
  access: 'keys',
  rate: 'default',
  params: z.strictObject({ keyId }),
  query: NONE,
  body: noBody(),
  responses: { 204: { description: 'It counts no more.' } },
  problems: ['not-found'],
  handle: async ({ caller, params }, { apiKeys }) => {
    invariant(caller !== undefined, 'a scope has a caller')
    const isRevoked = await apiKeys.revoke(caller.issuer, params.keyId, caller.keyId)
    if (!isRevoked) throw new Refusal('not-found', 'there is no such key')
    return empty()
  },
})
