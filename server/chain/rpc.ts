/** JSON-RPC over HTTP with a deadline: the one way in which the server speaks to a node. */

import { UnavailableError } from '../../src/index.ts'

/** The node understood and refused; `message` is its own, for logs and for telling known refusals apart. */
export class RpcError extends Error {
  override readonly name = 'RpcError'
  readonly code: number

  constructor(code: number, message: string) {
    super(message)
    this.code = code
  }
}

export type Rpc = (method: string, params?: readonly unknown[]) => Promise<unknown>

/** Bytes. */
const MAX_ANSWER = 16 * 1024 * 1024

/** Calls of `url`. Throws `RpcError` where the node refuses, `UnavailableError` where it does not answer sensibly. */
export function rpcOf(url: string, timeoutMs = 10_000): Rpc {
  let last = 0
  return async (method, params = []) => {
    last += 1
    const id = last
    const body = JSON.stringify({ jsonrpc: '2.0', id, method, params })
    return parseAnswer(await post(url, body, timeoutMs), id, method)
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
    const text = await textOf(response)
    if (!response.ok && !text.includes('"jsonrpc"')) throw new Error(`status ${response.status}`)
    return text
  } catch (cause) {
    const isTimeout = cause instanceof Error && cause.name === 'TimeoutError'
    throw new UnavailableError(isTimeout ? 'timeout' : 'unreachable', 'the node does not answer', {
      cause,
    })
  }
}

/** The body as text; no more of it is ever kept than an answer may have. */
async function textOf({ body }: Response): Promise<string> {
  const source: AsyncIterable<Uint8Array> | Iterable<Uint8Array> = body ?? []
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of source) {
    length += chunk.length
    // Leaving the loop cancels the rest.
    if (length > MAX_ANSWER) throw new Error('the answer is too long')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function parseAnswer(text: string, id: number, method: string): unknown {
  let answer: unknown
  try {
    answer = JSON.parse(text)
  } catch (cause) {
    throw new UnavailableError('bad-answer', `the node answers ${method} with no JSON`, { cause })
  }
  if (isObject(answer) && answer['id'] === id) {
    const { error, result } = answer
    if (isObject(error)) throw new RpcError(Number(error['code']), String(error['message']))
    if (result !== undefined) return result
  }
  throw new UnavailableError('bad-answer', `the node answers ${method} with something else`)
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A quantity of the JSON-RPC, `0x` and hex digits. Throws `UnavailableError`. */
export function parseQuantity(value: unknown, what: string): bigint {
  if (typeof value === 'string' && /^0x[0-9a-f]{1,64}$/i.test(value)) return BigInt(value)
  throw new UnavailableError('bad-answer', `the node gives no number for ${what}`)
}

/** Bytes of the JSON-RPC, lower case. Throws `UnavailableError`. */
export function parseBytes(value: unknown, what: string): `0x${string}` {
  if (typeof value === 'string' && /^0x(?:[0-9a-f]{2})*$/i.test(value)) {
    return `0x${value.slice(2).toLowerCase()}`
  }
  throw new UnavailableError('bad-answer', `the node gives no bytes for ${what}`)
}
