/**
 * Changes that wait for the chain: kept when they are asked for, carried out behind whoever asked, by whichever process
 * holds the lease. Ids and codes only, no word of a learner. Every verb is one transaction, as in `store.ts`.
 */

import type { Lease } from './lease.ts'

export const OPERATION_KINDS = [
  'revoke',
  'suspend',
  'reinstate',
  'revoke-batch',
  'correct',
] as const
export type OperationKind = (typeof OPERATION_KINDS)[number]
export const OPERATION_STATES = ['queued', 'done', 'failed'] as const
export type OperationState = (typeof OPERATION_STATES)[number]

export type NewOperation = {
  readonly id: string
  readonly issuer: string
  readonly kind: OperationKind
  readonly batchId: string
  /** Of one certificate; undefined where the whole batch is meant. */
  readonly index: number | undefined
  /** A code of the closed list of reasons, by number. */
  readonly reason: number
  /** For `correct`: the batch of one that holds the replacement. */
  readonly replacement: string | undefined
  readonly createdAt: number
  /** Id of the API key that asked. */
  readonly createdBy: string
  /** Nobody takes it up before. */
  readonly startAt: number
}

export type Operation = Omit<NewOperation, 'startAt'> & {
  readonly state: OperationState
  /** How often it was tried in vain. */
  readonly attempts: number
  /** While queued: when it is tried next. */
  readonly nextAttemptAt: number
  /** What stood in the way the last time. */
  readonly trouble: string | undefined
  /** Hashes of the transactions that led there; none where the chain said so already. */
  readonly transactions: readonly string[]
  readonly finishedAt: number | undefined
}

/** Where a certificate's replacement is, and the way to it for who has the old link. */
export type Replacement = {
  readonly batchId: string
  readonly row: number
  readonly byBatchId: string
  readonly byRow: number
  readonly at: number
  /** The new link, which only the old link secret opens (SPEC section 9); undefined once either is erased. */
  readonly envelope: Uint8Array | undefined
}

export type OperationStore = {
  /**
   * Keeps it, or finds the one of the same id. `undefined` where the certificate has a correction already that did not
   * fail.
   */
  addOperation(
    operation: NewOperation,
  ): Promise<{ operation: Operation; isNew: boolean } | undefined>
  /** Undefined for another issuer's. */
  findOperation(issuer: string, id: string): Promise<Operation | undefined>
  /** Queued ones of a batch, oldest first. */
  queuedOperationsOf(batchId: string): Promise<Operation[]>
  /**
   * Takes the lease of the oldest that is due, nobody's, and has none before it that is about the same batch: what is
   * asked for first happens first. For a correction, which may wait for a person, nothing else waits.
   */
  pickOperation(issuers: readonly string[], lease: Lease): Promise<Operation | undefined>
  /** False where another took it over. */
  renewOperation(id: string, lease: Lease): Promise<boolean>
  /** It goes on at once. */
  readyOperation(id: string, at: number): Promise<void>
  finishOperation(
    id: string,
    owner: string,
    end: {
      readonly state: 'done' | 'failed'
      readonly trouble?: string
      readonly transactions: readonly string[]
      readonly at: number
    },
  ): Promise<void>
  /** One more attempt was in vain, unless it only waited for another. */
  restOperation(
    id: string,
    owner: string,
    trouble: string,
    retryAt: number,
    isAttempt?: boolean,
  ): Promise<void>
  /** The first date stays, the newer envelope counts. */
  saveReplacement(
    replacement: Replacement & { readonly envelope: Uint8Array | undefined },
  ): Promise<void>
  findReplacement(batchId: string, row: number): Promise<Replacement | undefined>
  /** The same, asked for by what took the place. */
  findReplacedBy(byBatchId: string, byRow: number): Promise<Replacement | undefined>
  /** Under which index a row of a batch stands; undefined where there is none. */
  indexOf(batchId: string, row: number): Promise<number | undefined>
}
