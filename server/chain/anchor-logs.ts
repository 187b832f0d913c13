/** What the node's logs say of our anchors: a hint, since nodes prune them; the registry's storage decides. */

import type { Rpc } from '../../node/rpc.ts'
import { UnavailableError } from '../../src/index.ts'
import type { Address } from '../../src/index.ts'
import { isObject, parseQuantity } from './answers.ts'
import { readHeader } from './network.ts'
import type { Registry } from './registry.ts'

/** Blocks asked for at a time; nodes bound what they answer. */
const LOG_RANGE = 5_000

export type AnchorLog = { readonly root: string; readonly block: number }

type LogParts = { readonly rpc: Rpc; readonly registry: Registry }

/**
 * Every `Anchored` log of this issuer from `since` (seconds since 1970) to the head. A public chain has too many blocks to
 * ask for all of them: nothing of ours is older than what the store says of its oldest batch.
 */
export async function* anchorLogs(
  parts: LogParts,
  issuer: Address,
  since: number,
  onProgress?: (progress: { step: 'chain'; done: number; total: number }) => void,
): AsyncGenerator<AnchorLog> {
  const { number: head } = await readHeader(parts.rpc, 'latest')
  for (let from = await firstBlockSince(parts.rpc, since, head); from <= head; from += LOG_RANGE) {
    const to = Math.min(from + LOG_RANGE - 1, head)
    yield* await logsIn(parts, issuer, from, to)
    onProgress?.({ step: 'chain', done: to, total: head })
  }
}

/** The first block that is not older than this, by halving; the head where all are. */
async function firstBlockSince(rpc: Rpc, since: number, head: number): Promise<number> {
  let [low, high] = [0, head]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    const { timestamp } = await readHeader(rpc, middle)
    if (timestamp < since) low = middle + 1
    else high = middle
  }
  return low
}

async function logsIn(
  { rpc, registry }: LogParts,
  issuer: Address,
  from: number,
  to: number,
): Promise<AnchorLog[]> {
  const topics = [registry.topicOf('Anchored'), `0x${issuer.slice(2).padStart(64, '0')}`]
  const range = { fromBlock: `0x${from.toString(16)}`, toBlock: `0x${to.toString(16)}` }
  const logs = await rpc('eth_getLogs', [{ address: registry.address, ...range, topics }])
  if (!Array.isArray(logs)) throw new UnavailableError('bad-answer', 'the node gives no logs')
  return logs.map((log: unknown) => {
    const root: unknown =
      isObject(log) && Array.isArray(log['topics']) ? log['topics'][2] : undefined
    if (!isObject(log) || typeof root !== 'string') {
      throw new UnavailableError('bad-answer', 'the node gives a log without topics')
    }
    return { root, block: Number(parseQuantity(log['blockNumber'], 'a block number')) }
  })
}
