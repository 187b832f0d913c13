/** The service's API as a program of an issuer calls it: a key, JSON, idempotency keys, server-sent events. */
import { randomUUID } from 'node:crypto'

export type Json = Readonly<Record<string, unknown>>

export type Sent = {
  readonly body?: Uint8Array
  readonly type?: string
}

export type Api = {
  /** Where the server listens, without a slash at the end. */
  readonly server: string
  readonly key: string
  /** Sends what creates or tries out; the answer as JSON. Throws for every answer but 2xx. */
  post(path: string, sent: Sent): Promise<Json>
  get(path: string): Promise<Json>
  /** What is no JSON: a file. */
  text(path: string): Promise<string>
  /** The JSON of each event, as it comes, until the server ends the stream. */
  events(path: string): AsyncGenerator<Json>
}

const API = '/api/v1'
const BLANK_LINE = '\n\n'

export function apiOf(server: string, key: string): Api {
  const authorization = `Bearer ${key}`
  const call = async (path: string, init: RequestInit): Promise<Response> => {
    const response = await fetch(`${server}${API}${path}`, init)
    if (response.ok) return response
    const what = `${init.method ?? 'GET'} ${path}`
    throw new Error(`${what} is answered with ${response.status}\n${await response.text()}`)
  }
  return {
    server,
    key,
    post: async (path, { body, type }) => {
      const named = type === undefined ? {} : { 'content-type': type }
      const headers = { authorization, 'idempotency-key': randomUUID(), ...named }
      const sent = body === undefined ? {} : { body: Buffer.from(body) }
      return jsonOf(await (await call(path, { method: 'POST', headers, ...sent })).text())
    },
    text: async (path) => (await call(path, { headers: { authorization } })).text(),
    get: async (path) => jsonOf(await (await call(path, { headers: { authorization } })).text()),
    events: async function* (path) {
      const { body } = await call(path, { headers: { authorization } })
      if (body === null) throw new Error(`${path} tells of nothing`)
      yield* eventsIn(body.pipeThrough(new TextDecoderStream()))
    },
  }
}

/** An event ends with a blank line; lines without `data:` keep the connection alive. */
async function* eventsIn(pieces: AsyncIterable<string>): AsyncGenerator<Json> {
  let text = ''
  for await (const piece of pieces) {
    text += piece
    const events = text.split(BLANK_LINE)
    text = events.pop() ?? ''
    for (const event of events) {
      const line = event.split('\n').find((one) => one.startsWith('data: '))
      if (line !== undefined) yield jsonOf(line.slice('data: '.length))
    }
  }
}

function jsonOf(text: string): Json {
  const json: unknown = JSON.parse(text)
  if (typeof json !== 'object' || json === null) throw new Error(`no JSON object: ${text}`)
  return json as Json
}

/** A member that must be a text. */
export function textIn(json: Json, member: string): string {
  const value = json[member]
  if (typeof value === 'string') return value
  throw new Error(`no text as ${member} in ${JSON.stringify(json)}`)
}
