/** One GET over HTTPS within limits: of a URL that is asked as it stands, and of nothing that its answer points to. */

import { once } from 'node:events'
import type { ClientRequest, IncomingMessage } from 'node:http'
import { get } from 'node:https'
import type { LookupFunction } from 'node:net'
import { isIP } from 'node:net'
import { spellingOf } from './addresses.ts'

export interface SecureGet {
  /** The media type asked for. */
  readonly accept: string
  readonly maxBytes: number
  /** Ends whatever is under way. */
  readonly signal: AbortSignal
  /** Where to connect, whatever else the name of the URL may mean; by default wherever the system says. */
  readonly addresses?: readonly string[] | undefined
  /** Roots of trust in PEM; by default those of Node. */
  readonly ca?: string | undefined
}

export interface SecureAnswer {
  readonly status: number
  /** Lower case, without parameters; empty where none was given. */
  readonly mediaType: string
  /** Of an answer 200 only. */
  readonly bytes: Uint8Array
}

const MAX_HEADER_BYTES = 16 * 1024

/**
 * The answer to a GET on a connection of its own: no redirect is followed, no cookie, credential or compression used.
 * Rejects where the connection, its certificate or the answer is not what it should be, or is too long or too late.
 */
export async function getSecurely(url: URL, how: SecureGet): Promise<SecureAnswer> {
  const { accept, maxBytes, signal, addresses, ca } = how
  const request = get(url, {
    // Neither a kept connection nor a proxy of the environment: both would lead elsewhere than to `addresses`.
    agent: false,
    headers: { accept, 'accept-encoding': 'identity' },
    maxHeaderSize: MAX_HEADER_BYTES,
    // Said outright, since the environment can turn the default off.
    rejectUnauthorized: true,
    signal,
    ...(ca === undefined ? {} : { ca }),
    ...(addresses === undefined ? {} : { lookup: lookupIn(addresses), autoSelectFamily: true }),
  })
  // What is told here is told to whoever waits for the response or its bytes as well.
  request.on('error', () => undefined)
  if (addresses !== undefined) pinTo(request, addresses)
  const [response] = (await once(request, 'response', { signal })) as [IncomingMessage]
  const status = response.statusCode ?? 0
  try {
    const bytes = status === 200 ? await bytesOf(response, maxBytes) : new Uint8Array()
    return { status, mediaType: mediaTypeOf(response), bytes }
  } finally {
    request.destroy()
  }
}

/** Breaks off a request that came to connect elsewhere, by whatever way. */
export function pinTo(request: ClientRequest, addresses: readonly string[]): void {
  const allowed = new Set(addresses.map(spellingOf))
  request.once('socket', (socket) => {
    socket.once('connect', () => {
      if (allowed.has(spellingOf(socket.remoteAddress) ?? 'none')) return
      request.destroy(new Error('connected to another address than the one that was checked'))
    })
  })
}

/** Knows no other address for any name. */
export function lookupIn(addresses: readonly string[]): LookupFunction {
  const all = addresses.map((address) => ({ address, family: isIP(address) }))
  return (name, options, callback) => {
    const [first] = all
    if (first === undefined) callback(new Error(`${name} has no address`), '')
    else if (options.all === true) callback(null, all)
    else callback(null, first.address, first.family)
  }
}

async function bytesOf(response: IncomingMessage, maxBytes: number): Promise<Uint8Array> {
  const encoding = response.headers['content-encoding'] ?? 'identity'
  if (encoding !== 'identity') throw new Error(`the answer is encoded as ${encoding}`)
  const chunks: Uint8Array[] = []
  let length = 0
  const stream: AsyncIterable<Uint8Array> = response
  for await (const chunk of stream) {
    length += chunk.length
    if (length > maxBytes) throw new Error('the answer is too long')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks, length)
}

function mediaTypeOf({ headers }: IncomingMessage): string {
  return (headers['content-type'] ?? '').split(';', 1).join().trim().toLowerCase()
}
