/** JSON-RPC over HTTP with a deadline: the one way in which server and terminal speak to a node. */

import { FormatError, parseJson, UnavailableError } from '../src/index.ts'
import type { Json, Request } from '../src/index.ts'

/** The node understood and refused; `message` is its own, for logs and for telling known refusals apart. */
export class RpcError extends Error {
  override readonly name = 'RpcError'
  readonly code: number

  constructor(code: number, message: string) {
    super(message)
    this.code = code
  }
}

/** A call of a method; what it gives is the node's word, and its shape the caller's to check. */
export type Rpc = (method: string, params?: readonly unknown[]) => Promise<unknown>

/** More than any answer that a node of one's own has to give. */
const MAX_ANSWER_BYTES = 16 * 1024 * 1024
/** More than any answer that a verifier asks for: it speaks to strangers, to many and with many calls at once. */
const MAX_STRANGERS_ANSWER_BYTES = 8 * 1024 * 1024

/**
 * Calls of `url`. No redirect is followed.
 * @param timeoutMs for one call, its answer included
 * @param maxBytes longest answer that is read
 * @param ended aborted when nobody waits for an answer any more
 * @throws RpcError where the node refuses
 * @throws UnavailableError `timeout`, `unreachable`, or `bad-answer` for what is no answer to this call
 */
export function rpcOf(
  url: string,
  timeoutMs = 10_000,
  maxBytes = MAX_ANSWER_BYTES,
  ended?: AbortSignal,
): Rpc {
  let last = 0
  return async (method, params = []) => {
    last += 1
    const id = last
    const body = JSON.stringify({ jsonrpc: '2.0', id, method, params })
    const late = AbortSignal.timeout(timeoutMs)
    const signal = ended === undefined ? late : AbortSignal.any([late, ended])
    const reply = await post(url, body, signal, maxBytes)
    return resultOf(reply, id, method)
  }
}

/**
 * The same as `gather` wants it (EIP-1193), for a provider whom nobody trusts.
 * @param ended aborted when nobody waits for an answer any more
 */
export function requestOf(url: string, timeoutMs: number, ended?: AbortSignal): Request {
  const rpc = rpcOf(url, timeoutMs, MAX_STRANGERS_ANSWER_BYTES, ended)
  return ({ method, params }) => rpc(method, params)
}

type Reply = { readonly status: number; readonly bytes: Uint8Array }

async function post(
  url: string,
  body: string,
  signal: AbortSignal,
  maxBytes: number,
): Promise<Reply> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json' },
      redirect: 'error',
      signal,
    })
    return { status: response.status, bytes: await bytesOf(response, maxBytes) }
  } catch (cause) {
    const isLate = cause instanceof Error && cause.name === 'TimeoutError'
    const code = isLate ? 'timeout' : 'unreachable'
    throw new UnavailableError(code, 'the node does not answer', { cause })
  }
}

/** Leaving the loop cancels what is still to come. */
async function bytesOf({ body }: Response, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let length = 0
  const stream: AsyncIterable<Uint8Array> | null = body
  for await (const chunk of stream ?? []) {
    length += chunk.length
    if (length > maxBytes) throw new Error('the answer is too long')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks, length)
}

/** A refusal may come with any status of HTTP, a result with a status of success only. */
function resultOf({ status, bytes }: Reply, id: number, method: string): unknown {
  const isOk = status >= 200 && status < 300
  const answer = answerIn(bytes, isOk, method)
  if (isMembers(answer) && answer['jsonrpc'] === '2.0' && answer['id'] === id) {
    const { error, result } = answer
    if (isMembers(error)) throw refusalOf(error)
    if (isOk && result !== undefined) return result
  }
  throw isOk
    ? new UnavailableError('bad-answer', `the node answers ${method} with something else`)
    : new UnavailableError('unreachable', `the node answers with status ${status}`)
}

function refusalOf({ code, message }: Readonly<Record<string, Json>>): RpcError {
  return new RpcError(Number(code), typeof message === 'string' ? message : 'no reason given')
}

function answerIn(bytes: Uint8Array, isOk: boolean, method: string): Json {
  try {
    return parseJson(bytes)
  } catch (cause) {
    if (!(cause instanceof FormatError)) throw cause
    if (!isOk) return null
    throw new UnavailableError('bad-answer', `the node answers ${method} with no JSON`, { cause })
  }
}

function isMembers(value: Json | undefined): value is Readonly<Record<string, Json>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
