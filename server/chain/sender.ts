/**
 * Transactions of one key, as intents that end in a state of the chain and not in a receipt: planned, signed and kept
 * before anything is sent; sent again for as long as the state is not there; replaced with a dearer one when stuck.
 */

import { RpcError } from '../../node/rpc.ts'
import type { Rpc } from '../../node/rpc.ts'
import { UnavailableError } from '../../src/index.ts'
import type { Address } from '../../src/index.ts'
import type { Key } from '../keys/keystore.ts'
import type { PendingTransaction, Store } from '../storage/store.ts'
import { raisedFees, suggestFees } from './fees.ts'
import { checkIdentity } from './network.ts'
import type { ChainIdentity } from './network.ts'
import { isObject, parseQuantity } from './answers.ts'
import { callOf, signTransaction } from './sign.ts'

export type SendLimits = {
  /** Wei; no transaction ever offers more. */
  readonly maxFeePerGas: bigint
  readonly pollMs: number
  /** Pools forget: what is not mined is sent again so often. */
  readonly resendMs: number
  /** A transaction that is not mined for so long is replaced. */
  readonly stuckAfterMs: number
  /** So long without any answer or any progress, `send` gives up; what is kept is continued later. */
  readonly giveUpAfterMs: number
}

export const SEND_LIMITS: SendLimits = {
  maxFeePerGas: 200_000_000_000n,
  pollMs: 500,
  resendMs: 10_000,
  stuckAfterMs: 60_000,
  giveUpAfterMs: 30 * 60_000,
}

export type Call = {
  /** Names the purpose: a second `send` of it continues the first. */
  readonly intent: string
  readonly to: string
  readonly data: string
  /** Whether the chain is where the call leads: nothing is sent when it is, and receipts do not matter. */
  readonly isDone: () => Promise<boolean>
  readonly batch?: { readonly id: string; readonly lease: string }
  /** Called at every look at the chain, to keep leases alive. */
  readonly onPoll?: () => Promise<void>
}

export type SenderParts = {
  readonly rpc: Rpc
  readonly store: Pick<
    Store,
    'planTransaction' | 'addReplacement' | 'pendingTransactions' | 'settleTransaction'
  >
  readonly chain: ChainIdentity
  readonly key: Key
  readonly limits: SendLimits
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly sleep: (milliseconds: number) => Promise<unknown>
}

export type Sender = {
  readonly address: Address
  /** Resolves when the call's state is there, with the hash of the transaction that led to it or was sent last. */
  send(call: Call): Promise<string | undefined>
  /** Sends again what is kept and not final; settles what is. */
  tend(): Promise<void>
}

const MAX_GAS = 16_777_216n

export function senderOf(parts: SenderParts): Sender {
  return {
    address: parts.key.address,
    send: (call) => send(parts, call),
    tend: () => tendTransactions(parts, parts.key.address),
  }
}

async function send(parts: SenderParts, call: Call): Promise<string | undefined> {
  const { now, limits, sleep } = parts
  const deadline = now() + limits.giveUpAfterMs
  const attempt: Attempt = { pending: await known(parts, call), firstSentAt: 0, lastSentAt: 0 }
  for (;;) {
    try {
      await checkIdentity(parts.rpc, parts.chain)
      if (await call.isDone()) return await minedHash(parts.rpc, attempt.pending)
      await press(parts, call, attempt)
    } catch (error) {
      const isPassing = error instanceof UnavailableError && error.code !== 'refused'
      if (!isPassing || now() > deadline) throw error
    }
    if (now() > deadline) throw new UnavailableError('timeout', 'the transaction is not mined')
    await call.onPoll?.()
    await sleep(limits.pollMs)
  }
}

type Attempt = {
  pending: PendingTransaction | undefined
  firstSentAt: number
  lastSentAt: number
}

/** One more push towards the call's state: plan, send, send again, replace, or give up a nonce that went elsewhere. */
async function press(parts: SenderParts, call: Call, attempt: Attempt): Promise<void> {
  const { now, limits } = parts
  attempt.pending ??= await plan(parts, call)
  if (await isUsedUp(parts, attempt.pending)) {
    // Mined between the look at the state and the count: then the state is there now.
    if (await call.isDone()) return
    await settle(parts, attempt.pending)
    Object.assign(attempt, { pending: undefined, firstSentAt: 0, lastSentAt: 0 })
    return
  }
  if (attempt.firstSentAt > 0 && now() - attempt.firstSentAt > limits.stuckAfterMs) {
    attempt.pending = await replaced(parts, attempt.pending)
    Object.assign(attempt, { firstSentAt: 0, lastSentAt: 0 })
  }
  if (now() - attempt.lastSentAt < limits.resendMs) return
  await broadcastUpTo(parts, attempt.pending)
  attempt.lastSentAt = now()
  if (attempt.firstSentAt === 0) attempt.firstSentAt = attempt.lastSentAt
}

async function known(parts: SenderParts, call: Call): Promise<PendingTransaction | undefined> {
  const { store, chain, key } = parts
  const all = await store.pendingTransactions(chainName(chain), key.address)
  return all.find(({ intent }) => intent === call.intent)
}

