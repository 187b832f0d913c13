import type { Address, BatchRoot } from '../../src/index.ts'

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
