/**
 * A signer behind JSON-RPC, as Web3Signer and others serve it: `eth_signTransaction` with the fields of a transaction
 * gives its signed bytes (https://docs.web3signer.consensys.io/reference/api/json-rpc). The key stays there, in a KMS or
 * an HSM. Nothing is believed of what it gives: `chain/sign.ts` reads it back.
 */

import { FormatError, parseJson, UnavailableError } from '../../src/index.ts'
import type { Address, Json } from '../../src/index.ts'
import { TroubleError } from '../chain/trouble.ts'
import type { Signer, TransactionFields } from './signer.ts'

export type RemoteSignerOptions = {
  readonly url: string
  /** The key that it is to sign with. */
  readonly address: Address
  /** The value of the header `Authorization`. Never logged, never part of an error. */
  readonly authorization?: string
  readonly timeoutMs?: number
}

const TIMEOUT_MS = 10_000
/** A signed call of ours: 500 words of a status change are the longest. */
const MAX_ANSWER_BYTES = 1024 * 1024

/** Whether a signer may be asked there: over TLS, or on this machine; no credential stands in the URL. */
export function isSignerUrl(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, hostname, username, password } = new URL(text)
  if (username !== '' || password !== '') return false
  const isLoopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname)
  return protocol === 'https:' || (protocol === 'http:' && isLoopback)
}

/**
 * Signs over the network; follows no redirect. `signTransaction` throws `UnavailableError`: `timeout`, `unreachable`,
 * `bad-answer` may pass; `refused`, with the trouble `signer`, does not.
 */
export function remoteSigner(options: RemoteSignerOptions): Signer {
  const { address, url } = options
  if (!isSignerUrl(url)) {
    throw new TroubleError(
      'signer',
      'refused',
      'a remote signer is asked over https, or on loopback',
    )
  }
  let last = 0
  return {
    address,
    signTransaction: async (fields) => {
      last += 1
      const params = [requestOf(address, fields)]
      const body = { jsonrpc: '2.0', id: last, method: 'eth_signTransaction', params }
      return signedIn(await post(options, JSON.stringify(body)), last)
    },
  }
}

function requestOf(from: Address, fields: TransactionFields): Json {
  const hex = (value: bigint | number): string => `0x${value.toString(16)}`
  return {
    from,
    to: fields.to,
    data: fields.data,
    value: '0x0',
    gas: hex(fields.gasLimit),
    nonce: hex(fields.nonce),
    chainId: hex(BigInt(fields.chainId)),
    maxFeePerGas: hex(fields.maxFeePerGas),
    maxPriorityFeePerGas: hex(fields.maxPriorityFeePerGas),
  }
}

async function post(
  { url, authorization, timeoutMs = TIMEOUT_MS }: RemoteSignerOptions,
  body: string,
): Promise<Uint8Array> {
  const headers = {
    'content-type': 'application/json',
    ...(authorization === undefined ? {} : { authorization }),
  }
  const signal = AbortSignal.timeout(timeoutMs)
  try {
    const response = await fetch(url, { method: 'POST', body, headers, redirect: 'error', signal })
    if (response.status === 401 || response.status === 403) {
      throw new TroubleError('signer', 'refused', `the signer refuses us (${response.status})`)
    }
    const bytes = await bytesOf(response)
    if (response.ok) return bytes
    const message = `the signer answers with status ${response.status}`
    throw new TroubleError('signer', 'unreachable', message)
  } catch (cause) {
    if (cause instanceof UnavailableError) throw cause
    const isLate = cause instanceof Error && cause.name === 'TimeoutError'
    const code = isLate ? 'timeout' : 'unreachable'
    throw new TroubleError('signer', code, 'the signer does not answer')
  }
}

async function bytesOf({ body }: Response): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let length = 0
  const stream: AsyncIterable<Uint8Array> | null = body
  for await (const chunk of stream ?? []) {
    length += chunk.length
    if (length > MAX_ANSWER_BYTES) {
      throw new TroubleError('signer', 'bad-answer', 'the answer of the signer is too long')
    }
    chunks.push(chunk)
  }
  return Buffer.concat(chunks, length)
}

function signedIn(bytes: Uint8Array, id: number): string {
  const answer = answerIn(bytes)
  if (isMembers(answer) && answer['id'] === id) {
    const { result, error } = answer
    if (isMembers(error)) {
      throw new TroubleError('signer', 'refused', 'the signer refuses to sign')
    }
    if (typeof result === 'string' && /^0x(?:[0-9a-f]{2})+$/i.test(result)) return result
  }
  throw new TroubleError('signer', 'bad-answer', 'the signer answers with something else')
}

function answerIn(bytes: Uint8Array): Json {
  try {
    return parseJson(bytes)
  } catch (cause) {
    if (!(cause instanceof FormatError)) throw cause
    throw new TroubleError('signer', 'bad-answer', 'the signer answers with no JSON')
  }
}

function isMembers(value: Json | undefined): value is Readonly<Record<string, Json>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
