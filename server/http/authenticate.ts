/** Who asks: the bearer token of a request against what its route takes. */

import type { Request } from 'express'
import type { RouteContext } from '../routes/context.ts'
import type { Access } from '../routes/route.ts'
import type { Session } from '../keys/sessions.ts'
import { parseToken } from '../keys/token.ts'
import { refuseForeign, refuseInsecure, tokenOfCookie } from './console.ts'
import { Refusal } from './problems.ts'
import type { Caller } from './scopes.ts'

export type Asker = {
  readonly caller: Caller | undefined
  /** Of the console, where its cookie was shown. */
  readonly session: Session | undefined
  /** Of a holder link: whether it opens anything is for the handler to say. */
  readonly token: Uint8Array | undefined
}

const NOBODY: Asker = { caller: undefined, session: undefined, token: undefined }

type Parts = Pick<RouteContext, 'apiKeys' | 'sessions' | 'publicUrl'>

/**
 * Throws `Refusal` `not-authenticated`, the same for a key or cookie that is missing, malformed, unknown, wrong, expired
 * or revoked; `not-allowed` for one without the scope; `not-from-console` for what another site had sent, `insecure`.
 */
export async function authenticate(request: Request, access: Access, parts: Parts): Promise<Asker> {
  if (access === 'public') return NOBODY
  if (access === 'sign-in') {
    refuseInsecure(request, parts.publicUrl)
    refuseForeign(request, parts.publicUrl)
    return NOBODY
  }
  const { authorization } = request.headers
  const bearer = /^Bearer ([A-Za-z0-9_-]{1,200})$/i.exec(authorization ?? '')?.[1]
  if (access === 'holder') {
    const token = bearer === undefined ? undefined : parseToken(bearer)
    if (token !== undefined) return { ...NOBODY, token }
    throw new Refusal('not-authenticated', 'send the token of the holder link as Bearer')
  }
  // Who sends a key means it: the cookie, which a browser adds unasked, is not looked at then.
  const isByCookie = access === 'session' || authorization === undefined
  const session = isByCookie ? await sessionOf(request, parts) : undefined
  const byKey = bearer === undefined ? undefined : await parts.apiKeys.callerOf(bearer)
  const caller = isByCookie ? session?.caller : byKey
  if (caller === undefined) throw unknown(access)
  if (access !== 'session' && !caller.scopes.includes(access)) {
    throw new Refusal('not-allowed', `the key does not have the scope ${access}`)
  }
  return { ...NOBODY, caller, session }
}

async function sessionOf(
  request: Request,
  { sessions, publicUrl }: Parts,
): Promise<Session | undefined> {
  const token = tokenOfCookie(request.headers)
  if (token === undefined) return undefined
  refuseForeign(request, publicUrl)
  return sessions.find(token)
}

function unknown(access: Access): Refusal {
  const wanted = access === 'session' ? 'sign in first' : 'send an API key as Bearer'
  return new Refusal('not-authenticated', wanted)
}
