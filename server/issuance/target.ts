/** Which batch or certificate a request is about. */

import type { AnchoredBatch, StoredCertificate } from '../storage/store.ts'
import { IssuingError } from './errors.ts'
import type { IssuingParts } from './parts.ts'
import type { EraseTarget } from './types.ts'

/** The batch, which must be anchored. Throws `IssuingError`. */
export async function anchoredBatch(
  { store, issuer }: Pick<IssuingParts, 'store' | 'issuer'>,
  target: { readonly root: string } | { readonly batchId: string },
): Promise<AnchoredBatch> {
  const by = 'root' in target ? { root: target.root } : { id: target.batchId }
  const batch = await store.findBatch(by)
  // Another issuer's batch is answered as one that is not there.
  if (batch?.issuer !== issuer) throw new IssuingError('not-found', 'there is no such batch')
  if (batch.state !== 'anchored') {
    throw new IssuingError('not-anchored', `batch ${batch.id} is ${batch.state}`)
  }
  return batch
}

/** One certificate; a link that was replaced names the one that took its place. Throws `IssuingError`. */
export async function certificateOf(
  parts: Pick<IssuingParts, 'store' | 'issuer'>,
  target: EraseTarget,
): Promise<StoredCertificate> {
  const { store } = parts
  if ('cid' in target) {
    const certificate = await store.findCertificate(target.cid)
    const batch = certificate && (await store.findBatch({ id: certificate.batchId }))
    if (certificate !== undefined && batch?.issuer === parts.issuer) return certificate
    const replaced = await store.findReplaced(target.cid)
    if (replaced !== undefined) {
      const { batchId, index } = replaced
      return certificateOf(parts, { batchId, index })
    }
    throw new IssuingError('not-found', `there is no certificate ${target.cid}`)
  }
  const { id, size } = await anchoredBatch(parts, target)
  const { index } = target
  const isInside = Number.isSafeInteger(index) && index >= 0 && index < size
  const [certificate] = isInside ? await store.certificatesOf(id, index, 1) : []
  if (certificate !== undefined) return certificate
  throw new IssuingError('not-found', `a batch of ${size} has indexes 0 to ${size - 1}`)
}
