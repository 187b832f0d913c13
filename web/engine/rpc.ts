/** JSON-RPC of a provider whom nobody trusts, by the browser's `fetch`: a time limit, a size limit, no redirect. */
import type { Request } from '../../src/index.ts'
import { fetchText } from './http.ts'

/** More than any answer that a verifier asks for. */
const MAX_ANSWER_BYTES = 8 * 1024 * 1024
let last = 0

/**
 * @param ended aborted when nobody waits for an answer any more
 * @returns what `gather` calls: it rejects where the provider answers an error, something else, or not in time
 */
export function requestOf(url: string, timeoutMs: number, ended: AbortSignal): Request {
  return async ({ method, params }) => {
    last += 1
    const id = last
    const { status, text } = await fetchText(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ jsonrpc: '2.0', id, method, params }),
      timeoutMs,
      maxBytes: MAX_ANSWER_BYTES,
      ended,
    })
    const answer: unknown = JSON.parse(text)
    const isAnswer =
      status >= 200 &&
      status < 300 &&
      isMembers(answer) &&
      answer['jsonrpc'] === '2.0' &&
      answer['id'] === id &&
      answer['result'] !== undefined
    if (!isAnswer) throw new Error(`the provider does not answer ${method}`)
    return answer['result']
  }
}

function isMembers(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
