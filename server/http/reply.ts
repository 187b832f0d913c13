/** What a handler answers, as a value: the frame alone writes to the response. */

import type { ServerResponse } from 'node:http'

export type Headers = Readonly<Record<string, string>>

export type Reply =
  | {
      readonly kind: 'json'
      readonly status: number
      readonly json: unknown
      readonly headers: Headers
    }
  | {
      readonly kind: 'bytes'
      readonly status: number
      readonly type: string
      readonly bytes: Uint8Array
      readonly headers: Headers
    }
  | { readonly kind: 'empty'; readonly status: number; readonly headers: Headers }
  /** Written by `write` as it comes (exports, server-sent events); `signal` aborts when the client leaves or the server ends. */
  | {
      readonly kind: 'stream'
      readonly status: number
      readonly type: string
      readonly headers: Headers
      write(response: ServerResponse, signal: AbortSignal): Promise<void>
    }

export function json(value: unknown, status = 200, headers: Headers = {}): Reply {
  return { kind: 'json', status, json: value, headers: { 'cache-control': 'no-store', ...headers } }
}

export function bytes(type: string, value: Uint8Array, headers: Headers = {}): Reply {
  return { kind: 'bytes', status: 200, type, bytes: value, headers }
}

export function empty(status = 204, headers: Headers = {}): Reply {
  return { kind: 'empty', status, headers }
}

export function stream(
  type: string,
  write: (response: ServerResponse, signal: AbortSignal) => Promise<void>,
  headers: Headers = {},
): Reply {
  const fresh = { 'cache-control': 'no-store', ...headers }
  return { kind: 'stream', status: 200, type, headers: fresh, write }
}
