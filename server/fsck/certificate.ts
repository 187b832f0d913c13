/** One certificate, from its row alone, the way its holder and a verifier go. */

import {
  commitmentOfCertificate,
  equalBytes,
  FormatError,
  hexOf,
  linkSecretOf,
  ownerTokenOf,
  parseCertificate,
  pathLeadsTo,
  serverKeyAuthOf,
  sha256,
} from '../../src/index.ts'
import type { Certificate } from '../../src/index.ts'
import { openCertificate } from '../ipfs/sealing.ts'
import type { Vault } from '../keys/vault.ts'
import { places } from '../issuance/parts.ts'
import type { CertificateOutline } from '../storage/inspection.ts'
import { reasonOf } from './findings.ts'
import { askingDocuments } from './parts.ts'
import type { Run, StoredOutline } from './parts.ts'

/** Opens the document, recomputes commitment and path, and compares what the link gives with what the row keeps. */
export async function checkCertificate(
  run: Run,
  batch: StoredOutline,
  batchSecret: Uint8Array,
  row: CertificateOutline & { readonly cid: string },
): Promise<void> {
  const { parts, findings, counts } = run
  const subject = `${batch.id}/${row.index}`
  const linkSecret = linkSecretOf(batchSecret, row.index, row.sealing)
  const isTokenOurs =
    row.keyAuthHash !== undefined &&
    row.ownerHash !== undefined &&
    equalBytes(sha256(serverKeyAuthOf(linkSecret)), row.keyAuthHash) &&
    equalBytes(sha256(ownerTokenOf(linkSecret)), row.ownerHash)
  if (!isTokenOurs) {
    findings.add('token-differs', subject, 'its link does not open its server key or its shares')
  }
  // A damaged block is told of where the documents are looked at; `get` would heal it unasked.
  const block = await askingDocuments(run, batch.id, () =>
    parts.documents.inspect(row.cid).catch(unlessNoCid),
  )
  if (block?.state !== 'intact') return
  const certificate = await openCertificate(block.bytes, linkSecret, row.serverKey)
    .then(parseCertificate)
    .catch((error: unknown) => {
      const detail = `the document ${row.cid}: ${reasonOf(error)}`
      findings.add('document-does-not-open', subject, detail)
      return undefined
    })
  if (certificate === undefined) return
  const fault = faultOf(run, batch, row, certificate)
  if (fault === undefined) counts.opened += 1
  else findings.add('certificate-differs', subject, fault)
}

/** A CID that is none is no CID of the manifest either, and told of there. */
function unlessNoCid(error: unknown): undefined {
  if (!(error instanceof FormatError)) throw error
}

function faultOf(
  { parts }: Run,
  batch: StoredOutline,
  { index, commitment: kept }: CertificateOutline,
  certificate: Certificate,
): string | undefined {
  const { root, size } = batch
  const isThisOne =
    certificate.root === root &&
    certificate.size === size &&
    certificate.index === index &&
    certificate.home.text === parts.home.text &&
    certificate.issuer === batch.issuer &&
    certificate.hidden.size === 0 &&
    certificate.disclosed.size === batch.pointers
  if (!isThisOne) return `its document is not certificate ${index} of ${root}`
  const commitment = commitmentOfCertificate(certificate)
  if (commitment !== hexOf(kept)) return 'its document has another commitment than the store'
  const { path } = certificate
  const isIncluded = pathLeadsTo({ root: root, size, index, commitment, path })
  return isIncluded ? undefined : 'its path does not lead to the root'
}

/** What lies under the master key beside the document: the row's seed and its learner. */
export function checkSealedFields(
  { findings }: Run,
  vault: Vault,
  batchId: string,
  row: CertificateOutline,
): void {
  const { sealedSeed, sealedLearner } = row
  const fields = [
    ['seed', sealedSeed, places.seed(batchId, row.row)],
    ['learner', sealedLearner, places.learner(batchId, row.row)],
  ] as const
  for (const [name, sealed, place] of fields) {
    const detail = `its sealed ${name} does not open under the master key`
    try {
      // The seed of a large batch's draft lay in a page, and went with it.
      if (name === 'seed' && sealed?.length === 0) continue
      if (sealed !== undefined) vault.open(sealed, place)
      else findings.add('record-damaged', `${batchId}/${row.index}`, `it has no ${name}`)
    } catch {
      findings.add('record-damaged', `${batchId}/${row.index}`, detail)
    }
  }
}
