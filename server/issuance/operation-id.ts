import { canonicalText } from '../../src/index.ts'
import type { Vault } from '../keys/vault.ts'
import type { OperationKind } from '../storage/operations.ts'

/**
 * A tag of who asks for what under which idempotency key: the request, sent again after whatever failed, finds its
 * operation. Nothing of a learner goes into it.
 */
export function operationId(
  { vault }: { readonly vault: Pick<Vault, 'tag'> },
  what: {
    readonly kind: OperationKind
    readonly batchId: string
    readonly index: number | undefined
    readonly idempotencyKey: string
  },
): string {
  const { kind, batchId, index, idempotencyKey } = what
  const text = canonicalText([kind, batchId, index ?? -1, idempotencyKey])
  return Buffer.from(vault.tag(text, 'operation').subarray(0, 16)).toString('base64url')
}
