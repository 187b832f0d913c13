/** One POST over HTTPS to a place that somebody else chose: to addresses that were checked, and to nowhere else. */

import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { request as open } from 'node:https'
import { lookupIn, pinTo } from './secure-get.ts'

export interface SecurePost {
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** Where to connect, whatever else the name of the URL may mean. */
  readonly addresses: readonly string[]
  /** Ends whatever is under way. */
  readonly signal: AbortSignal
  /** Roots of trust in PEM; by default those of Node. */
  readonly ca?: string | undefined
}

const MAX_HEADER_BYTES = 16 * 1024

/**
 * The status of the answer, whose body nobody reads. No redirect is followed, no connection kept. Rejects where there is
 * no answer, or no connection of the kind that was asked for.
 */
export async function postSecurely(url: URL, how: SecurePost): Promise<number> {
  const { headers, body, addresses, signal, ca } = how
  const request = open(url, {
    method: 'POST',
    agent: false,
    headers: { ...headers, 'content-length': `${Buffer.byteLength(body)}` },
    maxHeaderSize: MAX_HEADER_BYTES,
    rejectUnauthorized: true,
    signal,
    ...{ lookup: lookupIn(addresses), autoSelectFamily: true },
    ...(ca === undefined ? {} : { ca }),
  })
  // What is told here is told to whoever waits for the response as well.
  request.on('error', () => undefined)
  pinTo(request, addresses)
  try {
    request.end(body)
    const [response] = (await once(request, 'response', { signal })) as [IncomingMessage]
    return response.statusCode ?? 0
  } finally {
    request.destroy()
  }
}
