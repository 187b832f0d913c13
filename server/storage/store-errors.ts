/** What a store refuses because of who asks, or of how a batch stands. */

import type { BatchState } from '../issuance/types.ts'

/** The lease of the batch is another's: stop, and touch nothing. */
export class LeaseLostError extends Error {
  override readonly name = 'LeaseLostError'
}

/** The idempotency key was used for another request. */
export class IdempotencyError extends Error {
  override readonly name = 'IdempotencyError'
}

/** A batch is not in the state that a verb starts from. */
export class StateError extends Error {
  override readonly name = 'StateError'
  readonly state: BatchState | 'missing'

  constructor(state: BatchState | 'missing', message: string) {
    super(message)
    this.state = state
  }
}
