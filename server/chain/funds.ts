/** What a key can still pay for, and whether the network asks for more than the cap. */

import type { Rpc } from '../../node/rpc.ts'
import type { Address } from '../../src/index.ts'
import { parseQuantity } from './answers.ts'
import { suggestFees } from './fees.ts'
import { readHeader } from './network.ts'

/** Amounts in wei. */
export type Funds = {
  readonly balance: bigint
  readonly baseFee: bigint
  /** What a node wants to see on the account before it takes an anchor: the gas limit times the fee that is offered. */
  readonly feePerAnchor: bigint
  readonly anchorsLeft: bigint
  /** Fewer anchors are left than the alarm's threshold. */
  readonly isLow: boolean
  /** Nothing is mined under the cap: batches wait until the network asks for less, or the cap is raised. */
  readonly isFeeAboveCap: boolean
}

/** An anchor takes 49,533 gas, and a fifth more is offered (`contracts/`, `sender.ts`). */
const ANCHOR_GAS = 60_000n
export const ANCHORS_LEFT_ALARM = 20

/**
 * Reads balance and fees at the node's head.
 * @param limits the cap on the fee, wei per gas; how many anchors must be left for no alarm
 * @throws UnavailableError, RpcError
 */
export async function readFunds(
  rpc: Rpc,
  address: Address,
  limits: { readonly maxFeePerGas: bigint; readonly anchorsLeft?: number },
): Promise<Funds> {
  const { maxFeePerGas, anchorsLeft: least = ANCHORS_LEFT_ALARM } = limits
  const [answer, { baseFee }, fees] = await Promise.all([
    rpc('eth_getBalance', [address, 'latest']),
    readHeader(rpc, 'latest'),
    suggestFees(rpc, maxFeePerGas),
  ])
  const balance = parseQuantity(answer, 'a balance')
  const feePerAnchor = ANCHOR_GAS * fees.maxFeePerGas
  const anchorsLeft = feePerAnchor === 0n ? balance : balance / feePerAnchor
  return {
    balance,
    baseFee,
    feePerAnchor,
    anchorsLeft,
    isLow: anchorsLeft < BigInt(least),
    isFeeAboveCap: baseFee > maxFeePerGas,
  }
}
