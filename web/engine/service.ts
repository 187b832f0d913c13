/** What the issuer's service tells who has a link: its word, shown as reported, and never what a verdict rests on. */
import {
  holderLink,
  openSuccessor,
  parseBase64url,
  REASON_CODES,
  serverKeyAuthOf,
  FormatError,
} from '../../src/index.ts'
import type { HolderLink, ReasonCode } from '../../src/index.ts'
import { webAes256Gcm } from './cipher.ts'
import { bearerOf } from './holder.ts'
import { fetchBytes, fetchText } from './http.ts'

const LIMITS = { timeoutMs: 15_000, maxBytes: 64 * 1024 }

/** A change of status, as the service made it. */
export type Change = {
  readonly action: 'revoke' | 'suspend' | 'reinstate' | 'revoke-batch'
  readonly reason: ReasonCode
  /** RFC 3339. */
  readonly at: string
}

/** The link of the certificate that replaces this one; undefined where there is none, or nobody says. */
export async function successorOf(held: HolderLink): Promise<string | undefined> {
  const told = await askAsHolder(held, 'successor')
  const envelope = memberOf(told, 'envelope')
  if (typeof envelope !== 'string') return undefined
  try {
    const bytes = parseBase64url(envelope, 'envelope')
    const { origin, cid, linkSecret } = await openSuccessor(bytes, held, webAes256Gcm)
    return holderLink(origin, cid, linkSecret)
  } catch (error) {
    if (error instanceof FormatError) return undefined
    throw error
  }
}

/** The last change of these kinds, as the service reports it; undefined where it reports none. */
export async function lastChange(
  held: HolderLink,
  actions: readonly Change['action'][],
): Promise<Change | undefined> {
  const changes = memberOf(await askAsHolder(held, 'changes'), 'changes')
  const all: readonly unknown[] = Array.isArray(changes) ? changes : []
  return all
    .flatMap((one) => {
      const action = actions.find((candidate) => candidate === memberOf(one, 'action'))
      const reason = REASON_CODES.find((candidate) => candidate === memberOf(one, 'reason'))
      const at = memberOf(one, 'at')
      return action !== undefined && reason !== undefined && typeof at === 'string'
        ? [{ action, reason, at }]
        : []
    })
    .at(-1)
}

/** The bytes of an issuer's profile as this site serves them; only their digest on chain makes them count. */
export async function servedProfile(account: string): Promise<Uint8Array | null> {
  try {
    const path = `/api/v1/issuers/${encodeURIComponent(account)}`
    const { status, bytes } = await fetchBytes(path, { ...LIMITS, maxBytes: MAX_PROFILE_BYTES })
    return status === 200 ? bytes : null
  } catch {
    // Without a profile a certificate has no logo, and lacks nothing.
    return null
  }
}

/** A logo may be in it. */
const MAX_PROFILE_BYTES = 512 * 1024

async function askAsHolder(
  { origin, cid, linkSecret }: HolderLink,
  what: string,
): Promise<unknown> {
  try {
    const headers = bearerOf(serverKeyAuthOf(linkSecret))
    const url = `${origin}/api/v1/certificates/${cid}/${what}`
    const { status, text } = await fetchText(url, { ...LIMITS, headers })
    return status === 200 ? JSON.parse(text) : undefined
  } catch {
    return undefined
  }
}

function memberOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined
  return Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined
}
