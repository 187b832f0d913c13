/** Requests that carry nothing of the reader: no cookie, no referrer, no cache, no redirect, within limits. */
import { concat } from '../../src/index.ts'

export type Asking = {
  readonly method?: 'GET' | 'POST' | 'DELETE'
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  readonly timeoutMs: number
  readonly maxBytes: number
  readonly ended?: AbortSignal
}

export type Bytes = { readonly status: number; readonly type: string; readonly bytes: Uint8Array }

/** Rejects for an answer that is late or too long, a redirect, and a host that cannot be reached. */
export async function fetchBytes(url: string, asking: Asking): Promise<Bytes> {
  const { method = 'GET', headers = {}, body, timeoutMs, maxBytes, ended } = asking
  const late = AbortSignal.timeout(timeoutMs)
  const response = await fetch(url, {
    method,
    headers,
    ...(body === undefined ? {} : { body }),
    cache: 'no-store',
    credentials: 'omit',
    redirect: 'error',
    referrerPolicy: 'no-referrer',
    signal: ended === undefined ? late : AbortSignal.any([late, ended]),
  })
  const type = (response.headers.get('content-type') ?? '').split(';')[0]?.trim() ?? ''
  return { status: response.status, type, bytes: await bodyOf(response, maxBytes) }
}

export async function fetchText(
  url: string,
  asking: Asking,
): Promise<{ readonly status: number; readonly text: string }> {
  const { status, bytes } = await fetchBytes(url, asking)
  return { status, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) }
}

async function bodyOf(response: Response, maxBytes: number): Promise<Uint8Array> {
  const reader = response.body?.getReader()
  if (reader === undefined) return new Uint8Array(0)
  const chunks: Uint8Array[] = []
  let length = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    length += value.length
    if (length > maxBytes) {
      await reader.cancel()
      throw new Error('the answer is too long')
    }
    chunks.push(value)
  }
  return concat(...chunks)
}