async function plan(parts: SenderParts, call: Call): Promise<PendingTransaction> {
  const { rpc, store, key, chain, limits, now } = parts
  const { intent, to, data, batch } = call
  const gasLimit = await estimate(parts, call)
  const fees = await suggestFees(rpc, limits.maxFeePerGas)
  const chainNonce = await countOf(rpc, key.address, 'latest')
  const plan = { chain: chainName(chain), signer: key.address, intent, chainNonce, now: now() }
  return store.planTransaction({ ...plan, ...(batch === undefined ? {} : { batch }) }, (nonce) =>
    signTransaction({ chainId: chain.chainId, nonce, to, data, gasLimit }, fees, key),
  )
}

async function estimate({ rpc, key }: SenderParts, { to, data }: Call): Promise<bigint> {
  try {
    const gas = parseQuantity(
      await rpc('eth_estimateGas', [{ from: key.address, to, data }]),
      'gas',
    )
    const room = (gas * 6n) / 5n
    return room < MAX_GAS ? room : MAX_GAS
  } catch (cause) {
    if (!(cause instanceof RpcError)) throw cause
    throw new UnavailableError('refused', 'the chain refuses the call', { cause })
  }
}

/** Whether the nonce went to some transaction, ours or not, that did not lead where the call leads. */
async function isUsedUp(parts: SenderParts, { nonce }: PendingTransaction): Promise<boolean> {
  return (await countOf(parts.rpc, parts.key.address, 'latest')) > nonce
}

async function settle(parts: SenderParts, pending: PendingTransaction): Promise<void> {
  const { store, rpc } = parts
  for (const { hash } of pending.signed) {
    const receipt = await rpc('eth_getTransactionReceipt', [hash])
    if (!isObject(receipt)) continue
    await store.settleTransaction(pending, 'settled')
    if (receipt['status'] === '0x0') {
      throw new UnavailableError('refused', `the chain reverted the transaction ${hash}`)
    }
    return
  }
  await store.settleTransaction(pending, 'lost')
}

async function replaced(
  parts: SenderParts,
  pending: PendingTransaction,
): Promise<PendingTransaction> {
  const last = pending.signed.at(-1)
  const market = await suggestFees(parts.rpc, parts.limits.maxFeePerGas)
  const fees = last && raisedFees(last, market, parts.limits.maxFeePerGas)
  if (last === undefined || fees === undefined) return pending
  return parts.store.addReplacement(pending, signTransaction(callOf(last), fees, parts.key))
}

/** Sends the dearest transaction of every kept nonce up to this one: a gap before it would hold it up for ever. */
async function broadcastUpTo(parts: SenderParts, last: PendingTransaction): Promise<void> {
  for (const pending of await parts.store.pendingTransactions(last.chain, last.signer)) {
    if (pending.nonce <= last.nonce) await broadcast(parts.rpc, pending)
  }
}

/** Refusals that mean the node has it, or had it: what counts is then the state of the chain. */
const KNOWN = /already known|already imported|already exists|nonce too low|underpriced/i

async function broadcast(rpc: Rpc, pending: PendingTransaction): Promise<void> {
  const last = pending.signed.at(-1)
  if (last === undefined) return
  try {
    await rpc('eth_sendRawTransaction', [last.raw])
  } catch (cause) {
    if (!(cause instanceof RpcError)) throw cause
    if (KNOWN.test(cause.message)) return
    throw new UnavailableError('refused', `the node refuses the transaction: ${cause.message}`, {
      cause,
    })
  }
}

/** Sends again what is kept for this signer and not final; settles what is. It needs no key: the bytes are signed. */
export async function tendTransactions(
  { rpc, store, chain }: Pick<SenderParts, 'rpc' | 'store' | 'chain'>,
  signer: Address,
): Promise<void> {
  await checkIdentity(rpc, chain)
  const final = await countOf(rpc, signer, 'finalized')
  for (const pending of await store.pendingTransactions(chainName(chain), signer)) {
    if (pending.nonce >= final) await broadcast(rpc, pending)
    else {
      const mined = await minedHash(rpc, pending, true)
      await store.settleTransaction(pending, mined === undefined ? 'lost' : 'settled')
    }
  }
}

/** The hash that was mined; where none was (another's transaction led there first), the last sent, unless `strict`. */
async function minedHash(
  rpc: Rpc,
  pending: PendingTransaction | undefined,
  strict = false,
): Promise<string | undefined> {
  for (const { hash } of pending?.signed ?? []) {
    if (isObject(await rpc('eth_getTransactionReceipt', [hash]))) return hash
  }
  return strict ? undefined : pending?.signed.at(-1)?.hash
}

async function countOf(rpc: Rpc, signer: Address, tag: 'latest' | 'finalized'): Promise<number> {
  const count = await rpc('eth_getTransactionCount', [signer, tag])
  return Number(parseQuantity(count, 'a transaction count'))
}

function chainName({ chainId, genesis }: ChainIdentity): string {
  return `${chainId}:${genesis}`
}
