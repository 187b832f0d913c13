/** A certificate as its holder reads it, for its issuer, who holds both halves of its key as long as it is not erased. */

import { linkSecretOf } from '../../src/index.ts'
import { openCertificate } from '../ipfs/sealing.ts'
import { IssuingError } from './errors.ts'
import type { IssuingParts } from './parts.ts'
import { secretOf } from './seal.ts'
import { anchoredBatch, certificateOf } from './target.ts'
import type { EraseTarget } from './types.ts'

export type Contents = {
  readonly cid: string
  /** The certificate's bytes. */
  readonly certificate: Uint8Array
}

type ContentsParts = Pick<IssuingParts, 'store' | 'issuer' | 'documents' | 'vaultAt' | 'now'>

/**
 * Opens one for whoever may read links, and notes it. Throws `IssuingError` `not-found`, `not-anchored`, `erased`,
 * `delivered` (a permanent link that nobody here keeps); `BlockError` where neither copy of the document is whole.
 */
export async function contentsOf(
  parts: ContentsParts,
  target: EraseTarget,
  by: string,
): Promise<Contents> {
  const { store, issuer, now } = parts
  const { batchId, index, cid, sealing, sealedLearner, serverKey } = await certificateOf(
    parts,
    target,
  )
  const batch = await anchoredBatch(parts, { batchId })
  if (sealedLearner === undefined) throw new IssuingError('erased', `certificate ${cid} is erased`)
  if (batch.sealedSecret === undefined) {
    throw new IssuingError('delivered', `the links of batch ${batchId} are forgotten`)
  }
  const linkSecret = linkSecretOf(secretOf(parts, batch), index, sealing)
  const block = await parts.documents.get(cid, batch.manifest)
  const certificate = await openCertificate(block, linkSecret, serverKey)
  await store.audit({ at: now(), action: 'read-certificate', subject: cid, actor: by, issuer })
  return { cid, certificate }
}
