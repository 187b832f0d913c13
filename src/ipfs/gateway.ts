import { base64urlOf, concat, equalBytes, parseBase64url } from '../primitives/bytes.ts'
import { FormatError, UnavailableError } from '../primitives/errors.ts'
import type { UnavailableCode } from '../primitives/errors.ts'
import { sha256 } from '../primitives/hash.ts'
import { parseJson } from '../primitives/json.ts'
import { parseCid } from './cid.ts'
import { MAX_BLOCK_BYTES, SECRET_BYTES } from './seal.ts'

/**
 * The part of WHATWG `fetch` that is used here; every runtime's own fits. Whoever passes it sets its time limit
 * (`AbortSignal.timeout`), and its `TimeoutError` or `AbortError` is told apart from an unreachable host.
 */
export type FetchLike = (url: string, init: FetchOptions) => Promise<FetchAnswer>

export interface FetchOptions {
  readonly headers: Record<string, string>
  readonly credentials: 'omit'
  readonly referrerPolicy: 'no-referrer'
  readonly redirect: 'follow' | 'error'
}

export interface FetchAnswer {
  readonly status: number
  readonly body: {
    getReader(): {
      read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>
      cancel(): Promise<void>
    }
  } | null
}

const OPTIONS = { credentials: 'omit', referrerPolicy: 'no-referrer' } as const
/** A server key has 43 letters; what is longer is something else. */
const MAX_KEY_BYTES = 64
const MAX_PROBLEM_BYTES = 4096

/**
 * Fetches one raw block from a trustless gateway (https://specs.ipfs.tech/http-gateways/trustless-gateway/); which one
 * does not matter, since the bytes are hashed. Redirects are followed: gateways give each CID a host of its own.
 * @throws FormatError `bad-cid`; `block-damaged` where the bytes are not those the CID names, or are above 1 MiB
 * @throws UnavailableError
 */
export async function fetchBlock(
  fetch: FetchLike,
  gatewayBase: string,
  cid: string,
): Promise<Uint8Array> {
  const { text, digest } = parseCid(cid, 'cid')
  const url = `${withoutSlash(gatewayBase)}/ipfs/${text}?format=raw`
  const bytes = await fetchBytes(
    fetch,
    url,
    { ...OPTIONS, headers: {}, redirect: 'follow' },
    MAX_BLOCK_BYTES,
  )
  if (bytes === undefined || !equalBytes(sha256(bytes), digest)) {
    throw new FormatError('block-damaged', text, `${url} gave other bytes than those of the CID`)
  }
  return bytes
}

/**
 * Fetches the server's half of a document's key, against the token that the link secret gives.
 * @param auth `serverKeyAuthOf(linkSecret)`
 * @throws FormatError `bad-cid`
 * @throws UnavailableError `erased` once the issuer has erased the certificate, `replaced` where another link took the
 *   place of this one, `not-found` where there is no such key
 */
export async function fetchServerKey(
  fetch: FetchLike,
  base: string,
  cid: string,
  auth: Uint8Array,
): Promise<Uint8Array> {
  const url = `${withoutSlash(base)}/k/${parseCid(cid, 'cid').text}`
  const headers = { authorization: `Bearer ${base64urlOf(auth)}` }
  // A redirect would carry the token elsewhere.
  const bytes = await fetchBytes(
    fetch,
    url,
    { ...OPTIONS, headers, redirect: 'error' },
    MAX_KEY_BYTES,
  )
  const key = bytes === undefined ? undefined : keyOf(bytes)
  if (key === undefined) {
    throw new UnavailableError('bad-answer', `${url} gave something else than a key`)
  }
  return key
}

/** The body of a 200 answer, or undefined where it is longer than `limit`: no more than that is ever kept. */
async function fetchBytes(
  fetch: FetchLike,
  url: string,
  options: FetchOptions,
  limit: number,
): Promise<Uint8Array | undefined> {
  const answer = await reached(url, () => fetch(url, options))
  if (answer.status !== 200) {
    const code = answer.status === 410 ? await codeOfGone(url, answer) : codeOfStatus(answer.status)
    if (answer.status !== 410) answer.body?.getReader().cancel().catch(ignored)
    throw new UnavailableError(code, `${url} answered ${answer.status}`)
  }
  return bodyOf(url, answer, limit)
}

async function bodyOf(
  url: string,
  answer: FetchAnswer,
  limit: number,
): Promise<Uint8Array | undefined> {
  const reader = answer.body?.getReader()
  if (reader === undefined) return new Uint8Array(0)
  return reached(url, async () => {
    const chunks: Uint8Array[] = []
    let length = 0
    for (;;) {
      const { done, value } = await reader.read()
      if (done || value === undefined) return concat(...chunks)
      length += value.length
      if (length > limit) {
        reader.cancel().catch(ignored)
        return undefined
      }
      chunks.push(value)
    }
  })
}

/** A body that nobody wants cannot fail. */
function ignored(): void {
  return undefined
}

/** What the network throws, as `UnavailableError` with the inner error as its cause. */
async function reached<T>(url: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (cause) {
    const isLate =
      cause instanceof Error && (cause.name === 'TimeoutError' || cause.name === 'AbortError')
    const code = isLate ? 'timeout' : 'unreachable'
    throw new UnavailableError(code, `${url} could not be fetched`, { cause })
  }
}

/** Why something is gone: the host's problem document (RFC 9457) says where a link was replaced; else it is erased. */
async function codeOfGone(url: string, answer: FetchAnswer): Promise<'erased' | 'replaced'> {
  try {
    const bytes = await bodyOf(url, answer, MAX_PROBLEM_BYTES)
    const problem = bytes === undefined ? undefined : parseJson(bytes)
    const isProblem = typeof problem === 'object' && problem !== null && 'code' in problem
    return isProblem && problem['code'] === 'replaced' ? 'replaced' : 'erased'
  } catch (error) {
    // The status alone says enough.
    if (error instanceof FormatError || error instanceof UnavailableError) return 'erased'
    throw error
  }
}

function codeOfStatus(status: number): UnavailableCode {
  if (status === 404) return 'not-found'
  return status === 401 || status === 403 || status === 429 ? 'refused' : 'bad-answer'
}

/** The key's base64url as text, nothing before or after it. */
function keyOf(bytes: Uint8Array): Uint8Array | undefined {
  try {
    const key = parseBase64url(
      new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes),
      'server key',
    )
    return key.length === SECRET_BYTES ? key : undefined
  } catch (error) {
    if (error instanceof FormatError) return undefined
    throw error
  }
}

function withoutSlash(base: string): string {
  return base.endsWith('/') ? base.slice(0, -1) : base
}
