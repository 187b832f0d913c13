/** Who asks: the bearer token of a request against what its route takes. */

import type { IncomingMessage } from 'node:http'
import { FormatError, parseBase64url } from '../../src/index.ts'
import type { ApiKeys } from '../keys/api-keys.ts'
import type { Access } from '../routes/route.ts'
import { Refusal } from './problems.ts'
import type { Caller } from './scopes.ts'

const TOKEN_BYTES = 32

export type Asker = {
  readonly caller: Caller | undefined
  /** Of a holder link: whether it opens anything is for the handler to say. */
  readonly token: Uint8Array | undefined
}

/**
 * Throws `Refusal` `not-authenticated`, the same for a key that is missing, malformed, unknown, wrong, expired or
 * revoked; `not-allowed` for one without the scope.
 */
export async function authenticate(
  request: IncomingMessage,
  access: Access,
  keys: ApiKeys,
): Promise<Asker> {
  if (access === 'public') return { caller: undefined, token: undefined }
  const bearer = /^Bearer ([A-Za-z0-9_-]{1,200})$/i.exec(request.headers.authorization ?? '')?.[1]
  if (access === 'holder') {
    const token = tokenOf(bearer)
    if (token !== undefined) return { caller: undefined, token }
    throw new Refusal('not-authenticated', 'send the token of the holder link as Bearer')
  }
  const caller = bearer === undefined ? undefined : await keys.callerOf(bearer)
  if (caller === undefined) throw new Refusal('not-authenticated', 'send an API key as Bearer')
  if (!caller.scopes.includes(access)) {
    throw new Refusal('not-allowed', `the key does not have the scope ${access}`)
  }
  return { caller, token: undefined }
}

function tokenOf(text: string | undefined): Uint8Array | undefined {
  if (text === undefined || text.length > 100) return undefined
  try {
    const token = parseBase64url(text, 'authorization')
    return token.length === TOKEN_BYTES ? token : undefined
  } catch (error) {
    if (error instanceof FormatError) return undefined
    throw error
  }
}
