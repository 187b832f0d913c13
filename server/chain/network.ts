/** Which chain a node serves, and where its head and its finality stand. */

import type { Rpc } from '../../node/rpc.ts'
import { UnavailableError } from '../../src/index.ts'
import { TroubleError } from './trouble.ts'
import { isObject, parseBytes, parseQuantity } from './answers.ts'

/** A chain is its number and its first block: test networks share numbers. */
export type ChainIdentity = { readonly chainId: string; readonly genesis: string }

export type Header = {
  readonly number: number
  readonly timestamp: number
  readonly baseFee: bigint
}

/** What the node says it is. */
export async function readIdentity(rpc: Rpc): Promise<ChainIdentity> {
  const [chainId, genesis] = await Promise.all([
    rpc('eth_chainId'),
    rpc('eth_getBlockByNumber', ['0x0', false]),
  ])
  if (!isObject(genesis)) throw new UnavailableError('bad-answer', 'the node has no first block')
  return {
    chainId: parseQuantity(chainId, 'eth_chainId').toString(),
    genesis: parseBytes(genesis['hash'], 'the hash of block 0'),
  }
}

/** Throws `UnavailableError` `refused` where the node serves another chain: nothing is signed for it or read from it. */
export async function checkIdentity(rpc: Rpc, expected: ChainIdentity): Promise<void> {
  const found = await readIdentity(rpc)
  if (found.chainId === expected.chainId && found.genesis === expected.genesis) return
  const message = `the node serves chain ${found.chainId} from ${found.genesis}, not ${expected.chainId} from ${expected.genesis}`
  throw new TroubleError('wrong-chain', 'refused', message)
}

export async function readHeader(rpc: Rpc, tag: 'latest' | 'finalized' | number): Promise<Header> {
  const named = typeof tag === 'number' ? `0x${tag.toString(16)}` : tag
  const block = await rpc('eth_getBlockByNumber', [named, false])
  if (!isObject(block)) throw new UnavailableError('bad-answer', `the node has no ${tag} block`)
  return {
    number: Number(parseQuantity(block['number'], 'a block number')),
    timestamp: Number(parseQuantity(block['timestamp'], 'a block time')),
    baseFee: parseQuantity(block['baseFeePerGas'] ?? '0x0', 'a base fee'),
  }
}
