/** JSON-RPC of a provider, as `gather` wants it. */

import { UnavailableError } from '../src/index.ts'
import type { Request } from '../src/index.ts'

/** More than any answer that a verifier asks for. */
const MAX_ANSWER_BYTES = 8 * 1024 * 1024

export function requestOf(url: string, timeoutMs: number): Request {
  let last = 0
  return async ({ method, params }) => {
    last += 1
    const id = last
    const text = await post(url, JSON.stringify({ jsonrpc: '2.0', id, method, params }), timeoutMs)
    return resultOf(text, id, method)
  }
}

async function post(url: string, body: string, timeoutMs: number): Promise<string> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json' },
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    })
    const chunks: Uint8Array[] = []
    let length = 0
    const stream: AsyncIterable<Uint8Array> | null = response.body
    for await (const chunk of stream ?? []) {
      length += chunk.length
      if (length > MAX_ANSWER_BYTES) throw new Error('the answer is too long')
      chunks.push(chunk)
    }
    return Buffer.concat(chunks).toString('utf8')
  } catch (cause) {
    const isLate = cause instanceof Error && cause.name === 'TimeoutError'
    const code = isLate ? 'timeout' : 'unreachable'
    throw new UnavailableError(code, 'the provider does not answer', { cause })
  }
}

function resultOf(text: string, id: number, method: string): unknown {
  try {
    const answer = JSON.parse(text) as { id?: unknown; result?: unknown } | null
    if (answer?.id === id && answer.result !== undefined) return answer.result
  } catch (cause) {
    throw new UnavailableError('bad-answer', `${method} was answered with no JSON`, { cause })
  }
  throw new UnavailableError('bad-answer', `${method} was answered with an error`)
}
