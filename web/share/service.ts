/** The issuer's server as a holder asks it about shares, against the owner token; and as anyone opens one. */
import { ownerTokenOf } from '../../src/index.ts'
import type { HolderLink } from '../../src/index.ts'
import { bearerOf } from '../engine/holder.ts'
import { fetchText } from '../engine/http.ts'
import { memberOf } from '../engine/members.ts'

export type Share = {
  readonly id: string
  /** RFC 3339, as all times. */
  readonly createdAt: string
  readonly expiresAt: string | undefined
  readonly withdrawnAt: string | undefined
  readonly opened: number
}

/** Why something was not done: a code of the API, or nobody answered. */
export type Trouble = { readonly trouble: string }

export type OpenedShare = { readonly presentation: string; readonly expiresAt: string | undefined }

const TIMEOUT_MS = 30_000
const MAX_LIST_BYTES = 256 * 1024
/** A document as a text in JSON: its quotes are escaped. */
const MAX_SHARE_BYTES = 2 * 1024 * 1024
const UNREACHABLE: Trouble = { trouble: 'unreachable' }

/** Newest first, those that ended among them. */
export async function listShares(holder: HolderLink): Promise<readonly Share[] | Trouble> {
  const answer = await asked(holder, 'GET', `/api/v1/certificates/${holder.cid}/shares`)
  if ('trouble' in answer) return answer
  const shares = memberOf(answer.json, 'shares')
  if (!Array.isArray(shares)) return UNREACHABLE
  const items: readonly unknown[] = shares
  return items.flatMap((one) => shareOf(one) ?? [])
}

/** @param presentation the text of a presentation, made here; @param expiresAt milliseconds since 1970 */
export async function publishShare(
  holder: HolderLink,
  presentation: string,
  expiresAt: number | undefined,
): Promise<Share | Trouble> {
  const request = {
    cid: holder.cid,
    presentation,
    ...(expiresAt === undefined ? {} : { expiresAt: new Date(expiresAt).toISOString() }),
  }
  const answer = await asked(holder, 'POST', '/api/v1/shares', JSON.stringify(request))
  if ('trouble' in answer) return answer
  return shareOf(answer.json) ?? UNREACHABLE
}

/** Undefined when it is withdrawn. */
export async function withdrawShare(holder: HolderLink, id: string): Promise<Trouble | undefined> {
  const answer = await asked(holder, 'DELETE', `/api/v1/shares/${id}`)
  return 'trouble' in answer ? answer : undefined
}

/** What a share shows, from the site of the page; that it was asked for is counted there. */
export async function openShare(id: string): Promise<OpenedShare | Trouble> {
  const answer = await ask('GET', `/api/v1/shares/${id}`, {}, undefined)
  if ('trouble' in answer) return answer
  const presentation = memberOf(answer.json, 'presentation')
  if (typeof presentation !== 'string') return UNREACHABLE
  return { presentation, expiresAt: textOf(memberOf(answer.json, 'expiresAt')) }
}

/** Under which anyone opens it. */
export function shareUrl(origin: string, id: string): string {
  return `${origin}/s/${id}`
}

type Answer = { readonly json: unknown }
type Method = 'GET' | 'POST' | 'DELETE'

function asked(
  { origin, linkSecret }: HolderLink,
  method: Method,
  path: string,
  body?: string,
): Promise<Answer | Trouble> {
  return ask(method, `${origin}${path}`, bearerOf(ownerTokenOf(linkSecret)), body)
}

async function ask(
  method: Method,
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string | undefined,
): Promise<Answer | Trouble> {
  try {
    const { status, text } = await fetchText(url, {
      method,
      headers: {
        ...headers,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body }),
      timeoutMs: TIMEOUT_MS,
      maxBytes: method === 'GET' && body === undefined ? MAX_SHARE_BYTES : MAX_LIST_BYTES,
    })
    const json: unknown = text === '' ? undefined : JSON.parse(text)
    if (status >= 200 && status < 300) return { json }
    return { trouble: textOf(memberOf(json, 'code')) ?? 'unreachable' }
  } catch {
    // Nobody answered, or not what this asks for: either way there is nothing to show.
    return UNREACHABLE
  }
}

function shareOf(json: unknown): Share | undefined {
  const [id, createdAt, opened] = ['id', 'createdAt', 'opened'].map((name) => memberOf(json, name))
  if (typeof id !== 'string' || typeof createdAt !== 'string' || typeof opened !== 'number') {
    return undefined
  }
  const expiresAt = textOf(memberOf(json, 'expiresAt'))
  return { id, createdAt, opened, expiresAt, withdrawnAt: textOf(memberOf(json, 'withdrawnAt')) }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
