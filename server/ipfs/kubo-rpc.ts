/**
 * What documents need of Kubo's RPC (https://docs.ipfs.tech/reference/kubo/rpc/), each call with a time limit, each answer
 * looked at. Kubo is asked for what it has itself (`offline`): a block that it lacks is not searched for on any network.
 */

import { create } from 'kubo-rpc-client'
import { CID } from 'multiformats/cid'
import { parseCid, UnavailableError } from '../../src/index.ts'
import type { UnavailableCode } from '../../src/index.ts'
import type { Block } from './documents.ts'

export type KuboEndpoint = {
  readonly url: string
  /** The whole `Authorization` header, `Basic …` or `Bearer …`. */
  readonly authorization?: string
  /** For each call; default 10 s. */
  readonly timeoutMs?: number
  /** For pinning a whole batch; default 10 minutes. */
  readonly pinMs?: number
}

export type PinKind = 'direct' | 'recursive'

export type KuboRpc = {
  /** Throws `UnavailableError` where nothing that speaks this RPC answers. */
  version(): Promise<string>
  /** Throws where Kubo names the block otherwise than we do. `isPinned` keeps it from the same moment on. */
  putBlock(block: Block, isPinned: boolean): Promise<void>
  /** Undefined where Kubo does not have it. The bytes are as Kubo gives them. */
  getBlock(cid: string): Promise<Uint8Array | undefined>
  /** Answers with the root of the pinned batch for whose sake Kubo keeps it; undefined once it is gone. */
  removeBlock(cid: string): Promise<string | undefined>
  addPin(cid: string, kind: PinKind): Promise<void>
  hasPin(cid: string, kind: PinKind): Promise<boolean>
  removePin(cid: string): Promise<void>
}

const TIMEOUT_MS = 10_000
const PIN_MS = 600_000
/** Kubo answers every refusal with status 500; only the words differ. */
const NOT_THERE = /block was not found locally|ipld: could not find/
const PINNED_VIA = /^pinned via (b[a-z2-7]+)/
const NOT_PINNED = /is not pinned|not pinned or pinned indirectly/

export function kuboRpc(endpoint: KuboEndpoint): KuboRpc {
  const { url, authorization, timeoutMs = TIMEOUT_MS, pinMs = PIN_MS } = endpoint
  const headers = authorization === undefined ? {} : { authorization }
  const client = create({ url, headers })
  const options = (limit = timeoutMs) => ({ signal: AbortSignal.timeout(limit), offline: true })
  return {
    version: () => reached('version', async () => (await client.version(options())).version),
    putBlock: (block, isPinned) =>
      reached('block/put', async () => {
        const { codec } = parseCid(block.cid, 'cid')
        const kind = { format: codec, mhtype: 'sha2-256', version: 1 as const, pin: isPinned }
        const answer = await client.block.put(block.bytes, { ...options(), ...kind })
        if (answer.toString() === block.cid) return
        throw new UnavailableError('bad-answer', `Kubo names the block ${block.cid} otherwise`)
      }),
    getBlock: (cid) =>
      unless(NOT_THERE, 'block/get', () => client.block.get(CID.parse(cid), options())),
    removeBlock: (cid) =>
      reached('block/rm', async () => {
        for await (const { error } of client.block.rm(CID.parse(cid), {
          ...options(),
          force: true,
        })) {
          const [, root] = PINNED_VIA.exec(error?.message ?? '') ?? []
          if (root !== undefined) return root
          if (error != null) throw error
        }
        return undefined
      }),
    addPin: (cid, kind) => {
      const recursive = kind === 'recursive'
      const limit = options(recursive ? pinMs : timeoutMs)
      return reached('pin/add', async () => {
        const answer = await client.pin.add(cid, { ...limit, recursive })
        if (answer.toString() === cid) return
        throw new UnavailableError('bad-answer', `Kubo pinned something else than ${cid}`)
      })
    },
    hasPin: async (cid, kind) => {
      const found = await unless(NOT_PINNED, 'pin/ls', async () => {
        for await (const pin of client.pin.ls({ ...options(), paths: [cid], type: kind })) {
          if (pin.cid.toString() === cid && pin.type === kind) return true
        }
        return false
      })
      return found ?? false
    },
    removePin: async (cid) => {
      await unless(NOT_PINNED, 'pin/rm', () => client.pin.rm(cid, options()))
    },
  }
}

/** Undefined where Kubo refuses with these words. */
async function unless<T>(
  words: RegExp,
  call: string,
  ask: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await reached(call, ask)
  } catch (error) {
    if (!(error instanceof UnavailableError) || error.code !== 'bad-answer') throw error
    if (error.cause instanceof Error && words.test(error.cause.message)) return undefined
    throw error
  }
}

/** What the client throws, as `UnavailableError`; its message names the call, never the address or the credential. */
async function reached<T>(call: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (cause) {
    if (cause instanceof UnavailableError) throw cause
    throw new UnavailableError(codeOf(cause), `Kubo's ${call} failed`, { cause })
  }
}

function codeOf(error: unknown): UnavailableCode {
  if (!(error instanceof Error)) return 'bad-answer'
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return 'timeout'
  if (error.name !== 'HTTPError') return error instanceof TypeError ? 'unreachable' : 'bad-answer'
  const status = statusOf(error)
  return status === 401 || status === 403 ? 'refused' : 'bad-answer'
}

/** The client's error keeps the response. */
function statusOf(error: Error): number | undefined {
  if (!('response' in error)) return undefined
  return error.response instanceof Response ? error.response.status : undefined
}
