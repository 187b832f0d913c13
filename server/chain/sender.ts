/**
 * Transactions of one key, as intents that end in a state of the chain and not in a receipt: planned, signed and kept
 * before anything is sent; sent again for as long as the state is not there; replaced with a dearer one when stuck.
 */

import type { Address } from '../../src/index.ts'
import type { PendingTransaction } from '../storage/store.ts'
import { isObject } from './answers.ts'
import {
  broadcastUpTo,
  chainName,
  countOf,
  keptBy,
  minedHash,
  reviveLost,
  tendTransactions,
} from './kept.ts'
import { checkIdentity } from './network.ts'
import { until } from './patience.ts'
import { plan, raiseUpTo } from './plan.ts'
import type { Call, SenderParts } from './plan.ts'
import { TroubleError } from './trouble.ts'

export { SEND_LIMITS } from './plan.ts'
export type { Call, SenderParts, SendLimits } from './plan.ts'

export type Sender = {
  readonly address: Address
  /** Resolves when the call's state is there, with the hash of the transaction that led to it or was sent last. */
  send(call: Call): Promise<string | undefined>
  /** Sends again what is kept and not final; settles what is. */
  tend(): Promise<void>
}

export function senderOf(parts: SenderParts): Sender {
  return {
    address: parts.signer.address,
    send: (call) => send(parts, call),
    tend: () => tendTransactions(parts, parts.signer.address),
  }
}

async function send(parts: SenderParts, call: Call): Promise<string | undefined> {
  const { now, limits, sleep } = parts
  const { address } = parts.signer
  let attempt: Attempt | undefined
  let attempts: Attempt<PendingTransaction>[] = []
  const look = async (): Promise<{ hash: string | undefined } | undefined> => {
    await checkIdentity(parts.rpc, parts.chain)
    if (attempt === undefined) {
      await reviveLost(parts, chainName(parts.chain), address)
      const kept = await keptBy(parts, address)
      const own = attemptOf(kept.find(({ intent }) => intent === call.intent))
      if (call.isReversible === true) {
        attempts = kept.filter((one) => one !== own.pending).map(attemptOf)
      }
      attempt = own
    }
    if (await isHeldUp(parts, attempts)) return undefined
    if (await call.isDone()) return { hash: await minedHash(parts.rpc, attempt.pending) }
    await press(parts, call, attempt)
    return undefined
  }
  const patience = { ...limits, isBounded: true, now, sleep }
  return (await until(patience, call, look)).hash
}

/** A transaction on its way, if it is planned, and when it was sent, milliseconds since 1970; 0 for never. */
type Attempt<Pending = PendingTransaction | undefined> = {
  pending: Pending
  firstSentAt: number
  lastSentAt: number
  /** The node said that the fee is below that of the chain: it is raised at once. */
  isTooCheap: boolean
}

function attemptOf<Pending>(pending: Pending): Attempt<Pending> {
  return { pending, firstSentAt: 0, lastSentAt: 0, isTooCheap: false }
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
  const isStuck = attempt.firstSentAt > 0 && now() - attempt.firstSentAt > limits.stuckAfterMs
  let isAtCap = false
  if (isStuck || attempt.isTooCheap) {
    const raised = await raiseUpTo(parts, attempt.pending)
    isAtCap = raised === undefined
    if (raised !== undefined) Object.assign(attempt, attemptOf(raised))
  }
  if (attempt.lastSentAt === 0 || now() - attempt.lastSentAt >= limits.resendMs) {
    try {
      await broadcastUpTo(parts, attempt.pending)
    } catch (error) {
      attempt.isTooCheap = error instanceof TroubleError && error.trouble === 'fee-cap'
      // The next look raises the fee: it is the cap that is in the way only where that did not help.
      if (!attempt.isTooCheap || isAtCap) throw error
      return
    }
    attempt.lastSentAt = now()
    if (attempt.firstSentAt === 0) attempt.firstSentAt = attempt.lastSentAt
  }
  if (isAtCap) throw new TroubleError('fee-cap', 'refused', 'the fee would have to pass its cap')
}

/** Whether the nonce went to some transaction, ours or not, that did not lead where the call leads. */
async function isUsedUp(parts: SenderParts, { nonce }: PendingTransaction): Promise<boolean> {
  return (await countOf(parts.rpc, parts.signer.address, 'latest')) > nonce
}

async function settle(parts: SenderParts, pending: PendingTransaction): Promise<void> {
  const { store, rpc } = parts
  for (const { hash } of pending.signed) {
    const receipt = await rpc('eth_getTransactionReceipt', [hash])
    if (!isObject(receipt)) continue
    await store.settleTransaction(pending, 'settled')
    if (receipt['status'] === '0x0') {
      throw new TroubleError('refused', 'refused', `the chain reverted the transaction ${hash}`)
    }
    return
  }
  await store.settleTransaction(pending, 'lost')
}
