/**
 * The API as the console asks it: with its session's cookie, which no script reads, and the header that no other site
 * can send. Where the session has ended, a request waits until somebody has signed in again, and is then sent once more:
 * what was entered is lost by nobody's pause.
 */
import { asProblem, Problem, problemOf } from './problem.ts'

/** What narrows an answer; a zod schema is one. */
export type Shape<T> = { parse(json: unknown): T }

export type Sending = {
  /** Sent as JSON. */
  readonly json?: unknown
  /** Sent as it is, under `type`. */
  readonly body?: Blob | Uint8Array<ArrayBuffer> | string
  readonly type?: string
  /** For what creates something; the same one for a repetition of the same request. */
  readonly idempotencyKey?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly ended?: AbortSignal
}
export type Method = 'POST' | 'PUT' | 'DELETE'

export type Api = {
  /** Each rejects with a `Problem`, but where `ended` ended it. */
  readonly get: <T>(path: string, shape: Shape<T>, ended?: AbortSignal) => Promise<T>
  readonly send: <T>(method: Method, path: string, shape: Shape<T>, sending?: Sending) => Promise<T>
  /** A file, as the server gives it. */
  readonly file: (path: string, accept: string, ended?: AbortSignal) => Promise<Blob>
  /** A file that the server makes of what it is sent. */
  readonly fileOf: (path: string, accept: string, sending: Sending) => Promise<Blob>
  /**
   * Server-sent events of one name, until they end or the returned function is called. A connection that breaks is made
   * again; one that is refused tells `failed`.
   */
  readonly listen: <T>(
    path: string,
    event: string,
    shape: Shape<T>,
    listener: Listener<T>,
  ) => () => void
}

export type Listener<T> = {
  readonly take: (event: T) => void
  readonly failed: (problem: Problem) => void
}

/** For an answer without content. */
export const NOTHING: Shape<undefined> = { parse: () => undefined }

/** @param signIn resolves once somebody is signed in again; rejects where it is somebody else. */
export function apiOf(signIn: () => Promise<void>): Api {
  const ask = async (path: string, init: RequestInit): Promise<Response> => {
    const first = await answerTo(path, init)
    if (first.status !== 401) return first
    await signIn()
    return answerTo(path, init)
  }
  return {
    get: async (path, shape, ended) => {
      const response = await ask(path, { ...(ended === undefined ? {} : { signal: ended }) })
      return narrowed(response, shape)
    },
    send: async (method, path, shape, sending = {}) =>
      narrowed(await ask(path, initOf(method, sending)), shape),
    file: async (path, accept, ended) => {
      const signal = ended === undefined ? {} : { signal: ended }
      const response = await ask(path, { headers: { accept }, ...signal })
      return blobOf(response)
    },
    fileOf: async (path, accept, sending) =>
      blobOf(await ask(path, initOf('POST', { ...sending, headers: { accept } }))),
    listen: (path, event, shape, listener) => listening(path, event, shape, listener, ask),
  }
}

/** Signs in, or asks whether somebody is: a 401 is an answer here. */
export async function askOnce<T>(
  method: Method | 'GET',
  path: string,
  shape: Shape<T>,
  sending: Sending = {},
): Promise<T> {
  const init = method === 'GET' ? {} : initOf(method, sending)
  return narrowed(await answerTo(path, init), shape)
}

function initOf(method: Method, sending: Sending): RequestInit {
  const { json, body, type, idempotencyKey, headers, ended } = sending
  const content = json === undefined ? body : JSON.stringify(json)
  const contentType = json === undefined ? type : 'application/json'
  return {
    method,
    headers: {
      ...headers,
      'x-inaltera-console': '1',
      ...(contentType === undefined ? {} : { 'content-type': contentType }),
      ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
    },
    ...(content === undefined ? {} : { body: content }),
    ...(ended === undefined ? {} : { signal: ended }),
  }
}

async function answerTo(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, {
      ...init,
      credentials: 'same-origin',
      cache: 'no-store',
      redirect: 'error',
      referrerPolicy: 'no-referrer',
    })
  } catch (error) {
    if (init.signal?.aborted === true) throw error
    throw new Problem('offline', 0)
  }
}

async function narrowed<T>(response: Response, shape: Shape<T>): Promise<T> {
  if (!response.ok) throw await refusalOf(response)
  try {
    const text = await response.text()
    return shape.parse(text === '' ? undefined : JSON.parse(text))
  } catch (error) {
    throw asProblem(error)
  }
}

async function blobOf(response: Response): Promise<Blob> {
  if (!response.ok) throw await refusalOf(response)
  return response.blob()
}

async function refusalOf(response: Response): Promise<Problem> {
  const { status, headers } = response
  return problemOf(status, await response.text(), headers.get('retry-after'))
}

/** A browser does not tell why an event source was refused: the same is asked again plainly, to know. */
function listening<T>(
  path: string,
  event: string,
  shape: Shape<T>,
  { take, failed }: Listener<T>,
  ask: (path: string, init: RequestInit) => Promise<Response>,
): () => void {
  const ended = new AbortController()
  const open = (): void => {
    const source = new EventSource(path)
    ended.signal.addEventListener('abort', () => {
      source.close()
    })
    source.addEventListener(event, ({ data }: MessageEvent<unknown>) => {
      try {
        take(shape.parse(JSON.parse(String(data))))
      } catch (error) {
        failed(asProblem(error))
      }
    })
    source.addEventListener('error', () => {
      // Else the browser connects again by itself.
      if (source.readyState === EventSource.CLOSED) void again()
    })
  }
  const again = async (): Promise<void> => {
    try {
      const response = await ask(path, { signal: ended.signal })
      const refusal = response.ok ? undefined : await refusalOf(response)
      await response.body?.cancel()
      if (refusal !== undefined) throw refusal
      open()
    } catch (error) {
      if (!ended.signal.aborted) failed(asProblem(error))
    }
  }
  open()
  return () => {
    ended.abort()
  }
}
