/** What a transaction offers to pay (EIP-1559), always under a hard cap. */

import { RpcError } from '../../node/rpc.ts'
import type { Rpc } from '../../node/rpc.ts'
import { parseQuantity } from './answers.ts'
import { readHeader } from './network.ts'

/** Wei per gas. */
export type Fees = { readonly maxFeePerGas: bigint; readonly maxPriorityFeePerGas: bigint }

const DEFAULT_TIP = 1_000_000_000n

/** Twice the base fee and a tip, as the node sees them now; never above the cap, whatever the node says. */
export async function suggestFees(rpc: Rpc, cap: bigint): Promise<Fees> {
  const { baseFee } = await readHeader(rpc, 'latest')
  const tip = await rpc('eth_maxPriorityFeePerGas').then(
    (value) => parseQuantity(value, 'a priority fee'),
    (error: unknown) => {
      if (error instanceof RpcError) return DEFAULT_TIP
      throw error
    },
  )
  return capped({ maxFeePerGas: 2n * baseFee + tip, maxPriorityFeePerGas: tip }, cap)
}

/**
 * Fees that replace a stuck transaction: pools want a tenth more of both, we give an eighth and no less than the
 * market. Undefined where the cap forbids it: then the transaction waits.
 */
export function raisedFees(before: Fees, market: Fees, cap: bigint): Fees | undefined {
  const raise = (fee: bigint, wanted: bigint): bigint => {
    const least = (fee * 9n + 7n) / 8n + 1n
    return least > wanted ? least : wanted
  }
  const maxFeePerGas = raise(before.maxFeePerGas, market.maxFeePerGas)
  const raised = {
    maxFeePerGas,
    maxPriorityFeePerGas: raise(before.maxPriorityFeePerGas, market.maxPriorityFeePerGas),
  }
  return maxFeePerGas > cap ? undefined : capped(raised, cap)
}

function capped(fees: Fees, cap: bigint): Fees {
  const maxFeePerGas = fees.maxFeePerGas < cap ? fees.maxFeePerGas : cap
  const tip = fees.maxPriorityFeePerGas
  return { maxFeePerGas, maxPriorityFeePerGas: tip < maxFeePerGas ? tip : maxFeePerGas }
}
