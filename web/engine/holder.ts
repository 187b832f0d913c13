/** What a holder link opens: ciphertext and the server's half of the key, fetched, checked and decrypted here. */
import {
  base64urlOf,
  fetchBlock,
  fetchServerKey,
  FormatError,
  isPermanent,
  openDocument,
  serverKeyAuthOf,
  UnavailableError,
} from '../../src/index.ts'
import type { FetchLike, HolderLink } from '../../src/index.ts'
import { webAes256Gcm } from './cipher.ts'
import { fetchText } from './http.ts'

export type Opened =
  | { readonly state: 'open'; readonly bytes: Uint8Array }
  /** By the issuer; `at` as the issuer's server reports it. */
  | { readonly state: 'erased'; readonly at: string | undefined }
  /** By another link, or by a corrected certificate to which `successor` leads where there is one. */
  | { readonly state: 'replaced'; readonly at: string | undefined }
  /** The host does not answer, or has no such document. */
  | { readonly state: 'unreachable'; readonly code: string }
  /** What came does not open with this link, or is not what the link names. */
  | { readonly state: 'damaged'; readonly code: string }

const TIMEOUT_MS = 15_000
const MAX_STATE_BYTES = 4096

/** Opens the document of a holder link. Never throws for what the world does. */
export async function openHolderLink({ origin, cid, linkSecret }: HolderLink): Promise<Opened> {
  try {
    const block = await fetchBlock(fetchInTime, origin, cid)
    const serverKey = isPermanent(block, linkSecret)
      ? undefined
      : await fetchServerKey(fetchInTime, origin, cid, serverKeyAuthOf(linkSecret))
    const bytes = await openDocument(block, { linkSecret, serverKey }, webAes256Gcm)
    return { state: 'open', bytes }
  } catch (error) {
    if (error instanceof FormatError) return { state: 'damaged', code: error.code }
    if (!(error instanceof UnavailableError)) throw error
    const told = await stateTold(origin, cid)
    if (error.code === 'erased' || told?.state === 'erased') {
      return { state: 'erased', at: told?.at }
    }
    if (error.code === 'replaced' || told?.state === 'replaced') {
      return { state: 'replaced', at: told?.at }
    }
    return { state: 'unreachable', code: error.code }
  }
}

type Told = { readonly state: 'current' | 'replaced' | 'erased'; readonly at: string | undefined }

/** What the issuer's server says became of a document; undefined where it says nothing. */
export async function stateTold(origin: string, cid: string): Promise<Told | undefined> {
  try {
    const url = `${origin}/api/v1/documents/${cid}`
    const limits = { timeoutMs: TIMEOUT_MS, maxBytes: MAX_STATE_BYTES }
    const { status, text } = await fetchText(url, limits)
    if (status !== 200) return undefined
    const told: unknown = JSON.parse(text)
    if (typeof told !== 'object' || told === null || !('state' in told)) return undefined
    const at = 'at' in told && typeof told.at === 'string' ? told.at : undefined
    const { state } = told
    if (state !== 'current' && state !== 'replaced' && state !== 'erased') return undefined
    return { state, at }
  } catch {
    return undefined
  }
}

/** The header by which the server knows a holder, and the secret never leaves: a token derived from it. */
export function bearerOf(token: Uint8Array): Readonly<Record<string, string>> {
  return { authorization: `Bearer ${base64urlOf(token)}` }
}

const fetchInTime: FetchLike = (url, init) =>
  fetch(url, { ...init, cache: 'no-store', signal: AbortSignal.timeout(TIMEOUT_MS) })
