/**
 * API keys: `inaltera_<id>_<secret>`, the id 16 hex digits and the secret 32 random bytes as base64url. The store has the
 * secret's SHA-256 alone: of 256 random bits there is nothing to guess, so that no slow hash is needed.
 */

import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { base64urlOf, FormatError, invariant, parseBase64url } from '../../src/index.ts'
import type { Caller, Scope } from '../http/scopes.ts'
import type { ApiKey, ApiKeyStore } from '../storage/api-keys.ts'
import type { AuditStore } from '../storage/audit.ts'

const SECRET_BYTES = 32
const ID_BYTES = 8
/** How coarse the time of last use is, milliseconds. */
const TOUCH_MS = 5 * 60_000
export const DAY_MS = 24 * 60 * 60_000
export const MAX_KEY_DAYS = 730
export const MAX_LABEL = 100

export type KeyRequest = {
  readonly issuer: string
  readonly label: string
  readonly scopes: readonly Scope[]
  readonly expiresAt: number
  /** `cli`, or the id of the key that makes it. */
  readonly by: string
}

/** A key as its owner sees it once; `text` is nowhere afterwards. */
export type MadeKey = { readonly key: ApiKey; readonly text: string }

export type ApiKeys = {
  create(request: KeyRequest): Promise<MadeKey>
  list(issuer: string): Promise<ApiKey[]>
  /** False where the issuer has no such key. */
  revoke(issuer: string, id: string, by: string): Promise<boolean>
  /** Who sent this text, or undefined for a key that is unknown, wrong, expired or revoked. */
  callerOf(text: string): Promise<Caller | undefined>
  /** The key of this id where it counts now; noted as used. */
  standing(id: string): Promise<ApiKey | undefined>
}

type Parts = {
  readonly store: ApiKeyStore & Pick<AuditStore, 'audit'>
  readonly now: () => number
}

export function apiKeysOf({ store, now }: Parts): ApiKeys {
  return {
    create: async ({ by, ...request }) => {
      const secret = randomBytes(SECRET_BYTES)
      const id = randomBytes(ID_BYTES).toString('hex')
      const createdAt = now()
      await store.addApiKey({ ...request, id, createdAt, secretHash: hashOf(secret) })
      const { issuer } = request
      await store.audit({ at: createdAt, action: 'create-key', subject: id, actor: by, issuer })
      const key = { ...request, id, createdAt, revokedAt: undefined, lastUsedAt: undefined }
      return { key, text: `inaltera_${id}_${base64urlOf(secret)}` }
    },
    list: (issuer) => store.listApiKeys(issuer),
    revoke: async (issuer, id, by) => {
      const at = now()
      if (!(await store.revokeApiKey(issuer, id, at))) return false
      await store.audit({ at, action: 'revoke-key', subject: id, actor: by, issuer })
      return true
    },
    callerOf: (text) => callerOf(store, text, now()),
    standing: async (id) => {
      const key = await store.findApiKey(id)
      if (key === undefined || !(await isStanding(store, key, now()))) return undefined
      return withoutHash(key)
    },
  }
}

async function callerOf(
  store: ApiKeyStore,
  text: string,
  now: number,
): Promise<Caller | undefined> {
  const given = parseKey(text)
  if (given === undefined) return undefined
  const key = await store.findApiKey(given.id)
  // Compared in any case, so that time does not tell which ids exist.
  const expected = key?.secretHash ?? new Uint8Array(SECRET_BYTES)
  const isItsOwn = timingSafeEqual(hashOf(given.secret), expected)
  if (key === undefined || !isItsOwn || !(await isStanding(store, key, now))) return undefined
  return { keyId: key.id, issuer: key.issuer, scopes: key.scopes }
}

function withoutHash({ secretHash, ...key }: ApiKey & { readonly secretHash: Uint8Array }): ApiKey {
  invariant(secretHash.length === SECRET_BYTES, 'a key has the hash of its secret')
  return key
}

/** Neither revoked nor expired; that it is used is noted then. */
async function isStanding(store: ApiKeyStore, key: ApiKey, now: number): Promise<boolean> {
  if (key.revokedAt !== undefined || key.expiresAt <= now) return false
  if ((key.lastUsedAt ?? 0) <= now - TOUCH_MS) {
    await store.touchApiKey(key.id, now - (now % TOUCH_MS))
  }
  return true
}

function parseKey(text: string): { id: string; secret: Uint8Array } | undefined {
  const [, id, secret] = /^inaltera_([0-9a-f]{16})_([A-Za-z0-9_-]{43})$/.exec(text) ?? []
  if (id === undefined || secret === undefined) return undefined
  try {
    return { id, secret: parseBase64url(secret, 'key') }
  } catch (error) {
    if (error instanceof FormatError) return undefined
    throw error
  }
}

function hashOf(secret: Uint8Array): Buffer {
  return createHash('sha256').update(secret).digest()
}
