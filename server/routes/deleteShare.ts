import { z } from 'zod'
import { invariant } from '../../src/index.ts'
import { noBody } from '../http/body.ts'
import { empty } from '../http/reply.ts'
import { NONE, route } from './route.ts'
import { shareId } from './share.ts'

/** `DELETE /api/v1/shares/<id>`: withdraws it; its bytes are deleted for good. Twice is once. */
export const deleteShare = route({
  method: 'DELETE',
  path: '/api/v1/shares/:shareId',
  name: 'deleteShare',
  summary: 'Withdraw a share',
  access: 'holder',
  rate: 'holder',
  params: z.strictObject({ shareId }),
  query: NONE,
  body: noBody(),
  responses: { 204: { description: 'It is withdrawn.' } },
  problems: ['not-found', 'gone'],
  handle: async ({ params, token }, { sharing }) => {
    invariant(token !== undefined, 'a holder has a token')
    await sharing.withdraw(params.shareId, token)
    return empty()
  },
})
