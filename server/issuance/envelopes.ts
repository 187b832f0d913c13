/**
 * The way from the link of a corrected certificate to the one that took its place (SPEC section 9): an envelope that only
 * the old link opens. Whoever replaces either link makes it anew.
 */

import { randomBytes } from 'node:crypto'
import { nodeAes256Gcm } from '../../node/cipher.ts'
import { holderLink, IV_BYTES, linkSecretOf, sealSuccessor } from '../../src/index.ts'
import type { Replacement } from '../storage/operations.ts'
import type { AnchoredBatch, StoredCertificate } from '../storage/store.ts'
import type { IssuingParts } from './parts.ts'
import { secretOf } from './seal.ts'
import { anchoredBatch } from './target.ts'

export type EnvelopeParts = Pick<IssuingParts, 'store' | 'vaultAt' | 'publicUrl' | 'issuer'>

/** Undefined where no link can be derived any more: of what is erased, or permanent and delivered. */
export async function envelopeOf(
  parts: EnvelopeParts,
  old: StoredCertificate,
  by: { readonly batch: AnchoredBatch; readonly certificate: StoredCertificate },
): Promise<Uint8Array | undefined> {
  const oldBatch = await anchoredBatch(parts, { batchId: old.batchId })
  const isErased = [old, by.certificate].some(({ sealedLearner }) => sealedLearner === undefined)
  const hasSecrets = [oldBatch, by.batch].every(({ sealedSecret }) => sealedSecret !== undefined)
  if (isErased || !hasSecrets) return undefined
  const secretFor = (batch: AnchoredBatch, { index, sealing }: StoredCertificate): Uint8Array =>
    linkSecretOf(secretOf(parts, batch), index, sealing)
  const { cid } = by.certificate
  const link = holderLink(parts.publicUrl, cid, secretFor(by.batch, by.certificate))
  const predecessor = { cid: old.cid, linkSecret: secretFor(oldBatch, old) }
  return sealSuccessor(link, predecessor, randomBytes(IV_BYTES), nodeAes256Gcm)
}

/** After a certificate has a new link: the ways to it and from it, if there are any. Twice is as good as once. */
export async function renewEnvelopes(
  parts: EnvelopeParts,
  { batchId, row }: Pick<StoredCertificate, 'batchId' | 'row'>,
): Promise<void> {
  const { store } = parts
  const found = [
    await store.findReplacement(batchId, row),
    await store.findReplacedBy(batchId, row),
  ]
  for (const one of found) if (one !== undefined) await renew(parts, one)
}

async function renew(parts: EnvelopeParts, replacement: Replacement): Promise<void> {
  const { store } = parts
  const old = await certificateAt(parts, replacement.batchId, replacement.row)
  const certificate = await certificateAt(parts, replacement.byBatchId, replacement.byRow)
  if (old === undefined || certificate === undefined) return
  const batch = await anchoredBatch(parts, { batchId: certificate.batchId })
  const envelope = await envelopeOf(parts, old, { batch, certificate })
  await store.saveReplacement({ ...replacement, envelope })
}

async function certificateAt(
  { store }: EnvelopeParts,
  batchId: string,
  row: number,
): Promise<StoredCertificate | undefined> {
  const index = await store.indexOf(batchId, row)
  const [found] = index === undefined ? [] : await store.certificatesOf(batchId, index, 1)
  return found
}
