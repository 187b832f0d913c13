import { invariant } from '../../src/index.ts'
import { noBody } from '../http/body.ts'
import { NO_COOKIE } from '../http/console.ts'
import { empty } from '../http/reply.ts'
import { NONE, route } from './route.ts'

/** `DELETE /api/v1/session`: the console signs out; the cookie counts no more, in whoever's hands. */
export const deleteSession = route({
  method: 'DELETE',
  path: '/api/v1/session',
  name: 'deleteSession',
  summary: 'Sign out of the console',
  access: 'session',
  rate: 'default',
  params: NONE,
  query: NONE,
  body: noBody(),
  responses: { 204: { description: 'It has ended, and its cookie is taken back.' } },
  handle: async ({ session }, { sessions }) => {
    invariant(session !== undefined, 'a session was shown')
    await sessions.end(session)
    return empty(204, { 'set-cookie': NO_COOKIE })
  },
})
