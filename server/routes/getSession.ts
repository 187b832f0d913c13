import { invariant } from '../../src/index.ts'
import { noBody } from '../http/body.ts'
import { json } from '../http/reply.ts'
import { NONE, route } from './route.ts'
import { printSession, sessionSchema } from './session.ts'

/** `GET /api/v1/session`: who is signed in, and what they may do. */
export const getSession = route({
  method: 'GET',
  path: '/api/v1/session',
  name: 'getSession',
  summary: 'Who is signed in to the console',
  access: 'session',
  rate: 'default',
  params: NONE,
  query: NONE,
  body: noBody(),
  responses: { 200: { description: 'The session of the cookie.', schema: sessionSchema } },
  problems: ['not-found'],
  handle: ({ session }, context) => {
    invariant(session !== undefined, 'a session was shown')
    return json(printSession(session, context))
  },
})
