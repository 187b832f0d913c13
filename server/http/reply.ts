/** What a handler answers, as a value: the frame alone writes to the response. */

import type { ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

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

/** The same of what comes in pieces, no faster than the client takes them. */
export function piecesOf(
  type: string,
  pieces: Iterable<string> | AsyncIterable<string | Uint8Array>,
  headers: Headers = {},
): Reply {
  const write = (response: ServerResponse, signal: AbortSignal): Promise<void> =>
    pipeline(Readable.from(pieces), response, { end: false, signal }).catch((error: unknown) => {
      // Who goes away early is no fault; else the answer is cut off, so that nobody takes it for whole.
      if (!isEarly(error)) throw error
    })
  return stream(type, write, headers)
}

function isEarly(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false
  return error.code === 'ERR_STREAM_PREMATURE_CLOSE' || error.code === 'ABORT_ERR'
}
