/**
 * Transactions of one key, as intents that end in a state of the chain and not in a receipt: planned, signed and kept
 * before anything is sent; sent again for as long as the state is not there; replaced with a dearer one when stuck.
 */

import { RpcError } from '../../node/rpc.ts'
import { UnavailableError } from '../../src/index.ts'
import type { Address } from '../../src/index.ts'
import type { Key } from '../keys/keystore.ts'
import type { PendingTransaction, Store } from '../storage/store.ts'
import { raisedFees, suggestFees } from './fees.ts'
import { checkIdentity } from './network.ts'
import { broadcastUpTo, chainName, countOf, keptBy, minedHash, tendTransactions } from './kept.ts'
import type { KeptParts } from './kept.ts'
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
  /**
   * Where another call may lead away again from where this one leads: what was kept before for other purposes comes to
   * its end first, or it would undo on some later day what is answered as done today.
   */
  readonly isReversible?: boolean
  readonly batch?: { readonly id: string; readonly lease: string }
  /** Called at every look at the chain, to keep leases alive. */
  readonly onPoll?: () => Promise<void>
}

export type SenderParts = KeptParts & {
  readonly store: Pick<Store, 'planTransaction' | 'addReplacement'>
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
  const kept = await keptBy(parts, parts.key.address)
  const attempt = attemptOf(kept.find(({ intent }) => intent === call.intent))
  const earlier = call.isReversible === true ? kept.filter((one) => one !== attempt.pending) : []
  const attempts = earlier.map(attemptOf)
  for (;;) {
    try {
      await checkIdentity(parts.rpc, parts.chain)
      if (!(await isHeldUp(parts, attempts))) {
        if (await call.isDone()) return await minedHash(parts.rpc, attempt.pending)
        await press(parts, call, attempt)
      }
    } catch (error) {
      const isPassing = error instanceof UnavailableError && error.code !== 'refused'
      if (!isPassing || now() > deadline) throw error
    }
    if (now() > deadline) throw new UnavailableError('timeout', 'the transaction is not mined')
    await call.onPoll?.()
    await sleep(limits.pollMs)
  }
}

/** A transaction on its way, if it is planned, and when it was sent, milliseconds since 1970; 0 for never. */
type Attempt<Pending = PendingTransaction | undefined> = {
  pending: Pending
  firstSentAt: number
  lastSentAt: number
}

function attemptOf<Pending>(pending: Pending): Attempt<Pending> {
  return { pending, firstSentAt: 0, lastSentAt: 0 }
}

/** Whether one of these is not in the chain yet; the first such is pushed on, and dropped from the list once it is. */
async function isHeldUp(
  parts: SenderParts,
  attempts: Attempt<PendingTransaction>[],
): Promise<boolean> {
  for (const first of [...attempts]) {
    if (!(await isUsedUp(parts, first.pending))) {
      await push(parts, first)
      return true
    }
    attempts.shift()
  }
  return false
}

/** One more push towards the call's state: plan, push, or give up a nonce that went elsewhere. */
async function press(parts: SenderParts, call: Call, attempt: Attempt): Promise<void> {
  const pending = attempt.pending ?? (await plan(parts, call))
  attempt.pending = pending
  if (!(await isUsedUp(parts, pending))) {
    await push(parts, Object.assign(attempt, { pending }))
    return
  }
  // Mined between the look at the state and the count: then the state is there now.
  if (await call.isDone()) return
  await settle(parts, pending)
  Object.assign(attempt, attemptOf(undefined))
}

/** Sends what is planned: for the first time, again for pools that forget, or dearer where it is stuck. */
async function push(parts: SenderParts, attempt: Attempt<PendingTransaction>): Promise<void> {
  const { now, limits } = parts
  if (attempt.firstSentAt > 0 && now() - attempt.firstSentAt > limits.stuckAfterMs) {
    const pending = await replaced(parts, attempt.pending)
    Object.assign(attempt, attemptOf(pending))
  }
  if (now() - attempt.lastSentAt < limits.resendMs) return
  await broadcastUpTo(parts, attempt.pending)
  attempt.lastSentAt = now()
  if (attempt.firstSentAt === 0) attempt.firstSentAt = attempt.lastSentAt
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
