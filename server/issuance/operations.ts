/** Changes that wait for the chain are kept first, and answered; who works on them is `server/issuance/worker.ts`. */

import type { ReasonCode } from '../../src/index.ts'
import { reasonNumber } from '../chain/status.ts'
import type { Operation } from '../storage/operations.ts'
import { changeStatus, revokeWholeBatch } from './change.ts'
import { anchoredBatch, certificateOf } from './target.ts'
import type { ChangeParts } from './change.ts'
import { reasonOf } from './certificates.ts'
import { completeCorrection } from './correct.ts'
import { IssuingError } from './errors.ts'
import { operationId } from './operation-id.ts'
import type { IssuingParts } from './parts.ts'
import type { EraseTarget } from './types.ts'

export type OperationParts = IssuingParts & ChangeParts

export type ChangeRequest = {
  /** Whose word it is: the id of an API key. */
  readonly by: string
  /** The same key, target and kind again is the same operation. */
  readonly idempotencyKey: string
  readonly reason?: ReasonCode | undefined
} & (
  | {
      readonly kind: 'revoke' | 'suspend' | 'reinstate'
      readonly target: EraseTarget
    }
  | { readonly kind: 'revoke-batch'; readonly target: { readonly batchId: string } }
)

type EnqueueParts = Pick<IssuingParts, 'store' | 'issuer' | 'vault' | 'now'>

/** Answers when it is kept for good. Throws `IssuingError` for a target that is not ours or not anchored. */
export async function enqueueChange(
  parts: EnqueueParts,
  request: ChangeRequest,
): Promise<Operation> {
  const { kind, by, idempotencyKey } = request
  const { store, issuer, now } = parts
  const place = await placeOf(parts, request)
  await anchoredBatch(parts, place)
  const at = now()
  const added = await store.addOperation({
    id: operationId(parts, { kind, ...place, idempotencyKey }),
    issuer,
    kind,
    ...place,
    reason: reasonNumber(request.reason ?? 'unspecified'),
    replacement: undefined,
    createdAt: at,
    createdBy: by,
    startAt: at,
  })
  if (added === undefined) throw new IssuingError('in-progress', 'the same is being asked for')
  return added.operation
}

async function placeOf(
  parts: EnqueueParts,
  request: ChangeRequest,
): Promise<{ batchId: string; index: number | undefined }> {
  if (request.kind === 'revoke-batch') {
    return { batchId: request.target.batchId, index: undefined }
  }
  const { batchId, index } = await certificateOf(parts, request.target)
  return { batchId, index }
}

/** Throws `IssuingError` `not-found`, for another issuer's too. */
export async function operationOf(
  { store, issuer }: Pick<IssuingParts, 'store' | 'issuer'>,
  id: string,
): Promise<Operation> {
  const found = await store.findOperation(issuer, id)
  if (found === undefined) throw new IssuingError('not-found', 'there is no such operation')
  return found
}

/** Carries it out, as often as it takes: what is done of it already is seen, and not done twice. */
export async function carryOut(
  parts: OperationParts,
  operation: Operation,
): Promise<readonly string[]> {
  const { id, kind, batchId, index } = operation
  const reason = reasonOf(operation.reason)
  if (kind === 'revoke-batch') {
    return (await revokeWholeBatch(parts, { batchId, reason }, id)).transactions
  }
  const indexes = index === undefined ? [] : [index]
  if (kind === 'correct') await completeCorrection(parts, operation)
  const action = kind === 'correct' ? 'revoke' : kind
  return (await changeStatus(parts, action, { batchId, indexes, reason }, id)).transactions
}
