/** What is to be sent and for how much: planned and signed before anything is sent, raised where it is stuck. */

import { RpcError } from '../../node/rpc.ts'
import { invariant } from '../../src/index.ts'
import type { Trouble } from '../issuance/anchor-port.ts'
import type { Signer } from '../keys/signer.ts'
import type { PendingTransaction, SignedTransaction, Store } from '../storage/store.ts'
import { parseQuantity } from './answers.ts'
import { raisedFees, suggestFees } from './fees.ts'
import { chainName, countOf, keptBy } from './kept.ts'
import type { KeptParts } from './kept.ts'
import { callOf, signTransaction } from './sign.ts'
import { TroubleError, troubleOfCall } from './trouble.ts'

export type SendLimits = {
  /** Wei; no transaction ever offers more. */
  readonly maxFeePerGas: bigint
  readonly pollMs: number
  /** Pools forget: what is not mined is sent again so often. */
  readonly resendMs: number
  /** A transaction that is not mined for so long is replaced. */
  readonly stuckAfterMs: number
  /** The longest pause after failures. */
  readonly longestPauseMs: number
  /** So long without any answer or any progress, `send` gives up; what is kept is continued later. */
  readonly giveUpAfterMs: number
}

export const SEND_LIMITS: SendLimits = {
  maxFeePerGas: 200_000_000_000n,
  pollMs: 500,
  resendMs: 10_000,
  stuckAfterMs: 60_000,
  longestPauseMs: 15_000,
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
  /** Called with what is in the way, and with undefined once nothing is. */
  readonly onTrouble?: ((trouble: Trouble | undefined) => Promise<void>) | undefined
}

export type SenderParts = KeptParts & {
  readonly store: Pick<Store, 'planTransaction' | 'addReplacement'>
  readonly signer: Signer
  readonly limits: SendLimits
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly sleep: (milliseconds: number) => Promise<unknown>
}

const MAX_GAS = 16_777_216n

/** The bytes were signed for another nonce than the store gives now. */
class OtherNonce extends Error {
  readonly nonce: number

  constructor(nonce: number) {
    super(`nonce ${nonce} is the next`)
    this.nonce = nonce
  }
}

/**
 * Plans a transaction. Signing may take a while and may fail, so it is done outside the store's transaction, for the
 * nonce that this gave last; where another worker was faster nothing happened in it, and the next is signed. No nonce is
 * ever taken without bytes that can be sent.
 */
export async function plan(parts: SenderParts, call: Call): Promise<PendingTransaction> {
  const { rpc, store, signer, chain, limits, now } = parts
  const { intent, to, data, batch } = call
  const gasLimit = await estimate(parts, call)
  const fees = await suggestFees(rpc, limits.maxFeePerGas)
  const chainNonce = await countOf(rpc, signer.address, 'latest')
  const plan = { chain: chainName(chain), signer: signer.address, intent, chainNonce, now: now() }
  let signed: { readonly nonce: number; readonly transaction: SignedTransaction } | undefined
  for (let attempt = 0; attempt < MOST_SIGNATURES; attempt += 1) {
    try {
      return await store.planTransaction(
        { ...plan, ...(batch === undefined ? {} : { batch }) },
        (nonce) => {
          if (signed?.nonce !== nonce) throw new OtherNonce(nonce)
          return signed.transaction
        },
      )
    } catch (error) {
      if (!(error instanceof OtherNonce)) throw error
      const { nonce } = error
      const unsigned = { chainId: chain.chainId, nonce, to, data, gasLimit }
      signed = { nonce, transaction: await signTransaction(unsigned, fees, signer) }
      await call.onPoll?.()
    }
  }
  throw new TroubleError('provider-down', 'timeout', 'others take every nonce first')
}

/** Workers of one key that may each be faster. */
const MOST_SIGNATURES = 200

async function estimate({ rpc, signer }: SenderParts, { to, data }: Call): Promise<bigint> {
  try {
    const gas = parseQuantity(
      await rpc('eth_estimateGas', [{ from: signer.address, to, data }]),
      'gas',
    )
    const room = (gas * 6n) / 5n
    return room < MAX_GAS ? room : MAX_GAS
  } catch (cause) {
    if (!(cause instanceof RpcError)) throw cause
    throw troubleOfCall(cause)
  }
}

/**
 * Keeps a dearer transaction of this nonce and of every earlier one that holds it up, whoever planned it. Gives the
 * last; undefined where the cap forbids to raise one of them.
 */
export async function raiseUpTo(
  parts: SenderParts,
  last: PendingTransaction,
): Promise<PendingTransaction | undefined> {
  const { rpc, store, signer, limits } = parts
  const mined = await countOf(rpc, signer.address, 'latest')
  const market = await suggestFees(rpc, limits.maxFeePerGas)
  let raised: PendingTransaction | undefined
  for (const pending of await keptBy(parts, signer.address)) {
    if (pending.nonce < mined || pending.nonce > last.nonce) continue
    const before = pending.signed.at(-1)
    invariant(before !== undefined, 'what is kept is signed')
    const fees = raisedFees(before, market, limits.maxFeePerGas)
    if (fees === undefined) return undefined
    const signed = await signTransaction(callOf(before), fees, signer)
    raised = await store.addReplacement(pending, signed)
  }
  return raised ?? last
}
