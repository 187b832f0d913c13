/**
 * Sessions of the console: an API key is exchanged for 32 random bytes, which a page cannot read and the browser sends.
 * The store has their SHA-256 alone. A session does what its key does, and ends with it.
 */

import { createHash, randomBytes } from 'node:crypto'
import { base64urlOf } from '../../src/index.ts'
import type { Caller } from '../http/scopes.ts'
import type { ApiKey } from '../storage/api-keys.ts'
import type { AuditStore } from '../storage/audit.ts'
import type { SessionStore } from '../storage/sessions.ts'
import type { ApiKeys } from './api-keys.ts'
import { parseToken, TOKEN_BYTES } from './token.ts'

/** However much it is used. */
export const SESSION_MS = 12 * 60 * 60_000
/** Since the last request. */
export const IDLE_MS = 60 * 60_000
/** How coarse the time of the last request is. */
const TOUCH_MS = 60_000
/** Of one key at a time. */
export const MAX_SESSIONS = 20

export type Session = {
  readonly key: ApiKey
  readonly caller: Caller
  /** At the latest, milliseconds since 1970: its own end or the key's. */
  readonly expiresAt: number
  /** SHA-256 of its token, by which it is ended. */
  readonly tokenHash: Uint8Array
}

export type Sessions = {
  /** The token is nowhere afterwards. Undefined for a key that does not count. */
  open(keyText: string): Promise<{ session: Session; token: string } | undefined>
  /** Undefined for one that is unknown, malformed, over, or whose key counts no more. */
  find(token: string): Promise<Session | undefined>
  /** Whether it would be found now; asking is no use of it, so that what is left open does not keep it from ending. */
  stands(session: Pick<Session, 'tokenHash'>): Promise<boolean>
  end(session: Session): Promise<void>
  /** Deletes what is over; answers how many. */
  prune(): Promise<number>
}

type Parts = {
  readonly store: SessionStore & Pick<AuditStore, 'audit'>
  readonly apiKeys: Pick<ApiKeys, 'callerOf' | 'standing'>
  readonly now: () => number
}

export function sessionsOf(parts: Parts): Sessions {
  const { store, now } = parts
  return {
    open: (keyText) => open(parts, keyText),
    find: (token) => find(parts, token),
    stands: async ({ tokenHash }) => (await standing(parts, tokenHash)) !== undefined,
    end: async ({ tokenHash, caller }) => {
      if (await store.endSession(tokenHash)) await note(parts, 'sign-out', caller)
    },
    prune: () => store.pruneSessions(now(), now() - IDLE_MS),
  }
}

async function open(
  parts: Parts,
  keyText: string,
): Promise<{ session: Session; token: string } | undefined> {
  const { store, apiKeys, now } = parts
  const caller = await apiKeys.callerOf(keyText)
  const key = caller && (await apiKeys.standing(caller.keyId))
  if (caller === undefined || key === undefined) return undefined
  const bytes = randomBytes(TOKEN_BYTES)
  const tokenHash = hashOf(bytes)
  const [seenAt, endsAt] = [now(), now() + SESSION_MS]
  await store.addSession({ tokenHash, keyId: key.id, seenAt, endsAt }, MAX_SESSIONS)
  await note(parts, 'sign-in', caller)
  const expiresAt = Math.min(endsAt, key.expiresAt)
  return { session: { key, caller, expiresAt, tokenHash }, token: base64urlOf(bytes) }
}

async function find(parts: Parts, token: string): Promise<Session | undefined> {
  const bytes = parseToken(token)
  if (bytes === undefined) return undefined
  const tokenHash = hashOf(bytes)
  const at = parts.now()
  const found = await standing(parts, tokenHash)
  if (found === undefined) return undefined
  const { key, seenAt, endsAt } = found
  if (seenAt <= at - TOUCH_MS) await parts.store.touchSession(tokenHash, at)
  const { id: keyId, issuer, scopes } = key
  const expiresAt = Math.min(endsAt, key.expiresAt)
  return { key, caller: { keyId, issuer, scopes }, expiresAt, tokenHash }
}

async function standing(
  { store, apiKeys, now }: Parts,
  tokenHash: Uint8Array,
): Promise<{ key: ApiKey; seenAt: number; endsAt: number } | undefined> {
  const found = await store.findSession(tokenHash)
  const at = now()
  if (found === undefined || found.endsAt <= at || found.seenAt <= at - IDLE_MS) return undefined
  const key = await apiKeys.standing(found.keyId)
  return key && { key, seenAt: found.seenAt, endsAt: found.endsAt }
}

function note({ store, now }: Parts, action: string, { keyId, issuer }: Caller): Promise<void> {
  return store.audit({ at: now(), action, subject: keyId, actor: keyId, issuer })
}

function hashOf(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(createHash('sha256').update(bytes).digest())
}
