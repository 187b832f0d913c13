/** What an operator key can still pay for. */

import type { Rpc } from '../../node/rpc.ts'
import type { Address } from '../../src/index.ts'
import { parseQuantity } from './answers.ts'
import { suggestFees } from './fees.ts'
import { readHeader } from './network.ts'

export type Funds = {
  /** Wei. */
  readonly balance: bigint
  /** Wei per gas. */
  readonly baseFee: bigint
  /** Wei, at the fee that would be offered now. */
  readonly feePerAnchor: bigint
  readonly anchorsLeft: bigint
  readonly isLow: boolean
  /** Nothing is mined under the cap as long as this lasts. */
  readonly isFeeAboveCap: boolean
}

/** An anchor by an operator (DESIGN section 3). */
const GAS_PER_ANCHOR = 50_000n
const FEW_ANCHORS = 10n

export async function readFunds(
  rpc: Rpc,
  address: Address,
  { maxFeePerGas }: { readonly maxFeePerGas: bigint },
): Promise<Funds> {
  const { baseFee } = await readHeader(rpc, 'latest')
  const fees = await suggestFees(rpc, maxFeePerGas)
  const balance = parseQuantity(await rpc('eth_getBalance', [address, 'latest']), 'a balance')
  const feePerAnchor = fees.maxFeePerGas * GAS_PER_ANCHOR
  const anchorsLeft = feePerAnchor === 0n ? balance : balance / feePerAnchor
  const isLow = anchorsLeft < FEW_ANCHORS
  return {
    balance,
    baseFee,
    feePerAnchor,
    anchorsLeft,
    isLow,
    isFeeAboveCap: baseFee > maxFeePerGas,
  }
}
