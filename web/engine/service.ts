/** What the issuer's service tells who has a link: its word, shown as reported, and never what a verdict rests on. */
import {
  boundProfile,
  FormatError,
  hexOf,
  holderLink,
  openSuccessor,
  parseBase64url,
  REASON_CODES,
  serverKeyAuthOf,
  sha256,
} from '../../src/index.ts'
import type { HolderLink, Profile, ReasonCode } from '../../src/index.ts'
import { webAes256Gcm } from './cipher.ts'
import { dataUrlOf } from './data-url.ts'
import { bearerOf } from './holder.ts'
import { fetchBytes, fetchText } from './http.ts'
import type { Bytes } from './http.ts'
import type { Judged } from './judge.ts'
import { memberOf } from './members.ts'

const LIMITS = { timeoutMs: 15_000, maxBytes: 64 * 1024 }
/** A logo is among what is asked for. */
const MAX_PROFILE_BYTES = 512 * 1024

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

/** The number of an issuer's page on LinkedIn, as this site has it: for a form that the learner sees and sends there. */
export async function servedLinkedIn(account: string): Promise<string | undefined> {
  const told = await answerOf(`/api/v1/issuers/${account}`)
  const number = told && memberOf(memberOf(jsonIn(told.bytes), 'profile'), 'linkedIn')
  return typeof number === 'string' && /^[1-9]\d*$/.test(number) ? number : undefined
}

/** The bytes of an issuer's profile as this site serves them; only their digest on chain makes them count. */
export async function servedProfile(account: string): Promise<Uint8Array | null> {
  const path = `/api/v1/issuers/${account}`
  const told = await answerOf(path)
  // Asked for only where there is one: what is not there would be a complaint in the browser's console.
  if (told === undefined || memberOf(jsonIn(told.bytes), 'profile') === null) return null
  return (await answerOf(`${path}/profile`))?.bytes ?? null
}

/**
 * The issuer's profile where its own key bound it, its picture as a page may show it: asked of this site, or left out.
 * How a certificate looks, never whose it is.
 */
export async function lookOf({ document, evidence }: Seen): Promise<Profile | undefined> {
  if (document === undefined || evidence === null) return undefined
  const profile = boundProfile(document.certificate, evidence)
  return profile && { ...profile, image: await servedLogo(profile.image) }
}
type Seen = Pick<Judged, 'document' | 'evidence'>

const LOGO = /\/api\/v1\/issuers\/([a-z0-9:]+)\/logos\/(0x[0-9a-f]{64})$/
const PICTURES = ['image/png', 'image/svg+xml']

/**
 * The picture that a profile names, as a `data:` address: asked of this site alone, by the digest in its name, which the
 * profile binds. Undefined where the bytes are others, or are elsewhere.
 */
async function servedLogo(image: string | undefined): Promise<string | undefined> {
  const [path, account, digest] = LOGO.exec(image ?? '') ?? []
  if (path === undefined || account === undefined) return undefined
  const served = await answerOf(path)
  if (served === undefined || !PICTURES.includes(served.type)) return undefined
  if (hexOf(sha256(served.bytes)) !== digest) return undefined
  return dataUrlOf(served.bytes, served.type)
}

async function answerOf(path: string): Promise<Bytes | undefined> {
  try {
    const answer = await fetchBytes(path, { ...LIMITS, maxBytes: MAX_PROFILE_BYTES })
    return answer.status === 200 ? answer : undefined
  } catch {
    // Without profile and logo a certificate lacks nothing that counts.
    return undefined
  }
}

function jsonIn(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    return undefined
  }
}

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
