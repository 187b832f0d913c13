/**
 * Bodies of requests: what a route takes, and how it is read. Nothing is decompressed, no charset but UTF-8 is read,
 * and the limit counts bytes as they come.
 */

import { createHash } from 'node:crypto'
import type { Hash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { z } from 'zod'
import { concat, parseJson } from '../../src/index.ts'
import { parseInput } from './input.ts'
import { Refusal } from './problems.ts'

/** What a client may take: so long for a start, and then no less than this many bytes a second on average. */
export type Patience = { readonly startMs: number; readonly bytesPerSecond: number }
const PATIENCE: Patience = { startMs: 30_000, bytesPerSecond: 8192 }

export type Chunks = AsyncIterable<Uint8Array>

/** A body of type `T` as the handler sees it. */
export type Body<T> = {
  /** Media types that are taken; none: there is no body. */
  readonly types: readonly string[]
  /** Bytes. */
  readonly limit: number
  /** For JSON. */
  readonly schema: z.ZodType | undefined
  read(chunks: Chunks): Promise<T>
}

const JSON_TYPES = ['application/json']
const JSON_LIMIT = 64 * 1024

/** The route takes none; one that is sent is refused. */
export function noBody(): Body<undefined> {
  return { types: [], limit: 0, schema: undefined, read: () => Promise.resolve(undefined) }
}

/** JSON, read strictly (no duplicate members, no `__proto__`) and checked against the schema. */
export function jsonBody<S extends z.ZodType>(schema: S, limit = JSON_LIMIT): Body<z.output<S>> {
  return {
    types: JSON_TYPES,
    limit,
    schema,
    read: async (chunks) => parseInput(schema, parseJson(await bytesOf(chunks)), 'body'),
  }
}

/** The bytes as they are, in memory. */
export function bytesBody(types: readonly string[], limit: number): Body<Uint8Array> {
  return { types, limit, schema: undefined, read: bytesOf }
}

/** The bytes as they come; a handler reads them to their end. Beyond the limit reading throws. */
export function streamBody(types: readonly string[], limit: number): Body<Chunks> {
  return { types, limit, schema: undefined, read: (chunks) => Promise.resolve(chunks) }
}

async function bytesOf(chunks: Chunks): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  for await (const chunk of chunks) parts.push(chunk)
  return concat(...parts)
}

/** The chunks of a request within the limit of the body, and the hash of those that were read. */
export type Intake = {
  readonly chunks: Chunks
  /** SHA-256 of what was read so far. */
  digest(): Uint8Array
  /** Reads what is left, for the digest alone. */
  drain(): Promise<void>
}

/** Throws `Refusal` for a type or an encoding that the route does not take, or a length beyond its limit. */
export function intakeOf(
  request: IncomingMessage,
  body: Body<unknown>,
  patience = PATIENCE,
): Intake {
  refuseForm(request, body)
  const hash = createHash('sha256')
  const chunks = limited(request, body.limit, hash, patience)
  return {
    chunks,
    digest: () => hash.copy().digest(),
    drain: async () => {
      await bytesSeen(chunks)
    },
  }
}

/** Reads to the end and keeps nothing. */
async function bytesSeen(chunks: Chunks): Promise<number> {
  let length = 0
  for await (const chunk of chunks) length += chunk.length
  return length
}

function refuseForm({ headers }: IncomingMessage, { types, limit }: Body<unknown>): void {
  const length = Number(headers['content-length'] ?? 0)
  const isSent = length > 0 || headers['transfer-encoding'] !== undefined
  if (types.length === 0) {
    if (isSent) throw new Refusal('bad-request', 'this takes no body')
    return
  }
  if ((headers['content-encoding'] ?? 'identity') !== 'identity') {
    throw new Refusal('unsupported-media-type', 'send the body without a content encoding')
  }
  const [type = '', ...parameters] = (headers['content-type'] ?? '').toLowerCase().split(';')
  if (!types.includes(type.trim())) {
    throw new Refusal('unsupported-media-type', `send ${types.join(' or ')}`)
  }
  const charset = parameters
    .find((one) => one.trim().startsWith('charset='))
    ?.trim()
    .slice(8)
  if (charset !== undefined && !/^"?utf-?8"?$/.test(charset)) {
    throw new Refusal('unsupported-media-type', 'send UTF-8')
  }
  if (length > limit) throw tooLarge(limit)
}

/** Only waiting for the client counts against it: a handler may take its time with each chunk. */
async function* limited(
  request: IncomingMessage,
  limit: number,
  hash: Hash,
  patience: Patience,
): AsyncGenerator<Uint8Array> {
  const source = stream(request)
  let length = 0
  let waited = 0
  for (;;) {
    const since = performance.now()
    const left = patience.startMs + (length / patience.bytesPerSecond) * 1000 - waited
    const next = await inTime(source.next(), left)
    if (next.done === true) return
    waited += performance.now() - since
    length += next.value.length
    if (length > limit) throw tooLarge(limit)
    hash.update(next.value)
    yield next.value
  }
}

async function inTime<T>(work: Promise<T>, milliseconds: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Refusal('timeout', 'the body is too slow'))
    }, milliseconds)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

/** A request that breaks off throws from its stream; it is the client's doing, and nobody is there to be told. */
async function* stream(request: IncomingMessage): AsyncGenerator<Uint8Array> {
  // Left open when reading stops early: the answer still has to go out on the same socket.
  const chunks: AsyncIterable<unknown> = request.iterator({ destroyOnReturn: false })
  try {
    for await (const chunk of chunks) if (chunk instanceof Uint8Array) yield chunk
  } catch (cause) {
    if (!request.complete) {
      throw new Refusal('bad-request', 'the body broke off')
    }
    throw cause
  }
}

function tooLarge(limit: number): Refusal {
  return new Refusal('too-large', `the body has more than ${limit} bytes`)
}
