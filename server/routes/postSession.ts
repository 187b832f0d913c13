import { z } from 'zod'
import { jsonBody } from '../http/body.ts'
import { cookieOf } from '../http/console.ts'
import { Refusal } from '../http/problems.ts'
import { json } from '../http/reply.ts'
import { NONE, route } from './route.ts'
import { printSession, sessionSchema } from './session.ts'

/**
 * `POST /api/v1/session`: the console signs in. The key that was typed is exchanged for a cookie that no script reads;
 * whatever the key does, the cookie does, and no longer.
 */
export const postSession = route({
  method: 'POST',
  path: '/api/v1/session',
  name: 'postSession',
  summary: 'Sign in to the console with an API key',
  access: 'sign-in',
  rate: 'issue',
  params: NONE,
  query: NONE,
  body: jsonBody(z.strictObject({ key: z.string().min(1).max(200) })),
  responses: { 200: { description: 'The session; its cookie is set.', schema: sessionSchema } },
  problems: ['not-found'],
  handle: async ({ body }, context) => {
    const opened = await context.sessions.open(body.key.trim())
    if (opened === undefined) throw new Refusal('not-authenticated', 'this API key does not count')
    const printed = printSession(opened.session, context)
    return json(printed, 200, { 'set-cookie': cookieOf(opened.token) })
  },
})
