/** What a signer keeps of its transactions: which of them are still open, sending them again, settling what is final. */

import type { Address } from '../../src/index.ts'
import type { PendingTransaction, Store } from '../storage/store.ts'
import { checkIdentity } from './network.ts'
import type { ChainIdentity } from './network.ts'
import { RpcError } from '../../node/rpc.ts'
import { isObject, parseQuantity } from './answers.ts'
import type { Rpc } from '../../node/rpc.ts'
import { troubleOfSending } from './trouble.ts'

export type KeptParts = {
  readonly rpc: Rpc
  readonly store: Pick<Store, 'pendingTransactions' | 'settleTransaction' | 'reviveTransactions'>
  readonly chain: ChainIdentity
}

/** What is kept for this signer and not settled, in the order of nonces. */
export async function keptBy(
  { store, chain }: Pick<KeptParts, 'store' | 'chain'>,
  signer: Address,
): Promise<PendingTransaction[]> {
  const kept = await store.pendingTransactions(chainName(chain), signer)
  return kept.toSorted((a, b) => a.nonce - b.nonce)
}

/** Sends the dearest transaction of every kept nonce up to this one: a gap before it would hold it up for ever. */
export async function broadcastUpTo(
  { rpc, store }: Pick<KeptParts, 'rpc' | 'store'>,
  last: PendingTransaction,
): Promise<void> {
  await reviveLost({ rpc, store }, last.chain, last.signer)
  for (const pending of await store.pendingTransactions(last.chain, last.signer)) {
    if (pending.nonce <= last.nonce) await broadcast(rpc, pending)
  }
}

/**
 * Makes pending again what was settled and is in the chain no more: it lost blocks, or was reorganised beyond finality.
 * Where a node only lags, what it is sent again is known to others, and settled a second time.
 */
export async function reviveLost(
  { rpc, store }: Pick<KeptParts, 'rpc' | 'store'>,
  chain: string,
  signer: string,
): Promise<number> {
  return store.reviveTransactions(chain, signer, await countOf(rpc, signer, 'latest'))
}

async function broadcast(rpc: Rpc, pending: PendingTransaction): Promise<void> {
  const last = pending.signed.at(-1)
  if (last === undefined) return
  try {
    await rpc('eth_sendRawTransaction', [last.raw])
  } catch (cause) {
    if (!(cause instanceof RpcError)) throw cause
    const trouble = troubleOfSending(cause)
    if (trouble !== undefined) throw trouble
  }
}

/** Sends again what is kept for this signer and not final; settles what is. It needs no key: the bytes are signed. */
export async function tendTransactions(parts: KeptParts, signer: Address): Promise<void> {
  const { rpc, store, chain } = parts
  await checkIdentity(rpc, chain)
  await reviveLost(parts, chainName(chain), signer)
  const final = await countOf(rpc, signer, 'finalized')
  for (const pending of await keptBy(parts, signer)) {
    if (pending.nonce >= final) await broadcast(rpc, pending)
    else {
      const mined = await minedHash(rpc, pending, true)
      await store.settleTransaction(pending, mined === undefined ? 'lost' : 'settled')
    }
  }
}

/** The hash that was mined; where none was (another's transaction led there first), the last sent, unless `strict`. */
export async function minedHash(
  rpc: Rpc,
  pending: PendingTransaction | undefined,
  strict = false,
): Promise<string | undefined> {
  for (const { hash } of pending?.signed ?? []) {
    if (isObject(await rpc('eth_getTransactionReceipt', [hash]))) return hash
  }
  return strict ? undefined : pending?.signed.at(-1)?.hash
}

/** How many transactions of the signer are in the chain, up to a block. */
export async function countOf(
  rpc: Rpc,
  signer: string,
  tag: 'latest' | 'finalized',
): Promise<number> {
  const count = await rpc('eth_getTransactionCount', [signer, tag])
  return Number(parseQuantity(count, 'a transaction count'))
}

/** Test networks share numbers: the store names a chain by its first block too. */
export function chainName({ chainId, genesis }: ChainIdentity): string {
  return `${chainId}:${genesis}`
}
