/**
 * Some certificates of a batch, as they were read back, are proven by the way that a holder and a verifier go: what a
 * thread can do that has no store and no master key.
 */

import {
  commitmentOfCertificate,
  equalBytes,
  hexOf,
  invariant,
  linkSecretOf,
  ownerTokenOf,
  parseCertificate,
  pathLeadsTo,
  serverKeyAuthOf,
} from '../../src/index.ts'
import { sha256 } from '../ipfs/hash.ts'
import { openCertificate } from '../ipfs/sealing.ts'
import type { SealedCertificate } from '../storage/store.ts'
import type { BatchFacts } from './sealing-task.ts'

/** A row of the store, and the block that it names, read back. */
export type ReadBack = SealedCertificate & {
  readonly commitment: Uint8Array
  readonly block: Uint8Array
}

export type ProveTask = {
  readonly kind: 'prove'
  readonly batch: BatchFacts
  readonly rows: readonly ReadBack[]
}

/**
 * Throws `FormatError` where a document does not open or parse, and `InvariantError` where it is not the certificate
 * that the root stands for.
 */
export async function proveRows({ batch, rows }: ProveTask): Promise<void> {
  for (const row of rows) await proveOne(batch, row)
}

async function proveOne(batch: BatchFacts, row: ReadBack): Promise<void> {
  const { root, size } = batch
  const { index, cid } = row
  const linkSecret = linkSecretOf(batch.secret, index, row.sealing)
  const certificate = parseCertificate(await openCertificate(row.block, linkSecret, row.serverKey))
  const commitment = commitmentOfCertificate(certificate)
  const { path } = certificate
  const isThisOne =
    certificate.root === root &&
    certificate.size === size &&
    certificate.index === index &&
    certificate.home.text === batch.home.text &&
    certificate.issuer === batch.issuer &&
    certificate.hidden.size === 0 &&
    certificate.disclosed.size === batch.pointers.length
  invariant(isThisOne, `the document ${cid} is certificate ${index} of ${root}`)
  invariant(
    commitment === hexOf(row.commitment) && pathLeadsTo({ root, size, index, commitment, path }),
    `the document ${cid} leads to ${root}`,
  )
  invariant(
    equalBytes(sha256(serverKeyAuthOf(linkSecret)), row.keyAuthHash) &&
      equalBytes(sha256(ownerTokenOf(linkSecret)), row.ownerHash),
    `the link of ${cid} opens its server key`,
  )
}
