/** Where batches are anchored, as the issuing service sees it. */

import { invariant } from '../../src/index.ts'
import type { Address, BatchRoot } from '../../src/index.ts'

/**
 * What keeps a batch from its anchor. `provider-down`, `no-funds` and `fee-cap` pass when somebody helps; `wrong-chain`,
 * `signer` (it does not sign, or something else) and `refused` (the registry: operator removed, closed) end the attempt.
 */
export const TROUBLES = [
  'provider-down',
  'wrong-chain',
  'no-funds',
  'fee-cap',
  'signer',
  'refused',
] as const
export type Trouble = (typeof TROUBLES)[number]

/** Reads back what a store keeps. */
export function parseTrouble(text: string): Trouble {
  const trouble = TROUBLES.find((one) => one === text)
  invariant(trouble !== undefined, 'a trouble has a known code')
  return trouble
}

/** A batch on its way to the chain, under the lease of whoever works on it. */
export type AnchorRequest = {
  readonly batchId: string
  readonly lease: string
  readonly issuer: Address
  readonly root: BatchRoot
  readonly size: number
  /** Called at every look at the chain; it renews the lease, and its failure stops the wait. */
  readonly onPoll: () => Promise<void>
  /** Called once, when the anchor stands and only its finality is waited for. */
  readonly onStanding: () => void
  /** Called with what is in the way, and with undefined once nothing is. */
  readonly onTrouble?: (trouble: Trouble | undefined) => Promise<void>
}

export type FinalAnchor = {
  /** Seconds since 1970, of the anchoring block. */
  readonly anchoredAt: number
  readonly operator: Address
  readonly transaction: string | undefined
}

/** Where roots are anchored. */
export type AnchorPort = {
  /**
   * Resolves when the root stands in the registry and is final; the transaction is in the store before it is sent.
   * Called again for the same batch it continues. Throws `UnavailableError`: `refused` where the chain never will.
   */
  anchor(request: AnchorRequest): Promise<FinalAnchor>
}
