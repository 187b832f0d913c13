/** What goes on for long goes on no longer than who asked for it may ask: a revoked key, an ended session end it soon. */

import type { RouteContext } from '../routes/context.ts'
import type { Session } from '../keys/sessions.ts'
import type { Caller } from './scopes.ts'

/** How long a stream outlives the right to it, at most. */
const LOOK_MS = 2000

export type Allowed = {
  /** Aborts once the caller may ask no more, or it cannot be told. */
  readonly signal: AbortSignal
  /** Looks no more. */
  stop(): void
}

type Asker = { readonly caller: Caller; readonly session: Session | undefined }

/** By the session where the console's cookie was shown, else by the key. */
export function whileAllowed(
  { caller, session }: Asker,
  { apiKeys, sessions }: Pick<RouteContext, 'apiKeys' | 'sessions'>,
): Allowed {
  const ended = new AbortController()
  const isAllowed = async (): Promise<boolean> =>
    session === undefined
      ? (await apiKeys.standing(caller.keyId)) !== undefined
      : sessions.stands(session)
  let timer: NodeJS.Timeout | undefined
  const look = (): void => {
    isAllowed().then(
      (isStill) => {
        if (!isStill) ended.abort()
        else if (timer !== undefined) timer = setTimeout(look, LOOK_MS)
      },
      () => {
        ended.abort()
      },
    )
  }
  timer = setTimeout(look, LOOK_MS)
  return {
    signal: ended.signal,
    stop: () => {
      clearTimeout(timer)
      timer = undefined
    },
  }
}
